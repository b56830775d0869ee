/** Lines of a pipe as the bytes that they are: a request need not be text. Only the newline ends one (with a carriage return before it, if there is one). */
import {Buffer} from 'node:buffer';

const newline = 0x0A;
const carriageReturn = 0x0D;

/** The lines of a stream; a last one without its newline counts, an empty rest does not. */
export async function * readLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let begun: Uint8Array[] = [];
	for await (const chunk of input) {
		let start = 0;
		for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
			yield withoutReturn(Buffer.concat([...begun, chunk.subarray(start, end)]));
			begun = [];
			start = end + 1;
		}

		if (start < chunk.length) {
			begun.push(chunk.subarray(start));
		}
	}

	if (begun.length > 0) {
		yield withoutReturn(Buffer.concat(begun));
	}
}

const withoutReturn = (line: Uint8Array): Uint8Array => line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
