/** A strict REQ with a time-out: the wait ends, the state of the socket does not. */
import {Request} from 'zeromq';
import {failureOf} from '../../lab/failure.js';
import {receiveWithin} from '../ask.js';
import {questionOf, type Entrant} from '../entrant.js';

export const timeout: Entrant = {
	name: 'timeout',
	givesUp: true,
	async run(course) {
		const socket = await course.open(new Request({linger: 0, sendTimeout: 0}));
		for (let request = 1; request <= course.requests; request++) {
			await course.ready();
			if (!await maySend(socket, questionOf(request))) {
				if (!course.refused()) {
					await course.prove(socket, request - 1, false);
					return;
				}

				// The late reply is the only thing that frees it.
				socket.receiveTimeout = -1;
				await socket.receive();
				await socket.send(questionOf(request));
			}

			course.asked(request);
			const frames = await receiveWithin(socket, course);
			if (frames) {
				course.answered(request, frames[0] ?? '', questionOf(request));
			} else {
				course.gaveUp(request);
			}
		}
	},
};

/** Whether the socket took it: false is the machine's own refusal. */
async function maySend(socket: Request, question: string): Promise<boolean> {
	try {
		await socket.send(question);
		return true;
	} catch (error) {
		if (failureOf(error).code !== 'EFSM') {
			throw error;
		}

		return false;
	}
}
