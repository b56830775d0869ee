/**
What a tap between programs of others knows of each of their connections: a lane each, folded from what passed.

Law: pure, and bounded: all that are open, and the last few that are closed. Both sides' machines are inferred from the wire: a request that
has reached a server may still lie in its queue. Under CURVE what passes is sealed, and nothing of it is claimed.
*/
import {type Event, type EventOf} from './events.js';
import {type TapFigures, type WireMachines, type WireSide} from './wire-events.js';

/** One connection. `asker` is the side whose messages are requests; times in ms since the epoch. */
export type Lane = {
	readonly link: number;
	readonly since: number;
	/** The socket types, as far as the handshake tells. */
	readonly ends?: Readonly<Record<WireSide, string>>;
	readonly mechanism?: string;
	readonly trouble?: {readonly says: string; readonly next: string};
	readonly machines: WireMachines;
	readonly asker: WireSide;
	/** Requests that are not answered, and since when the asker waits for a reply. */
	readonly open: number;
	readonly awaitingSince?: number;
	readonly asked: number;
	readonly replied: number;
	readonly lost: number;
	/** Encrypted frames, both ways. */
	readonly sealed: number;
	/** The event of the newest message, and how long (ms) the newest reply has taken. */
	readonly last?: number;
	readonly lastMs?: number;
	readonly closed?: Pick<EventOf<'link-closed'>, 't' | 'by' | 'how'>;
};

export type Lanes = {
	readonly open: readonly Lane[];
	/** The newest first. */
	readonly past: readonly Lane[];
	readonly figures?: TapFigures;
	/** Nobody is reached at the upstream, since when, and the system's code. */
	readonly missing?: {readonly code: string; readonly since: number};
};

/** The scene of a tap between programs of others: a lab without peers. `tapPeer` stands where its events name who connects. */
export const tapScene = 'tap';
export const tapPeer = 'tap';

export const noLanes: Lanes = {open: [], past: []};

const pastKept = 50;

/** Follows one event; one that is not about a connection gives the very same value. */
export function foldLanes(lanes: Lanes, event: Event): Lanes {
	switch (event.type) {
		case 'link-opened': {
			const lane: Lane = {
				link: event.link, since: event.t, machines: {connector: 'idle', listener: 'idle'}, asker: 'connector', open: 0, asked: 0, replied: 0, lost: 0, sealed: 0,
			};
			return {...lanes, open: [...lanes.open, lane]};
		}

		case 'link-handshake': {
			const {connector, listener, mechanism} = event;
			return withLane(lanes, event.link, lane => ({...lane, ends: {connector, listener}, mechanism}));
		}

		case 'link-trouble': {
			const {says, next} = event;
			return withLane(lanes, event.link, lane => ({...lane, trouble: {says, next}}));
		}

		case 'unit': {
			return withLane(lanes, event.link, lane => afterUnit(lane, event));
		}

		case 'link-counted': {
			const {machines, open, asked, replied, lost, t} = event;
			return withLane(lanes, event.link, lane => waitingSince({...lane, machines, open, asked, replied, lost}, t));
		}

		case 'exchange-seen': {
			return withLane(lanes, event.link, lane => event.outcome === 'lost' ? {...lane, lost: lane.lost + 1} : {...lane, replied: lane.replied + 1, lastMs: event.ms});
		}

		case 'link-closed': {
			const {t, by, how} = event;
			const lane = lanes.open.find(({link}) => link === event.link);
			return lane ? {...lanes, open: lanes.open.filter(each => each !== lane), past: [{...lane, closed: {t, by, how}}, ...lanes.past].slice(0, pastKept)} : lanes;
		}

		case 'upstream-missing': {
			return {...lanes, missing: {code: event.code, since: event.t}};
		}

		case 'upstream-back': {
			const {missing: _over, ...rest} = lanes;
			return rest;
		}

		case 'tap-figures': {
			const {v: _v, n: _n, t: _t, type: _type, peer: _peer, to: _to, ...figures} = event;
			return {...lanes, figures};
		}

		default: {
			return lanes;
		}
	}
}

function afterUnit(lane: Lane, {n, t, kind, from, way, machines, open = 0}: EventOf<'unit'>): Lane {
	if (kind === 'sealed') {
		return {...lane, sealed: lane.sealed + 1};
	}

	if (!way || !machines) {
		return kind === 'message' ? {...lane, last: n} : lane;
	}

	const isRequest = way === 'request';
	return waitingSince({
		...lane, machines, open, last: n, asker: isRequest ? from : otherOf(from), asked: lane.asked + (isRequest ? 1 : 0),
	}, t);
}

/** It waits from the first request on that is not answered, however many come behind it. */
function waitingSince(lane: Lane, t: number): Lane {
	const {awaitingSince = t, ...rest} = lane;
	return lane.machines[lane.asker] === 'awaiting-reply' ? {...rest, awaitingSince} : rest;
}

const withLane = (lanes: Lanes, link: number, change: (lane: Lane) => Lane): Lanes =>
	({...lanes, open: lanes.open.map(lane => lane.link === link ? change(lane) : lane)});

/** The side that faces this one. */
export const otherOf = (side: WireSide): WireSide => side === 'connector' ? 'listener' : 'connector';

/** Who closed a connection, in words. */
export const closerWords = (by: NonNullable<Lane['closed']>['by']): string => by === 'tap' ? 'the tap' : `who ${by === 'connector' ? 'connected' : 'listens'}`;

/** After so many ms without a reply a lane stands before the others. */
export const longWaitMs = 1000;

/** The lanes in the order in which they are read: who waits for long, what is in trouble, what goes well, what is over; the newest first. */
export function lanesInOrder({open, past}: Lanes, now: number): readonly Lane[] {
	const waits = (lane: Lane): boolean => lane.awaitingSince !== undefined && now - lane.awaitingSince >= longWaitMs;
	const rank = (lane: Lane): number => waits(lane) ? 0 : (lane.trouble ? 1 : 2);
	const age = (lane: Lane): number => waits(lane) ? lane.awaitingSince ?? 0 : -lane.link;
	return [...open.toSorted((one, other) => rank(one) - rank(other) || age(one) - age(other)), ...past];
}
