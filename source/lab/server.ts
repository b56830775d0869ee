/**
A server: a REP socket that receives, and owes a reply until it has given one.

Its pump keeps one receive pending whenever nothing is owed. A reply beside that receive is refused by libzmq itself.
Source: RFC 28/REQREP; libzmq's `rep.cpp`.
*/
import {Reply} from 'zeromq';
import {
	drawDelayMs,
	firstDelay,
	formatDelay,
	stepDelay,
	type Delay,
} from '../core/delay.js';
import {type Options, type Service} from '../core/events.js';
import {frameOf} from '../core/frames.js';
import {fillTemplate, firstTemplate} from '../core/template.js';
import {failureOf} from './failure.js';
import {Peer, type Surroundings} from './peer.js';

export class Server extends Peer {
	readonly role = 'server';
	readonly socketType = 'REP';
	#delay: Delay;
	#delayOnce: Delay | undefined;
	#template: string;
	#service: Service = 'automatic';
	#isHolding = false;
	#owed: readonly Uint8Array[] | undefined;
	#timer: NodeJS.Timeout | undefined;
	#pumpingOn: Reply | undefined;
	#count = 0;

	constructor(name: string, surroundings: Surroundings, settings: {readonly delay?: Delay; readonly template?: string} = {}) {
		super(name, surroundings);
		this.#delay = settings.delay ?? firstDelay;
		this.#template = settings.template ?? firstTemplate;
	}

	/** Whether the pump's receive is pending. */
	get isReceiving(): boolean {
		return this.isOpen && (this.#pumpingOn === this.socket || this.parked.has('receive', this.socket));
	}

	/** Attempts a reply by hand, whatever the state. */
	async reply(frames: readonly Uint8Array[]): Promise<void> {
		if (await this.attemptSend(frames)) {
			this.#settle();
		}
	}

	/** Attempts a receive out of turn. The caller has made sure that the pump is not receiving. */
	async receive(): Promise<void> {
		await this.attemptReceive();
	}

	/** For every request from the next one on, or only for the next one. */
	setDelay(delay: Delay, once: boolean): void {
		if (once) {
			this.#delayOnce = delay;
			this.tellOption('delay-once', formatDelay(delay));
		} else {
			this.#delay = delay;
			this.tellOption('delay', formatDelay(delay));
		}
	}

	/** The next longer (1) or shorter (-1) delay. Stepped here and not where the key was pressed: keys can come faster than answers. */
	stepDelay(by: 1 | -1): void {
		this.setDelay(stepDelay(this.#delay, by), false);
	}

	/** Answers by itself with a template; what is owed now is served so too. */
	replyWith(template: string): void {
		const wasByHand = this.#service === 'by-hand';
		this.#template = template;
		this.#service = 'automatic';
		this.tellOption('reply-with', template);
		this.tellOption('service', 'automatic');
		if (wasByHand) {
			this.#serve();
		}
	}

	/** A person answers from now on, what is owed now included. */
	byHand(): void {
		this.#service = 'by-hand';
		this.tellOption('service', 'by-hand');
		this.#stopDelay();
	}

	hold(): void {
		this.#isHolding = true;
		this.tellOption('hold', 'on');
		if (!(this.#owed && this.#service === 'automatic')) {
			return;
		}

		this.#stopDelay();
		this.emit({type: 'held', peer: this.name});
	}

	/** Gives the held reply at once: it has waited long enough. */
	async release(): Promise<void> {
		this.#isHolding = false;
		this.tellOption('hold', 'off');
		if (!(this.#owed && this.#service === 'automatic')) {
			return;
		}

		this.emit({type: 'released', peer: this.name});
		await this.#answer();
	}

	protected createSocket(): Reply {
		return new Reply({...this.settings, ...this.credentials});
	}

	protected get options(): Options {
		return {
			delay: formatDelay(this.#delay), 'reply-with': this.#template, service: this.#service, hold: 'off',
		};
	}

	protected begin(): void {
		void this.#pump();
	}

	protected cease(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#owed = undefined;
	}

	protected received(frames: readonly Uint8Array[]): void {
		this.#owed = frames;
		this.#count++;
		this.emit({type: 'received', peer: this.name, frames: frames.map(frame => frameOf(frame))});
		this.#serve();
	}

	protected sentParked(): void {
		this.#settle();
	}

	/** Receives the next request, unless one is received already. A closed socket ends it in silence. */
	async #pump(): Promise<void> {
		const socket = this.socket as Reply;
		if (this.isReceiving || socket.closed) {
			return;
		}

		this.#pumpingOn = socket;
		if (this.surroundings.steps.isOn && !(await this.surroundings.steps.pass(this.name, 'receive'))) {
			return;
		}

		for (;;) {
			try {
				socket.receiveTimeout = -1;
				const frames = await socket.receive();
				// Closed in the moment between: what it had received is gone with it.
				if (this.socket !== socket || socket.closed) {
					return;
				}

				this.#pumpingOn = undefined;
				this.received(frames);
				return;
			} catch (error) {
				if (this.socket !== socket || socket.closed) {
					return;
				}

				// What is no request (a browser's, say) wakes the receive too, and libzmq drops it: EAGAIN, though there is no time-out.
				const {code, errno} = failureOf(error);
				if (code !== 'EAGAIN') {
					this.#pumpingOn = undefined;
					this.emit({
						type: 'refused', peer: this.name, operation: 'receive', code, errno,
					});
					return;
				}
			}
		}
	}

	/** Begins what stands between a request and its reply. */
	#serve(): void {
		// A parked reply answers it: whoever else did would be refused.
		if (!this.#owed || this.#service === 'by-hand' || this.hasParkedSend) {
			return;
		}

		if (this.#isHolding) {
			this.emit({type: 'held', peer: this.name});
			return;
		}

		const ms = Math.round(drawDelayMs(this.#takeDelay(), this.surroundings.random));
		if (ms === 0) {
			this.#answerInTurn();
			return;
		}

		this.emit({type: 'delay-started', peer: this.name, ms});
		this.#timer = setTimeout(() => {
			this.#stopDelay();
			this.#answerInTurn();
		}, ms);
	}

	/** Answers once the socket is free for it, unless another one did, or took it over, meanwhile. */
	#answerInTurn(): void {
		const request = this.#owed;
		void this.inTurn(async () => {
			if (this.#owed === request && this.#service === 'automatic' && !this.#isHolding) {
				await this.#answer();
			}
		});
	}

	async #answer(): Promise<void> {
		const request = this.#owed;
		if (request) {
			const time = new Date(this.surroundings.clock()).toTimeString().slice(0, 8);
			await this.reply(fillTemplate(this.#template, {request, count: this.#count, time}));
		}
	}

	/** The reply is given: nothing is owed, and the next request may come. */
	#settle(): void {
		this.#stopDelay();
		this.#owed = undefined;
		void this.#pump();
	}

	#stopDelay(): void {
		if (!this.#timer) {
			return;
		}

		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.emit({type: 'delay-ended', peer: this.name});
	}

	#takeDelay(): Delay {
		const delay = this.#delayOnce ?? this.#delay;
		if (this.#delayOnce) {
			this.#delayOnce = undefined;
			this.tellOption('delay-once', 'off');
		}

		return delay;
	}
}
