/** The code of the moment, what it is checked with, and the nonce that makes it the fingerprint of the key. */
import {type ClassCode} from '../core/class/code.js';
import {type Key} from '../core/z85.js';
import {fingerprint, makeNonce, proofKeyOf} from './fingerprint.js';

export type Invitation = {readonly code: ClassCode; readonly nonce: string; readonly proofKey: Uint8Array};

/** Makes a new one; takes some 200 ms, on other threads. */
export async function makeInvitation(serverKey: Key): Promise<Invitation> {
	const nonce = makeNonce();
	const code = await fingerprint(serverKey, nonce);
	return {code, nonce, proofKey: await proofKeyOf(code, serverKey)};
}
