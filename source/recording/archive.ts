/**
The events of a recording, in its file. In memory are only landmarks and, for each few hundred events, where they stand in the
file, who is in them, and what was known before them. The events themselves are read again when a moment is looked at.

It grows while the file is read for the first time; what has been read can be looked at meanwhile.
*/
import {Buffer} from 'node:buffer';
import {closeSync, openSync, readSync} from 'node:fs';
import {type Archive} from '../core/archive.js';
import {peerOf, type Event} from '../core/events.js';
import {type Exchange} from '../core/exchanges.js';
import {Landmarks} from '../core/landmarks.js';
import {fold, type Snapshot} from '../core/snapshot.js';
import {Lines} from './lines.js';
import {isDamage, parseEvent} from './parse.js';

/** A stretch of the file: its first and last event, where their lines begin, who is in it, and the snapshot that it is folded from. */
type Stretch = {readonly first: number; last: number; count: number; readonly from: number; to: number; readonly peers: Set<string>; readonly before: Snapshot};

/** A stretch that has been read again. */
type Page = {readonly events: readonly Event[]; readonly settled: ReadonlyMap<number, Exchange>};

/** Every so many events there is a snapshot; fewer than in memory, as they have to be read again. A stretch ends sooner if its messages are long. */
const eventsPerStretch = 500;
const bytesPerStretch = 1024 * 1024;

/** How much is read at once, at the most; and how much more than a stretch needs, for its last line. */
const pieceBytes = 256 * 1024;
const lastLineBytes = 1024;

/** How many pages are kept: those around the moment, and those that one has just been at. */
const pagesKept = 16;

export class FileArchive implements Archive {
	readonly landmarks = new Landmarks();
	#snapshot: Snapshot;
	#length = 0;
	readonly #descriptor: number;
	readonly #stretches: Stretch[] = [];
	/** The one looked at last stands last. */
	readonly #pages = new Map<Stretch, Page>();

	constructor(file: string, before: Snapshot) {
		this.#descriptor = openSync(file, 'r');
		this.#snapshot = before;
	}

	get snapshot(): Snapshot {
		return this.#snapshot;
	}

	get horizon(): number {
		return this.#stretches[0]?.first ?? 0;
	}

	get length(): number {
		return this.#length;
	}

	/** Takes the next event, whose line begins at byte `from`. */
	append(event: Event, from: number): void {
		const stretch = this.#stretchFor(event, from);
		const peer = peerOf(event);
		if (peer !== undefined) {
			stretch.peers.add(peer);
		}

		stretch.last = event.n;
		stretch.count++;
		stretch.to = from;
		this.#length++;
		this.#snapshot = fold(this.#snapshot, event);
		this.landmarks.note(event, this.#snapshot);
		// It has grown: what was read of it is not all of it any more.
		this.#pages.delete(stretch);
	}

	at(n: number): Event | undefined {
		const stretch = this.#stretchOf(n);
		return stretch && this.#pageOf(stretch).events.find(event => event.n === n);
	}

	settledBy(n: number): Exchange | undefined {
		const stretch = this.#stretchOf(n);
		return stretch && this.#pageOf(stretch).settled.get(n);
	}

	* newestFirst(from: number): Generator<Event> {
		yield * this.#backFrom(from, () => true);
	}

	* newestOf(peer: string, from: number): Generator<Event> {
		for (const event of this.#backFrom(from, ({peers}) => peers.has(peer))) {
			if (peerOf(event) === peer) {
				yield event;
			}
		}
	}

	* oldestFirst(from: number): Generator<Event> {
		for (let index = this.#indexOf(from); index < this.#stretches.length; index++) {
			const stretch = this.#stretches[index];
			for (const event of stretch ? this.#pageOf(stretch).events : []) {
				if (event.n >= from) {
					yield event;
				}
			}
		}
	}

	snapshotAt(n: number): Snapshot {
		const moment = Math.max(n, this.horizon);
		const stretch = this.#stretches.findLast(({first}) => first <= moment);
		if (!stretch) {
			return this.#snapshot;
		}

		let snapshot = stretch.before;
		for (const event of this.#pageOf(stretch).events) {
			if (event.n > moment) {
				break;
			}

			snapshot = fold(snapshot, event);
		}

		return snapshot;
	}

	close(): void {
		closeSync(this.#descriptor);
	}

	#stretchFor({n}: Event, from: number): Stretch {
		const newest = this.#stretches.at(-1);
		if (newest && newest.count < eventsPerStretch && from - newest.from < bytesPerStretch) {
			return newest;
		}

		const stretch: Stretch = {first: n, last: n, count: 0, from, to: from, peers: new Set(), before: this.#snapshot};
		this.#stretches.push(stretch);
		return stretch;
	}

	* #backFrom(from: number, hasSome: (stretch: Stretch) => boolean): Generator<Event> {
		for (let index = this.#stretches.findLastIndex(({first}) => first <= from); index >= 0; index--) {
			const stretch = this.#stretches[index];
			if (!stretch || !hasSome(stretch)) {
				continue;
			}

			for (const event of this.#pageOf(stretch).events.toReversed()) {
				if (event.n <= from) {
					yield event;
				}
			}
		}
	}

	#stretchOf(n: number): Stretch | undefined {
		const stretch = this.#stretches[this.#indexOf(n)];
		return stretch && stretch.first <= n ? stretch : undefined;
	}

	/** The first stretch that reaches as far as event `n`. */
	#indexOf(n: number): number {
		let low = 0;
		let high = this.#stretches.length;
		while (low < high) {
			const middle = Math.floor((low + high) / 2);
			if ((this.#stretches[middle]?.last ?? 0) < n) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}

		return low;
	}

	#pageOf(stretch: Stretch): Page {
		const page = this.#pages.get(stretch) ?? this.#read(stretch);
		this.#pages.delete(stretch);
		this.#pages.set(stretch, page);
		const [oldest] = this.#pages.keys();
		if (oldest && this.#pages.size > pagesKept) {
			this.#pages.delete(oldest);
		}

		return page;
	}

	/** Whatever has become of the file since: what is no event is left out, as it was when it was read first. */
	#read(stretch: Stretch): Page {
		const events: Event[] = [];
		const settled = new Map<number, Exchange>();
		let snapshot = stretch.before;
		for (const text of this.#textsOf(stretch)) {
			const event = parseEvent(text);
			if (isDamage(event) || event.n <= snapshot.n || event.n > stretch.last) {
				continue;
			}

			events.push(event);
			snapshot = fold(snapshot, event);
			if (snapshot.exchanges.settled) {
				settled.set(event.n, snapshot.exchanges.settled);
			}
		}

		return {events, settled};
	}

	* #textsOf({from, to}: Stretch): Generator<string | undefined> {
		const lines = new Lines(from);
		for (let position = from; ;) {
			// A new buffer each time: a line that is not whole yet is a view of it.
			const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, to - from + lastLineBytes));
			const count = this.#readAt(buffer, position);
			for (const line of count === 0 ? [lines.rest()] : lines.push(buffer.subarray(0, count))) {
				if (!line || line.from > to) {
					return;
				}

				yield line.text;
			}

			if (count === 0) {
				return;
			}

			position += count;
		}
	}

	/** How many bytes could be read; none of a file whose disk is gone. */
	#readAt(buffer: Uint8Array, position: number): number {
		try {
			return readSync(this.#descriptor, buffer, 0, buffer.length, position);
		} catch {
			return 0;
		}
	}
}
