/**
What a failed handshake means where keys are involved. libzmq says as little as it can: a server that can't decrypt hangs up without a word,
and the client tries for ever. So both sides' words are here, each with the most likely cause and the way out.

Source: RFC 26/CURVEZMQ; RFC 27/ZAP; libzmq's `curve_server.cpp`, `curve_client.cpp`, `stream_engine_base.cpp`; tried on real sockets in `test/lab/security`.
*/
import {type Direction, type EventOf} from './events.js';
import {type Explanation} from './refusals.js';

/** A failed handshake as its peer saw it: from which side, and whether that side spoke CURVE. */
export type SecuredFailure = Pick<EventOf<'handshake-failed'>, 'kind' | 'code'> & {readonly endpoint: string; readonly direction: Direction; readonly isCurve: boolean};

/** What the monitor says where libzmq could not decrypt. */
export const undecipherable = 'ERR_ZMTP_CRYPTOGRAPHIC';
const otherMechanism = 'ERR_ZMTP_MECHANISM_MISMATCH';
/** How the events write the status of a ZAP handler's answer. */
export const zapCode = (status: number): string => `ZAP ${status}`;
/** Whether a code is such a status: the keys were right, and not let in. */
export const isTurnedAway = (code: string): boolean => code.startsWith('ZAP ');

/** The failure in a word or two, for where there is no room; undefined if keys have nothing to do with it. */
export function nameSecurityFailure(code: string, isCurve: boolean): string | undefined {
	if (code === otherMechanism) {
		return isCurve ? 'the other is plain' : 'the other has CURVE';
	}

	if (isTurnedAway(code)) {
		return 'not allowed';
	}

	return code === undecipherable || (code === 'EPIPE' && isCurve) ? 'wrong keys?' : undefined;
}

/**
Explains a box that did not open once the handshake was done. libzmq reports it as a failed handshake, and reads no more from that connection,
which stands: what is sent there arrives, and what comes back is never heard (`curve_mechanism_base.cpp`; tried in `test/lab/security`).
*/
export const explainSpoiltMessage = (endpoint: string, direction: Direction): Explanation => direction === 'connect'
	? {what: `a message from ${endpoint} did not open`, why: 'Its bytes were changed or repeated on the way. libzmq reads nothing more from this connection, though it stands: no reply can come by it.', ways: '/restart takes a new connection.'}
	: {what: `a message at ${endpoint} did not open`, why: 'Its bytes were changed or repeated on the way. libzmq reads nothing more from the connection that it came by; the others are served as before.', ways: 'Its client has to come anew: /restart there.'};

/** Explains it; undefined if keys have nothing to do with it. */
export function explainSecurityFailure({kind, code, endpoint, direction, isCurve}: SecuredFailure): Explanation | undefined {
	const what = `no handshake at ${endpoint}`;
	const isComing = direction === 'connect';
	if (kind === 'auth') {
		return isComing
			? {what, why: 'The keys are right, but whoever listens there does not let this one’s key in. libzmq tries no more.', ways: 'Have it allowed there (/allow, or --curve-allow), then come anew: /restart.'}
			: {what, why: 'Somebody with good keys was turned away: the key is not on the allow-list.', ways: '/allow with its name or key lets it in, at its next connection.'};
	}

	if (code === otherMechanism) {
		const why = `The two sides use different security mechanisms: ${isCurve ? 'this one CURVE, the other one none (NULL) or PLAIN' : 'this one none (NULL), the other one CURVE or PLAIN'}.`;
		return {what, why, ways: `Use the same on both sides (/curve on, /curve off, or the flags at the start)${isComing ? ', then connect anew: libzmq tries no more' : '; until then libzmq refuses'}.`};
	}

	if (code === undecipherable && !isComing) {
		return {what, why: 'Somebody came with CURVE, and its first words can’t be decrypted: it has another server’s public key, or its public and secret key are no pair.', ways: 'Give it this server’s public key, and a whole pair of its own; here /curve on does both.'};
	}

	return code === 'EPIPE' && isCurve && isComing
		? {what, why: 'The server hung up without a word in the middle of the key exchange. So CURVE answers wrong keys: most likely the server’s public key is wrong here, or the own keys are no pair.', ways: 'Compare the server’s public key with what it shows; here /curve on has the right keys. libzmq tries for ever, in silence.'}
		: undefined;
}
