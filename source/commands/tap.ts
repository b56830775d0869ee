/** Commands about the wire: tapped links, and the faults that harm what passes through them. */
import {hasCurve} from '../core/curve.js';
import {type Snapshot} from '../core/snapshot.js';
import {faults} from '../tap/faults/registry.js';
import {done, problem, type CommandRecord} from './record.js';

const inForce = (snapshot: Snapshot): readonly string[] => snapshot.tap.faults.map(({rule}) => String(rule));

/** What makes sense on the links that there are: where all is encrypted, only what needs to know of no message. */
function faultsFor({peers, lanes}: Snapshot): typeof faults {
	const isSealed = lanes ? lanes.open.length > 0 && lanes.open.every(({sealed}) => sealed > 0) : Object.values(peers).some(({options}) => hasCurve(options));
	return isSealed ? faults.filter(fault => fault.strikes !== 'message' || fault.worksSealed) : faults;
}

export const tapCommands: readonly CommandRecord[] = [
	{
		name: 'tap',
		subject: 'lab',
		usage: 'tap on | off',
		summary: 'put a proxy that reads ZMTP into every tcp and ipc link; /wire shows what passes (peers take new sockets)',
		read(rest) {
			const word = rest.trim();
			return word === 'on' || word === 'off' ? done({verb: 'tap', isOn: word === 'on'}) : problem(`“${word}” is neither on nor off`, 'write /tap on, or /tap off');
		},
		suggest: ({tap}) => [tap.isOn ? 'off' : 'on'],
	},
	{
		name: 'fault',
		subject: 'lab',
		usage: 'fault [<fault> … | lift <n> | lift all]',
		summary: 'harm what passes: drop reply 3; alone it lists what is in force',
		read(rest) {
			const text = rest.trim();
			const lift = /^lift(?:\s(?<which>.*))?$/.exec(text);
			if (!lift) {
				return done({verb: 'fault', text});
			}

			const which = lift.groups?.['which']?.trim() ?? '';
			return which === 'all' || /^[1-9]\d{0,8}$/.test(which) ? done({verb: 'fault-lift', which: which === 'all' ? 'all' : Number(which)}) : problem(`“${which}” is no number of a fault`, 'write /fault lift 2, or /fault lift all');
		},
		// Each with what it needs, so that it can be carried out as it stands.
		suggest: snapshot => [
			...faultsFor(snapshot).map(({name, strikes, takes}) => `${name}${strikes === 'connection' ? '' : ' reply'}${amounts[takes]}`),
			...(snapshot.tap.faults.length === 0 ? [] : ['lift all', ...inForce(snapshot).map(rule => `lift ${rule}`)]),
		],
	},
];

/** An amount of each kind. */
const amounts: Readonly<Record<(typeof faults)[number]['takes'], string>> = {nothing: '', time: ' 200ms', size: ' 7B', rate: ' 64KB/s'};

/** What the screen shows of the wire. */
export const wireCommands: readonly CommandRecord[] = [
	{
		name: 'wire',
		subject: 'screen',
		usage: 'wire [<link>]',
		summary: 'each unit that passes a tapped link, with its bytes; with a number, of that connection alone',
		read(rest) {
			const link = rest.trim();
			return link === '' ? done({verb: 'wire'}) : (/^[1-9]\d{0,8}$/.test(link) ? done({verb: 'wire', link: Number(link)}) : problem(`“${link}” is no number of a connection`, 'write /wire, or /wire 3'));
		},
	},
];
