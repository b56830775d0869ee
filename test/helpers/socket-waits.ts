/**
Waits on real sockets: for a named condition, or for what libzmq's monitor says. Never for a time.
*/
import {type EventType, type Socket} from 'zeromq';
import {type Result} from './machine-judge.js';

const patienceMs = 10_000;

/**
Resolves once the condition holds; looks at it again and again, because a socket does not call back when it changes.
*/
export async function until(condition: () => boolean, label: string): Promise<void> {
	const deadline = performance.now() + patienceMs;
	while (!condition()) {
		if (performance.now() > deadline) {
			throw new Error(`It never came to this: ${label}`);
		}

		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}
}

/**
Counts the events of a socket. Reads its observer to the end, because an unread one freezes every socket of the context.
*/
export class Monitor {
	readonly #counts = new Map<EventType, number>();

	constructor(socket: Socket) {
		void this.#drain(socket);
	}

	count(type: EventType): number {
		return this.#counts.get(type) ?? 0;
	}

	/**
	Does what brings about one more event of this type, and waits for it.
	*/
	async expect(type: EventType, act: () => Promise<void> | void): Promise<void> {
		const before = this.count(type);
		await act();
		await until(() => this.count(type) > before, `the monitor says ${type}`);
	}

	async #drain(socket: Socket): Promise<void> {
		for await (const {type} of socket.events) {
			this.#counts.set(type, this.count(type) + 1);
		}
	}
}

/**
What became of a call: zeromq.js throws on a closed socket and rejects on an open one. An error without a code is the test's own.
*/
export async function resultOf(call: () => Promise<unknown>): Promise<Result> {
	try {
		await call();
		return 'completed';
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === undefined) {
			throw error;
		}

		return code;
	}
}
