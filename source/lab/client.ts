/**
A client: a REQ socket that asks, and receives what it asked for.

Source: RFC 28/REQREP; libzmq's `req.cpp`.
*/
import {Request} from 'zeromq';
import {formatDuration} from '../core/duration.js';
import {type Options} from '../core/events.js';
import {frameOf} from '../core/frames.js';
import {failureOf} from './failure.js';
import {Peer, type Surroundings} from './peer.js';

/** How long (ms) a closed socket goes on delivering what was sent. */
const lingerMs = 1000;

/** How long (ms) a repeated question waits after a refusal, so that a stuck client does not spin. */
const refusedPauseMs = 250;

type Repeating = {readonly intervalMs: number; readonly frames: readonly Uint8Array[]; timer?: NodeJS.Timeout};

export class Client extends Peer {
	readonly role = 'client';
	readonly socketType = 'REQ';
	#timeoutMs: number | undefined;
	#receivingOn: Request | undefined;
	#repeating: Repeating | undefined;

	constructor(name: string, surroundings: Surroundings, settings: {readonly timeoutMs?: number} = {}) {
		super(name, surroundings);
		this.#timeoutMs = settings.timeoutMs;
	}

	/** Whether a receive is pending: libzmq allows one at a time. */
	get isReceiving(): boolean {
		return this.isOpen && this.#receivingOn === this.socket;
	}

	/** Attempts to send a request, whatever the state, and then waits for the reply. */
	async send(frames: readonly Uint8Array[]): Promise<boolean> {
		const isSent = await this.attemptSend(frames);
		if (isSent && !this.isReceiving) {
			void this.#receiveReply(this.socket as Request);
		}

		return isSent;
	}

	/** Attempts a receive out of turn. The caller has made sure that none is pending. */
	async receive(): Promise<void> {
		await this.attemptReceive();
	}

	/** From the next request on. */
	setTimeout(ms: number | undefined): void {
		this.#timeoutMs = ms;
		this.tellOption('timeout', timeoutText(ms));
	}

	/** Asks now, and again `intervalMs` after each question, but never while a reply is due. */
	async every(intervalMs: number, frames: readonly Uint8Array[]): Promise<void> {
		clearTimeout(this.#repeating?.timer);
		this.#repeating = {intervalMs, frames};
		this.tellOption('every', formatDuration(intervalMs));
		await this.#askAgain();
	}

	everyOff(): void {
		clearTimeout(this.#repeating?.timer);
		this.#repeating = undefined;
		this.tellOption('every', 'off');
	}

	protected createSocket(): Request {
		return new Request({linger: lingerMs});
	}

	protected get options(): Options {
		return {timeout: timeoutText(this.#timeoutMs), every: 'off'};
	}

	protected begin(): void {
		this.#askInTurn();
	}

	protected cease(): void {
		clearTimeout(this.#repeating?.timer);
	}

	protected received(frames: readonly Uint8Array[]): void {
		this.emit({type: 'received', peer: this.name, frames: frames.map(frame => frameOf(frame))});
	}

	/** Waits until the reply is there, the time is over, or the socket is closed. */
	async #receiveReply(socket: Request): Promise<void> {
		const {clock} = this.surroundings;
		const timeoutMs = this.#timeoutMs;
		const deadline = clock() + (timeoutMs ?? Infinity);
		this.#receivingOn = socket;
		for (;;) {
			try {
				socket.receiveTimeout = timeoutMs === undefined ? -1 : Math.max(1, Math.ceil(deadline - clock()));
				this.received(await socket.receive());
				break;
			} catch (error) {
				if (this.socket !== socket || socket.closed) {
					return;
				}

				// A discarded stale reply also ends a receive with EAGAIN: only our own deadline ends the wait.
				if (failureOf(error).code !== 'EAGAIN') {
					const {code, errno} = failureOf(error);
					this.emit({
						type: 'refused', peer: this.name, operation: 'receive', code, errno,
					});
					break;
				}

				if (timeoutMs !== undefined && clock() >= deadline) {
					this.emit({type: 'timed-out', peer: this.name, afterMs: timeoutMs});
					break;
				}
			}
		}

		this.#receivingOn = undefined;
		this.#scheduleNext();
	}

	#scheduleNext(): void {
		const repeating = this.#repeating;
		if (!repeating) {
			return;
		}

		clearTimeout(repeating.timer);
		if (repeating.intervalMs === 0) {
			this.#askInTurn();
		} else {
			this.#askIn(repeating.intervalMs);
		}
	}

	#askIn(ms: number): void {
		if (this.#repeating) {
			this.#repeating.timer = setTimeout(() => {
				this.#askInTurn();
			}, ms);
		}
	}

	#askInTurn(): void {
		void this.inTurn(async () => this.#askAgain());
	}

	async #askAgain(): Promise<void> {
		const repeating = this.#repeating;
		if (!repeating || !this.isOpen || this.isReceiving) {
			return;
		}

		const isSent = await this.send(repeating.frames);
		if (!isSent && this.#repeating === repeating) {
			this.#askIn(Math.max(repeating.intervalMs, refusedPauseMs));
		}
	}
}

const timeoutText = (ms: number | undefined): string => ms === undefined ? 'off' : formatDuration(ms);
