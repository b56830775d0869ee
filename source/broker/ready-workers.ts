/**
Least recently used: a worker says READY and is given one request; its reply says that it is ready again. Whoever has been ready longest is next.
With heartbeats (the Paranoid Pirate) a worker that is silent for too long, or that a heartbeat can't be sent to, is given up, and the request that it had goes to the next one;
unless `mostLosses` workers were lost with it: it may be what kills them, and would kill all.

Law: a request is with one worker at a time, and a client is given one reply: what a worker says after it was given up is dropped.
What a worker has is noted before it is sent: libzmq sends at once, its promise is settled later, and the reply can be there first.
A worker that is a REQ has a delimiter in front of what it says, and gets one; a DEALER has none.
Source: the ZeroMQ Guide, "The Load Balancing Pattern" (lbbroker) and "Robust Reliable Queuing (Paranoid Pirate Pattern)" (ppqueue, ppworker).
*/
import {type Router} from 'zeromq';
import {heartbeatMs, liveness, mostLosses, pirateHeartbeat} from '../core/policy.js';
import {giveAtOnce, receive, type Engine, type EngineParts, type Passing, type Told} from './engine.js';
import {WaitingRequests} from './waiting.js';

type Worker = {readonly id: Uint8Array; readonly key: string; readonly hasDelimiter: boolean; heardAt: number; request?: Passing};

const empty = new Uint8Array(0);
const heartbeat = Uint8Array.of(pirateHeartbeat);

/** A routing id as the key of a map. */
const keyOf = (id: Uint8Array): string => id.join(',');

export class ReadyWorkers implements Engine {
	readonly #parts: EngineParts<Router>;
	readonly #hasHeartbeats: boolean;
	/** Everybody who has said READY. */
	readonly #workers = new Map<string, Worker>();
	/** Those who can take a request; the first has been ready longest. */
	readonly #ready = new Map<string, Worker>();
	readonly #waiting = new WaitingRequests();
	/** The workers that a request was lost with. */
	readonly #losses = new WeakMap<Passing, readonly Uint8Array[]>();
	/** While requests are handed on: until all that are ready have one. */
	#dispatching: Promise<void> | undefined;
	/** Lets the frontend go on, once there is room again. */
	#makeRoom: (() => void) | undefined;

	constructor(parts: EngineParts<Router>, {hasHeartbeats}: {readonly hasHeartbeats: boolean}) {
		this.#parts = parts;
		this.#hasHeartbeats = hasHeartbeats;
	}

	async run(): Promise<void> {
		const timer = this.#hasHeartbeats
			? setInterval(() => {
				void this.#beat();
			}, heartbeatMs)
			: undefined;
		try {
			await Promise.all([this.#takeRequests(), this.#hearWorkers()]);
		} finally {
			clearInterval(timer);
		}
	}

	async #takeRequests(): Promise<void> {
		const {frontend, gate} = this.#parts;
		for (;;) {
			if (gate?.isOn && !(await gate.pass({operation: 'receive', side: 'frontend'}))) {
				return;
			}

			const frames = await receive(frontend);
			if (!frames) {
				return;
			}

			this.#waiting.push(frames);
			await this.#dispatch();
			if (this.#waiting.last === frames) {
				await this.#parts.hear({type: 'queued', frames, waiting: this.#waiting.length});
			}

			if (this.#waiting.isFull && !frontend.closed) {
				await new Promise<void>(resolve => {
					this.#makeRoom = resolve;
				});
			}
		}
	}

	async #hearWorkers(): Promise<void> {
		const {backend, gate} = this.#parts;
		// A person who steps has nothing to see in a heartbeat: the receive that took one goes on.
		let isSignal = false;
		for (;;) {
			const mayReceive = !gate?.isOn || isSignal || await gate.pass({operation: 'receive', side: 'backend'});
			const frames = mayReceive ? await receive(backend) : undefined;
			if (!frames) {
				this.#makeRoom?.();
				return;
			}

			// What was sent is told before what came of it.
			await this.#dispatching;
			isSignal = await this.#hearWorker(frames);
			await this.#dispatch();
		}
	}

	/** One message of a worker: that it is ready, that it is alive, or a reply for a client. Tells whether it was a mere heartbeat. */
	async #hearWorker([id = empty, ...rest]: Passing): Promise<boolean> {
		const hasDelimiter = rest.length > 1 && rest[0]?.length === 0;
		const said = hasDelimiter ? rest.slice(1) : rest;
		const key = keyOf(id);
		const known = this.#workers.get(key);
		if (known) {
			known.heardAt = this.#parts.clock();
		}

		if (said.length > 1) {
			await this.#passReply(known ?? this.#introduce(id, hasDelimiter), said);
			return false;
		}

		if (isHeartbeat(said[0])) {
			return true;
		}

