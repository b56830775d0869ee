/** What the entrants have in common: waiting for a reply with a time-out that is the socket's own. */
import {type Dealer, type Request} from 'zeromq';
import {failureOf} from '../lab/failure.js';
import {type Course} from './course.js';

/**
Receives a reply's frames as text until the time-out (ms), or undefined if it passed and a fault has struck: a machine that is only slow is no fault.
A stale reply that libzmq throws away can end a receive early; the wait goes on until its own deadline.
*/
export async function receiveWithin(socket: Request | Dealer, course: Course): Promise<readonly string[] | undefined> {
	const deadline = performance.now() + course.timeoutMs;
	for (;;) {
		const left = deadline - performance.now();
		socket.receiveTimeout = left > 0 ? Math.ceil(left) : Math.ceil(course.timeoutMs / 10);
		try {
			const frames = await socket.receive();
			return frames.map(String);
		} catch (error) {
			if (failureOf(error).code !== 'EAGAIN' || socket.closed) {
				throw error;
			}
		}

		if (course.isStruck && performance.now() >= deadline) {
			return undefined;
		}
	}
}
