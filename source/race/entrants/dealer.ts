/** A DEALER that numbers its own questions, in a frame before the empty one, and throws away what answers another. REP sends that frame back (RFC 28). */
import {Dealer} from 'zeromq';
import {receiveWithin} from '../ask.js';
import {questionOf, type Entrant} from '../entrant.js';
import {type Course} from '../course.js';

export const dealer: Entrant = {
	name: 'dealer',
	givesUp: true,
	async run(course) {
		const socket = await course.open(new Dealer({linger: 0}));
		for (let request = 1; request <= course.requests; request++) {
			await course.ready();
			await socket.send([String(request), '', questionOf(request)]);
			course.asked(request);
			const answer = await answerOf(socket, course, request);
			if (answer === undefined) {
				course.gaveUp(request);
			} else {
				course.answered(request, answer, questionOf(request));
			}
		}
	},
};

async function answerOf(socket: Dealer, course: Course, request: number): Promise<string | undefined> {
	for (;;) {
		const frames = await receiveWithin(socket, course);
		if (!frames || frames[0] === String(request)) {
			return frames?.[2];
		}
	}
}