		await this.#greet(id, hasDelimiter, known);
		return false;
	}

	/** READY, from a newcomer or from a worker that has begun anew: what it had is lost to it. */
	async #greet(id: Uint8Array, hasDelimiter: boolean, known: Worker | undefined): Promise<void> {
		if (known?.request && this.#hasHeartbeats) {
			await this.#lose(known, {});
		}

		const worker = this.#introduce(id, hasDelimiter);
		await this.#parts.hear({type: 'worker-ready', worker: id});
		this.#ready.set(worker.key, worker);
	}

	#introduce(id: Uint8Array, hasDelimiter: boolean): Worker {
		const worker: Worker = {id, key: keyOf(id), hasDelimiter, heardAt: this.#parts.clock()};
		this.#workers.set(worker.key, worker);
		this.#ready.delete(worker.key);
		return worker;
	}

	async #passReply(worker: Worker, frames: Passing): Promise<void> {
		const {frontend, hear, gate} = this.#parts;
		const {request} = worker;
		const isOwed = request?.[0] !== undefined && frames[0] !== undefined && keyOf(request[0]) === keyOf(frames[0]);
		delete worker.request;
		if (isOwed) {
			if (gate?.isOn && !(await gate.pass({operation: 'send', side: 'frontend', frames}))) {
				return;
			}

			const code = await giveAtOnce(frontend, frames);
			await hear(code === undefined ? {type: 'forwarded', from: 'backend', frames, waiting: this.#waiting.length, worker: worker.id} : {type: 'dropped', frames, code});
		} else {
			await hear({type: 'dropped', frames});
		}

		// Given up meanwhile, it is nobody until it says READY again.
		if (this.#workers.get(worker.key) === worker) {
			this.#ready.delete(worker.key);
			this.#ready.set(worker.key, worker);
		}
	}

	/** Gives what waits to those who are ready. */
	async #dispatch(): Promise<void> {
		if (this.#next()) {
			this.#dispatching ??= this.#give();
		}

		await this.#dispatching;
	}

	/** Whose turn it is, and what for. */
	#next(): {readonly worker: Worker; readonly frames: Passing} | undefined {
		const [worker] = this.#ready.values();
		const frames = this.#waiting.first;
		return worker && frames && !this.#parts.backend.closed ? {worker, frames} : undefined;
	}

	async #give(): Promise<void> {
		const {backend, hear, gate} = this.#parts;
		for (let next = this.#next(); next; next = this.#next()) {
			const {worker, frames} = next;
			if (gate?.isOn) {
				if (!(await gate.pass({operation: 'send', side: 'backend', frames, worker: worker.id}))) {
					break;
				}

				// The worker may have been given up meanwhile, or another request be the next.
				if (this.#ready.get(worker.key) !== worker || this.#waiting.first !== frames) {
					continue;
				}
			}

			this.#ready.delete(worker.key);
			this.#waiting.shift();
			worker.request = frames;
			const code = await giveAtOnce(backend, worker.hasDelimiter ? [worker.id, empty, ...frames] : [worker.id, ...frames]);
			await (code === undefined
				? hear({type: 'forwarded', from: 'frontend', frames, waiting: this.#waiting.length, worker: worker.id})
				: this.#lose(worker, {code}, {isTaken: false}));
		}

		this.#dispatching = undefined;
		if (!this.#waiting.isFull) {
			this.#makeRoom?.();
			this.#makeRoom = undefined;
		}
	}

	/** Gives a worker up. What it had is the next to be handed on, unless too many were lost with it; what libzmq did not take (`isTaken`), it never had. */
	async #lose(worker: Worker, why: Pick<Told & {readonly type: 'worker-lost'}, 'code' | 'afterMs'>, {isTaken = true}: {readonly isTaken?: boolean} = {}): Promise<void> {
		const {hear} = this.#parts;
		this.#workers.delete(worker.key);
		this.#ready.delete(worker.key);
		const {request} = worker;
		delete worker.request;
		const before = (request && this.#losses.get(request)) ?? [];
		const workers = isTaken ? [...before, worker.id] : before;
		const isDropped = workers.length >= mostLosses;
		if (request && !isDropped) {
			this.#losses.set(request, workers);
			this.#waiting.putBack(request);
		}

		await hear({type: 'worker-lost', worker: worker.id, waiting: this.#waiting.length, ...why, ...(request && !isDropped && {frames: request})});
		if (request && isDropped) {
			await hear({type: 'request-dropped', frames: request, workers});
		}
	}

	/** Says that the broker is alive, and gives up who has not been heard of. */
	async #beat(): Promise<void> {
		const {backend, clock, gate} = this.#parts;
		for (const worker of this.#workers.values()) {
			if (backend.closed) {
				return;
			}

			// While receives are held nobody is heard, so that nobody can be silent.
			if (gate?.isOn) {
				worker.heardAt = clock();
			}

			const silentMs = clock() - worker.heardAt;
			if (silentMs > heartbeatMs * liveness) {
				await this.#lose(worker, {afterMs: Math.round(silentMs)});
			} else {
				const code = await giveAtOnce(backend, [worker.id, heartbeat]);
				if (code === 'EHOSTUNREACH') {
					await this.#lose(worker, {code});
				}
			}
		}

		await this.#dispatch();
	}
}

const isHeartbeat = (frame: Uint8Array | undefined): boolean => frame?.length === 1 && frame[0] === pirateHeartbeat;
