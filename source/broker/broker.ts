/**
A broker of its own: a ROUTER that clients connect to, a DEALER or another ROUTER that workers connect to, and an engine that passes messages
on between the two. The front `broker` prints what it says.

Law: whoever listens slowly holds the messages back. Above a rate the hops are counted, and not told one by one.
Source: the ZeroMQ Guide, chapters 2 to 4; RFC 28/REQREP.
*/
import {Dealer, Router} from 'zeromq';
import {isIpv6, type Endpoint} from '../core/endpoint.js';
import {type Side} from '../core/hop.js';
import {type CurveStart} from '../core/lab-port.js';
import {type Policy} from '../core/policy.js';
import {brokerName} from '../core/scenes.js';
import {failureOf} from '../lab/failure.js';
import {PatientBinding} from '../lab/patient-binding.js';
import {Security} from '../lab/security/security.js';
import {Quota} from '../tap/pace.js';
import {Arrivals} from './arrivals.js';
import {backendOptions, frontendOptions, type Engine, type Hear, type Told} from './engine.js';
import {type BrokerEvent, type BrokerFact} from './events.js';
import {ReadyWorkers} from './ready-workers.js';
import {RoundRobin} from './round-robin.js';
import {factOf} from './tell.js';

export type BrokerSettings = Readonly<Record<Side, Endpoint>> & {
	readonly policy: Policy;
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
	readonly #frontend = new Router({linger, ...frontendOptions});
	readonly #backend: BrokerSocket;
	readonly #engine: Engine;
	readonly #quota = new Quota();
	#requests = 0;
	#replies = 0;
	#dropped = 0;
	#requestsDropped = 0;
	#count = 0;
	#security: Security | undefined;
	#keys: {readonly publicKey: string; readonly allow: string} | undefined;
	/** The summary is the last word: what the sockets say of their own end is no news. */
	#isOver = false;

	constructor(settings: BrokerSettings) {
		const {policy, clock} = settings;
		const hear: Hear = async told => this.#hear(told);
		this.#settings = settings;
		if (policy === 'round-robin') {
			const backend = new Dealer({linger});
			this.#backend = backend;
			this.#engine = new RoundRobin({frontend: this.#frontend, backend, hear, clock});
		} else {
			const backend = new Router({linger, ...backendOptions});
			this.#backend = backend;
			this.#engine = new ReadyWorkers({frontend: this.#frontend, backend, hear, clock}, {hasHeartbeats: policy === 'paranoid-pirate'});
		}
	}

	/** Gives both sides the broker's keys, before they listen. Resolves with what may be known of them; rejects with a `KeyFileError` if a file can't be used. */
	async secure(start: CurveStart): Promise<{readonly publicKey: string; readonly allow: string}> {
		const keys = {publicKey: '', allow: ''};
		this.#security = new Security(fact => {
			if (fact.type === 'zap-request') {
				const {address, key, verdict} = fact;
				void this.#tell({type: 'zap-request', address, key, verdict});
			}
		}, {start, secrets: undefined}, 'on');
		await this.#security.outfit({
			name: brokerName,
			role: 'broker',
			secure: (credentials, told) => {
				Object.assign(this.#frontend, credentials);
				Object.assign(this.#backend, credentials);
				keys.publicKey = told['public-key'] ?? '';
				keys.allow = told.allow ?? '';
			},
			tellSecurity: () => undefined,
		});
		this.#keys = keys;
		return keys;
	}

	/** Listens at both sides, and gives where. Rejects with libzmq’s `code` and the `side` that could not. */
	async listen(): Promise<Readonly<Record<Side, Endpoint>>> {
		const places = {
			frontend: await this.#bind('frontend', this.#frontend),
			backend: await this.#bind('backend', this.#backend),
		};
		await this.#tell({type: 'broker-started', policy: this.#settings.policy, ...places, ...this.#keys});
		return places;
	}

	/** Passes messages on until it is stopped. Rejects if libzmq fails. */
	async run(): Promise<void> {
		await this.#engine.run();
	}

	/** Ends it. What a worker still serves has nobody to go to. */
	async stop(): Promise<void> {
		this.#close();
		await this.#tellSampled();
		const told = this.#tell({type: 'summary', requests: this.#requests, replies: this.#replies, dropped: this.#dropped, requestsDropped: this.#requestsDropped});
		this.#isOver = true;
		await told;
	}

	#close(): void {
		this.#frontend.close();
		this.#backend.close();
		this.#security?.end();
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
		const arrivals = new Arrivals(side);
		for await (const event of socket.events) {
			if (event.type === 'bind:error') {
				binding.noteFailure(failureOf(event.error).code);
			}

			const fact = arrivals.take(event);
			if (fact) {
				void this.#tell(fact);
			}
		}
	}

	#hear(told: Told): Promise<void> | undefined {
		if (told.type === 'forwarded') {
			this.#requests += told.from === 'frontend' ? 1 : 0;
			this.#replies += told.from === 'backend' ? 1 : 0;
		} else if (told.type === 'dropped') {
			this.#dropped++;
		} else if (told.type === 'request-dropped') {
			this.#requestsDropped++;
		}

		const t = this.#settings.clock();
		if (told.type === 'worker-ready' || told.type === 'worker-lost' || told.type === 'request-dropped' || this.#quota.allow(t)) {
			return this.#quota.hasSampled ? this.#tellAfterSampled(told) : this.#tell(factOf(told));
		}

		return undefined;
	}

	async #tellAfterSampled(told: Told): Promise<void> {
		await this.#tellSampled();
		await this.#tell(factOf(told));
	}

	async #tellSampled(): Promise<void> {
		if (this.#quota.hasSampled) {
			await this.#tell({type: 'hops-sampled', ...this.#quota.take(this.#settings.clock())});
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
