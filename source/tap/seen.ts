/**
The first bytes of each unit as they came, for whoever shows them one by one.

Law: what is kept is bounded: so much of each unit that is open, and never a view into a chunk.
*/
import {type Side} from '../zmtp/connection.js';
import {type Piece, type Unit} from '../zmtp/units.js';

/** How many bytes of a unit are kept. */
export const seenLimit = 256;

/** A unit that has come whole. */
export type SeenUnit = {
	readonly link: number;
	readonly from: Side;
	readonly unit: Unit;
	/** In ms since the epoch: when its last byte came. */
	readonly t: number;
	/** Its first bytes, flags and sizes included: all of them if `unit.size` is no more than `seenLimit`. */
	readonly bytes: Uint8Array;
	/** Whether a fault has kept it from arriving; `rule` is the number of that fault, or of the one that has struck it and let it arrive. */
	readonly isTaken: boolean;
	readonly rule?: number;
};

/** Called right before the facts about a unit are told; not for units that are only counted. */
export type Observe = (seen: SeenUnit) => void;

/** Keeps the beginnings of one direction's units. */
export class Seen {
	readonly #open = new Map<number, number[]>();
	/** Those that have ended in the chunk just taken. */
	#ended = new Map<number, Uint8Array>();

	/** Takes a chunk with what the decoder found in it. */
	take(chunk: Uint8Array, pieces: readonly Piece[]): void {
		this.#ended = new Map();
		for (const piece of pieces) {
			if (piece.type === 'unit-begin') {
				this.#open.set(piece.id, []);
			} else if (piece.type === 'bytes') {
				const kept = this.#open.get(piece.id);
				kept?.push(...chunk.subarray(piece.start, Math.min(piece.end, piece.start + seenLimit - kept.length)));
			} else if (piece.type === 'unit-end') {
				this.#ended.set(piece.id, this.#bytes(piece.id));
				this.#open.delete(piece.id);
			}
		}
	}

	/** The first bytes of a unit that ended in the chunk just taken, or has been cut. */
	bytesOf(id: number): Uint8Array {
		return this.#ended.get(id) ?? this.#bytes(id);
	}

	#bytes(id: number): Uint8Array {
		return Uint8Array.from(this.#open.get(id) ?? []);
	}
}
