/** Travelling in time: from one event to another, along a journal. A moment is an event's number; undefined is the newest one, now. */
import {type Journal} from './journal.js';
import {type Landmark} from './landmarks.js';

/** Where to: the event before or after, the question or the trouble before or after, the oldest event that is remembered, now. */
export type Step = 'back' | 'forth' | 'start' | 'now' | `${'previous' | 'next'}-${Landmark}`;

/** Where a step leads from a moment; the very same moment if there is nothing in that direction. */
export function stepFrom(journal: Journal, moment: number | undefined, step: Step): number | undefined {
	const newest = journal.snapshot.n;
	const at = moment ?? newest;
	const to = target(journal, at, step);
	return to === undefined ? moment : (to >= newest ? undefined : to);
}

function target(journal: Journal, at: number, step: Step): number | undefined {
	switch (step) {
		case 'back': {
			return firstOf(journal.newestFirst(at - 1));
		}

		case 'forth': {
			return firstOf(journal.oldestFirst(at + 1));
		}

		case 'start': {
			return journal.horizon;
		}

		case 'now': {
			return Infinity;
		}

		case 'previous-exchange':
		case 'previous-trouble': {
			return journal.landmarks.before(step === 'previous-exchange' ? 'exchange' : 'trouble', at);
		}

		case 'next-exchange':
		case 'next-trouble': {
			return journal.landmarks.after(step === 'next-exchange' ? 'exchange' : 'trouble', at);
		}
	}
}

function firstOf(events: Iterable<{readonly n: number}>): number | undefined {
	const [first] = events;
	return first?.n;
}
