/**
A frame as the journal keeps it: text where the bytes are valid UTF-8, base64 where not, cut to a limit with the true size kept.

Invariant: `size` is what the socket handed over, whatever was cut. A cut never turns valid text into "not text".
*/
import {decodeUtf8} from './text.js';

/** One part of a message: its (possibly cut) content and its true `size` in bytes. */
export type Frame = TextFrame | BinaryFrame;
type TextFrame = {readonly text: string; readonly size: number};
type BinaryFrame = {readonly base64: string; readonly size: number};

/** How many bytes of a body the journal keeps. */
export const frameLimit = 4096;

const encoder = new TextEncoder();

/** Makes the journal's frame of what a socket handed over. */
export function frameOf(bytes: Uint8Array, limit = frameLimit): Frame {
	const size = bytes.length;
	const head = size > limit ? withoutTornCharacter(bytes.subarray(0, limit)) : bytes;
	const text = decodeUtf8(head);
	return text === undefined ? {base64: toBase64(bytes.subarray(0, limit)), size} : {text, size};
}

/** The bytes that the journal kept of a frame: all of them if `isCut` is false. */
export function bytesOf(frame: Frame): Uint8Array {
	return 'text' in frame ? encoder.encode(frame.text) : Uint8Array.from(atob(frame.base64), character => character.codePointAt(0) ?? 0);
}

/** Whether the journal kept less than the socket handed over. */
export const isCut = (frame: Frame): boolean => bytesOf(frame).length < frame.size;

/** The true size of a whole message in bytes. */
export const sizeOf = (frames: readonly Frame[]): number => {
	let total = 0;
	for (const frame of frames) {
		total += frame.size;
	}

	return total;
};

/** Bytes of a text typed by a person. */
export const encodeText = (text: string): Uint8Array => encoder.encode(text);

/** Drops an unfinished UTF-8 sequence from the end of a cut buffer. */
function withoutTornCharacter(bytes: Uint8Array): Uint8Array {
	for (let back = 1; back <= Math.min(4, bytes.length); back++) {
		const byte = bytes[bytes.length - back] ?? 0;
		if (byte < 0x80) {
			return bytes;
		}

		if (byte >= 0xC0) {
			const needs = byte >= 0xF0 ? 4 : (byte >= 0xE0 ? 3 : 2);
			return needs > back ? bytes.subarray(0, bytes.length - back) : bytes;
		}
	}

	return bytes;
}

function toBase64(bytes: Uint8Array): string {
	let binary = '';
	for (const byte of bytes) {
		binary += String.fromCodePoint(byte);
	}

	return btoa(binary);
}
