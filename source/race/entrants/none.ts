/** A plain REQ that waits for as long as it takes. */
import {Request} from 'zeromq';
import {questionOf, type Entrant} from '../entrant.js';

export const none: Entrant = {
	name: 'none',
	givesUp: false,
	async run(course) {
		const socket = await course.open(new Request({linger: 0}));
		for (let request = 1; request <= course.requests; request++) {
			await course.ready();
			await socket.send(questionOf(request));
			course.asked(request);
			const reply = socket.receive();
			// It is pending when the socket closes in the end.
			reply.catch(() => undefined);
			const frames = await Promise.race([reply, course.isDoomed()]);
			if (frames === 'doomed') {
				await course.prove(socket, request, true);
				return;
			}

			course.answered(request, String(frames[0]), questionOf(request));
		}
	},
};
