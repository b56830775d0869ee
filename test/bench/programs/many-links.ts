/** Two hundred REQs that each ask again as soon as they are answered: `many-links.ts plain` through a plain proxy, `many-links.ts tap` through the tap. */
import process from 'node:process';
import {Reply, Request} from 'zeromq';
import {answerRuns} from '../loop-program.js';
import {startBetween} from './between.js';

const links = 200;
const message = 'x'.repeat(30);
const server = new Reply();
await server.bind('tcp://127.0.0.1:*');
const endpoint = await startBetween(process.argv[2], server.lastEndpoint ?? '');
const clients = Array.from({length: links}, () => {
	const client = new Request();
	client.connect(endpoint);
	return client;
});

let count = 0;

async function serve(): Promise<void> {
	for await (const request of server) {
		await server.send(request);
	}
}

async function ask(client: Request): Promise<void> {
	for (;;) {
		await client.send(message);
		await client.receive();
		count++;
	}
}

void serve();
for (const client of clients) {
	void ask(client);
}

answerRuns(async ms => {
	const before = count;
	const began = performance.now();
	await new Promise(resolve => {
		setTimeout(resolve, ms);
	});
	return {count: count - before, ms: performance.now() - began};
});
