/**
Z85: bytes as text that can be typed and pasted; each four bytes are five characters. CURVE's keys, 32 bytes each, are 40 characters.

Source: RFC 32/Z85.
*/

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';
const keyCharacters = 40;
const shortCharacters = 8;

/** A key of CURVE as Z85: 40 characters. */
export type Key = string;

/** Encodes bytes; their number has to be a multiple of four. */
export function encodeZ85(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 4) {
		let value = bytes.subarray(at, at + 4).reduce((sum, byte) => (sum * 256) + byte, 0);
		let group = '';
		for (let digit = 0; digit < 5; digit++) {
			group = (alphabet[value % 85] ?? '') + group;
			value = Math.floor(value / 85);
		}

		text += group;
	}

	return text;
}

/** Decodes; undefined if the text is no Z85: a strange character, a wrong length, or five characters that stand for more than four bytes. */
export function decodeZ85(text: string): Uint8Array | undefined {
	if (text.length % 5 !== 0) {
		return undefined;
	}

	const bytes: number[] = [];
	for (let at = 0; at < text.length; at += 5) {
		const digits = [...text.slice(at, at + 5)].map(character => alphabet.indexOf(character));
		const value = digits.reduce((sum, digit) => (sum * 85) + digit, 0);
		if (digits.includes(-1) || value > 0xFF_FF_FF_FF) {
			return undefined;
		}

		bytes.push(value >>> 24, (value >>> 16) & 0xFF, (value >>> 8) & 0xFF, value & 0xFF);
	}

	return Uint8Array.from(bytes);
}

/** Whether the text can be a key of CURVE. */
export const isKey = (text: string): boolean => text.length === keyCharacters && decodeZ85(text) !== undefined;

/** The beginning of a public key, for where there is no room for all of it. Nobody makes two keys that begin alike by accident. */
export const shortKey = (key: Key): string => `${key.slice(0, shortCharacters)}…`;
