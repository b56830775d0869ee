/** A REQ and a REP of zeromq.js with something between them: `proxied-loop.ts plain` a proxy that only copies bytes, `proxied-loop.ts tap` the tap. */
import {connect, createServer, type AddressInfo} from 'node:net';
import process from 'node:process';
import {Reply, Request} from 'zeromq';
import {Relay} from '../../../source/tap/relay.js';
import {runLockstep} from '../lockstep.js';

const message = 'x'.repeat(30);
const server = new Reply();
await server.bind('tcp://127.0.0.1:*');
const upstream = server.lastEndpoint ?? '';
const client = new Request();
client.connect(process.argv[2] === 'tap' ? await startTap() : await startPlainProxy());

async function startTap(): Promise<string> {
	const relay = new Relay({
		upstream, listen: 'tcp://127.0.0.1:*', seed: 1, clock: Date.now, hear: () => undefined,
	});
	return relay.start();
}

async function startPlainProxy(): Promise<string> {
	const proxy = createServer(near => {
		const far = connect(Number(upstream.split(':').at(-1)), '127.0.0.1');
		near.setNoDelay(true).pipe(far.setNoDelay(true)).pipe(near);
	});
	await new Promise<void>(resolve => {
		proxy.listen(0, '127.0.0.1', resolve);
	});
	return `tcp://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

runLockstep({
	server, client, request: message, reply: message,
});
