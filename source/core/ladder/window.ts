/**
The part of a journal's ladder that can be seen, and enough around it to know where its arrows come from and go to. A journal of 200,000 events
costs no more than one of 2,000.

What lies further back than that is told by the exchanges of the journal, or not at all: an arrow then begins or ends in the middle.
*/
import {type Event, type Role} from '../events.js';
import {clientOf} from '../hops.js';
import {type Journal} from '../journal.js';
import {barAfter} from './bars.js';
import {buildLadder} from './build.js';
import {type Bar, type Ladder} from './model.js';

/** How many events are looked at before those in sight, and after. */
const margin = 500;

/** How many events at most are looked through for those that can be seen: monitor events are none. */
const furthest = 20_000;

/** How many of a peer's events tell what it did before the window, at most. */
const lookBack = 64;

/** What is to be seen: so many steps up to event `upTo` (undefined: the newest). */
export type WindowOptions = {readonly steps: number; readonly upTo?: number};

/** The newest `steps` steps up to an event, oldest first. */
export function ladderWindow(journal: Journal, {steps, upTo = journal.snapshot.n}: WindowOptions): Ladder {
	const {beganAt} = journal.snapshot;
	const events: Event[] = [];
	let seen = 0;
	for (const event of journal.newestFirst(Math.min(upTo, journal.snapshot.n))) {
		if (event.n < beganAt || seen >= steps + margin || events.length >= furthest) {
			break;
		}

		seen += draws.has(event.type) ? 1 : 0;
		events.push(event);
	}

	events.reverse();
	for (let n = upTo + 1; n <= Math.min(upTo + margin, journal.snapshot.n); n++) {
		const event = journal.at(n);
		if (event) {
			events.push(event);
		}
	}

	const first = events[0]?.n ?? 0;
	const peers = Object.values(journal.snapshot.peers);
	const ladder = buildLadder(events, {
		roles: new Map(peers.map(({name, role}) => [name, role])),
		before: Object.fromEntries(peers.map(({name, role}) => [name, barBefore(journal, name, role, first)])),
		settledBy: n => journal.settledBy(n),
		clientOf: id => clientOf(journal.snapshot.exchanges, id, journal.snapshot.peers),
	});
	const inSight = ladder.steps.filter(({n}) => n <= upTo);
	const kept = inSight.slice(-steps);
	return {before: inSight.at(-steps - 1)?.bars ?? ladder.before, steps: kept};
}

/** The whole ladder of what a journal remembers of its lab: for an export. */
export const wholeLadder = (journal: Journal): Ladder =>
	buildLadder([...journal.newestFirst()].filter(({n}) => n >= journal.snapshot.beganAt).toReversed(), {
		roles: new Map(Object.values(journal.snapshot.peers).map(({name, role}) => [name, role])),
		before: {},
		settledBy: n => journal.settledBy(n),
		clientOf: id => clientOf(journal.snapshot.exchanges, id, journal.snapshot.peers),
	});

/** The events that have a row of their own. */
const draws: ReadonlySet<Event['type']> = new Set([
	'lab-started', 'lab-ended', 'peer-closed', 'peer-opened', 'sent', 'received', 'refused', 'timed-out', 'attempt-failed', 'delay-started', 'held', 'released', 'fault-struck', 'queued', 'forwarded', 'dropped', 'request-dropped', 'worker-lost',
]);

function barBefore(journal: Journal, peer: string, role: Role, first: number): Bar {
	let left = lookBack;
	for (const {type} of journal.newestOf(peer, first - 1)) {
		const bar = barAfter(type, role);
		if (bar !== undefined || left-- === 0) {
			return bar ?? 'idle';
		}
	}

	return 'closed';
}
