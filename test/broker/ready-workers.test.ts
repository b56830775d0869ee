/** The engine of workers that say READY, on sockets whose moments the test holds. */
import {Dealer, Request, Router} from 'zeromq';
import {expect, onTestFinished, test} from 'vitest';
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

const READY = '\u{1}';

test('a request that kills each worker that takes it is dropped after three, and told; the next one is served', async () => {
	const frontend = new Router({linger: 0, ...frontendOptions});
	const backend = new Router({linger: 0, ...backendOptions});
	const client = new Dealer({linger: 0, routingId: 'ana'});
	frontend.bindSync(anyPort);
	backend.bindSync(anyPort);
	client.connect(frontend.lastEndpoint ?? '');
	const told: Told[] = [];
	const running = new ReadyWorkers({
		frontend, backend, clock: Date.now, hear(one) {
			told.push(one);
			return undefined;
		},
	}, {hasHeartbeats: true}).run();
	const workers: Dealer[] = [];
	onTestFinished(async () => {
		for (const socket of [frontend, backend, client, ...workers]) {
			socket.close();
		}

		await running;
	});
	// One that begins anew with the same id has lost what it had: so a supervisor restarts a worker that has died.
	const start = async (): Promise<Dealer> => {
		const worker = new Dealer({linger: 0, routingId: 'pia'});
		workers.push(worker);
		worker.connect(backend.lastEndpoint ?? '');
		await worker.send(READY);
		return worker;
	};

	const takes = async (worker: Dealer): Promise<readonly string[]> => {
		for (;;) {
			const frames = await worker.receive();
			if (frames.length > 1) {
				return frames.map(String);
			}
		}
	};

	await client.send(['', 'poison']);
	for (let life = 1; life <= 3; life++) {
		const worker = await start();
		expect(await takes(worker)).toEqual(['ana', '', 'poison']);
		worker.close();
	}

	const last = await start();
	await until(() => told.some(({type}) => type === 'request-dropped'), 'the request is dropped');
	const dropped = told.filter(one => one.type === 'request-dropped');
	expect(dropped.map(({frames, workers: lostWith}) => ({frames: frames.map(String), lostWith: lostWith.map(String)}))).toEqual([{frames: ['ana', '', 'poison'], lostWith: ['pia', 'pia', 'pia']}]);
	expect(told.filter(one => one.type === 'worker-lost').map(({frames, waiting}) => ({isHandedOn: frames !== undefined, waiting}))).toEqual([{isHandedOn: true, waiting: 1}, {isHandedOn: true, waiting: 1}, {isHandedOn: false, waiting: 0}]);
	await client.send(['', 'wholesome']);
	const [address = '', empty = '', body = ''] = await takes(last);
	expect(body).toBe('wholesome');
	await last.send([address, empty, 'World']);
	const reply = await client.receive();
	expect(reply.map(String)).toEqual(['', 'World']);
});

test('while receives are held nobody is given up for silence', async () => {
	const frontend = new Router({linger: 0, ...frontendOptions});
	const backend = new Router({linger: 0, ...backendOptions});
	const worker = new Dealer({linger: 0, routingId: 'pia'});
	backend.bindSync(anyPort);
	const told: Told[] = [];
	const letGo: Array<() => void> = [];
	let now = 0;
	let looks = 0;
	let isOn = false;
	const running = new ReadyWorkers({
		frontend, backend, clock() {
			looks++;
			return now;
		}, hear(one) {
			told.push(one);
			return undefined;
		}, gate: {
			get isOn() {
				return isOn;
			},
			async pass() {
				return new Promise(resolve => {
					letGo.push(() => {
						resolve(false);
					});
				});
			},
		},
	}, {hasHeartbeats: true}).run();
	onTestFinished(async () => {
		for (const socket of [frontend, backend, worker]) {
			socket.close();
		}

		for (const each of letGo) {
			each();
		}

		await running;
	});
	worker.connect(backend.lastEndpoint ?? '');
	await worker.send(READY);
	await until(() => told.length === 1, 'the worker is ready');
	isOn = true;
	now = 60_000;
	const before = looks;
	await until(() => looks > before, 'the broker has looked at who is silent');
	expect(told.map(({type}) => type)).toEqual(['worker-ready']);
	isOn = false;
	now = 120_000;
	await until(() => told.length === 2, 'the worker is given up');
	expect(told[1]).toMatchObject({type: 'worker-lost', afterMs: 60_000});
});
