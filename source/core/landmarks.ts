/**
Landmarks: the events that a person travelling in time wants to go to, and that a time bar shows: where a question was asked, and where
something went wrong.
*/
import {countUpTo} from './ascending.js';
import {type Event} from './events.js';
import {type Snapshot} from './snapshot.js';

/** What an event is to a traveller. */
export type Landmark = 'exchange' | 'trouble';

const troubles: ReadonlySet<Event['type']> = new Set(['refused', 'timed-out', 'attempt-failed', 'bind-failed', 'accept-failed', 'handshake-failed', 'disconnected', 'fault-struck']);

/** Whether an event is one; `after` is the snapshot that it led to. */
export function landmarkOf(event: Event, after: Snapshot): Landmark | undefined {
	if (troubles.has(event.type) || (event.type === 'peer-closed' && event.how === 'crash') || after.exchanges.settled?.outcome === 'mismatched') {
		return 'trouble';
	}

	return event.type === 'sent' && event.attempt === undefined && after.peers[event.peer]?.role === 'client' ? 'exchange' : undefined;
}

/** The numbers of all landmarks so far, by kind, ascending. */
export class Landmarks {
	readonly #numbers: Record<Landmark, number[]> = {exchange: [], trouble: []};

	/** Takes the next event; `after` is the snapshot that it led to. */
	note(event: Event, after: Snapshot): void {
		const landmark = landmarkOf(event, after);
		if (landmark) {
			this.#numbers[landmark].push(event.n);
		}
	}

	all(kind: Landmark): readonly number[] {
		return this.#numbers[kind];
	}

	/** The nearest one before event `n`. */
	before(kind: Landmark, n: number): number | undefined {
		return this.#numbers[kind][countUpTo(this.#numbers[kind], n - 1) - 1];
	}

	/** The nearest one after event `n`. */
	after(kind: Landmark, n: number): number | undefined {
		return this.#numbers[kind][countUpTo(this.#numbers[kind], n)];
	}

	/** Forgets all before event `n`. */
	forgetBefore(n: number): void {
		for (const numbers of Object.values(this.#numbers)) {
			numbers.splice(0, countUpTo(numbers, n - 1));
		}
	}
}
