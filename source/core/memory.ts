/**
The events of a living lab, in memory. Bounded: the oldest are forgotten, their sums are not.

It is the one mutable thing of the core, because it grows for hours; everything in it is immutable.
*/
import {eventsPerCheckpoint, type Archive} from './archive.js';
import {countUpTo} from './ascending.js';
import {peerOf, type Event} from './events.js';
import {type Exchange} from './exchanges.js';
import {frameLimit} from './frames.js';
import {Landmarks} from './landmarks.js';
import {emptySnapshot, fold, type Snapshot} from './snapshot.js';

/** How much is remembered. */
export type JournalLimits = {readonly events: number; readonly bytes: number};
export const journalLimits: JournalLimits = {events: 200_000, bytes: 64 * 1024 * 1024};

export class Memory implements Archive {
	readonly landmarks = new Landmarks();
	#snapshot: Snapshot;
	readonly #events: Event[] = [];
	#bytes = 0;
	readonly #byPeer = new Map<string, number[]>();
	readonly #settled = new Map<number, Exchange>();
	/** Ascending; the first is what was known before the oldest event. */
	#checkpoints: Snapshot[];
	readonly #limits: JournalLimits;

	/** `before` is what was known before its first event. */
	constructor(limits: JournalLimits = journalLimits, before: Snapshot = emptySnapshot) {
		this.#limits = limits;
		this.#snapshot = before;
		this.#checkpoints = [before];
	}

	get snapshot(): Snapshot {
		return this.#snapshot;
	}

	get horizon(): number {
		return this.#events[0]?.n ?? 0;
	}

	get length(): number {
		return this.#events.length;
	}

	/** What was known before the oldest event that is remembered. */
	get beginning(): Snapshot {
		return this.#checkpoints[0] ?? emptySnapshot;
	}

	/** Takes the next event. */
	append(event: Event): void {
		this.#snapshot = fold(this.#snapshot, event);
		this.#events.push(event);
		this.#bytes += bytesKeptBy(event);
		this.landmarks.note(event, this.#snapshot);
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

		if (event.n % eventsPerCheckpoint === 0) {
			this.#checkpoints.push(this.#snapshot);
		}

		this.#forget();
	}

	at(n: number): Event | undefined {
		return this.#events[n - this.horizon];
	}

	settledBy(n: number): Exchange | undefined {
		return this.#settled.get(n);
	}

	* newestFirst(from: number): Generator<Event> {
		for (let index = from - this.horizon; index >= 0; index--) {
			const event = this.#events[index];
			if (event) {
				yield event;
			}
		}
	}

	* oldestFirst(from: number): Generator<Event> {
		for (let index = Math.max(0, from - this.horizon); index < this.#events.length; index++) {
			const event = this.#events[index];
			if (event) {
				yield event;
			}
		}
	}

	* newestOf(peer: string, from: number): Generator<Event> {
		const numbers = this.#byPeer.get(peer) ?? [];
		for (let index = countUpTo(numbers, from) - 1; index >= 0; index--) {
			const event = this.at(numbers[index] ?? 0);
			if (event) {
				yield event;
			}
		}
	}

	snapshotAt(n: number): Snapshot {
		const moment = Math.max(n, this.horizon);
		let snapshot = this.#checkpoints.findLast(checkpoint => checkpoint.n <= moment) ?? this.beginning;
		for (const event of this.oldestFirst(snapshot.n + 1)) {
			if (event.n > moment) {
				break;
			}

			snapshot = fold(snapshot, event);
		}

		return snapshot;
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

		if (count === 0) {
			return;
		}

		const beginning = this.snapshotAt(this.horizon + count - 1);
		this.#events.splice(0, count);
		this.#checkpoints = [beginning, ...this.#checkpoints.filter(({n}) => n > beginning.n)];
		this.landmarks.forgetBefore(this.horizon);
		for (const [peer, numbers] of this.#byPeer) {
			this.#byPeer.set(peer, numbers.slice(countUpTo(numbers, beginning.n)));
		}

		for (const n of this.#settled.keys()) {
			if (n >= this.horizon) {
				break;
			}

			this.#settled.delete(n);
		}
	}
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
