/**
The requests that a broker holds as no worker can take them, oldest first.

Law: bounded by number and by bytes, whichever is reached first. A message is taken whole, so the newest one may go over the bytes; whoever fills
it asks `isFull` before the next. What a worker was lost with comes back over both limits: at most one request for each worker.
*/
import {type Passing} from './engine.js';

/** How many requests a broker holds at most. */
export const mostWaiting = 1000;

/** How many bytes of requests it holds at most, routing ids and delimiters included: a thousand of a megabyte each would be a gigabyte. */
export const mostWaitingBytes = 64 * 1024 * 1024;

export class WaitingRequests {
	readonly #requests: Passing[] = [];
	#bytes = 0;

	get length(): number {
		return this.#requests.length;
	}

	/** Whether no more are to be taken from the socket: they wait in libzmq’s queues then. */
	get isFull(): boolean {
		return this.#requests.length >= mostWaiting || this.#bytes >= mostWaitingBytes;
	}

	get first(): Passing | undefined {
		return this.#requests[0];
	}

	get last(): Passing | undefined {
		return this.#requests.at(-1);
	}

	push(request: Passing): void {
		this.#requests.push(request);
		this.#bytes += sizeOf(request);
	}

	/** The next one to be handed on is this, which was handed on before. */
	putBack(request: Passing): void {
		this.#requests.unshift(request);
		this.#bytes += sizeOf(request);
	}

	shift(): void {
		const request = this.#requests.shift();
		this.#bytes -= request ? sizeOf(request) : 0;
	}
}

function sizeOf(frames: Passing): number {
	let bytes = 0;
	for (const {length} of frames) {
		bytes += length;
	}

	return bytes;
}
