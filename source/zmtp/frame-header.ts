/**
The header of a frame: flags, then a size of one byte or eight (RFC 23 and 37, "Framing").

```
bit    7 … 3      2         1      0
       reserved   COMMAND   LONG   MORE
```

libzmq ignores the reserved bits and would read on. The RFCs say that they MUST be zero, and a byte that sets them is nearly always a stream that is out of step.
*/
import {type FramingReason} from './units.js';

export const more = 0b001;
export const long = 0b010;
export const command = 0b100;
const reserved = 0b1111_1000;

/** How many bytes the header of a frame has, from its flags. */
export const headerSize = (flags: number): number => (flags & long) === 0 ? 2 : 9;

/** Why no frame begins with this byte, if none does. */
export function flagsProblem(flags: number): FramingReason | undefined {
	if ((flags & reserved) !== 0) {
		return 'reserved-flags';
	}

	return (flags & command) !== 0 && (flags & more) !== 0 ? 'command-with-more' : undefined;
}

/** Sizes are of 63 bits: the highest bit is zero. */
export const isSizeTooLarge = (firstByteOfLongSize: number): boolean => firstByteOfLongSize >= 0x80;

/** Reads one header after another, a byte at a time. */
export class HeaderReader {
	flags = 0;
	/** Exact up to 2^53, of which no stream will see the end. */
	size = 0;
	#received = 0;

	get isAtStart(): boolean {
		return this.#received === 0;
	}

	get isComplete(): boolean {
		return this.#received > 0 && this.#received === headerSize(this.flags);
	}

	/** Takes the next byte. A byte that is refused changes nothing. */
	accept(byte: number): FramingReason | undefined {
		if (this.#received === 0) {
			const problem = flagsProblem(byte);
			if (problem) {
				return problem;
			}

			this.flags = byte;
			this.size = 0;
		} else if (this.#received === 1 && (this.flags & long) !== 0 && isSizeTooLarge(byte)) {
			return 'size-too-large';
		} else {
			this.size = (this.size * 256) + byte;
		}

		this.#received++;
		return undefined;
	}

	/** Makes ready for the next header. */
	reset(): void {
		this.#received = 0;
	}
}
