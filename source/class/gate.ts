/**
A listening ROUTER of a class, with the class's limits: it reads whatever comes until it is closed, and sends one message after the other.

Law: a send never waits. The peer has gone (`EHOSTUNREACH`), or reads no more (`EAGAIN`): either way the class goes on, and the caller is told.
*/
import {Buffer} from 'node:buffer';
import {randomBytes} from 'node:crypto';
import {Dealer, Router} from 'zeromq';
import {isIpv6, type Endpoint} from '../core/endpoint.js';
import {classLimits} from '../core/class/limits.js';
import {failureOf} from '../lab/failure.js';
import {PatientBinding} from '../lab/patient-binding.js';
import {type Credentials} from '../lab/socket-settings.js';

export type GateSettings = {
	readonly credentials: Credentials;
	readonly maxMessageSize: number;
	/** A second peer with the same routing id takes the place of the first. */
	readonly handover?: true;
	/** How long (ms) a closed gate goes on delivering. */
	readonly linger?: number;
	readonly take: (id: Uint8Array, frames: readonly Uint8Array[]) => void;
	/** Somebody has come or gone. */
	readonly changed?: (connections: number) => void;
	/** Somebody has gone whose handshake was done. */
	readonly lostOne?: () => void;
};

export class Gate {
	readonly #settings: GateSettings;
	#socket: Router | undefined;
	#endpoint: Endpoint | undefined;
	#connections = 0;
	#sending: Promise<unknown> = Promise.resolve();
	#isGone: Promise<void> = Promise.resolve();
	/** What a stand-in says; nobody outside this process knows it. */
	readonly #marker = randomBytes(16);
	readonly #standIns = new Map<string, () => void>();
	/** Where a stand-in connects: only this process can. */
	#sideDoor: Endpoint | undefined;

	constructor(settings: GateSettings) {
		this.#settings = settings;
	}

	/** Listens at the first endpoint that is free, and gives where. Rejects with libzmq's `code`. */
	async open(endpoints: readonly Endpoint[]): Promise<Endpoint> {
		const [endpoint = '', ...others] = endpoints;
		const {credentials, maxMessageSize, handover = false, linger = 0} = this.#settings;
		const {backlog, handshakeMs, received} = classLimits;
		const socket = new Router({
			linger, maxMessageSize, handover, backlog, mandatory: true, sendTimeout: 0,
			handshakeInterval: handshakeMs, receiveHighWaterMark: received,
			// A laptop that is shut without a word is noticed; and whoever was cut off and goes on sending is hung up on.
			heartbeatInterval: 2000, heartbeatTimeout: 6000,
			ipv6: isIpv6(endpoint), ...credentials,
		});
		const binding = new PatientBinding();
		this.#socket = socket;
		this.#connections = 0;
		// The observer's last word is that the socket is no more.
		this.#isGone = this.#watch(socket, binding);
		try {
			await binding.bind(endpoint, () => !socket.closed, () => {
				socket.bindSync(endpoint);
			});
		} catch (error) {
			socket.close();
			if (others.length > 0) {
				return this.open(others);
			}

			throw error;
		}

		this.#endpoint = socket.lastEndpoint ?? endpoint;
		if (handover) {
			this.#sideDoor = `inproc://class-${++sideDoors}`;
			socket.bindSync(this.#sideDoor);
		}

		void this.#read(socket);
		return this.#endpoint;
	}

	/** Ends every connection, and listens at the same endpoint again with a new socket. */
	async reopen(): Promise<void> {
		this.close();
		if (this.#endpoint !== undefined) {
			await this.open([this.#endpoint]);
		}
	}

	close(): void {
		this.#socket?.close();
	}

	/** Closes, and resolves when all that was said is on its way, or the linger is over: the process may end next. */
	async closeWhenSent(): Promise<void> {
		await this.#sending;
		this.close();
		await this.#isGone;
	}

	/** Gives libzmq's code if it could not be handed over. */
	async send(frames: ReadonlyArray<Uint8Array | string>): Promise<string | undefined> {
		const socket = this.#socket;
		const sent = this.#sending.then(async () => attempt(socket, frames));
		this.#sending = sent;
		return sent;
	}

	/**
	Cuts a peer off: a stand-in of this process takes the place of whoever has that routing id, so libzmq drops its pipe; nothing of it is heard
	any more, and nothing can be sent to it. Its next connection is let in or not as any other. (libzmq has no call that ends one connection of a
	ROUTER. The one that is cut off stays open until it sends and is not read, when the heartbeats give it up.)
	*/
	async cutOff(id: string): Promise<void> {
		const sideDoor = this.#sideDoor;
		const socket = this.#socket;
		if (!socket || socket.closed || sideDoor === undefined) {
			return;
		}

		const standIn = new Dealer({routingId: id, linger: 0});
		const isHeard = new Promise<void>(resolve => {
			this.#standIns.set(id, resolve);
		});
		standIn.connect(sideDoor);
		await standIn.send(this.#marker);
		await isHeard;
		standIn.close();
	}

	async #read(socket: Router): Promise<void> {
		for (;;) {
			try {
				const [id, ...frames] = await socket.receive();
				if (id && !this.#isStandIn(id, frames)) {
					this.#settings.take(id, frames);
				}
			} catch (error) {
				if (socket.closed) {
					return;
				}

				// What is no message of ZeroMQ's wakes the receive too, and libzmq drops it.
				if (failureOf(error).code !== 'EAGAIN') {
					throw error;
				}
			}
		}
	}

	#isStandIn(id: Uint8Array, [first]: readonly Uint8Array[]): boolean {
		if (this.#standIns.size === 0 || !first || !this.#marker.equals(first)) {
			return false;
		}

		const name = Buffer.from(id).toString();
		this.#standIns.get(name)?.();
		this.#standIns.delete(name);
		return true;
	}

	/** Drains the socket's observer to its end: one that is not read stops all sockets of the process. */
	async #watch(socket: Router, binding: PatientBinding): Promise<void> {
		for await (const event of socket.events) {
			if (event.type === 'bind:error') {
				binding.noteFailure(failureOf(event.error).code);
			} else if (this.#socket === socket && (event.type === 'accept' || event.type === 'disconnect')) {
				this.#connections += event.type === 'accept' ? 1 : -1;
				this.#settings.changed?.(this.#connections);
				if (event.type === 'disconnect') {
					this.#settings.lostOne?.();
				}
			}
		}
	}
}

let sideDoors = 0;

async function attempt(socket: Router | undefined, frames: ReadonlyArray<Uint8Array | string>): Promise<string | undefined> {
	try {
		await socket?.send([...frames]);
		return undefined;
	} catch (error) {
		return failureOf(error).code;
	}
}
