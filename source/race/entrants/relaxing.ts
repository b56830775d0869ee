/** A REQ that may ask again without a reply: `relaxed`, with request ids or without. */
import {Request} from 'zeromq';
import {receiveWithin} from '../ask.js';
import {questionOf, type Entrant} from '../entrant.js';

/** Asks each question once, on one socket, and goes on to the next after a time-out. */
export const relaxing = (correlate: boolean): Entrant['run'] => async course => {
	const socket = await course.open(new Request({linger: 0, relaxed: true, correlate}));
	for (let request = 1; request <= course.requests; request++) {
		await course.ready();
		await socket.send(questionOf(request));
		course.asked(request);
		const frames = await receiveWithin(socket, course);
		if (frames) {
			course.answered(request, frames[0] ?? '', questionOf(request));
		} else {
			course.gaveUp(request);
		}
	}
};
