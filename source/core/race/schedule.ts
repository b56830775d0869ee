/**
The faults of a race: which request they strike, and how. One seed gives one schedule, and every entrant runs against the same.

Law: a fault is tied to a request and never to a moment, so that a slow machine meets the same trouble as a fast one.
*/
import {createRandom} from '../random.js';

/** What a fault does: the server dies while it holds the request, the reply is taken on the link, or it comes after the entrant has given up. */
export type RaceFaultKind = 'crash' | 'drop' | 'delay';

/** `request` counts from 1. */
export type RaceFault = {readonly kind: RaceFaultKind; readonly request: number};

const kinds: readonly RaceFaultKind[] = ['crash', 'drop', 'delay'];

/** One fault in so many requests. */
const stretch = 14;
/** The first and the last requests of a stretch go well, so that what one fault brings about is over, or seen, before the next. */
const margin = 3;

/** Draws the faults in the order of their requests: each kind once in every three, and none among the last requests. */
export function createSchedule(requests: number, seed: number): readonly RaceFault[] {
	const random = createRandom(seed);
	const faults: RaceFault[] = [];
	const width = Math.min(stretch, Math.max(2 * margin, Math.floor(requests / kinds.length)));
	let round: RaceFaultKind[] = [];
	for (let first = 1; first + width - 1 <= requests; first += width) {
		round = round.length === 0 ? [...kinds] : round;
		const [kind = 'crash'] = round.splice(Math.trunc(random() * round.length), 1);
		faults.push({kind, request: first + 1 + Math.trunc(random() * (width - margin - 1))});
	}

	return faults;
}

/** A fault in words. */
export const wordsOfFault = ({kind, request}: RaceFault): string => ({
	crash: `crash while holding #${request}`,
	drop: `drop reply #${request}`,
	delay: `delay #${request} past the time-out`,
})[kind];
