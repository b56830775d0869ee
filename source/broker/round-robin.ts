/**
Round-robin: the DEALER at the backend gives each request to the next worker in turn, and takes replies from whoever has one.
The routing id in front of each message tells the ROUTER whose reply it is; the broker reads nothing of it.

Source: the ZeroMQ Guide, "Shared Queue (DEALER and ROUTER sockets)"; RFC 28/REQREP; libzmq's `lb.cpp`.
*/
import {type Dealer} from 'zeromq';
import {failureOf} from '../lab/failure.js';
import {hasEnded, type Engine, type EngineParts, type Passing} from './engine.js';
import {WaitingRequests} from './waiting.js';

export class RoundRobin implements Engine {
	readonly #parts: EngineParts<Dealer>;
	readonly #waiting = new WaitingRequests();
	#draining: Promise<void> | undefined;

	constructor(parts: EngineParts<Dealer>) {
		this.#parts = parts;
	}

	async run(): Promise<void> {
		await Promise.all([this.#passRequests(), this.#passReplies()]);
	}

	/** The calls to the sockets stand in the loop itself: a function around each would cost a broker under load a tenth of what it passes. */
	async #passRequests(): Promise<void> {
		const {frontend, backend, hear, gate} = this.#parts;
		backend.sendTimeout = 0;
		for (;;) {
			if (gate?.isOn && !(await gate.pass({operation: 'receive', side: 'frontend'}))) {
				return;
			}

			let frames: Uint8Array[];
			try {
				frames = await frontend.receive();
			} catch (error) {
				if (hasEnded(frontend, error)) {
					return;
				}

				continue;
			}

			if (this.#waiting.length > 0) {
				await this.#hold(frames);
				continue;
			}

			if (gate?.isOn && !(await gate.pass({operation: 'send', side: 'backend', frames}))) {
				return;
			}

			try {
				await backend.send(frames);
			} catch (error) {
				if (hasEnded(backend, error)) {
					return;
				}

				await this.#hold(frames);
				continue;
			}

			const heard = hear({type: 'forwarded', from: 'frontend', frames, waiting: 0});
			if (heard) {
				await heard;
			}
		}
	}

	/** Keeps a request until a worker can take it. Waits while there are too many. */
	async #hold(frames: Passing): Promise<void> {
		this.#waiting.push(frames);
		await this.#parts.hear({type: 'queued', frames, waiting: this.#waiting.length});
		this.#draining ??= this.#drain();
		if (this.#waiting.isFull) {
			await this.#draining;
		}
	}

	/** Gives away what waits, as soon as workers can take it. */
	async #drain(): Promise<void> {
		const {backend, hear, gate} = this.#parts;
		for (;;) {
			const frames = this.#waiting.first;
			if (!frames) {
				backend.sendTimeout = 0;
				this.#draining = undefined;
				return;
			}

			if (gate?.isOn && !(await gate.pass({operation: 'send', side: 'backend', frames}))) {
				return;
			}

			try {
				backend.sendTimeout = -1;
				await backend.send(frames as Uint8Array[]);
			} catch (error) {
				if (backend.closed) {
					return;
				}

				throw Object.assign(new Error(failureOf(error).message), {code: failureOf(error).code});
			}

			this.#waiting.shift();
			await hear({type: 'forwarded', from: 'frontend', frames, waiting: this.#waiting.length});
		}
	}

	async #passReplies(): Promise<void> {
		const {frontend, backend, hear, gate} = this.#parts;
		for (;;) {
			if (gate?.isOn && !(await gate.pass({operation: 'receive', side: 'backend'}))) {
				return;
			}

			let frames: Uint8Array[];
			let code: string | undefined;
			try {
				frames = await backend.receive();
			} catch (error) {
				if (hasEnded(backend, error)) {
					return;
				}

				continue;
			}

			if (gate?.isOn && !(await gate.pass({operation: 'send', side: 'frontend', frames}))) {
				return;
			}

			try {
				await frontend.send(frames);
			} catch (error) {
				({code} = failureOf(error));
			}

			if (frontend.closed) {
				return;
			}

			const heard = hear(code === undefined ? {type: 'forwarded', from: 'backend', frames, waiting: this.#waiting.length} : {type: 'dropped', frames, code});
			if (heard) {
				await heard;
			}
		}
	}
}
