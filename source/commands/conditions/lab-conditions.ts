/** The conditions about the lab as a whole: one record each. */
import {type Event, type EventOf} from '../../core/events.js';
import {type ExchangeOutcome} from '../../core/exchanges.js';
import {type Frame} from '../../core/frames.js';
import {describeHop} from '../../core/hop.js';
import {describeFrames, eventTypes} from '../../core/rows.js';
import {isCalled, scenes, type Calling} from '../../core/scenes.js';
import {visible} from '../../core/text.js';
import {type Judgement, type LabCondition, type Moment} from './condition.js';
import {wireConditions} from './wire-conditions.js';

const outcomes: readonly string[] = Object.keys({
	asked: true, pending: true, replied: true, 'timed-out': true, lost: true, mismatched: true, abandoned: true, late: true,
} satisfies Record<ExchangeOutcome | 'asked' | 'late', true>);

/** Counts the peers of one calling. */
const headcount = (calling: Calling): LabCondition => ({
	keyword: `${calling}s`,
	usage: `${calling}s >= <n>`,
	summary: `how many ${calling}s the lab has`,
	read(reader) {
		const comparison = reader.comparison();
		return ({snapshot}) => {
			const count = Object.values(snapshot.peers).filter(peer => isCalled(peer, calling)).length;
			return {holds: comparison.holds(count), was: `there ${count === 1 ? `is 1 ${calling}` : `are ${count} ${calling}s`}`};
		};
	},
});

/** A message of one frame as its text; anything else as the panes show it. */
function textOf(frames: readonly Frame[]): string {
	const [only, ...more] = frames;
	return only && more.length === 0 && 'text' in only ? only.text : describeFrames(frames);
}

/** The newest `sent` or `received` that is a message of this kind: a client sends requests and receives replies, a server the other way round. */
function newestMessage(kind: 'request' | 'reply', peer: string | undefined, {snapshot, newest}: Moment): string | undefined {
	const names = peer === undefined ? Object.values(snapshot.peers).filter(({role}) => role === 'client').map(({name}) => name) : [peer];
	let found: EventOf<'sent'> | EventOf<'received'> | undefined;
	for (const name of names) {
		const isSender = (snapshot.peers[name]?.role === 'client') === (kind === 'request');
		const event = newest(isSender ? 'sent' : 'received', name);
		if ((event?.type === 'sent' || event?.type === 'received') && event.n > (found?.n ?? 0)) {
			found = event;
		}
	}

	return found && textOf(found.frames);
}

const lastThings: Readonly<Record<string, (peer: string | undefined, moment: Moment) => string | undefined>> = {
	reply: (peer, moment) => newestMessage('reply', peer, moment),
	request: (peer, moment) => newestMessage('request', peer, moment),
	refusal(peer, {newest}) {
		const event = newest('refused', peer);
		return event?.type === 'refused' ? event.code : undefined;
	},
	verdict(peer, {newest}) {
		const event = newest('zap-request', peer);
		return event?.type === 'zap-request' ? event.verdict : undefined;
	},
	hop(peer, {newest}) {
		const event = newest('forwarded', peer);
		return event?.type === 'forwarded' ? describeHop(event.frames) : undefined;
	},
	outcome(peer, {snapshot}) {
		const clients = Object.values(snapshot.peers).filter(({name, role}) => role === 'client' && (peer === undefined || name === peer));
		return clients.length === 1 ? clients[0]?.lastOutcome : undefined;
	},
};

const of = (peer: string | undefined): string => peer === undefined ? '' : ` of ${visible(peer)}`;

export const labConditions: readonly LabCondition[] = [
	{
		keyword: 'exchanges',
		usage: `exchanges [${outcomes.join(' | ')}] >= <n>`,
		summary: 'how many exchanges ended so (asked: all; late: replies too late)',
		read(reader) {
			const outcome = reader.peek()?.type === 'mark' ? 'asked' : reader.oneOf(outcomes, 'an outcome');
			const comparison = reader.comparison();
			return ({snapshot}) => {
				const {tally} = snapshot.exchanges;
				const count = tally[outcome as keyof typeof tally];
				return {holds: comparison.holds(count), was: `exchanges ${outcome}: ${count}`};
			};
		},
	},
	{
		keyword: 'last',
		usage: 'last reply | request | refusal | verdict | hop | outcome [of <peer>] is | contains "<text>"',
		summary: 'the newest message, refusal, verdict on a key, broker’s hop, or outcome',
		read(reader) {
			const thing = reader.oneOf(Object.keys(lastThings), 'what can be last');
			const peer = reader.ofPeer();
			const likeness = reader.likeness();
			return (moment): Judgement => {
				const value = lastThings[thing]?.(peer, moment);
				return value === undefined
					? {holds: false, was: `there is no ${thing}${of(peer)} yet`}
					: {holds: likeness.holds(value), was: `the last ${thing}${of(peer)} is "${visible(value.length > 200 ? `${value.slice(0, 200)}…` : value)}"`};
			};
		},
	},
	{
		keyword: 'event',
		usage: 'event <type> [of <peer>]',
		summary: 'such an event has happened since the newest command',
		read(reader) {
			const type = reader.oneOf(eventTypes(), 'a type of event') as Event['type'];
			const peer = reader.ofPeer();
			return ({newest, since}) => {
				const event = newest(type, peer);
				const holds = event !== undefined && event.n > since;
				return {holds, was: holds ? `event ${type}${of(peer)}: #${event.n}` : `no event ${type}${of(peer)} since #${since}${event ? ` (the newest is #${event.n})` : ''}`};
			};
		},
	},
	{
		keyword: 'scene',
		usage: 'scene is <name>',
		summary: 'which arrangement the lab has',
		read(reader) {
			reader.oneOf(['is'], '“is”');
			const isNot = reader.takes('not');
			const name = reader.oneOf(scenes.map(scene => scene.name), 'a scene');
			return ({snapshot}) => ({holds: (snapshot.scene === name) !== isNot, was: `the scene is ${snapshot.scene}`});
		},
	},
	{
		keyword: 'steps',
		usage: 'steps held >= <n>',
		summary: 'how many calls wait to be let go, step by step',
		read(reader) {
			reader.oneOf(['held'], '“held”');
			const comparison = reader.comparison();
			return ({snapshot: {steps = []}}) => ({holds: comparison.holds(steps.length), was: `steps held: ${steps.length}`});
		},
	},
	headcount('client'),
	headcount('server'),
	headcount('worker'),
	...wireConditions,
];
