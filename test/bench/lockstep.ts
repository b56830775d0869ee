/** One request and its reply after the other, as fast as they go, between two sockets of zeromq.js: the programs' common loop. */
import {type Reply, type Request} from 'zeromq';
import {answerRuns} from './loop-program.js';

/** Has the server answer everything with `reply`, and asks `request` for as long as the bench says, again and again. */
export function runLockstep({server, client, request, reply}: {readonly server: Reply; readonly client: Request; readonly request: string; readonly reply: string}): void {
	void serve(server, reply);
	answerRuns(async ms => {
		const start = performance.now();
		let count = 0;
		while (performance.now() - start < ms) {
			await client.send(request);
			await client.receive();
			count++;
		}

		return {count, ms: performance.now() - start};
	});
}

async function serve(server: Reply, reply: string): Promise<void> {
	for await (const [_request] of server) {
		await server.send(reply);
	}
}
