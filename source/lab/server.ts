/**
A server: a REP socket that receives, and owes a reply until it has given one. As the worker of a broker that wants to know who is ready it
is a REQ or a DEALER instead (see `worker-protocol.ts`).

Its pump keeps one receive pending whenever nothing is owed. A reply beside that receive is refused by libzmq itself.
Source: RFC 28/REQREP; libzmq's `rep.cpp`.
*/
import {
	drawDelayMs,
	firstDelay,
	formatDelay,
	stepDelay,
	type Delay,
} from '../core/delay.js';
import {type Options, type Service, type SocketType} from '../core/events.js';
import {frameOf} from '../core/frames.js';
import {firstPolicy, type Policy} from '../core/policy.js';
import {fillTemplate, firstTemplate} from '../core/template.js';
import {failureOf} from './failure.js';
import {Peer, type PeerSocket, type Surroundings} from './peer.js';
import {WorkerHeartbeat} from './worker-heartbeat.js';
import {workerProtocols, type Taken, type WorkerProtocol} from './worker-protocol.js';

export class Server extends Peer {
	readonly role = 'server';
	#delay: Delay;
	#delayOnce: Delay | undefined;
	#template: string;
	#service: Service = 'automatic';
	#isHolding = false;
	#owed: Taken | undefined;
	#timer: NodeJS.Timeout | undefined;
	#pumpingOn: PeerSocket | undefined;
	#count = 0;
	#policy: Policy;
	readonly #heartbeat: WorkerHeartbeat;

	constructor(name: string, surroundings: Surroundings, settings: {readonly delay?: Delay; readonly template?: string; readonly policy?: Policy | undefined} = {}) {
		super(name, surroundings);
		this.#delay = settings.delay ?? firstDelay;
		this.#template = settings.template ?? firstTemplate;
		this.#policy = settings.policy ?? firstPolicy;
		this.#heartbeat = new WorkerHeartbeat({
			clock: surroundings.clock,
			isReading: () => this.#owed === undefined && !surroundings.steps.isOn,
			brokerIsSilent: socket => {
				void this.#beginAnew(socket);
			},
		});
	}

	get socketType(): SocketType {
		return this.#protocol.socketType;
	}

	/** How its next socket talks to its broker. */
	serveBy(policy: Policy): void {
		this.#policy = policy;
	}

	/** Whether the pump's receive is pending. */
	get isReceiving(): boolean {
		return this.isOpen && (this.#pumpingOn === this.socket || this.parked.has('receive', this.socket));
	}

	/** Attempts a reply by hand, whatever the state. */
	async reply(frames: readonly Uint8Array[]): Promise<void> {
		if (await this.attemptSend(frames, {envelope: this.#owed?.envelope ?? []})) {
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

	protected createSocket(): PeerSocket {
		return this.#protocol.create({...this.settings, ...this.credentials}, this.name);
	}

	protected get options(): Options {
		return {
			delay: formatDelay(this.#delay), 'reply-with': this.#template, service: this.#service, hold: 'off',
		};
	}

	/** Its first socket has been taken to where it goes: only then can anybody take its READY. */
	startWork(): void {
		if (this.isOpen && this.#protocol.greeting) {
			void this.#begin();
		}
	}

	protected begin(): void {
		if (this.endpoints.directions.size > 0 || !this.#protocol.greeting) {
			void this.#begin();
		}
	}

	protected cease(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#owed = undefined;
		this.#heartbeat.stop();
	}

	protected received(frames: readonly Uint8Array[]): void {
		const taken = this.#protocol.take(frames);
		const {length} = taken.envelope;
		this.#owed = taken;
		this.#count++;
		this.emit({type: 'received', peer: this.name, frames: frames.map(frame => frameOf(frame)), ...(length > 0 && {envelope: length})});
		this.#serve();
	}

	protected sentParked(): void {
		this.#settle();
	}

	get #protocol(): WorkerProtocol {
		return workerProtocols[this.#policy];
	}

	/** A worker says that it is ready; then requests may come. */
	async #begin(): Promise<void> {
		const {greeting, heartbeat} = this.#protocol;
		const {socket} = this;
		if (greeting && socket) {
			await this.#greet(socket, greeting);
		}

		if (heartbeat && socket && this.socket === socket && this.isOpen) {
			this.#heartbeat.start(socket, heartbeat);
		}

		void this.#pump();
	}

	async #greet(socket: PeerSocket, greeting: readonly Uint8Array[]): Promise<void> {
		const {steps} = this.surroundings;
		if (steps.isOn && !(await steps.pass(this.name, 'send'))) {
			return;
		}

		try {
			socket.sendTimeout = 0;
			await socket.send([...greeting]);
			this.emit({type: 'ready', peer: this.name, frames: greeting.map(frame => frameOf(frame))});
		} catch (error) {
			if (!socket.closed) {
				const {code, errno} = failureOf(error);
				this.emit({type: 'refused', peer: this.name, operation: 'send', code, errno, frames: greeting.map(frame => frameOf(frame))});
			}
		}
	}

	/** A broker that has fallen silent does not know it any more: a new socket says READY again. */
	async #beginAnew(socket: PeerSocket): Promise<void> {
		await this.inTurn(async () => {
			if (this.socket === socket && !socket.closed) {
				this.close('retry');
				await this.open();
			}
		});
	}

	/** Receives the next request, unless one is received already. A closed socket ends it in silence. */
	async #pump(): Promise<void> {
		const socket = this.socket!;
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

				this.#heartbeat.heard();
				if (this.#protocol.isSignal(frames)) {
					continue;
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
			await this.reply(fillTemplate(this.#template, {request: request.body, count: this.#count, time}));
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
