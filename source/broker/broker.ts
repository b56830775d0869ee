/**
A broker: a ROUTER that clients connect to, a DEALER that workers connect to, and a loop in each direction that passes messages on.
The DEALER gives requests to its workers in turn (round-robin); the routing id in front of each tells the ROUTER whose reply it is.

Law: nothing piles up here. Each direction holds one message, and receives the next only when that one is handed on: while no worker can
take a request, the others wait in the queues of libzmq, and beyond its high-water marks at the clients.
Source: the ZeroMQ Guide, "Shared Queue (DEALER and ROUTER sockets)"; RFC 28/REQREP.
*/
import {Dealer, Router} from 'zeromq';
import {isIpv6, type Endpoint} from '../core/endpoint.js';
import {failureOf} from '../lab/failure.js';
import {PatientBinding} from '../lab/patient-binding.js';
import {type BrokerEvent, type BrokerFact, type Side} from './events.js';
import {hopOf} from './hop.js';

export type BrokerSettings = Readonly<Record<Side, Endpoint>> & {
	/** The time in ms since the epoch. */
	readonly clock: () => number;
	/** Told of each event. The broker takes no further message in that direction until it is heard. */
	readonly hear: (event: BrokerEvent) => Promise<void>;
};

/** How long (ms) closed sockets go on delivering the replies that they have taken. */
const linger = 200;

type BrokerSocket = Router | Dealer;

export class Broker {
	readonly #settings: BrokerSettings;
	/** Mandatory, so that a reply to a client that has gone is told and not lost in silence; without waiting, so that one client that does not read holds up nobody. */
	readonly #frontend = new Router({linger, mandatory: true, sendTimeout: 0});
	readonly #backend = new Dealer({linger});
	#requests = 0;
	#replies = 0;
	#dropped = 0;
	#count = 0;
	/** The summary is the last word: what the sockets say of their own end is no news. */
	#isOver = false;

	constructor(settings: BrokerSettings) {
		this.#settings = settings;
	}

	/** Listens at both sides, and gives where. Rejects with libzmq’s `code` and the `side` that could not. */
	async listen(): Promise<Readonly<Record<Side, Endpoint>>> {
		const places = {
			frontend: await this.#bind('frontend', this.#frontend),
			backend: await this.#bind('backend', this.#backend),
		};
		await this.#tell({type: 'broker-started', ...places});
		return places;
	}

	/** Passes messages on until it is stopped. Rejects if libzmq fails. */
	async run(): Promise<void> {
		await Promise.all([this.#passRequests(), this.#passReplies()]);
	}

	/** Ends it. What a worker still serves has nobody to go to. */
	async stop(): Promise<void> {
		this.#close();
		const told = this.#tell({type: 'summary', requests: this.#requests, replies: this.#replies, dropped: this.#dropped});
		this.#isOver = true;
		await told;
	}

	#close(): void {
		this.#frontend.close();
		this.#backend.close();
	}

	async #bind(side: Side, socket: BrokerSocket): Promise<Endpoint> {
		const endpoint = this.#settings[side];
		const binding = new PatientBinding();
		void this.#watch(side, socket, binding);
		socket.ipv6 = isIpv6(endpoint);
		try {
			await binding.bind(endpoint, () => !socket.closed, () => {
				socket.bindSync(endpoint);
			});
		} catch (error) {
			this.#close();
			throw Object.assign(new Error(failureOf(error).message), {code: failureOf(error).code, side});
		}

		return socket.lastEndpoint ?? endpoint;
	}

	/** Drains the socket’s observer to its end: one that is not read stops all sockets of the process. */
	async #watch(side: Side, socket: BrokerSocket, binding: PatientBinding): Promise<void> {
		for await (const event of socket.events) {
			if (event.type === 'bind:error') {
				binding.noteFailure(failureOf(event.error).code);
			} else if (event.type === 'handshake' || event.type === 'disconnect') {
				void this.#tell({type: event.type === 'handshake' ? 'peer-joined' : 'peer-left', side});
			}
		}
	}

	async #passRequests(): Promise<void> {
		for (;;) {
			const frames = await this.#receive(this.#frontend);
			if (!frames || !(await this.#giveToWorker(frames))) {
				return;
			}

			this.#requests++;
			await this.#tell({type: 'forwarded', from: 'frontend', frames: hopOf(frames)});
		}
	}

	async #passReplies(): Promise<void> {
		for (;;) {
			const frames = await this.#receive(this.#backend);
			if (!frames) {
				return;
			}

			const code = await this.#giveToClient(frames);
			if (this.#frontend.closed) {
				return;
			}

			if (code === undefined) {
				this.#replies++;
				await this.#tell({type: 'forwarded', from: 'backend', frames: hopOf(frames)});
			} else {
				this.#dropped++;
				await this.#tell({type: 'dropped', code, frames: hopOf(frames)});
			}
		}
	}

	/** The next message; undefined once the socket is closed. */
	async #receive(socket: BrokerSocket): Promise<readonly Uint8Array[] | undefined> {
		for (;;) {
			try {
				return await socket.receive();
			} catch (error) {
				if (socket.closed) {
					return undefined;
				}

				// What is no message of ZeroMQ’s wakes the receive too, and libzmq drops it: EAGAIN, though there is no time-out.
				if (failureOf(error).code !== 'EAGAIN') {
					throw error;
				}
			}
		}
	}

	/** Waits until some worker can take it. Tells whether one could before the broker was stopped. */
	async #giveToWorker(frames: readonly Uint8Array[]): Promise<boolean> {
		const socket = this.#backend;
		for (const patience of [0, -1]) {
			try {
				socket.sendTimeout = patience;
				await socket.send([...frames]);
				return true;
			} catch (error) {
				if (socket.closed) {
					return false;
				}

				if (failureOf(error).code !== 'EAGAIN') {
					throw error;
				}

				await this.#tell({type: 'waiting', frames: hopOf(frames)});
			}
		}

		return false;
	}

	/** Gives libzmq’s code if nobody can be given it. */
	async #giveToClient(frames: readonly Uint8Array[]): Promise<string | undefined> {
		try {
			await this.#frontend.send([...frames]);
			return undefined;
		} catch (error) {
			return failureOf(error).code;
		}
	}

	async #tell(fact: BrokerFact): Promise<void> {
		if (this.#isOver) {
			return;
		}

		this.#count++;
		await this.#settings.hear({v: 1, n: this.#count, t: this.#settings.clock(), ...fact});
	}
}
