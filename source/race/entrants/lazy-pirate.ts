/** Lazy Pirate, as chapter 4 of the ZeroMQ Guide has it: after a time-out it closes the socket, opens a new one, and asks the same again. */
import {Request} from 'zeromq';
import {receiveWithin} from '../ask.js';
import {type Course} from '../course.js';
import {questionOf, type Entrant} from '../entrant.js';

export const lazyPirate: Entrant = {
	name: 'lazy-pirate',
	givesUp: true,
	async run(course) {
		let socket = await course.open(new Request({linger: 0}));
		for (let request = 1; request <= course.requests; request++) {
			while (!await isAnswered(socket, course, request)) {
				course.close(socket);
				course.gaveUpAttempt();
				socket = await course.open(new Request({linger: 0}));
			}
		}
	},
};

/** One try. */
async function isAnswered(socket: Request, course: Course, request: number): Promise<boolean> {
	await course.ready();
	await socket.send(questionOf(request));
	course.asked(request);
	const frames = await receiveWithin(socket, course);
	if (frames) {
		course.answered(request, frames[0] ?? '', questionOf(request));
	}

	return frames !== undefined;
}
