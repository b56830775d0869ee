/**
The cheap mode: frames are walked and counted, and nothing is made of them.

An object a message costs ten times what walking costs; in a flood of small messages nobody reads them one by one.
*/
import {headerSize, long, more} from './frame-header.js';
import {numberAt} from './bytes.js';

/** What was counted. `units` are whole messages, or under an encrypting mechanism frames. */
export type Tally = {
	units: number;
	frames: number;
	bodyBytes: number;
	/** Whether the walk stopped between two frames of one message. */
	isInside: boolean;
	/** Where in the chunk the unit begins that the walk stopped inside of; meaningless if it began in an earlier chunk. */
	unitStart: number;
	/** How many of that unit's frames have ended. */
	unitFrames: number;
};

/** Walks the whole frames of messages in `chunk` from `start`, which must be where a frame begins. Returns where it stopped: at the end, or at what it leaves to the decoder (a command, an invalid frame, a frame that does not end in this chunk). */
export function walkFrames(chunk: Uint8Array, start: number, tally: Tally, isSealed: boolean): number {
	const {length} = chunk;
	let at = start;
	while (at + 1 < length) {
		const flags = chunk[at] ?? 0;
		if (flags > (more | long)) {
			break;
		}

		const bodyAt = at + headerSize(flags);
		const size = (flags & long) === 0 ? chunk[at + 1] ?? 0 : longSize(chunk, at + 1);
		if (bodyAt + size > length) {
			break;
		}

		if (!tally.isInside) {
			tally.unitStart = at;
			tally.unitFrames = 0;
		}

		at = bodyAt + size;
		tally.frames++;
		tally.unitFrames++;
		tally.bodyBytes += size;
		tally.isInside = (flags & more) !== 0 && !isSealed;
		if (!tally.isInside) {
			tally.units++;
		}
	}

	return at;
}

/** The size of a long frame; one that can't be read yet, or is out of range, is beyond any chunk. */
const longSize = (chunk: Uint8Array, offset: number): number =>
	offset + 8 > chunk.length ? Infinity : numberAt(chunk, offset, 8);
