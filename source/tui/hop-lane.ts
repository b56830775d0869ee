/**
The lanes at either side of a broker: a request hop by hop, from its client to the broker and from there to a worker, and its reply back.
A message is dotted while it has left and not arrived; one that its broker has dropped since has a cross where it was given to a worker last. By its text it is told from others: near enough for a picture.
*/
import {type Event} from '../core/events.js';
import {type Side, bodyOfHop, type HopFrame} from '../core/hop.js';
import {type Journal} from '../core/journal.js';
import {describeFrames} from '../core/rows.js';
import {keyOf} from '../core/sighting.js';
import {type Frame} from '../core/frames.js';
import {drawPassages, type Passage, type Place} from './lane.js';
import {type Theme} from './theme.js';

/** One lane as exactly `height` lines of `width` columns. */
export function drawHopLane(theme: Theme, journal: Journal, side: Side, place: Place): readonly string[] {
	return drawPassages(theme, passages(journal, side, {count: place.height, isCalm: theme.isCalm}), place);
}

/** How far back one looks: monitor events are none. */
const furthest = 2000;

type Sight = {readonly isLeaving: boolean; readonly isRequest: boolean; readonly frames: readonly Frame[]; readonly isAgain?: boolean};

/** What an event shows at that side: that a message leaves for the other end of the lane, or arrives there. */
function sightOf(event: Event, side: Side, journal: Journal): Sight | undefined {
	switch (event.type) {
		case 'sent':
		case 'received': {
			const role = journal.snapshot.peers[event.peer]?.role;
			const isOwn = role === (side === 'frontend' ? 'client' : 'server');
			const isLeaving = event.type === 'sent';
			return isOwn ? {isLeaving, isRequest: isLeaving === (side === 'frontend'), frames: event.frames.slice(event.envelope ?? 0)} : undefined;
		}

		case 'forwarded': {
			const isRequest = event.from === 'frontend';
			return {isLeaving: event.from !== side, isRequest, frames: bare(event.frames)};
		}

		case 'queued': {
			return side === 'frontend' ? {isLeaving: false, isRequest: true, frames: bare(event.frames), isAgain: true} : undefined;
		}

		case 'step-held': {
			// What the broker is about to give, it has.
			return event.side && event.side !== side && event.frames ? {isLeaving: false, isRequest: side === 'frontend', frames: bare(event.frames), isAgain: true} : undefined;
		}

		default: {
			return undefined;
		}
	}
}

const keyOfPassage = (isRequest: boolean, frames: readonly Frame[]): string => `${isRequest ? 'request' : 'reply'} ${keyOf(frames)}`;

const bare = (frames: readonly HopFrame[]): readonly Frame[] => bodyOfHop(frames);

/** The newest messages of that lane, newest first. */
function passages(journal: Journal, side: Side, {count, isCalm}: {readonly count: number; readonly isCalm: boolean}): readonly Passage[] {
	const found: Passage[] = [];
	/** The events at which messages of a text arrived and whose sending is yet to be found, newest first. */
	const arrivals = new Map<string, number[]>();
	const dropped = new Set<string>();
	let left = furthest;
	for (const event of journal.newestFirst()) {
		if (found.length >= count || left-- === 0 || event.type === 'lab-started') {
			break;
		}

		if (event.type === 'request-dropped' && side === 'backend') {
			dropped.add(keyOfPassage(true, bare(event.frames)));
			continue;
		}

		const sight = sightOf(event, side, journal);
		if (!sight) {
			continue;
		}

		const key = keyOfPassage(sight.isRequest, sight.frames);
		const seen = arrivals.get(key) ?? [];
		if (!sight.isLeaving) {
			// What was queued, or held, is told once more when it is passed on.
			if (!sight.isAgain || seen.length === 0) {
				arrivals.set(key, [...seen, event.n]);
			}

			continue;
		}

		const arrived = seen.shift();
		if (isCalm && arrived === undefined && !dropped.has(key)) {
			continue;
		}

		found.push({
			n: event.n, isRequest: sight.isRequest, arrived, isLost: dropped.delete(key), text: describeFrames(sight.frames),
		});
	}

	return found;
}
