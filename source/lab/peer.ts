/**
A peer: one real socket and whoever drives it. This is what clients and servers have in common: opening, closing, endpoints, the monitor.

Invariants: an operation is attempted on the real socket with time-out 0, so that libzmq itself answers; an event is emitted
after the operation completed; after a socket is closed nothing that was pending on it is heard of again.
*/
import {type Reply, type Request} from 'zeromq';
import {isIpv6, type Endpoint} from '../core/endpoint.js';
import {
	type Closing,
	type Direction,
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
import {failureOf} from './failure.js';
import {watch} from './monitor.js';
import {PatientBinding} from './patient-binding.js';
import {isTakenAtOnce, usualSettings, withOption} from './socket-settings.js';

/** What a peer is given by its lab. */
export type Surroundings = {readonly emit: (fact: Fact) => void; readonly clock: Clock; readonly random: Random};

/** How long (ms) to wait until a closed socket is gone: a little more than any linger. One that connects to an inproc name that nobody has stays for ever. */
const goodbyeMs = 1200;

export abstract class Peer {
	abstract readonly role: Role;
	abstract readonly socketType: SocketType;
	readonly name: string;
	protected readonly surroundings: Surroundings;
	protected socket: Request | Reply | undefined;
	readonly #endpoints = new Map<Endpoint, Direction>();
	protected settings = usualSettings;
	#isRetired = false;
	#isGone: Promise<void> = Promise.resolve();
	#queue: Promise<void> = Promise.resolve();
	readonly #binding = new PatientBinding();

	constructor(name: string, surroundings: Surroundings) {
		this.name = name;
		this.surroundings = surroundings;
	}

	protected abstract createSocket(): Request | Reply;
	protected abstract get options(): Options;
	/** Begins what a newly opened socket does by itself. */
	protected abstract begin(): void;
	/** Stops timers; the socket closes next. */
	protected abstract cease(): void;

	/** Says who it is; once, before its first socket opens. */
	introduce(): void {
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
		await atMost(goodbyeMs, this.#isGone);
	}

	/** Makes a new socket in an empty state, and takes it to the endpoints that it had. */
	async open(): Promise<void> {
		const socket = this.createSocket();
		this.socket = socket;
		this.emit({type: 'peer-opened', peer: this.name});
		// The observer's last word is that the socket is no more.
		this.#isGone = watch(socket, {
			peer: this.name,
			endpoints: this.#endpoints,
			bindFailed: code => {
				this.#binding.noteFailure(code);
			},
			clock: this.surroundings.clock,
			emit: fact => {
				// The monitor's last words arrive when the socket has gone, and would be taken for its successor's.
				if (this.isOpen && this.socket === socket) {
					this.emit(fact);
				}
			},
		});
		// Copies: binding rewrites the map.
		for (const endpoint of this.endpointsOf('connect')) {
			this.connect(endpoint);
		}

		for (const endpoint of this.endpointsOf('bind')) {
			await this.bind(endpoint);
		}

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
		if (how === 'crash' || how === 'retry' || (how === 'end' && this.role === 'client')) {
			socket.linger = 0;
		}

		socket.close();
		this.emit({type: 'peer-closed', peer: this.name, how});
	}

	/**
	Listens. Gives the endpoint as libzmq resolved it, or undefined if it could not (which is told as an event).
	Where it is in use, `fallback` is taken, and the event says what it stands in for.
	*/
	async bind(endpoint: Endpoint, fallback?: Endpoint, insteadOf?: Endpoint): Promise<Endpoint | undefined> {
		const {socket} = this;
		if (!socket || !this.isOpen) {
			return undefined;
		}

		// Known beforehand, so that the monitor's first word finds it; one from before a crash is kept even if it fails now.
		const isRemembered = this.#endpoints.has(endpoint);
		this.#endpoints.set(endpoint, 'bind');
		try {
			await this.#binding.bind(endpoint, () => this.isOpen, () => {
				// Never `bind()` nor `unbind()`: they work in another thread, while a pending receive looks at the socket in this one, and libzmq aborts.
				this.#calling(itself => {
					chooseProtocol(itself, endpoint);
					itself.bindSync(endpoint);
				});
			});
		} catch (error) {
			if (!isRemembered) {
				this.#endpoints.delete(endpoint);
			}

			const {code} = failureOf(error);
			if (!this.isOpen) {
				return undefined;
			}

			if (fallback !== undefined && code === 'EADDRINUSE') {
				return this.bind(fallback, undefined, endpoint);
			}

			this.emit({
				type: 'bind-failed', peer: this.name, endpoint, code,
			});
			return undefined;
		}

		// Closed meanwhile, by the end of its lab.
		if (!this.isOpen) {
			return undefined;
		}

		const resolved = socket.lastEndpoint ?? endpoint;
		if (resolved !== endpoint) {
			this.#endpoints.delete(endpoint);
			this.#endpoints.set(resolved, 'bind');
		}

		const bound = {type: 'bound', peer: this.name, endpoint: resolved} as const;
		this.emit(insteadOf === undefined ? bound : {...bound, insteadOf});
		return resolved;
	}

	/** Stops listening. */
	unbind(endpoint: Endpoint): void {
		this.#leave(endpoint);
		this.emit({type: 'unbound', peer: this.name, endpoint});
	}

	/** Connects; libzmq does it in the background and tries again by itself. */
	connect(endpoint: Endpoint): void {
		this.#calling(socket => {
			chooseProtocol(socket, endpoint);
			socket.connect(endpoint);
		});
		this.#endpoints.set(endpoint, 'connect');
		this.emit({type: 'connecting', peer: this.name, endpoint});
	}

	/** Gives up a connection and what is queued for it. */
	disconnect(endpoint: Endpoint): void {
		this.#leave(endpoint);
		this.emit({type: 'disconnecting', peer: this.name, endpoint});
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

		this.close('close');
		await this.open();
	}

	/** The endpoints of one direction, in the order in which they were made. */
	endpointsOf(direction: Direction): readonly Endpoint[] {
		return [...this.#endpoints].filter(([, itsDirection]) => itsDirection === direction).map(([endpoint]) => endpoint);
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

	/** Attempts a send now, with time-out 0. Tells whether it was completed; either way the event says so. */
	protected async attemptSend(frames: readonly Uint8Array[], attempt?: number): Promise<boolean> {
		const {socket} = this;
		if (!socket) {
			return false;
		}

		try {
			if (!socket.closed) {
				socket.sendTimeout = 0;
			}

			await socket.send([...frames]);
		} catch (error) {
			const {code, errno} = failureOf(error);
			this.emit({
				type: 'refused', peer: this.name, operation: 'send', code, errno, frames: frames.map(frame => frameOf(frame)),
			});
			return false;
		}

		const sent = {type: 'sent', peer: this.name, frames: frames.map(frame => frameOf(frame))} as const;
		this.emit(attempt === undefined ? sent : {...sent, attempt});
		return true;
	}

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

	/** Forgets an endpoint. To libzmq unbind and disconnect are one (`zmq.cpp`); zeromq.js has an asynchronous unbind(), and an unbindSync() that binds. */
	#leave(endpoint: Endpoint): void {
		try {
			this.#calling(socket => {
				socket.disconnect(endpoint);
			});
		} catch (error) {
			// What we remember libzmq need not have: by itself it has given up an inproc connection when its other side closed, and a bind may have failed when the socket opened anew.
			if (failureOf(error).code !== 'ENOENT' || !this.#endpoints.has(endpoint)) {
				throw error;
			}
		}

		this.#endpoints.delete(endpoint);
	}

	/**
	Makes a call about an endpoint, and has the socket looked at again, even if the call fails. During any call libzmq takes note of
	what has come, a connection or a message, and then wakes nobody for it: a pending receive would sleep on. zeromq.js looks at its
	socket after each send; to send no frames at all does nothing else.
	*/
	#calling(call: (socket: Request | Reply) => void): void {
		const {socket} = this;
		if (!socket) {
			return;
		}

		try {
			call(socket);
		} finally {
			if (!socket.closed) {
				socket.sendTimeout = 0;
				void socket.send([]);
			}
		}
	}
}

/** Of IPv4 and IPv6, libzmq uses the one that it is told to. Told only where it changes: zeromq.js warns of a change once a socket is in use. */
function chooseProtocol(socket: Request | Reply, endpoint: Endpoint): void {
	if (socket.ipv6 !== isIpv6(endpoint)) {
		socket.ipv6 = isIpv6(endpoint);
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
