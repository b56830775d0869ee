/**
A client: a REQ socket that asks, and receives what it asked for.

Source: RFC 28/REQREP; libzmq's `req.cpp`.
*/
import {Request} from 'zeromq';
import {formatDuration} from '../core/duration.js';
import {type Options} from '../core/events.js';
import {frameOf} from '../core/frames.js';
import {
	formatRecovery,
	pauseAfter,
	socketOptionsOf,
	type Recovery,
} from '../core/recovery.js';
import {failureOf} from './failure.js';
import {Peer, type Surroundings} from './peer.js';

/** How long (ms) a repeated question waits after a refusal, so that a stuck client does not spin. */
const refusedPauseMs = 250;

/** The request whose reply is still due, as far as the socket goes: which try it is, since when it has been asked (ms since the epoch), and until when it waits. */
type Question = {readonly frames: readonly Uint8Array[]; readonly attempt: number; readonly beganAt: number; readonly timeoutMs: number | undefined; readonly deadline: number};
const noQuestion: Question = {
	frames: [], attempt: 1, beganAt: 0, timeoutMs: undefined, deadline: Infinity,
};

/** A pause after so many vain tries of a question that was first asked at `beganAt` (ms since the epoch). */
type Pause = {readonly tries: number; readonly beganAt: number; readonly timer: NodeJS.Timeout};

type Repeating = {readonly intervalMs: number; readonly frames: readonly Uint8Array[]; timer?: NodeJS.Timeout};

export class Client extends Peer {
	readonly role = 'client';
	readonly socketType = 'REQ';
	#timeoutMs: number | undefined;
	#recovery: Recovery = {kind: 'none'};
	#id: string | undefined;
	#question: Question = noQuestion;
	#receivingOn: Request | undefined;
	#repeating: Repeating | undefined;
	/** A lazy pirate's pause before its next try. */
	#pause: Pause | undefined;

	constructor(name: string, surroundings: Surroundings, settings: {readonly timeoutMs?: number} = {}) {
		super(name, surroundings);
		this.#timeoutMs = settings.timeoutMs;
	}

