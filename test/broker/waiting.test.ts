/** How much a broker holds when no worker can take it: megabytes from a real client, at both engines. */
import {Buffer} from 'node:buffer';
import {Dealer, Reply, Request, Router} from 'zeromq';
import {expect, onTestFinished, test} from 'vitest';
import {backendOptions, frontendOptions, type Engine, type Hear} from '../../source/broker/engine.js';
import {ReadyWorkers} from '../../source/broker/ready-workers.js';
import {RoundRobin} from '../../source/broker/round-robin.js';
import {mostWaitingBytes, WaitingRequests} from '../../source/broker/waiting.js';
import {until} from '../helpers/socket-waits.js';
import {anyPort} from './helpers.js';

const megabyte = 1024 * 1024;
/** As many as fill it, each with its routing id and delimiter. */
const fill = mostWaitingBytes / megabyte;
const all = fill + 6;

test.each([
	['round-robin', new Dealer({linger: 0}), (frontend: Router, backend: Dealer | Router, hear: Hear): Engine => new RoundRobin({frontend, backend: backend as Dealer, hear, clock: Date.now})],
	['ready workers', new Router({linger: 0, ...backendOptions}), (frontend: Router, backend: Dealer | Router, hear: Hear): Engine => new ReadyWorkers({frontend, backend: backend as Router, hear, clock: Date.now}, {hasHeartbeats: false})],
] as const)('%s: what is beyond the bytes stays in libzmq’s queue, and is served in its turn', async (_, backend, engineOf) => {
	const frontend = new Router({linger: 0, ...frontendOptions});
	const client = new Dealer({linger: 0, routingId: 'ana'});
	frontend.bindSync(anyPort);
	backend.bindSync(anyPort);
	client.connect(frontend.lastEndpoint ?? '');
	const waiting: number[] = [];
	const running = engineOf(frontend, backend, told => {
		if (told.type === 'queued') {
			waiting.push(told.waiting);
		}

		return undefined;
	}).run();
	const worker = backend instanceof Dealer ? new Reply({linger: 0}) : new Request({linger: 0});
	onTestFinished(async () => {
		for (const socket of [frontend, backend, client, worker]) {
			socket.close();
		}

		await running;
	});
	const request = Buffer.alloc(megabyte);
	for (let k = 0; k < all; k++) {
		request.writeUInt8(k);
		await client.send(['', Buffer.from(request)]);
	}

	await until(() => waiting.length >= fill && frontend.readable, 'it has taken all that it may, and more is there');
	expect(waiting.at(-1)).toBe(fill);

	worker.connect(backend.lastEndpoint ?? '');
	if (worker instanceof Request) {
		await worker.send('READY');
	}

	for (let k = 0; k < all; k++) {
		const frames = await worker.receive();
		await worker.send([...frames.slice(0, -1), frames.at(-1)?.subarray(0, 1) ?? '']);
		const reply = await client.receive();
		expect(reply.at(-1)?.[0]).toBe(k);
	}

	expect(Math.max(...waiting)).toBe(fill);
});

test('a message that is larger than all that is held at most is taken, alone', () => {
	const requests = new WaitingRequests();
	requests.push([new Uint8Array(mostWaitingBytes + 1)]);
	expect(requests.isFull).toBe(true);
	requests.shift();
	expect({isFull: requests.isFull, length: requests.length}).toEqual({isFull: false, length: 0});
	requests.putBack([new Uint8Array(mostWaitingBytes - 1)]);
	expect(requests.isFull).toBe(false);
	requests.putBack([new Uint8Array(1)]);
	expect(requests.isFull).toBe(true);
});
