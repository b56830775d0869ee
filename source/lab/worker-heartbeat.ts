/**
A worker's sign of life, every so often, and its watch over the broker's: one that has fallen silent does not know the worker any more.

Source: the ZeroMQ Guide, "Robust Reliable Queuing (Paranoid Pirate Pattern)", ppworker.
*/
import {heartbeatMs, liveness} from '../core/policy.js';
import {type PeerSocket} from './peer.js';

export type HeartbeatOptions = {
	/** Gives ms since the epoch. */
	readonly clock: () => number;
	/** Whoever is at work, or whose receive is held, does not read, so that nobody can be silent. */
	readonly isReading: () => boolean;
	/** The broker was not heard of for `liveness` heartbeats. */
	readonly brokerIsSilent: (socket: PeerSocket) => void;
};

export class WorkerHeartbeat {
	readonly #options: HeartbeatOptions;
	#timer: NodeJS.Timeout | undefined;
	/** When the broker was heard of last, in ms since the epoch. */
	#heardAt: number | undefined;

	constructor(options: HeartbeatOptions) {
		this.#options = options;
	}

	/** Says `message` on this socket every `heartbeatMs`, until it is stopped. */
	start(socket: PeerSocket, message: readonly Uint8Array[]): void {
		this.#heardAt = undefined;
		this.#timer = setInterval(() => {
			this.#beat(socket, message);
		}, heartbeatMs);
	}

	/** Says nothing more until it is started again. */
	stop(): void {
		clearInterval(this.#timer);
	}

	/** The broker has said something. */
	heard(): void {
		this.#heardAt = this.#options.clock();
	}

	#beat(socket: PeerSocket, message: readonly Uint8Array[]): void {
		if (socket.closed) {
			return;
		}

		const {clock, isReading, brokerIsSilent} = this.#options;
		if (!isReading()) {
			this.#heardAt = undefined;
		}

		if (this.#heardAt !== undefined && clock() - this.#heardAt > heartbeatMs * liveness) {
			this.#heardAt = undefined;
			brokerIsSilent(socket);
			return;
		}

		socket.sendTimeout = 0;
		// Who reads it is gone, or will be back: either way the next one says the same.
		socket.send([...message]).catch(() => undefined);
	}
}
