/**
Reading names and numbers from bytes. Nothing here throws, whatever the bytes.
*/

/** No bytes; shared, because most heads of a flood are empty. */
export const noBytes = new Uint8Array(0);

/** The bytes as text, printable ASCII as it is and any other byte as `\xNN`: ZMTP's names are ASCII, and what is not must not reach a terminal. */
export function asciiOf(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) {
		text += byte >= 0x20 && byte <= 0x7E ? String.fromCodePoint(byte) : String.raw`\x${byte.toString(16).padStart(2, '0')}`;
	}

	return text;
}

/** An unsigned number in network byte order; exact up to 2^53. Bytes past the end count as 0. */
export function numberAt(bytes: Uint8Array, offset: number, length: number): number {
	let value = 0;
	for (let index = offset; index < offset + length; index++) {
		value = (value * 256) + (bytes[index] ?? 0);
	}

	return value;
}

/** A copy of a part. `slice` would not do: a Node Buffer's is a view, which keeps the whole chunk alive. */
export function copyOf(bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array {
	const part = bytes.subarray(start, end);
	const copy = new Uint8Array(part.length);
	copy.set(part);
	return copy;
}

/** Keeps the first bytes of something longer that comes in parts. */
export class Head {
	length = 0;
	readonly #bytes: Uint8Array;

	constructor(limit: number) {
		this.#bytes = limit > 0 ? new Uint8Array(limit) : noBytes;
	}

	/** Keeps what there is still room for of `chunk` from `start` to `end`. */
	add(chunk: Uint8Array, start: number, end: number): void {
		const count = Math.min(end - start, this.#bytes.length - this.length);
		if (!(count > 0)) {
			return;
		}

		this.#bytes.set(chunk.subarray(start, start + count), this.length);
		this.length += count;
	}

	/** What has been kept so far: a view, to which nothing more is added once the head is full or given up. */
	take(): Uint8Array {
		return this.length === this.#bytes.length ? this.#bytes : this.#bytes.subarray(0, this.length);
	}
}
