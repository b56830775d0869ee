/**
The lines of a file of any size, chunk by chunk: each with where it stands. Pure: the caller reads.

Invariants: memory is bounded by the longest line that is taken; a line beyond that is told as too long, and its bytes are let go.
*/
import {Buffer} from 'node:buffer';

/** One line without its newline. `line` counts from 1, `from` is the byte where it begins. `text` is undefined for a line that is too long. */
export type Line = {readonly line: number; readonly from: number; readonly text: string | undefined};

/** The longest line (bytes) that is taken: a message of a thousand frames of 4 KB each is 4 MB. */
export const longestLine = 8 * 1024 * 1024;

const newline = 0x0A;
// What is no UTF-8 becomes U+FFFD: then it is no JSON, or a damaged text.
const decoder = new TextDecoder();

export class Lines {
	#line = 1;
	#from: number;
	#begun: Uint8Array[] = [];
	#begunBytes = 0;
	#isTooLong = false;
	readonly #longest: number;

	/** `from` is where the first byte stands in the file. */
	constructor(from = 0, longest = longestLine) {
		this.#from = from;
		this.#longest = longest;
	}

	/** Takes the next bytes; gives the lines that end in them. */
	push(chunk: Uint8Array): Line[] {
		const lines: Line[] = [];
		let start = 0;
		for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
			this.#begin(chunk.subarray(start, end));
			lines.push(this.#finish());
			start = end + 1;
		}

		this.#begin(chunk.subarray(start));
		return lines;
	}

	/** What stands after the last newline, if anything does. */
	rest(): Line | undefined {
		return this.#begunBytes === 0 ? undefined : this.#finish();
	}

	#begin(bytes: Uint8Array): void {
		this.#begunBytes += bytes.length;
		if (this.#begunBytes > this.#longest) {
			this.#isTooLong = true;
			this.#begun = [];
		} else if (bytes.length > 0) {
			this.#begun.push(bytes);
		}
	}

	#finish(): Line {
		const [only] = this.#begun;
		const bytes = this.#begun.length === 1 && only ? only : Buffer.concat(this.#begun);
		const line = {line: this.#line, from: this.#from, text: this.#isTooLong ? undefined : decoder.decode(bytes).replace(/\r$/, '')};
		this.#line++;
		this.#from += this.#begunBytes + 1;
		this.#begun = [];
		this.#begunBytes = 0;
		this.#isTooLong = false;
		return line;
	}
}
