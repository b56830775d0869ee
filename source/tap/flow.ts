/**
The bytes of one direction: from one socket into the other, untouched, in order, and no faster than the receiver takes them.

Invariant: what waits here is bounded. A receiver that is full stops the sender (TCP then stops the program behind it), and so does a delay under which too much has gathered.
*/
import {type Socket} from 'node:net';
import {type Shape} from './faults/fault.js';

/** How many bytes a delay may hold back before the sender is stopped. */
const delayedLimit = 16 * 1024 * 1024;

/** The same at a rate or in pieces, if no delay needs more. */
const shapedLimit = 64 * 1024;

/** A rate lets bytes go in steps of this many ms. */
const steadyMs = 20;

const unshaped: Shape = {};

/** `isAlone`: goes in a write of its own. */
type Held = {readonly due: number; readonly bytes: Uint8Array | 'fin'; readonly isAlone: boolean};

/** One direction of a link. */
export class Flow {
	/** Bytes taken from the sender. */
	received = 0;
	/** Set when the tap ends the connection: what still comes is read, and goes nowhere. */
	isSwallowing = false;
	/** How the bytes that come now are to flow. */
	shape: () => Shape = () => unshaped;
	readonly #from: Socket;
	readonly #to: Socket;
	#isFull = false;
	#held: Held[] = [];
	#heldBytes = 0;
	#limit = delayedLimit;
	/** A piece is being written that goes alone. */
	#isWriting = false;
	#timer: NodeJS.Timeout | undefined;
	#lastDue = 0;
	/** When what came last has gone at the rate in force. */
	#rateDue = 0;
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
		const {delayMs = 0, bytesPerSecond = Infinity, pieceBytes = Infinity} = this.shape();
		if (delayMs === 0 && bytesPerSecond === Infinity && pieceBytes === Infinity && this.#held.length === 0) {
			this.#write(bytes);
			return;
		}

		// At a slow rate a chunk would come after a long silence and all at once.
		const size = Math.max(1, Math.min(pieceBytes, Math.ceil(bytesPerSecond * steadyMs / 1000), bytes.length));
		for (let at = 0; at < bytes.length; at += size) {
			const piece = bytes.subarray(at, at + size);
			this.#rateDue = Math.max(this.#rateDue, performance.now()) + (piece.length * 1000 / bytesPerSecond);
			this.#hold(piece, this.#rateDue + delayMs, pieceBytes < Infinity);
			this.#heldBytes += piece.length;
		}

		// A narrow link pushes back soon; one that is only long takes what is under way on it.
		this.#limit = pieceBytes < Infinity ? shapedLimit : Math.min(delayedLimit, Math.max(shapedLimit, bytesPerSecond * delayMs / 1000));
		if (this.#heldBytes > this.#limit) {
			this.#from.pause();
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
		this.#rateDue = 0;
		this.#held = this.#held.map(({bytes}) => ({bytes, due: 0, isAlone: false}));
		this.#release();
	}

	/** The sender will send no more. */
	end(): void {
		this.#hasEnded = true;
		if (this.#later.size > 0) {
			return;
		}

		if (this.#held.length > 0) {
			this.#hold('fin', 0, false);
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

	#hold(bytes: Uint8Array | 'fin', due: number, isAlone: boolean): void {
		// Never before what came earlier, however the delay changes: the order of a stream is kept.
		this.#lastDue = Math.max(this.#lastDue, due);
		this.#held.push({due: this.#lastDue, bytes, isAlone});
		this.#schedule();
	}

	#schedule(): void {
		const [first] = this.#held;
		if (first && !this.#timer && !this.#isWriting) {
			this.#timer = setTimeout(() => {
				this.#timer = undefined;
				this.#release();
			}, Math.max(0, first.due - performance.now()));
		}
	}

	#release(): void {
		if (this.#isWriting) {
			return;
		}

		const now = performance.now();
		let count = 0;
		// A timer of Node's may fire a fraction of a millisecond early.
		while ((this.#held[count]?.due ?? Infinity) <= now + 0.5 && this.#held[count]?.isAlone === false) {
			count++;
		}

		for (const held of this.#held.splice(0, count)) {
			this.#writeHeld(held);
		}

		const [next] = this.#held;
		if (next?.isAlone && next.due <= now + 0.5) {
			this.#held.shift();
			this.#writeHeld(next);
		}

		this.#resume();
		this.#schedule();
	}

	#writeHeld({bytes, isAlone}: Held): void {
		this.#heldBytes -= bytes === 'fin' ? 0 : bytes.length;
		if (!isAlone) {
			this.#write(bytes);
			return;
		}

		// What is written in one turn of the event loop would be read in one piece.
		this.#isWriting = true;
		this.#write(bytes, () => {
			setImmediate(() => {
				this.#isWriting = false;
				this.#release();
			});
		});
	}

	#write(bytes: Uint8Array | 'fin', written?: () => void): void {
		if (this.isSwallowing || !this.#to.writable) {
			return;
		}

		if (bytes === 'fin') {
			this.#to.end();
		} else if (!this.#to.write(bytes, written)) {
			this.#isFull = true;
			this.#from.pause();
		}
	}

	#resume(): void {
		if (!this.#isFull && this.#heldBytes <= this.#limit && !this.#from.destroyed) {
			this.#from.resume();
		}
	}
}
