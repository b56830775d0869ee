/** Listens to a decoder and holds it to its law while it does: every piece of every test passes here. */
import {expect} from 'vitest';
import {Decoder, type DecoderOptions} from '../../../source/zmtp/decoder.js';
import {fieldsOf, keptBytes} from '../../../source/zmtp/fields.js';
import {type Facts, type Piece, type Unit} from '../../../source/zmtp/units.js';

/** Where a unit's bytes are in the stream, one range for each part. */
type Range = {readonly part: string; readonly start: number; end: number};
type Open = {readonly at: number; readonly ranges: Range[]};

/** A failed `expect` costs little, a passed one much: the fuzz asks a million times. */
function insist(isTrue: boolean, law: string): void {
	if (!isTrue) {
		expect.fail(law);
	}
}

/** One direction being decoded, with everything that was told in stream offsets: the same however the stream was cut. */
export class Listener {
	readonly decoder: Decoder;
	readonly units: Unit[] = [];
	/** The ranges of each unit by its id. */
	readonly ranges = new Map<number, readonly Range[]>();
	counted = {units: 0, frames: 0, bodyBytes: 0, bytes: 0};
	#position = 0;
	#lastId = 0;
	readonly #open = new Map<number, Open>();

	constructor(options: DecoderOptions = {}, other?: Facts) {
		this.decoder = new Decoder(options);
		if (other) {
			this.decoder.learn(other);
		}
	}

	push(chunk: Uint8Array): this {
		let covered = 0;
		for (const piece of this.decoder.push(chunk)) {
			if (piece.type === 'bytes' || piece.type === 'run') {
				insist(piece.start === covered && piece.end > covered && piece.end <= chunk.length, `${piece.type} of ${piece.start} to ${piece.end} after ${covered}`);
				covered = piece.end;
			}

			this.#hear(piece);
		}

		insist(covered === chunk.length, `${covered} B of ${chunk.length} were told`);
		this.#position += chunk.length;
		this.#checkPending();
		return this;
	}

	end(): this {
		for (const piece of this.decoder.end()) {
			this.#hear(piece);
		}

		insist(this.#open.size === 0, 'a unit is open after the end');
		insist(this.decoder.pending() === undefined, 'something is pending after the end');
		return this;
	}

	#hear(piece: Piece): void {
		switch (piece.type) {
			case 'unit-begin': {
				insist(piece.id > this.#lastId, `unit ${piece.id} after ${this.#lastId}`);
				this.#lastId = piece.id;
				this.#open.set(piece.id, {at: piece.at, ranges: []});
				break;
			}

			case 'bytes': {
				const open = this.#open.get(piece.id);
				insist(open !== undefined, `bytes of ${piece.id}, which is not open`);
				const start = this.#position + piece.start;
				const last = open!.ranges.at(-1);
				if (last?.end === start && last.part === piece.part) {
					last.end = this.#position + piece.end;
				} else {
					open!.ranges.push({part: piece.part, start, end: this.#position + piece.end});
				}

				break;
			}

			case 'unit-end': {
				this.#close(piece.unit);
				break;
			}

			case 'run': {
				this.counted.units += piece.units;
				this.counted.frames += piece.frames;
				this.counted.bodyBytes += piece.bodyBytes;
				this.counted.bytes += piece.end - piece.start;
				break;
			}
		}
	}

	#close(unit: Unit): void {
		const open = this.#open.get(unit.id);
		insist(open !== undefined, `unit ${unit.id} ends and was not open`);
		let size = 0;
		for (const {start, end} of open!.ranges) {
			size += end - start;
		}

		insist(unit.size === size, `unit ${unit.id} has ${size} B and says ${unit.size}`);
		insist(unit.at === open!.at && unit.at === open!.ranges[0]?.start, `unit ${unit.id} is not at ${unit.at}`);
		this.#open.delete(unit.id);
		this.ranges.set(unit.id, open!.ranges);
		this.units.push(unit);
		checkFields(unit);
	}

	#checkPending(): void {
		const pending = this.decoder.pending();
		const isOpen = this.#open.size > 0;
		insist(!isOpen || pending !== undefined, 'a unit is open and nothing is pending');
		insist((pending?.held ?? 0) <= 5 * 4096, `${pending?.held} B are held`);
		insist((pending?.frame?.received ?? 0) <= (pending?.frame?.size ?? 0), 'more of a frame has come than there is');
		insist(this.#open.size <= 2, 'more than a message and a command are open');
	}
}

/** The fields of a unit cover it without gap or overlap. */
function checkFields(unit: Unit): void {
	let at = 0;
	for (const {name, offset, length} of fieldsOf(unit)) {
		insist(offset === at && length > 0, `field ${name} of ${unit.type} is at ${offset}, not ${at}`);
		at += length;
	}

	insist(at === unit.size, `the fields of ${unit.type} cover ${at} of ${unit.size} B`);
	at = 0;
	for (const {offset, bytes} of keptBytes(unit)) {
		insist(offset >= at && offset + bytes.length <= unit.size, `bytes kept of ${unit.type} are at ${offset}`);
		at = offset + bytes.length;
	}
}

/** The bytes of a unit, from the stream. */
export function bytesOf(listener: Listener, id: number, stream: Uint8Array): Uint8Array {
	const parts = (listener.ranges.get(id) ?? []).flatMap(({start, end}) => [...stream.subarray(start, end)]);
	return Uint8Array.from(parts);
}

/** Decodes a whole stream in chunks of these sizes, over and over; the last size goes on for the rest. */
export function listen(stream: Uint8Array, sizes: readonly number[] = [], options: DecoderOptions = {}, other?: Facts): Listener {
	const listener = new Listener(options, other);
	let at = 0;
	for (const size of sizes) {
		listener.push(stream.subarray(at, at + size));
		at += size;
	}

	return listener.push(stream.subarray(at));
}
