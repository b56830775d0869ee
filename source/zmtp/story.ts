/**
The pieces of one chunk, as they are told.

Law: whatever is told covers the chunk in order; neighbours of the same unit and part are one piece, so that the story depends on the bytes alone and is short.
*/
import {type Finished} from './drafts.js';
import {type Family, type Part, type Piece} from './units.js';

type Writable<Type> = {-readonly [Key in keyof Type]: Type[Key]};
type Bytes = Writable<Extract<Piece, {readonly type: 'bytes'}>>;
type Run = Writable<Extract<Piece, {readonly type: 'run'}>>;

/** What ended: a unit's place, as far as its draft knows it. */
type Place = {readonly id: number; readonly at: number; readonly received: number};

/** Writes the pieces of one chunk. `base` is the offset of the chunk in the stream. */
export class Story {
	readonly base: number;
	readonly pieces: Piece[] = [];
	#bytes: Bytes | undefined;
	#run: Run | undefined;

	constructor(base: number) {
		this.base = base;
	}

	begin(id: number, at: number, family: Family): void {
		this.#add({
			type: 'unit-begin',
			id,
			at,
			family,
		});
	}

	bytes(id: number, part: Part, start: number, end: number): void {
		if (end <= start) {
			return;
		}

		if (this.#bytes?.id === id && this.#bytes.part === part) {
			this.#bytes.end = end;
			return;
		}

		const piece: Bytes = {
			type: 'bytes',
			id,
			part,
			start,
			end,
		};
		this.#add(piece);
		this.#bytes = piece;
	}

	/** Bytes of messages that are only counted. */
	run(start: number, end: number): void {
		if (end <= start) {
			return;
		}

		if (this.#run) {
			this.#run.end = end;
			return;
		}

		const piece: Run = {
			type: 'run',
			start,
			end,
			units: 0,
			frames: 0,
			bodyBytes: 0,
		};
		this.#add(piece);
		this.#run = piece;
	}

	/** So many units, frames and bytes of bodies ended with the last byte of the run. */
	count(units: number, frames: number, bodyBytes: number): void {
		if (!this.#run) {
			return;
		}

		this.#run.units += units;
		this.#run.frames += frames;
		this.#run.bodyBytes += bodyBytes;
	}

	end({id, at, received}: Place, {content, problems}: Finished): void {
		this.#add({
			type: 'unit-end',
			id,
			unit: {
				id,
				at,
				size: received,
				problems,
				...content,
			},
		});
	}

	#add(piece: Piece): void {
		this.pieces.push(piece);
		this.#bytes = undefined;
		this.#run = undefined;
	}
}
