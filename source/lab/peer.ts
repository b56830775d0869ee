/**
A peer: one real socket and whoever drives it. This is what clients and servers have in common: opening, closing, attempts, the monitor.

Invariants: an operation is attempted on the real socket with time-out 0, so that libzmq itself answers; an event is emitted
after the operation completed; after a socket is closed nothing that was pending on it is heard of again.
*/
import {type Dealer, type Reply, type Request} from 'zeromq';
import {
	type Closing,
	type Fact,
	type OptionName,
	type Options,
	type Role,
	type SocketType,
} from '../core/events.js';
import {frameOf} from '../core/frames.js';
import {type Random} from '../core/random.js';
import {formatSocketOption, type SocketOption} from '../core/socket-options.js';
import {type Clock} from './clock.js';
import {Endpoints, type Route} from './endpoints.js';
import {failureOf} from './failure.js';
import {watch} from './monitor.js';
import {ParkedCalls} from './parked-calls.js';
import {ToldSecurity} from './security/told-security.js';
import {type StepGate} from './step-gate.js';
import {isTakenAtOnce, usualSettings, withOption, type Credentials} from './socket-settings.js';

/** The one socket of a peer. */
export type PeerSocket = Request | Reply | Dealer;

/** What a peer is given by its lab. */
export type Surroundings = {readonly emit: (fact: Fact) => void; readonly clock: Clock; readonly random: Random; readonly route: Route; readonly steps: StepGate};

/** How long (ms) to wait until a closed socket is gone: a little more than any linger. One that connects to an inproc name that nobody has stays for ever. */
const goodbyeMs = 1200;

