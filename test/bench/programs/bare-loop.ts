/** What everything is measured against: zeromq.js alone, a REQ and a REP in one process over tcp loopback, as its own readme writes it. */
import {Reply, Request} from 'zeromq';
import {answerRuns} from '../loop-program.js';

const server = new Reply();
await server.bind('tcp://127.0.0.1:*');
const client = new Request();
client.connect(server.lastEndpoint ?? '');

async function serve(): Promise<void> {
	for await (const [_request] of server) {
		await server.send('World');
	}
}

void serve();
answerRuns(async ms => {
	const start = performance.now();
	let count = 0;
	while (performance.now() - start < ms) {
		await client.send('Hello');
		await client.receive();
		count++;
	}

	return {count, ms: performance.now() - start};
});
