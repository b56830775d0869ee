/**
The bytes of one direction: from one socket into the other, untouched, in order, and no faster than the receiver takes them.

Invariant: what waits here is bounded. A receiver that is full stops the sender (TCP then stops the program behind it), and so does a delay under which too much has gathered.
*/
import {type Socket} from 'node:net';

/** How many bytes a delay may hold back before the sender is stopped. */
const delayedLimit = 16 * 1024 * 1024;

type Held = {readonly due: number; readonly bytes: Uint8Array | 'fin'};

/** One direction of a link. */
export class Flow {
	/** Bytes taken from the sender. */
	received = 0;
	/** Set when the tap ends the connection: what still comes is read, and goes nowhere. */
	isSwallowing = false;
	/** How long, in ms, bytes are held back. */
	delayMs: () => number = () => 0;
	readonly #from: Socket;
	readonly #to: Socket;
	#isFull = false;
	#held: Held[] = [];
	#heldBytes = 0;
	#timer: NodeJS.Timeout | undefined;
	#lastDue = 0;
	#hasEnded = false;
	/** Messages held by a fault. */
	readonly #later = new Set<NodeJS.Timeout>();

	constructor(from: Socket, to: Socket) {
		this.#from = from;
		this.#to = to;
		to.on('drain', () => {
			this.#isFull = false;
			this.#resume();
		});
	}

	/** Passes bytes on, after the delay if there is one. */
	pass(bytes: Uint8Array): void {
		const delay = this.delayMs();
		if (delay > 0 || this.#held.length > 0) {
			this.#hold(bytes, delay);
			this.#heldBytes += bytes.length;
			if (this.#heldBytes > delayedLimit) {
				this.#from.pause();
			}
		} else {
			this.#write(bytes);
		}
	}

	/** Does something `ms` later, or as soon as the function that it gives is called; what comes meanwhile passes, and the end waits for it. */
	later(ms: number, act: () => void): () => void {
		const doNow = (): void => {
			clearTimeout(timer);
			if (this.#later.delete(timer)) {
				act();
				if (this.#hasEnded && this.#later.size === 0) {
					this.end();
				}
			}
		};

		const timer = setTimeout(doNow, ms);
		this.#later.add(timer);
		return doNow;
	}

	/** What a delay holds back goes at once. */
	letGo(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#lastDue = 0;
		this.#release(Infinity);
	}

	/** The sender will send no more. */
	end(): void {
		this.#hasEnded = true;
		if (this.#later.size > 0) {
			return;
		}

		if (this.#held.length > 0) {
			this.#hold('fin', 0);
		} else {
			this.#write('fin');
		}
	}

	/** Nothing goes on from here any more. */
	stop(): void {
		clearTimeout(this.#timer);
		for (const timer of this.#later) {
			clearTimeout(timer);
		}

		this.#later.clear();
		this.#timer = undefined;
		this.#held = [];
		this.#heldBytes = 0;
	}

	#hold(bytes: Uint8Array | 'fin', delay: number): void {
		// Never before what came earlier, however the delay changes: the order of a stream is kept.
		this.#lastDue = Math.max(this.#lastDue, performance.now() + delay);
		this.#held.push({due: this.#lastDue, bytes});
		this.#schedule();
	}

	#schedule(): void {
		const [first] = this.#held;
		if (first && !this.#timer) {
			this.#timer = setTimeout(() => {
				this.#timer = undefined;
				this.#release(performance.now());
			}, Math.max(0, first.due - performance.now()));
		}
	}

	#release(now: number): void {
		let count = 0;
		// A timer of Node's may fire a fraction of a millisecond early.
		while (count < this.#held.length && (this.#held[count]?.due ?? 0) <= now + 0.5) {
			count++;
		}

		for (const {bytes} of this.#held.splice(0, count)) {
			this.#heldBytes -= bytes === 'fin' ? 0 : bytes.length;
			this.#write(bytes);
		}

		this.#resume();
		this.#schedule();
	}

	#write(bytes: Uint8Array | 'fin'): void {
		if (this.isSwallowing || !this.#to.writable) {
			return;
		}

		if (bytes === 'fin') {
			this.#to.end();
		} else if (!this.#to.write(bytes)) {
			this.#isFull = true;
			this.#from.pause();
		}
	}

	#resume(): void {
		if (!this.#isFull && this.#heldBytes <= delayedLimit && !this.#from.destroyed) {
			this.#from.resume();
		}
	}
}
