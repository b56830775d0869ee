/** The engine of workers that say READY, on sockets whose moments the test holds. */
import {Dealer, Request, Router} from 'zeromq';
import {expect, test} from 'vitest';
import {backendOptions, frontendOptions, type Told} from '../../source/broker/engine.js';
import {ReadyWorkers} from '../../source/broker/ready-workers.js';
import {until} from '../helpers/socket-waits.js';
import {anyPort} from './helpers.js';

/** A ROUTER whose sends are settled only when the answer is there already: a busy machine does that to any send. */
class Overtaken extends Router {
	#received = 0;

	override async receive(): ReturnType<Router['receive']> {
		const frames = await super.receive();
		this.#received++;
		return frames;
	}

	override async send(frames: Uint8Array[]): Promise<void> {
		const before = this.#received;
		await super.send(frames);
		// Not `readable`: to ask for that takes the wake-up from the receive that is pending.
		await until(() => this.#received > before, 'the worker has answered');
	}
}

test('a reply that is there before the send of its request is settled goes to its client', async () => {
	const frontend = new Router({linger: 0, ...frontendOptions});
	const backend = new Overtaken({linger: 0, ...backendOptions});
	frontend.bindSync(anyPort);
	backend.bindSync(anyPort);
	const told: Told[] = [];
	const hear = (one: Told): undefined => {
		told.push(one);
	};

	const running = new ReadyWorkers({frontend, backend, hear, clock: Date.now}, {hasHeartbeats: false}).run();
	const worker = new Request({linger: 0});
	worker.connect(backend.lastEndpoint ?? '');
	const client = new Dealer({linger: 0});
	client.connect(frontend.lastEndpoint ?? '');
	await worker.send('READY');
	await until(() => told.length === 1, 'the worker is ready');
	for (const [body, news] of [['one', 3], ['two', 5]] as const) {
		await client.send(['', body]);
		const [address, empty, request] = await worker.receive();
		await worker.send([address ?? '', empty ?? '', `re: ${String(request)}`]);
		await until(() => told.length >= news, `what became of “${body}” is told`);
	}

	expect(told.map(one => one.type === 'forwarded' ? one.from : one.type)).toEqual(['worker-ready', 'frontend', 'backend', 'frontend', 'backend']);
	for (const body of ['one', 'two']) {
		const reply = await client.receive();
		expect(reply.map(String)).toEqual(['', `re: ${body}`]);
	}

	for (const socket of [frontend, backend, worker, client]) {
		socket.close();
	}

	await running;
});
