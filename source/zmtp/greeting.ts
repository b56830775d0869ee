/**
The first bytes of a direction: ZMTP 3.x, an older ZMTP, or no ZMTP at all (RFC 37, "Version Negotiation" and "Backwards Interoperability"; RFC 15; RFC 13).

```
 0        1 … 8          9    10     11     12 … 31    32         33 … 63
 FF       padding        7F   major  minor  mechanism  as-server  filler       3.x
 FF       padding        7F   01     socket type                               2.0
 length   00 (flags)     identity …                                            1.0
```

Law: `judgeGreeting` is a pure function of what has come, asked again after each byte, and no byte is needed beyond those that it judges.
*/
import {asciiOf, copyOf, numberAt} from './bytes.js';
import {looksLike} from './impostors.js';
import {type Content, type Facts} from './units.js';
import {oldSocketTypes} from './socket-types.js';

/** A greeting of ZMTP 3.x has this many bytes. */
export const greetingSize = 64;

/** Where the fields of a ZMTP 3.x greeting are: name, offset, length. */
export const greetingLayout = [
	['signature', 0, 10],
	['version', 10, 2],
	['mechanism', 12, 20],
	['as-server', 32, 1],
	['filler', 33, 31],
] as const;

const signatureSize = 10;
const oldGreetingSize = 12;

type GreetingType = 'greeting' | 'old-greeting' | 'not-zmtp';
type Verdict = {readonly content: Extract<Content, {readonly type: GreetingType}>; readonly problems: readonly string[]};

/**
What the first bytes of a direction are, or `undefined` while more are needed.

`other` is the protocol of the other direction, as far as it is known: a 3.x peer begins as 3.x and falls back once it has seen an older peer's greeting. `isWhole`: no more will come.
*/
export function judgeGreeting(seen: Uint8Array, other: Facts['protocol'], isWhole: boolean): Verdict | undefined {
	if (seen.length === 0) {
		return undefined;
	}

	return seen[0] === 0xFF ? judgeSignature(seen, other) : judgeUnversioned(seen, isWhole);
}

function judgeSignature(seen: Uint8Array, other: Facts['protocol']): Verdict | undefined {
	if (seen.length < signatureSize) {
		return undefined;
	}

	if (seen[9] !== 0x7F) {
		return isLongIdentity(seen) ? oldGreeting(seen, 'zmtp-1.0') : impostor(seen);
	}

	// To a 1.0 peer the signature is the header of an identity, and the identity's body follows at once.
	if (other === 'zmtp-1.0') {
		return fallback(seen, 'zmtp-1.0');
	}

	const major = seen[10];
	if (major === undefined) {
		return undefined;
	}

	return major < 3 || other === 'zmtp-2.0' ? judgeTwo(seen, major) : judgeThree(seen);
}

function judgeTwo(seen: Uint8Array, major: number): Verdict | undefined {
	// No RFC names revision 0; libzmq frames as 1.0 when it meets one.
	if (major === 0) {
		return oldGreeting(seen, 'zmtp-1.0');
	}

	if (seen.length < oldGreetingSize) {
		return undefined;
	}

	return major < 3 ? oldGreeting(seen, 'zmtp-2.0') : fallback(seen, 'zmtp-2.0');
}

function judgeThree(seen: Uint8Array): Verdict | undefined {
	if (seen.length < greetingSize) {
		return undefined;
	}

	const mechanism = seen.subarray(12, 32);
	const end = mechanism.indexOf(0);
	const name = end === -1 ? mechanism : mechanism.subarray(0, end);
	const problems = [
		...(/^[\d+\-.A-Z_]+$/v.test(asciiOf(name)) ? [] : ['The mechanism is no name of A-Z, 0-9, - _ . +']),
		...(mechanism.subarray(name.length).some(Boolean) ? ['The mechanism is not padded with zeros'] : []),
		...((seen[32] ?? 0) > 1 ? ['as-server is neither 0 nor 1'] : []),
		...(seen.subarray(33).some(Boolean) ? ['The filler is not zero'] : []),
	];
	return {
		content: {
			type: 'greeting',
			version: {major: seen[10] ?? 0, minor: seen[11] ?? 0},
			mechanism: asciiOf(name),
			asServer: seen[32] === 1,
			raw: copyOf(seen),
		},
		problems,
	};
}

/** A ZMTP 1.0 peer begins with its identity: length (with the flags, so at least 1), flags 00, and a first octet that is not zero. */
function judgeUnversioned(seen: Uint8Array, isWhole: boolean): Verdict | undefined {
	const isAnonymous = seen[0] === 1 && seen[1] === 0;
	const isIdentity = (seen[0] ?? 0) > 1 && seen[1] === 0 && (seen[2] ?? 0) > 0;
	return isAnonymous || isIdentity ? oldGreeting(seen, 'zmtp-1.0') : impostor(seen, isWhole);
}

/** The long form of a 1.0 identity: `FF`, 8 bytes of length, flags 00. An identity has 255 bytes at most. */
function isLongIdentity(seen: Uint8Array): boolean {
	const length = numberAt(seen, 1, 8);
	return seen[9] === 0 && length >= 1 && length <= 256;
}

function impostor(seen: Uint8Array, isWhole = true): Verdict | undefined {
	const likeness = looksLike(seen, isWhole);
	return likeness && {content: {type: 'not-zmtp', looksLike: likeness, raw: copyOf(seen)}, problems: []};
}

function oldGreeting(seen: Uint8Array, protocol: 'zmtp-1.0' | 'zmtp-2.0', isFallback = false): Verdict {
	const number = protocol === 'zmtp-2.0' ? seen[11] : undefined;
	const socketType = number === undefined ? undefined : oldSocketTypes[number];
	return {
		content: {
			type: 'old-greeting',
			protocol,
			isFallback,
			...(socketType && {socketType}),
			raw: copyOf(seen),
		},
		problems: number !== undefined && !socketType ? [`No socket type has the number ${number}`] : [],
	};
}

const fallback = (seen: Uint8Array, protocol: 'zmtp-1.0' | 'zmtp-2.0'): Verdict => oldGreeting(seen, protocol, true);
