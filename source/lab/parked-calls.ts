/**
Calls left pending on purpose, out of turn: with time-out -1 zeromq.js keeps a send or receive that libzmq refuses, and makes it as soon as the
socket allows. So a REP's parked reply answers the *next* request, and a REQ's parked request goes when the reply is there.

Law: at most one of each on a socket (zeromq.js takes no second one: EBUSY), and none that nobody asked for. There is no taking one back:
only closing its socket ends it.
*/
import {type Fact} from '../core/events.js';
import {frameOf} from '../core/frames.js';
import {failureOf} from './failure.js';

/** What the calls are made on: the part of a zeromq.js socket that can send and receive. */
export type Callable = {
	readonly closed: boolean;
	sendTimeout: number;
	receiveTimeout: number;
	readonly send: (message: Uint8Array[]) => Promise<void>;
	readonly receive: () => Promise<Uint8Array[]>;
};

type Operation = 'send' | 'receive';

/** What becomes of a parked call: told to its peer, which goes on as after any other. */
export type Completed = {readonly sent: (frames: readonly Uint8Array[]) => void; readonly received: (frames: readonly Uint8Array[]) => void};

export class ParkedCalls {
	readonly #peer: string;
	readonly #emit: (fact: Fact) => void;
	readonly #completed: Completed;
	readonly #pending = new Map<Operation, Callable>();

	constructor(peer: string, emit: (fact: Fact) => void, completed: Completed) {
		this.#peer = peer;
		this.#emit = emit;
		this.#completed = completed;
	}

	/** Whether such a call is pending on this socket. */
	has(operation: Operation, socket: Callable | undefined): boolean {
		return socket !== undefined && !socket.closed && this.#pending.get(operation) === socket;
	}

	/** Leaves a send pending, or makes it if it is allowed now. */
	async send(socket: Callable, frames: readonly Uint8Array[]): Promise<void> {
		const told = frames.map(frame => frameOf(frame));
		await this.#park('send', socket, {type: 'parked', peer: this.#peer, operation: 'send', frames: told}, async () => {
			socket.sendTimeout = -1;
			await socket.send([...frames]);
			return () => {
				this.#completed.sent(frames);
			};
		});
	}

	/** Leaves a receive pending, or makes it if there is something to receive now. */
	async receive(socket: Callable): Promise<void> {
		await this.#park('receive', socket, {type: 'parked', peer: this.#peer, operation: 'receive'}, async () => {
			const frames = await this.#receivePatiently(socket);
			return () => {
				this.#completed.received(frames);
			};
		});
	}

	/** What libzmq drops (a stale reply, a browser's request) ends a receive with EAGAIN, though it has no time-out. */
	async #receivePatiently(socket: Callable): Promise<readonly Uint8Array[]> {
		for (;;) {
			try {
				socket.receiveTimeout = -1;
				return await socket.receive();
			} catch (error) {
				if (socket.closed || failureOf(error).code !== 'EAGAIN') {
					throw error;
				}
			}
		}
	}

	/** Resolves as soon as it is known whether the call stays pending; its end is told as it comes. */
	async #park(operation: Operation, socket: Callable, parked: Fact, call: () => Promise<() => void>): Promise<void> {
		let isUnderWay = true;
		let isTold = false;
		const finish = async (): Promise<void> => {
			try {
				const complete = await call();
				isUnderWay = false;
				if (socket.closed) {
					return;
				}

				this.#end(operation, isTold);
				complete();
			} catch (error) {
				isUnderWay = false;
				// A closed socket ends what was pending on it: the event of its closing says so.
				if (!socket.closed) {
					this.#end(operation, isTold);
					const {code, errno} = failureOf(error);
					this.#emit({type: 'refused', peer: this.#peer, operation, code, errno});
				}
			}
		};

		void finish();
		// What libzmq allows at once is done by then.
		await new Promise(resolve => {
			setImmediate(resolve);
		});
		if (isUnderWay && !socket.closed) {
			isTold = true;
			this.#pending.set(operation, socket);
			this.#emit(parked);
		}
	}

	/** Tells that a parked call is over. One that was refused at once never was one, and leaves the one that is. */
	#end(operation: Operation, isTold: boolean): void {
		if (isTold) {
			this.#pending.delete(operation);
			this.#emit({type: 'unparked', peer: this.#peer, operation});
		}
	}
}
