/** Looks for texts in the first 64 KB of a message. The bytes between the frames belong to no text. */
import {Buffer} from 'node:buffer';
import {type Part} from '../../zmtp/units.js';

/** How much of a message is looked into. */
export const lookLimit = 64 * 1024;

/** In no UTF-8 text. */
const border = Uint8Array.of(0xFF);

export class Look {
	readonly #parts: Uint8Array[] = [];
	#size = 0;

	/** Whether nothing that comes is looked into any more. */
	get isFull(): boolean {
		return this.#size >= lookLimit;
	}

	/** Takes the next bytes of the message. */
	add(bytes: Uint8Array, part: Part): void {
		this.#parts.push(part === 'body' ? bytes.subarray(0, lookLimit - this.#size) : border);
		this.#size += bytes.length;
	}

	has(text: Uint8Array): boolean {
		return Buffer.concat(this.#parts).includes(Buffer.from(text));
	}
}
