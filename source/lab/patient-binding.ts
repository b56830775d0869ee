/** Binding with patience, and with the true reason where it fails. One for each peer. */
import {type Endpoint} from '../core/endpoint.js';
import {failureOf} from './failure.js';
import {isTaken} from './ipc.js';

/** How often, and how long apart (ms), a bind is tried again: a port just closed stays taken for up to 3 ms. */
const tryCount = 20;
const pauseMs = 10;

export class PatientBinding {
	#failure: string | undefined;

	/** What the socket's monitor says of a bind that failed. */
	noteFailure(code: string): void {
		this.#failure = code;
	}

	/**
	Binds by `attempt`; an endpoint that is taken is tried again for a moment, as it may be this lab's own of a moment ago, unless the socket closes meanwhile.
	An ipc path on which somebody lives is not attempted at all: libzmq would take it from them in silence.
	Rejects with an error that has libzmq's `code`.
	*/
	async bind(endpoint: Endpoint, isOpen: () => boolean, attempt: () => void): Promise<void> {
		for (let tries = 1; ; tries++) {
			try {
				await refuseTakenPath(endpoint);
				this.#failure = undefined;
				attempt();
				return;
			} catch (error) {
				const code = await this.#trueCode(failureOf(error).code);
				if (tries === tryCount || code !== 'EADDRINUSE' || !isOpen()) {
					throw codedError(code);
				}

				await pause(pauseMs);
			}
		}
	}

	/** What the monitor says, once it has said it, where the error itself says EAGAIN, which no bind means. */
	async #trueCode(code: string): Promise<string> {
		if (code !== 'EAGAIN') {
			return code;
		}

		for (let waits = 0; this.#failure === undefined && waits < tryCount; waits++) {
			await pause(1);
		}

		return this.#failure ?? code;
	}
}

async function refuseTakenPath(endpoint: Endpoint): Promise<void> {
	if (endpoint.startsWith('ipc://') && await isTaken(endpoint.slice('ipc://'.length))) {
		throw codedError('EADDRINUSE');
	}
}

const codedError = (code: string): Error => Object.assign(new Error(code), {code});

const pause = async (ms: number): Promise<void> => new Promise(resolve => {
	setTimeout(resolve, ms);
});
