/** The second half of the proof that a socket stays stuck: once the server has answered somebody else, what libzmq says to this one. */
import {type Request} from 'zeromq';
import {type StuckProof} from '../core/race/events.js';
import {failureOf} from '../lab/failure.js';

/** Attempts a send and, unless one is pending, a receive, each with time-out 0. Rejects if the socket took the send: it was not stuck. */
export async function attemptBoth(socket: Request, isReceiving: boolean): Promise<StuckProof> {
	socket.sendTimeout = 0;
	const send = await codeOf(async () => socket.send('next'));
	if (send !== 'EFSM') {
		throw new Error(`the socket was thought stuck, but its send gave ${send}`);
	}

	socket.receiveTimeout = 0;
	return {send, receive: isReceiving ? 'pending' : await codeOf(async () => socket.receive()), witness: 'answered'};
}

/** What became of a call: the code of libzmq's refusal, or `done`. */
async function codeOf(call: () => Promise<unknown>): Promise<string> {
	try {
		await call();
		return 'done';
	} catch (error) {
		return failureOf(error).code;
	}
}
