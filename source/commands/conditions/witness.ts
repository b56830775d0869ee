/**
A witness follows the events and remembers what conditions are judged by: the snapshot, and the newest event of each type and peer.

Why: a journal would have to be searched from its end for each judgement, at each event; a witness answers at once, and stays small.
It is mutable, as the journal is, because it follows what grows.
*/
import {peerOf, type Event} from '../../core/events.js';
import {emptySnapshot, fold, type Snapshot} from '../../core/snapshot.js';
import {type Moment} from './condition.js';

/** How many events are kept for the report of a failure. */
const lastKept = 12;

export class Witness {
	/** The newest events, oldest first. */
	readonly lastEvents: Event[] = [];
	#snapshot = emptySnapshot;
	readonly #newest = new Map<string, Event>();

	get snapshot(): Snapshot {
		return this.#snapshot;
	}

	/** Takes the next event. */
	take(event: Event): void {
		this.#snapshot = fold(this.#snapshot, event);
		if (event.type === 'lab-started' && !event.continues) {
			this.#newest.clear();
		}

		this.#remember(event.type, event);
		if (event.type === 'unit') {
			this.#remember(`unit/${event.kind}`, event);
		}

		this.lastEvents.push(event);
		if (this.lastEvents.length > lastKept) {
			this.lastEvents.shift();
		}
	}

	/** This moment. `since`: after which event `event …` looks. */
	moment(since: number, now: number): Moment {
		return {
			snapshot: this.#snapshot,
			newest: (type, peer) => this.#newestOf(type, peer),
			newestUnit: (kind, peer) => this.#newestOf(`unit/${kind}`, peer),
			since,
			now,
		};
	}

	#newestOf(what: string, peer: string | undefined): Event | undefined {
		return this.#newest.get(peer === undefined ? what : `${what} ${peer}`);
	}

	#remember(what: string, event: Event): void {
		this.#newest.set(what, event);
		const peer = peerOf(event);
		if (peer !== undefined) {
			this.#newest.set(`${what} ${peer}`, event);
		}
	}
}