export abstract class Peer {
	abstract readonly role: Exclude<Role, 'broker'>;
	abstract readonly socketType: SocketType;
	readonly name: string;
	/** Where it listens and connects to. */
	readonly endpoints: Endpoints;
	protected readonly parked: ParkedCalls;
	protected readonly surroundings: Surroundings;
	protected socket: PeerSocket | undefined;
	protected settings = usualSettings;
	/** Holds a secret key: for the socket, and never for an event. */
	protected credentials: Credentials = {};
	#isRetired = false;
	/** The socket type that was told last. */
	#toldType: SocketType | undefined;
	readonly #security = new ToldSecurity((option, value) => {
		this.tellOption(option, value);
	});

	#isGone: Promise<void> = Promise.resolve();
	#queue: Promise<void> = Promise.resolve();

	constructor(name: string, surroundings: Surroundings) {
		this.name = name;
		this.surroundings = surroundings;
		this.endpoints = new Endpoints(name, surroundings, () => this.socket);
		this.parked = new ParkedCalls(name, surroundings.emit, {
			sent: frames => {
				this.emit({type: 'sent', peer: name, frames: frames.map(frame => frameOf(frame))});
				this.sentParked(frames);
			},
			received: frames => {
				this.received(frames);
			},
		});
	}

	protected abstract createSocket(): PeerSocket;
	protected abstract get options(): Options;
	/** Begins what a newly opened socket does by itself. */
	protected abstract begin(): void;
	/** Stops timers; the socket closes next. */
	protected abstract cease(): void;

	/** Says who it is; once, before its first socket opens. */
	introduce(): void {
		this.#toldType = this.socketType;
		this.emit({
			type: 'peer-added', peer: this.name, role: this.role, socketType: this.socketType, options: this.options,
		});
	}

	get isOpen(): boolean {
		return this.socket !== undefined && !this.socket.closed;
	}

	/** Runs all that is done to the socket one after the other: to bind may take a few tries. A retired peer runs nothing more. */
	async inTurn(task: () => Promise<void> | void): Promise<void> {
		const run = this.#queue.then(async () => this.#isRetired ? undefined : task());
		this.#queue = run.catch(() => undefined);
		return run;
	}

	/**
	Closes for good: what is under way ends in silence, and what waits for its turn never begins.
	Resolves when libzmq has let go of the socket: what could still be delivered has been, or its linger is over.
	*/
	async retire(): Promise<void> {
		this.close('end');
		this.#isRetired = true;
		await this.gone;
	}

	/** Resolves when libzmq has let go of the socket that was closed last, or after a while. */
	get gone(): Promise<void> {
		return atMost(goodbyeMs, this.#isGone);
	}

	/** Makes a new socket in an empty state, and takes it to the endpoints that it had. */
	async open(): Promise<void> {
		if (this.#isRetired) {
			return;
		}

		const socket = this.createSocket();
		this.socket = socket;
		this.emit({type: 'peer-opened', peer: this.name, ...(this.#toldType !== undefined && this.#toldType !== this.socketType && {socketType: this.socketType})});
		this.#toldType = this.socketType;
		// The observer's last word is that the socket is no more.
		this.#isGone = watch(socket, {
			peer: this.name,
			endpoints: this.endpoints.directions,
			nominal: address => this.endpoints.nominal(address),
			bindFailed: code => {
				this.endpoints.noteBindFailure(code);
			},
			clock: this.surroundings.clock,
			emit: fact => {
				// The monitor's last words arrive when the socket has gone, and would be taken for its successor's.
				if (this.isOpen && this.socket === socket) {
					this.emit(fact);
				}
			},
		});
		await this.endpoints.takeUpAgain();
		if (this.isOpen) {
			this.begin();
		}
	}

	/** Closes the socket. A crash leaves no time for anything that is still queued; neither does the end for what only waits for somebody to come. */
	close(how: Closing): void {
		const {socket} = this;
		if (!socket || !this.isOpen) {
			return;
		}

		this.cease();
		this.surroundings.steps.cancel(this.name);
		if (how === 'crash' || how === 'retry' || (how === 'end' && this.role === 'client')) {
			socket.linger = 0;
		}

		socket.close();
		this.emit({type: 'peer-closed', peer: this.name, how});
	}

	/** Takes a new socket to the same endpoints. */
	async renew(): Promise<void> {
		this.close('close');
		await this.open();
	}

	/** Sets an option of libzmq, on this socket if it takes it, else on a new one; a closed peer's next socket has it. */
	async setSocketOption(option: SocketOption): Promise<void> {
		this.settings = withOption(this.settings, option);
		this.tellOption(option.name, formatSocketOption(option));
		if (!this.socket || !this.isOpen) {
			return;
		}

		if (isTakenAtOnce(option)) {
			this.socket.linger = this.settings.linger;
			return;
		}

		await this.renew();
	}

	/** Leaves a send pending out of turn. */
	async parkSend(frames: readonly Uint8Array[]): Promise<void> {
		if (this.socket && this.isOpen) {
			await this.parked.send(this.socket, frames);
		}
	}

	/** Leaves a receive pending out of turn. The caller has made sure that none is pending. */
	async parkReceive(): Promise<void> {
		if (this.socket && this.isOpen) {
			await this.parked.receive(this.socket);
		}
	}

	/** Whether a send is parked: libzmq's bookkeeping can't be looked at again before it is made. */
	get hasParkedSend(): boolean {
		return this.parked.has('send', this.socket);
	}

	/** Its next sockets get these keys. `told` is what may be known of them. */
	secure(credentials: Credentials, told: Options): void {
		this.credentials = credentials;
		this.tellSecurity(told);
	}

	/** Tells what has changed of its security. */
	tellSecurity(told: Options): void {
		this.#security.tell(told);
	}

	/** Attempts a receive now, with time-out 0, in whatever state the socket is. */
	protected async attemptReceive(): Promise<void> {
		const {socket} = this;
		if (!socket) {
			return;
		}

		try {
			// An option of a closed socket fails with another code than the attempt itself.
			if (!socket.closed) {
				socket.receiveTimeout = 0;
			}

			const frames = await socket.receive();
			this.received(frames);
		} catch (error) {
			const {code, errno} = failureOf(error);
			this.emit({
				type: 'refused', peer: this.name, operation: 'receive', code, errno,
			});
		}
	}

	/** Attempts a send now, with time-out 0; `envelope` stands before the frames. Tells whether it was completed; either way the event says so. */
	protected async attemptSend(frames: readonly Uint8Array[], {attempt, envelope = []}: {readonly attempt?: number | undefined; readonly envelope?: readonly Uint8Array[]} = {}): Promise<boolean> {
		const {socket} = this;
		if (!socket || (this.surroundings.steps.isOn && !(await this.surroundings.steps.pass(this.name, 'send')))) {
			return false;
		}

		try {
			if (!socket.closed) {
				socket.sendTimeout = 0;
			}

			await socket.send([...envelope, ...frames]);
		} catch (error) {
			const {code, errno} = failureOf(error);
			this.emit({
				type: 'refused', peer: this.name, operation: 'send', code, errno, frames: frames.map(frame => frameOf(frame)),
			});
			return false;
		}

		this.emit({
			type: 'sent', peer: this.name, frames: [...envelope, ...frames].map(frame => frameOf(frame)), ...(attempt !== undefined && {attempt}), ...(envelope.length > 0 && {envelope: envelope.length}),
		});
		return true;
	}

	/** Called when a parked send was made. */
	protected abstract sentParked(frames: readonly Uint8Array[]): void;

	/** Called with each message that a receive completed. */
	protected abstract received(frames: readonly Uint8Array[]): void;

	protected emit(fact: Fact): void {
		this.surroundings.emit(fact);
	}

	protected tellOption(option: OptionName, value: string): void {
		this.emit({
			type: 'option-changed', peer: this.name, option, value,
		});
	}
}

/** Waits for a promise that never rejects, but no longer than `ms`. */
async function atMost(ms: number, promise: Promise<void>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	await Promise.race([promise, new Promise(resolve => {
		timer = setTimeout(resolve, ms);
	})]);
	clearTimeout(timer);
}
