/** The conditions about tapped links and what is done to them: one record each. They hold only where a tap tells. */
import {type Judgement, type LabCondition} from './condition.js';

/** What a person can wait for on the wire, in the decoder's words (`Unit` in `source/zmtp/units.ts`). */
export const unitKinds = [
	'greeting',
	'ready',
	'error',
	'message',
	'ping',
	'pong',
	'sealed',
	'curve-hello',
	'curve-welcome',
	'curve-initiate',
	'curve-ready',
	'plain-hello',
	'plain-welcome',
	'plain-initiate',
] as const;

export const wireConditions: readonly LabCondition[] = [
	{
		keyword: 'unit',
		usage: `unit ${unitKinds.join(' | ')} [of <peer>] [size >= <bytes>]`,
		summary: 'such a unit has passed a tap since the newest command',
		read(reader) {
			const kind = reader.oneOf(unitKinds, 'a kind of unit');
			const peer = reader.ofPeer();
			const size = reader.takes('size') ? reader.comparison() : undefined;
			return ({newestUnit, since}): Judgement => {
				const event = newestUnit(kind, peer);
				return event?.type !== 'unit' || event.n <= since ? {holds: false, was: `no unit ${kind} since #${since}${event ? ` (the newest is #${event.n})` : ''}`} : {holds: size?.holds(event.size) ?? true, was: `unit ${kind} of ${event.size} B: #${event.n}`};
			};
		},
	},
	{
		keyword: 'faults',
		usage: 'faults [struck] >= <n>',
		summary: 'how many faults are in force, or how often these have struck',
		read(reader) {
			const isStruck = reader.takes('struck');
			const comparison = reader.comparison();
			return ({snapshot}) => {
				const {faults} = snapshot.tap;
				const count = isStruck ? faults.reduce((sum, {struck}) => sum + struck, 0) : faults.length;
				return {holds: comparison.holds(count), was: `faults ${isStruck ? 'struck' : 'in force'}: ${count}`};
			};
		},
	},
	{
		keyword: 'tap',
		usage: 'tap is on | off',
		summary: 'whether the links are tapped',
		read(reader) {
			reader.oneOf(['is'], '“is”');
			const isOn = reader.oneOf(['on', 'off'], 'on or off') === 'on';
			return ({snapshot: {tap}}) => ({holds: tap.isOn === isOn, was: `the tap is ${tap.isOn ? 'on' : 'off'}`});
		},
	},
];
