/**
The journal: the events in order and what is known by them, now or at a moment of the past.

Everything that is drawn is drawn from a journal. `asOf(n)` gives the same journal as it was at event `n`: it shares the events and
shows none that came later, so that a pane draws a moment of the past without knowing that it does.
*/
import {type Archive} from './archive.js';
import {type Event} from './events.js';
import {type Exchange} from './exchanges.js';
import {type Landmarks} from './landmarks.js';
import {Memory} from './memory.js';
import {type Snapshot} from './snapshot.js';

export {journalLimits, type JournalLimits} from './memory.js';

export class Journal {
	readonly #archive: Archive;
	/** What was known at the moment of the past that this journal shows; undefined: it shows the newest. */
	readonly #moment: Snapshot | undefined;

	constructor(archive: Archive = new Memory(), moment?: Snapshot) {
		this.#archive = archive;
		this.#moment = moment;
	}

	/** The newest snapshot, or the moment's. */
	get snapshot(): Snapshot {
		return this.#moment ?? this.#archive.snapshot;
	}

	/** The number of the oldest event still remembered; 0 if there is none. */
	get horizon(): number {
		return this.#archive.horizon;
	}

	/** How many events are remembered, those after the moment included. */
	get length(): number {
		return this.#archive.length;
	}

	/** Where questions were asked and where something went wrong, after the moment too. */
	get landmarks(): Landmarks {
		return this.#archive.landmarks;
	}

	/** Takes the next event. Only the journal of a living lab does. */
	append(event: Event): void {
		if (!(this.#archive instanceof Memory) || this.#moment) {
			throw new TypeError('only the journal of a living lab takes events');
		}

		this.#archive.append(event);
	}

	/** The same journal as it was at event `n` (at the horizon, for a number before it). */
	asOf(n: number): Journal {
		return new Journal(this.#archive, this.#archive.snapshotAt(n));
	}

	/** The event of that number, if it is still remembered. */
	at(n: number): Event | undefined {
		return n <= this.snapshot.n ? this.#archive.at(n) : undefined;
	}

	/** The exchange that the event of that number closed. */
	settledBy(n: number): Exchange | undefined {
		return n <= this.snapshot.n ? this.#archive.settledBy(n) : undefined;
	}

	/** The events, newest first. */
	newestFirst(from = this.snapshot.n): Generator<Event> {
		return this.#archive.newestFirst(Math.min(from, this.snapshot.n));
	}

	/** The events from number `from` on, those after the moment included. */
	oldestFirst(from: number): Generator<Event> {
		return this.#archive.oldestFirst(from);
	}

	/** The events of one peer since its lab began, newest first. */
	* newestOf(peer: string, from = this.snapshot.n): Generator<Event> {
		const {beganAt, n} = this.snapshot;
		for (const event of this.#archive.newestOf(peer, Math.min(from, n))) {
			if (event.n < beganAt) {
				return;
			}

			yield event;
		}
	}
}
