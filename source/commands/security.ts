/** Commands that secure the links with CURVE, rightly or wrongly, and say whom a server lets in. */
import {anyKey, curveArrangement, curveArrangements, curveEndOf} from '../core/curve.js';
import {type Snapshot} from '../core/snapshot.js';
import {
	done,
	problem,
	type CommandRecord,
	type Read,
} from './record.js';

const names = curveArrangements.map(({name}) => name);

const readWho = (verb: 'allow' | 'deny') => (rest: string): Read => {
	const who = rest.trim();
	return who === '' || /\s/.test(who)
		? problem(who === '' ? 'a client or a key is missing' : `“${who}” is more than one word`, `write /${verb} client-1, or a public key${verb === 'allow' ? `, or /allow ${anyKey}` : ''}`)
		: done({verb, who});
};

/** Whoever has a key that a server, or a broker, lets in. */
const clientsOf = ({peers}: Snapshot): readonly string[] => Object.values(peers).filter(peer => curveEndOf(peer) === 'client').map(({name}) => name);

export const securityCommands: readonly CommandRecord[] = [
	{
		name: 'curve',
		subject: 'lab',
		usage: 'curve on | off | <what is wrong>',
		summary: `encrypt with real keys, or with wrong ones: ${names.slice(2).join(', ')} (makes new sockets)`,
		read(rest) {
			const arrangement = curveArrangement(rest.trim());
			return arrangement
				? done({verb: 'curve', arrangement})
				: problem(rest.trim() === '' ? 'on or off is missing' : `“${rest.trim()}” is no arrangement of keys`, `write /curve ${names.join(', ')}`);
		},
		suggest: () => names,
	},
	{
		name: 'allow',
		subject: 'lab',
		usage: `allow client-1 | <public key> | ${anyKey}`,
		summary: 'put a client (or a worker) on the allow-list, which from then on lets in nobody else',
		read: readWho('allow'),
		suggest: snapshot => [...clientsOf(snapshot), anyKey],
	},
	{
		name: 'deny',
		subject: 'lab',
		usage: 'deny client-1 | <public key>',
		summary: 'take a client (or a worker) off the allow-list; its next handshake is refused',
		read: readWho('deny'),
		suggest: snapshot => clientsOf(snapshot),
	},
];
