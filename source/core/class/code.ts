/**
The code of a class: eight characters that can be read from the last row and typed, `K7QM-3TDX`. They are 40 bits of a fingerprint.

Law: the alphabet is Crockford's base 32, which has no I, L, O and U; what is easily taken for a character is read as it.
*/

/** A code as it is compared and hashed: eight characters without the dash. */
export type ClassCode = string;

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;
const bitsPerCharacter = 5;

/** How many bytes of a fingerprint are the code. */
export const codeBytes = length * bitsPerCharacter / 8;

/** The code that these bytes are; only the first five count. */
export function codeOf(bytes: Uint8Array): ClassCode {
	let bits = 0n;
	for (const byte of bytes.subarray(0, codeBytes)) {
		bits = (bits << 8n) | BigInt(byte);
	}

	return Array.from({length}, (_, index) => alphabet[Number((bits >> BigInt((length - 1 - index) * bitsPerCharacter)) & 31n)]).join('');
}

/** Reads what a person typed: in capitals or not, with or without the dash, O for 0, I and L for 1. Undefined if it is no code. */
export function readCode(text: string): ClassCode | undefined {
	const code = text.trim().toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
	return code.length === length && [...code].every(character => alphabet.includes(character)) ? code : undefined;
}

/** Writes it for the wall. */
export const formatCode = (code: ClassCode): string => `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;
