/**
Looks for texts in the first 64 KB of a message: in what comes behind the delimiter, if there is one. The bytes between the frames belong to no
text, and neither does the envelope: the id of a request is four random bytes.
*/
import {Buffer} from 'node:buffer';
import {type Part} from '../../zmtp/units.js';

/** How much of a message is looked into. */
export const lookLimit = 64 * 1024;

/** In no UTF-8 text. */
const border = Uint8Array.of(0xFF);

/** The bit of a frame's flags that says that its size takes eight bytes (RFC 23, "Framing"). */
const longFlag = 0b10;

export class Look {
	readonly #parts: Uint8Array[] = [];
	/** Flags and size of a frame whose body has yet to come. */
	#framing: number[] = [];
	#isDelimited = false;
	#size = 0;

	/** Whether nothing that comes is looked into any more. */
	get isFull(): boolean {
		return this.#size >= lookLimit;
	}

	/** Takes the next bytes of the message. */
	add(bytes: Uint8Array, part: Part): void {
		if (part === 'body') {
			this.#framing = [];
			this.#parts.push(bytes.subarray(0, lookLimit - this.#size));
		} else {
			this.#framing.push(...bytes);
			this.#parts.push(border);
			this.#forgetEnvelope();
		}

		this.#size += bytes.length;
	}

	has(text: Uint8Array): boolean {
		return Buffer.concat(this.#parts).includes(Buffer.from(text));
	}

	/** Where one frame follows another and no body was between, the one was empty: the first such is the delimiter. */
	#forgetEnvelope(): void {
		const length = ((this.#framing[0] ?? 0) & longFlag) === 0 ? 2 : 9;
		if (this.#framing.length <= length) {
			return;
		}

		this.#framing.splice(0, length);
		if (!this.#isDelimited) {
			this.#isDelimited = true;
			this.#parts.length = 0;
		}
	}
}
