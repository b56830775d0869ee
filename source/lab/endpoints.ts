/**
Where a peer listens and connects to: the calls to its socket, and the memory of them, so that the peer's next socket goes to the
same places.
*/
import {type MessageLike, type Socket, type Writable} from 'zeromq';
import {isIpv6, type Endpoint} from '../core/endpoint.js';
import {type Direction, type Fact} from '../core/events.js';
import {failureOf} from './failure.js';
import {PatientBinding} from './patient-binding.js';

/** A socket of zeromq.js that one can send with. */
export type Sending = Socket & Writable<MessageLike | MessageLike[]>;

/** Where a peer really has to go to reach an endpoint: through a tap, if there is one. */
export type Route = (peer: string, endpoint: Endpoint) => Promise<Endpoint>;

export class Endpoints {
	readonly #peer: string;
	readonly #route: Route;
	/** Where the present socket has really gone, by the endpoint that it was sent to; only where the two differ. */
	readonly #vias = new Map<Endpoint, Endpoint>();
	readonly #emit: (fact: Fact) => void;
	readonly #current: () => Sending | undefined;
	readonly #directions = new Map<Endpoint, Direction>();
	readonly #binding = new PatientBinding();

	/** `current` gives the peer's newest socket, open or closed. */
	constructor(peer: string, {emit, route}: {readonly emit: (fact: Fact) => void; readonly route: Route}, current: () => Sending | undefined) {
		this.#peer = peer;
		this.#emit = emit;
		this.#route = route;
		this.#current = current;
	}

	/** Every endpoint of the peer, in the order in which they were made. */
	get directions(): ReadonlyMap<Endpoint, Direction> {
		return this.#directions;
	}

	/** The endpoints of one direction, in the order in which they were made. */
	of(direction: Direction): readonly Endpoint[] {
		return [...this.#directions].filter(([, itsDirection]) => itsDirection === direction).map(([endpoint]) => endpoint);
	}

	/** The endpoint as the peer was told it: to libzmq a tapped one has the tap's own address. */
	nominal(address: Endpoint): Endpoint {
		for (const [endpoint, via] of this.#vias) {
			if (via === address) {
				return endpoint;
			}
		}

		return address;
	}

	/** Takes a new socket to where the one before was. */
	async takeUpAgain(): Promise<void> {
		this.#vias.clear();
		// Copies: binding rewrites the map.
		for (const endpoint of this.of('connect')) {
			await this.connect(endpoint);
		}

		for (const endpoint of this.of('bind')) {
			await this.bind(endpoint);
		}
	}

	/** The monitor says why a bind failed, more exactly than the call does. */
	noteBindFailure(code: string): void {
		this.#binding.noteFailure(code);
	}

	/**
	Listens. Gives the endpoint as libzmq resolved it, or undefined if it could not (which is told as an event).
	Where it is in use, `fallback` is taken, and the event says what it stands in for.
	*/
	async bind(endpoint: Endpoint, fallback?: Endpoint, insteadOf?: Endpoint): Promise<Endpoint | undefined> {
		const socket = this.#current();
		if (!socket || !this.#isOpen) {
			return undefined;
		}

		// Known beforehand, so that the monitor's first word finds it; one from before a crash is kept even if it fails now.
		const isRemembered = this.#directions.has(endpoint);
		this.#directions.set(endpoint, 'bind');
		try {
			await this.#binding.bind(endpoint, () => this.#isOpen, () => {
				// Never `bind()` nor `unbind()`: they work in another thread, while a pending receive looks at the socket in this one, and libzmq aborts.
				this.#calling(itself => {
					chooseProtocol(itself, endpoint);
					itself.bindSync(endpoint);
				});
			});
		} catch (error) {
			if (!isRemembered) {
				this.#directions.delete(endpoint);
			}

			const {code} = failureOf(error);
			if (!this.#isOpen) {
				return undefined;
			}

			if (fallback !== undefined && code === 'EADDRINUSE') {
				return this.bind(fallback, undefined, endpoint);
			}

			this.#emit({
				type: 'bind-failed', peer: this.#peer, endpoint, code,
			});
			return undefined;
		}

		// Closed meanwhile, by the end of its lab.
		if (!this.#isOpen) {
			return undefined;
		}

		const resolved = socket.lastEndpoint ?? endpoint;
		if (resolved !== endpoint) {
			this.#directions.delete(endpoint);
			this.#directions.set(resolved, 'bind');
		}

		const bound = {type: 'bound', peer: this.#peer, endpoint: resolved} as const;
		this.#emit(insteadOf === undefined ? bound : {...bound, insteadOf});
		return resolved;
	}

	/** Stops listening. */
	unbind(endpoint: Endpoint): void {
		this.#leave(endpoint);
		this.#emit({type: 'unbound', peer: this.#peer, endpoint});
	}

	/** Connects; libzmq does it in the background and tries again by itself. */
	async connect(endpoint: Endpoint): Promise<void> {
		const via = this.#vias.get(endpoint) ?? await this.#route(this.#peer, endpoint);
		if (!this.#isOpen) {
			// Closed meanwhile, by the end of its lab.
			return;
		}

		// Known beforehand, so that the monitor's first word finds it.
		if (via !== endpoint) {
			this.#vias.set(endpoint, via);
		}

		this.#calling(socket => {
			chooseProtocol(socket, via);
			socket.connect(via);
		});
		this.#directions.set(endpoint, 'connect');
		this.#emit({type: 'connecting', peer: this.#peer, endpoint});
	}

	/** Gives up a connection and what is queued for it. */
	disconnect(endpoint: Endpoint): void {
		this.#leave(endpoint);
		this.#emit({type: 'disconnecting', peer: this.#peer, endpoint});
	}

	get #isOpen(): boolean {
		return this.#current()?.closed === false;
	}

	/** Forgets an endpoint. To libzmq unbind and disconnect are one (`zmq.cpp`); zeromq.js has an asynchronous unbind(), and an unbindSync() that binds. */
	#leave(endpoint: Endpoint): void {
		try {
			this.#calling(socket => {
				socket.disconnect(this.#vias.get(endpoint) ?? endpoint);
			});
		} catch (error) {
			// What we remember libzmq need not have: by itself it has given up an inproc connection when its other side closed, and a bind may have failed when the socket opened anew.
			if (failureOf(error).code !== 'ENOENT' || !this.#directions.has(endpoint)) {
				throw error;
			}
		}

		this.#directions.delete(endpoint);
		this.#vias.delete(endpoint);
	}

	/**
	Makes a call about an endpoint, and has the socket looked at again, even if the call fails. During any call libzmq takes note of
	what has come, a connection or a message, and then wakes nobody for it: a pending receive would sleep on. zeromq.js looks at its
	socket after each send; to send no frames at all does nothing else.
	*/
	#calling(call: (socket: Sending) => void): void {
		const socket = this.#current();
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
function chooseProtocol(socket: Sending, endpoint: Endpoint): void {
	if (socket.ipv6 !== isIpv6(endpoint)) {
		socket.ipv6 = isIpv6(endpoint);
	}
}