	/** Whether a receive is pending: libzmq allows one at a time. */
	get isReceiving(): boolean {
		return this.isOpen && (this.#receivingOn === this.socket || this.parked.has('receive', this.socket));
	}

	/** Attempts to send a request, whatever the state, and then waits for the reply. */
	async send(frames: readonly Uint8Array[]): Promise<boolean> {
		this.#endPause();
		return this.#ask(frames, {attempt: 1, beganAt: this.surroundings.clock()});
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

	/**
	Chooses a way out of a reply that does not come. `relaxed` frees a socket that waits already; `correlate` needs a new one,
	as a reply to a request without an id would be discarded; a lazy pirate throws away a socket that still awaits a reply.
	*/
	async recoverBy(recovery: Recovery): Promise<void> {
		const before = socketOptionsOf(this.#recovery);
		const after = socketOptionsOf(recovery);
		this.#recovery = recovery;
		this.tellOption('recover', formatRecovery(recovery));
		if (recovery.kind !== 'lazy-pirate') {
			this.#giveUpPaused();
		}

		if (!this.isOpen) {
			return;
		}

		const isDoomed = recovery.kind === 'lazy-pirate' && this.#question !== noQuestion;
		if (isDoomed || before.correlate !== after.correlate) {
			await this.renew();
		} else {
			(this.socket as Request).relaxed = after.relaxed;
		}
	}

	/** Another routing id, which needs a new socket; undefined for one of libzmq's own. */
	async setId(id: string | undefined): Promise<void> {
		this.#id = id;
		this.tellOption('id', id ?? 'off');
		if (this.isOpen) {
			this.close('close');
			await this.open();
		}
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
		return new Request({...this.settings, ...this.credentials, ...socketOptionsOf(this.#recovery), ...(this.#id !== undefined && {routingId: this.#id})});
	}

	protected get options(): Options {
		return {timeout: timeoutText(this.#timeoutMs), every: 'off'};
	}

	protected begin(): void {
		this.#askInTurn();
	}

	protected cease(): void {
		this.#question = noQuestion;
		this.#endPause();
		clearTimeout(this.#repeating?.timer);
	}

	protected received(frames: readonly Uint8Array[]): void {
		this.#question = noQuestion;
		this.emit({type: 'received', peer: this.name, frames: frames.map(frame => frameOf(frame))});
	}

	protected sentParked(frames: readonly Uint8Array[]): void {
		this.#await(frames, {attempt: 1, beganAt: this.surroundings.clock()});
	}

	/** Waits until the reply is there, the time is over, or the socket is closed. */
	async #receiveReply(socket: Request): Promise<void> {
		const {clock} = this.surroundings;
		this.#receivingOn = socket;
		let tries: number | undefined;
		let hasPassed = false;
		for (;;) {
			const {deadline} = this.#question;
			try {
				if (this.surroundings.steps.isOn && !hasPassed && !(await this.surroundings.steps.pass(this.name, 'receive'))) {
					return;
				}

				hasPassed = true;
				socket.receiveTimeout = deadline === Infinity ? -1 : Math.max(1, Math.ceil(deadline - clock()));
				const frames = await socket.receive();
				// Closed in the moment between: what it had received is gone with it.
				if (this.socket !== socket || socket.closed) {
					return;
				}

				this.received(frames);
				break;
			} catch (error) {
				if (this.socket !== socket || socket.closed) {
					return;
				}

				// A discarded stale reply also ends a receive with EAGAIN, and a relaxed REQ may have asked anew: only the last question's own deadline ends the wait.
				const {code, errno} = failureOf(error);
				if (code !== 'EAGAIN') {
					this.emit({
						type: 'refused', peer: this.name, operation: 'receive', code, errno,
					});
					break;
				}

				if (clock() >= this.#question.deadline) {
					tries = this.#giveUp();
					break;
				}
			}
		}

		this.#receivingOn = undefined;
		if (tries === undefined) {
			this.#scheduleNext();
		} else {
			this.#takeNewSocket(socket, tries);
		}
	}

	/** Tells that the time is over. Gives how many tries a lazy pirate has made; undefined for everybody else, who keeps the socket. */
	#giveUp(): number | undefined {
		const {attempt, beganAt, timeoutMs = 0} = this.#question;
		const recovery = this.#recovery;
		if (recovery.kind === 'lazy-pirate' && attempt < recovery.tries) {
			this.emit({
				type: 'attempt-failed', peer: this.name, attempt, of: recovery.tries, afterMs: timeoutMs, ...(recovery.backOffMs !== undefined && {pauseMs: pauseAfter(attempt, recovery.backOffMs)}),
			});
			return attempt;
		}

		const timedOut = {type: 'timed-out', peer: this.name, afterMs: attempt === 1 ? timeoutMs : Math.round(this.surroundings.clock() - beganAt)} as const;
		if (recovery.kind !== 'lazy-pirate') {
			this.emit(timedOut);
			return undefined;
		}

		this.emit({...timedOut, tries: attempt});
		return attempt;
	}

	/** What a lazy pirate does: a strict REQ that still awaits a reply is good for nothing, so a new one asks again, unless it has asked often enough. */
	#takeNewSocket(socket: Request, triesMade: number): void {
		void this.inTurn(async () => {
			const recovery = this.#recovery;
			if (this.socket !== socket || socket.closed || recovery.kind !== 'lazy-pirate') {
				return;
			}

			const {frames, beganAt} = this.#question;
			this.close('retry');
			await this.open();
			if (triesMade >= recovery.tries) {
				return;
			}

			const attempt = triesMade + 1;
			if (recovery.backOffMs === undefined) {
				await this.#ask(frames, {attempt, beganAt});
			} else {
				this.#tryAfter(pauseAfter(triesMade, recovery.backOffMs), {frames, attempt, beganAt});
			}
		});
	}

	/** The next try, unless something else is asked or the socket is closed meanwhile. */
	#tryAfter(ms: number, {frames, attempt, beganAt}: Pick<Question, 'frames' | 'attempt' | 'beganAt'>): void {
		const pause: Pause = {
			tries: attempt - 1,
			beganAt,
			timer: setTimeout(() => {
				void this.inTurn(async () => {
					if (this.#pause === pause) {
						this.#pause = undefined;
						await this.#ask(frames, {attempt, beganAt});
					}
				});
			}, ms),
		};
		this.#pause = pause;
	}

	#endPause(): void {
		clearTimeout(this.#pause?.timer);
		this.#pause = undefined;
	}

	/** Whoever is no pirate any more tries no more. */
	#giveUpPaused(): void {
		if (this.#pause) {
			const {tries, beganAt} = this.#pause;
			this.#endPause();
			this.emit({type: 'timed-out', peer: this.name, afterMs: Math.round(this.surroundings.clock() - beganAt), tries});
		}
	}

	async #ask(frames: readonly Uint8Array[], {attempt, beganAt}: {readonly attempt: number; readonly beganAt: number}): Promise<boolean> {
		const isSent = await this.attemptSend(frames, {attempt: attempt === 1 ? undefined : attempt});
		if (isSent) {
			this.#await(frames, {attempt, beganAt});
		}

		return isSent;
	}

	/** A request is on its way: its reply is received as soon as it is there. */
	#await(frames: readonly Uint8Array[], {attempt, beganAt}: {readonly attempt: number; readonly beganAt: number}): void {
		const timeoutMs = this.#patienceMs;
		this.#question = {
			frames, attempt, beganAt, timeoutMs, deadline: this.surroundings.clock() + (timeoutMs ?? Infinity),
		};
		if (!this.isReceiving) {
			void this.#receiveReply(this.socket as Request);
		}
	}

	/** How long (ms) the next request waits: the way out says so, else the time-out; undefined for ever. */
	get #patienceMs(): number | undefined {
		return 'timeoutMs' in this.#recovery ? this.#recovery.timeoutMs : this.#timeoutMs;
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
		if (!repeating || !this.isOpen || this.isReceiving || this.#pause) {
			return;
		}

		const isSent = await this.send(repeating.frames);
		if (!isSent && this.#repeating === repeating) {
			this.#askIn(Math.max(repeating.intervalMs, refusedPauseMs));
		}
	}
}

const timeoutText = (ms: number | undefined): string => ms === undefined ? 'off' : formatDuration(ms);
