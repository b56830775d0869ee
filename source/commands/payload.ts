/** What a `send` or `reply` carries: text to the end of the line as one frame, `--frames a b ""` for several, `--hex 00ff` for raw bytes. */
import {encodeText} from '../core/frames.js';
import {splitWords} from './words.js';
import {type Problem} from './record.js';

export type Payload = {readonly ok: true; readonly frames: readonly Uint8Array[]} | ({readonly ok: false} & Problem);

/** Reads a payload. `-- text` sends a text that itself begins with `--`. */
export function readPayload(rest: string): Payload {
	const match = /^--(?<option>\S*)(?:\s(?<after>.*))?$/s.exec(rest);
	const after = match?.groups?.['after'] ?? '';
	switch (match?.groups?.['option']) {
		case undefined: {
			return text(rest);
		}

		case '': {
			return text(after);
		}

		case 'frames': {
			return framesOf(after);
		}

		case 'hex': {
			return hexFrames(after);
		}

		default: {
			return {ok: false, reason: `“${rest.split(/\s/, 1)[0]}” is not known here`, next: 'use --frames, --hex, or -- before a text that begins with --'};
		}
	}
}

/** Writes a text so that `readPayload` gives it back unchanged. */
export const quotePayload = (body: string): string => body.startsWith('--') ? `-- ${body}` : body;

const text = (body: string): Payload => ({ok: true, frames: [encodeText(body)]});

function framesOf(after: string): Payload {
	const words = splitWords(after);
	if (!words) {
		return {ok: false, reason: 'a quote is left open', next: 'close it with "'};
	}

	return words.length === 0
		? {ok: false, reason: 'a message has at least one frame', next: 'write --frames "" for an empty one'}
		: {ok: true, frames: words.map(word => encodeText(word))};
}

function hexFrames(after: string): Payload {
	const words = after.trim().split(/\s+/);
	const isHex = words.every(word => /^(?:[\da-f]{2})+$/i.test(word));
	return isHex ? {ok: true, frames: words.map(word => Uint8Array.from(word.match(/../g) ?? [], pair => Number.parseInt(pair, 16)))} : {ok: false, reason: 'hexadecimal bytes come in pairs of 0-9 and a-f', next: 'write --hex 00ff; a blank begins another frame'};
}
