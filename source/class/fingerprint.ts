/**
What binds a class’s code to its key, and a laptop’s key to the code.

The code is the fingerprint of the server’s public key under a nonce, stretched so that a key of one’s own that matches costs 2^40 times
32 MB and some 80 ms: who sees the code on the wall can’t pass for the class. The nonce is told only to those who prove that they know the code,
so that who doesn’t see the wall can’t work it out from the key, which the door tells anybody.
The proof is an HMAC over the laptop’s public key: who overhears it, or gets it as a false server, can neither use it for another key nor
find the code but by trying all of them, each at the same cost.
Source: RFC 7914 (scrypt), RFC 2104 (HMAC).
*/
import {Buffer} from 'node:buffer';
import {createHmac, randomBytes, scrypt, timingSafeEqual, type ScryptOptions} from 'node:crypto';
import {promisify} from 'node:util';
import {codeBytes, codeOf, type ClassCode} from '../core/class/code.js';
import {type Key} from '../core/z85.js';

const stretch = promisify<string, string, number, ScryptOptions, Uint8Array>(scrypt);
const cost = {N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024};
const nonceBytes = 16;
const proofKeyBytes = 32;

/** Something new to make another code of the same key. */
export const makeNonce = (): string => randomBytes(nonceBytes).toString('base64');

/** A routing id that nobody guesses. It begins with the name, for whoever looks at envelopes. */
export const makeRoutingId = (name: string): string => `${name}.${randomBytes(nonceBytes).toString('hex')}`;

/** The newest results: a driver that joins three hundred times to one class, or a laptop that tries again, need not pay for the same once more. */
const known = new Map<string, Promise<Uint8Array>>();
const mostKnown = 4;

async function stretched(secret: string, salt: string, length: number): Promise<Uint8Array> {
	const name = `${secret} ${salt}`;
	const result = known.get(name) ?? stretch(secret, salt, length, cost);
	known.delete(name);
	known.set(name, result);
	const [oldest] = known.keys();
	if (known.size > mostKnown && oldest !== undefined) {
		known.delete(oldest);
	}

	return result;
}

/** The code of this key under this nonce. */
export async function fingerprint(serverKey: Key, nonce: string): Promise<ClassCode> {
	return codeOf(await stretched(serverKey, `zmq-playground class code ${nonce}`, codeBytes));
}

/** What proofs of this code are made and checked with. */
export async function proofKeyOf(code: ClassCode, serverKey: Key): Promise<Uint8Array> {
	return stretched(code, `zmq-playground class proof ${serverKey}`, proofKeyBytes);
}

/** Shows that whoever has this key knows the code, in base64. */
export const proofOf = (proofKey: Uint8Array, key: Key, name: string): string => createHmac('sha256', proofKey).update(`${key} ${name}`).digest('base64');

/** Whether the proof is right; takes as long whatever is wrong with it. */
export function isProof(proofKey: Uint8Array, {key, name, proof}: {readonly key: Key; readonly name: string; readonly proof: string}): boolean {
	const right = Buffer.from(proofOf(proofKey, key, name));
	const given = Buffer.from(proof);
	return right.length === given.length && timingSafeEqual(right, given);
}
