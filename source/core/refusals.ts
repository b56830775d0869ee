/**
Every refusal teaches: libzmq's own code, who erred, what it means here, and what would work.

Source: RFC 28/REQREP; zmq_send(3), zmq_recv(3), zmq_bind(3); libzmq's `req.cpp` and `rep.cpp`.
*/
import {type Direction, type SocketType} from './events.js';
import {explainSecurityFailure} from './security-refusals.js';

/** `what` happened, `why`, and the `ways` out. Each is a sentence or two. */
export type Explanation = {readonly what: string; readonly why: string; readonly ways: string};

/** Explains a send or receive that libzmq refused to a socket of this type. */
export function explainRefusal(operation: 'send' | 'receive', code: string, socketType: SocketType): Explanation {
	const what = operation === 'send' ? 'not sent' : 'not received';
	switch (code) {
		case 'EFSM': {
			return {what, ...explainOutOfTurn(operation, socketType)};
		}

		case 'EAGAIN': {
			return operation === 'send'
				? {what, why: 'No peer can take it now: nobody is connected.', ways: 'Send again when the other side is there; /connect or /bind an endpoint if it has none yet.'}
				: {what, why: 'Nothing has come.', ways: 'Wait, and /receive again.'};
		}

		case 'EBADF': {
			return {what, why: 'The socket is closed.', ways: '/open makes a new one.'};
		}

		case 'EBUSY': {
			return {what, why: 'Another call on this socket is still under way.', ways: 'Try again when it is done.'};
		}

		case 'EHOSTUNREACH': {
			return {what, why: 'No connected peer has that routing id.', ways: 'Check the routing id, or wait until the peer connects.'};
		}

		default: {
			return {what, why: 'libzmq says no more than this code.', ways: '/restart makes a new socket.'};
		}
	}
}

function explainOutOfTurn(operation: 'send' | 'receive', socketType: SocketType): {readonly why: string; readonly ways: string} {
	if (socketType === 'REQ') {
		return operation === 'send'
			? {why: 'A REQ that awaits a reply may not send again.', ways: 'Wait for the reply; /why says whether one can come. /recover relaxed or /restart frees the socket.'}
			: {why: 'A REQ has to send before it may receive.', ways: 'Type a request first.'};
	}

	return operation === 'send'
		? {why: 'A REP owes no reply now: it has to receive a request first.', ways: 'Wait for the next request; then reply once.'}
		: {why: 'A REP that owes a reply may not receive again.', ways: 'Reply first: type it here, /release it, or wait for the delay to end.'};
}

/** Explains when a call that is left pending will be made. */
export function explainParked(operation: 'send' | 'receive', socketType: SocketType): string {
	if (socketType === 'REQ') {
		return operation === 'send' ? 'It goes as soon as the socket may send: when the reply is there, or a peer.' : 'It takes the reply to the next request.';
	}

	return operation === 'send' ? 'It will answer the next request, whatever that asks; the automatic reply yields meanwhile.' : 'It takes the next request once the reply is given.';
}

/** Explains why an endpoint could not be bound. */
export function explainBindFailure(code: string, endpoint: string): Explanation {
	const what = `not listening at ${endpoint}`;
	switch (code) {
		case 'EADDRINUSE': {
			return {what, why: 'Somebody listens there already.', ways: 'Choose another port (* takes any free one), or stop the other program.'};
		}

		case 'EADDRNOTAVAIL':
		case 'ENODEV': {
			return {what, why: 'This machine has no such address, and a host name is none to bind.', ways: 'Bind tcp://127.0.0.1:* for this machine alone, or an address of one of its interfaces.'};
		}

		case 'EACCES': {
			return {what, why: 'That needs more rights than you have.', ways: 'Choose a port above 1023, or a path that you may write.'};
		}

		case 'ENOENT':
		case 'ENOTDIR': {
			return {what, why: 'There is no such directory.', ways: 'Choose a path in a directory that exists, say /tmp.'};
		}

		default: {
			return {what, why: 'libzmq says no more than this code.', ways: 'Choose another endpoint.'};
		}
	}
}

/** Explains a handshake that failed, as libzmq's monitor reports it to the side that came (`connect`) or the one that was come to (`bind`), with CURVE or without. */
export function explainHandshakeFailure(kind: 'other' | 'protocol' | 'auth', code: string, endpoint: string, direction: Direction = 'connect', isCurve = false): Explanation {
	const what = `no handshake at ${endpoint}`;
	const ways = direction === 'connect' ? lookThere(endpoint) : 'Look to the program that came; the others are served as before.';
	const aboutKeys = explainSecurityFailure({kind, code, endpoint, direction, isCurve});
	if (aboutKeys) {
		return aboutKeys;
	}

	if (kind === 'protocol') {
		return {what, why: 'The other side does not speak ZMTP as it should.', ways};
	}

	return direction === 'connect'
		? {what, why: 'The other side hung up or kept silent: perhaps no ZeroMQ socket (a web server?), perhaps one with other security (CURVE).', ways}
		: {what, why: 'Somebody came, and hung up or kept silent: perhaps no ZeroMQ socket (a browser, a port scan), perhaps one with other security.', ways};
}

const partners: Readonly<Record<SocketType, string>> = {
	REQ: 'a REP or a ROUTER', REP: 'a REQ or a DEALER', DEALER: 'a REP, a DEALER or a ROUTER', 'ROUTER+DEALER': 'REQs or DEALERs at the frontend, REPs or ROUTERs at the backend', 'ROUTER+ROUTER': 'REQs or DEALERs at both sides',
};

/** Explains a connection that ended before the handshake with no word of why: so libzmq does with a socket type that does not fit. */
export function explainHangUp(socketType: SocketType, endpoint: string, direction: Direction): Explanation {
	const what = `no handshake at ${endpoint}`;
	const needs = `A ${socketType} needs ${partners[socketType]}.`;
	return direction === 'connect'
		? {what, why: `The other side hung up on a ${socketType}: most likely its socket is of a type that does not fit, and libzmq tries no more.`, ways: `${needs} ${lookThere(endpoint)} Once the right one is there, connect anew.`}
		: {what, why: `Somebody came, most likely with a socket of a type that does not fit a ${socketType}, and libzmq hung up.`, ways: `${needs} Look to the program that came.`};
}

/** Whether it is a resolver's code: the host's name stands for no address. */
export const isUnresolved = (code: string): boolean => code === 'ENOTFOUND' || code.startsWith('EAI_');

/** Explains why a connecting end finds nobody, again and again. A code is the resolver's; `hasWorked` if somebody was there before. */
export function explainRetrying(endpoint: string, code: string | undefined, hasWorked = false): Explanation {
	if (code !== undefined) {
		return {what: `nobody is found at ${endpoint}; retrying`, why: code === 'ENOTFOUND' ? 'There is no such host name.' : 'The host name can’t be looked up now.', ways: 'Check its spelling, or write an address.'};
	}

	return hasWorked
		? {what: `lost the connection to ${endpoint}; retrying`, why: 'The other side has closed or died, or the link was cut or too long silent.', ways: 'Is the other side still there? A request that it held is lost.'}
		: {what: `nobody answers at ${endpoint}; retrying`, why: 'Nobody listens there yet; libzmq tries again by itself.', ways: 'Start the other side, or check the endpoint.'};
}

const lookThere = (endpoint: string): string => `Try zmq-playground probe ${endpoint} to see what is there.`;
