/**
The journal: the events in order, the newest snapshot, and an index by peer. Bounded: the oldest events are forgotten, their sums are not.

It is the one mutable thing of the core, because it grows for hours; everything in it is immutable.
*/
import {peerOf, type Event} from './events.js';
import {type Exchange} from './exchanges.js';
import {frameLimit} from './frames.js';
import {emptySnapshot, fold, type Snapshot} from './snapshot.js';

/** How much the journal remembers. */
export type JournalLimits = {readonly events: number; readonly bytes: number};
export const journalLimits: JournalLimits = {events: 200_000, bytes: 64 * 1024 * 1024};

export class Journal {
	#snapshot = emptySnapshot;
	readonly #events: Event[] = [];
	#bytes = 0;
	readonly #byPeer = new Map<string, number[]>();
	readonly #settled = new Map<number, Exchange>();
	readonly #limits: JournalLimits;

	constructor(limits: JournalLimits = journalLimits) {
		this.#limits = limits;
	}

	/** The newest snapshot. */
	get snapshot(): Snapshot {
		return this.#snapshot;
	}

	/** The number of the oldest event still remembered; 0 if there is none. */
	get horizon(): number {
		return this.#events[0]?.n ?? 0;
	}

	get length(): number {
		return this.#events.length;
	}

	/** Takes the next event. */
	append(event: Event): void {
		this.#snapshot = fold(this.#snapshot, event);
		this.#events.push(event);
		this.#bytes += bytesKeptBy(event);
		const peer = peerOf(event);
		if (peer !== undefined) {
			const numbers = this.#byPeer.get(peer);
			if (numbers) {
				numbers.push(event.n);
			} else {
				this.#byPeer.set(peer, [event.n]);
			}
		}

		const {settled} = this.#snapshot.exchanges;
		if (settled) {
			this.#settled.set(event.n, settled);
		}

		this.#forget();
	}

	/** The event of that number, if it is still remembered. */
	at(n: number): Event | undefined {
		return this.#events[n - this.horizon];
	}

	/** The exchange that the event of that number closed. */
	settledBy(n: number): Exchange | undefined {
		return this.#settled.get(n);
	}

	/** The events, newest first. */
	* newestFirst(from = this.#snapshot.n): Generator<Event> {
		for (let index = from - this.horizon; index >= 0; index--) {
			const event = this.#events[index];
			if (event) {
				yield event;
			}
		}
	}

	/** The events of one peer since its lab began, newest first. */
	* newestOf(peer: string, from = this.#snapshot.n): Generator<Event> {
		const numbers = this.#byPeer.get(peer) ?? [];
		const {beganAt} = this.#snapshot;
		for (let index = countUpTo(numbers, from) - 1; index >= 0; index--) {
			const event = this.at(numbers[index] ?? 0);
			if (event && event.n >= beganAt) {
				yield event;
			}
		}
	}

	/** Forgets in strides, so that each event pays a constant share. */
	#forget(): void {
		const stride = Math.ceil(this.#limits.events / 16);
		if (this.#events.length <= this.#limits.events + stride && this.#bytes <= this.#limits.bytes) {
			return;
		}

		let count = Math.max(0, this.#events.length - this.#limits.events);
		for (const event of this.#events.slice(0, count)) {
			this.#bytes -= bytesKeptBy(event);
		}

		while (this.#bytes > this.#limits.bytes * 15 / 16 && count < this.#events.length - 1) {
			const event = this.#events[count++];
			this.#bytes -= event ? bytesKeptBy(event) : 0;
		}

		this.#events.splice(0, count);
		for (const [peer, numbers] of this.#byPeer) {
			const kept = numbers.findIndex(n => n >= this.horizon);
			this.#byPeer.set(peer, kept === -1 ? [] : numbers.slice(kept));
		}

		for (const n of this.#settled.keys()) {
			if (n >= this.horizon) {
				break;
			}

			this.#settled.delete(n);
		}
	}
}

/** How many of these ascending numbers are at most `limit`. */
function countUpTo(numbers: readonly number[], limit: number): number {
	let low = 0;
	let high = numbers.length;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if ((numbers[middle] ?? 0) <= limit) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}

// Measured on the heap of Node 24, with an event's share of what it closed: about 240 for the event and 64 for each frame, beside the text.
const bytesPerEvent = 240;
const bytesPerFrame = 64;

function bytesKeptBy(event: Event): number {
	let bytes = bytesPerEvent;
	if ('text' in event) {
		bytes += event.text.length;
	}

	if (event.type === 'unit') {
		bytes += event.bytes.length + (event.fields.length * bytesPerFrame);
	}

	if ('frames' in event && event.frames) {
		for (const frame of event.frames) {
			// What is not Latin takes two bytes a letter here, about as many as in UTF-8.
			bytes += bytesPerFrame + ('text' in frame ? Math.min(frame.size, frameLimit) : frame.base64.length);
		}
	}

	return bytes;
}
