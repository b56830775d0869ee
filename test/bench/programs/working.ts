/** So many workers that answer at once, in a process of their own: `working.ts <backend> <count> rep|ready`. */
import process from 'node:process';
import {Reply, Request} from 'zeromq';

const [backend = '', count = '1', kind] = process.argv.slice(2);

async function reply(): Promise<void> {
	const socket = new Reply();
	socket.connect(backend);
	for await (const [_request] of socket) {
		await socket.send('World');
	}
}

async function workWhenReady(): Promise<void> {
	const socket = new Request();
	socket.connect(backend);
	await socket.send('READY');
	for await (const [client] of socket) {
		await socket.send([client ?? '', '', 'World']);
	}
}

process.send?.('ready');
await Promise.all(Array.from({length: Number(count)}, async () => kind === 'ready' ? workWhenReady() : reply()));
