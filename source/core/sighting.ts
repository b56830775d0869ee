/** Two sightings of one message: what they have in common on a plain link. */
import {type Frame} from './frames.js';

/** Its size and its beginning, frame by frame. */
export function keyOf(frames: readonly Frame[]): string {
	let key = '';
	for (const frame of frames) {
		key += `${frame.size}:${('text' in frame ? frame.text : frame.base64).slice(0, 200)}|`;
	}

	return key;
}
