/**
The tap's own socket: takes every connection, makes one to the upstream for it, and puts a link between the two.

A client is accepted before the upstream is known to be there, and reset if it is not: to libzmq that is a connection that failed, and it tries again by itself. Such attempts come several a second from each client; they are told once, when the upstream goes missing and when it is back.
*/
import {rm} from 'node:fs/promises';
import {createConnection, createServer, type AddressInfo, type Server, type Socket} from 'node:net';
import {addressOf, type Endpoint} from '../core/endpoint.js';
import {isTaken} from '../lab/ipc.js';
import {type Fact, type OfLink, type Summary, type TapEvent} from './events.js';
import {type Rule} from './faults/rule.js';
import {reset} from './ends.js';
import {Link, type Shared} from './link.js';
import {Quota} from './pace.js';
import {RoundTrips} from './round-trips.js';
import {type Observe} from './seen.js';
import {add, copyOf, noTotals} from './totals.js';

export type RelayOptions = {
	readonly listen: Endpoint;
	readonly upstream: Endpoint;
	readonly seed: number;
	readonly clock: () => number;
	readonly hear: (event: TapEvent) => void;
	/** The faults in force. */
	readonly rules?: readonly Rule[];
	/** Gets each unit that is told, with its first raw bytes; without it none are kept. */
	readonly observe?: Observe;
	/** Whether whoever hears is far behind: then units are only counted. */
	readonly isBehind?: () => boolean;
	/** After how long (ms) without a reply it is told who waits for whom. */
	readonly longWaitMs?: number;
};

/** How often (ms) what was only counted is told. */
const samplingMs = 100;

/** How often (ms) it is told where those connections stand of which something was only counted: there may be hundreds. */
const countingMs = 1000;

const longWaitMs = 3000;

/** The queue of connections to be taken. libzmq's default of 100 is short, and hundreds of clients may come at once after a restart. */
const backlog = 1000;

export class Relay {
	#server: Server | undefined;
	#links = 0;
	#n = 0;
	readonly #open = new Set<Link>();
	readonly #waiting = new Set<Socket>();
	#missing: {readonly since: number; attempts: number} | undefined;
	#troubles = 0;
	/** Of the links that are closed. */
	readonly #past = copyOf(noTotals);
	readonly #options: RelayOptions;
	readonly #shared: Shared;
	/** Every rule that has been in force, for the summary. */
	readonly #rules: Set<Rule>;
	#refused = 0;
	#waitTimer: NodeJS.Timeout | undefined;
	/** Since when each link waited when it was last told. */
	readonly #toldWaits = new WeakMap<Link, number>();
	#sampling: NodeJS.Timeout | undefined;
	#counting: NodeJS.Timeout | undefined;
	/** What ends because the tap ends is not news: the summary has it as open. */
	#isStopping = false;

	constructor(options: RelayOptions) {
		this.#options = options;
		this.#rules = new Set(options.rules);
		this.#shared = {
			clock: options.clock,
			quota: new Quota(options.isBehind),
			roundTrips: new RoundTrips(),
			rules: options.rules ?? [],
			observe: options.observe,
			tell: (link, fact) => {
				this.#tellOf(link, fact);
			},
			sampled: () => {
				this.#watchSampled();
			},
			closed: link => {
				this.#forget(link);
			},
		};
	}

	/** Listens, and gives where. Rejects with the system's error if it can't. */
	async start(): Promise<Endpoint> {
		const {listen, upstream, seed} = this.#options;
		const address = addressOf(listen);
		if ('path' in address) {
			if (await isTaken(address.path)) {
				throw Object.assign(new Error(`somebody listens at ${address.path}`), {code: 'EADDRINUSE'});
			}

			// Left behind by a process that was killed: Node would take it for somebody who listens.
			await rm(address.path, {force: true});
		}

		const server = createServer({allowHalfOpen: true, pauseOnConnect: true}, socket => {
			this.#accept(socket);
		});
		this.#server = server;
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen({...address, backlog}, () => {
				server.off('error', reject);
				resolve();
			});
		});
		server.on('error', (error: NodeJS.ErrnoException) => {
			this.#tell({type: 'accept-failed', code: error.code ?? 'EUNKNOWN'});
		});
		const endpoint = 'path' in address ? listen : `${listen.slice(0, listen.lastIndexOf(':'))}:${(server.address() as AddressInfo).port}`;
		this.#tell({type: 'tap-started', listen: endpoint, upstream, seed, faults: this.#shared.rules.map(({inForce}) => inForce)});
		return endpoint;
	}

	/**
	From now on these rules are in force, on open connections too. A rule that was there before keeps its counters and its place in its trigger; one that is gone lets go of what it holds.

	Numbers are the caller's: give a new rule one that none has had (`parseRules` takes the first).
	*/
	setRules(rules: readonly Rule[]): void {
		const before = this.#shared.rules;
		this.#shared.rules = rules;
		for (const rule of rules) {
			this.#rules.add(rule);
		}

		this.#tell({type: 'faults-changed', faults: rules.map(({inForce}) => inForce)});
		for (const link of this.#open) {
			link.changeRules(before);
		}
	}

	/** The rules in force. */
	get rules(): readonly Rule[] {
		return this.#shared.rules;
	}

	/** Resolves once no connection is open. */
	async idle(): Promise<void> {
		while (this.#open.size > 0) {
			await Promise.all([...this.#open].map(async ({gone}) => gone));
		}
	}

	/** The mechanisms that the open connections have agreed on. */
	get mechanisms(): ReadonlySet<string> {
		return new Set([...this.#open].flatMap(({lane}) => lane.mechanism ?? []));
	}

	/** Ends every connection and tells the summary. */
	async stop(): Promise<void> {
		const closed = new Promise(resolve => {
			if (this.#server) {
				this.#server.close(resolve);
			} else {
				resolve(undefined);
			}
		});
		const summary = this.summary();
		this.#isStopping = true;
		clearTimeout(this.#waitTimer);
		clearTimeout(this.#counting);
		for (const socket of this.#waiting) {
			socket.destroy();
		}

		for (const link of this.#open) {
			link.leave('rst');
		}

		await closed;
		// The server knows of one end of each link only.
		await this.idle();
		this.#flushSampled();
		this.#tell(summary);
	}

	/** What has been seen so far. */
	summary(): Summary {
		const total = copyOf(this.#past);
		const waiting = [];
		for (const link of this.#open) {
			add(total, link);
			total.exchanges.open += link.lane.openCount;
			const each = link.lane.waiting(link.number);
			if (each) {
				waiting.push(each);
			}
		}

		const roundTrips = this.#shared.roundTrips.summary();
		return {
			type: 'summary', links: this.#links, refused: this.#refused, open: this.#open.size, ...total,
			...(roundTrips && {roundTrips}),
			waiting: waiting.toSorted((one, other) => one.since - other.since).slice(0, 100),
			troubles: this.#troubles, faults: [...this.#rules].map(({inForce, struck}) => ({...inForce, struck})),
		};
	}

	#accept(connector: Socket): void {
		const refusing = this.#shared.rules.find(rule => rule.fault.strikes === 'connection' && rule.next());
		if (refusing) {
			refusing.struck++;
			this.#refused++;
			connector.on('error', () => undefined);
			reset(connector);
			this.#tell({type: 'connection-refused', ...refusing.inForce});
			return;
		}

		const listener = createConnection({...addressOf(this.#options.upstream), allowHalfOpen: true});
		listener.pause();
		const giveUp = (error?: NodeJS.ErrnoException): void => {
			this.#waiting.delete(listener);
			this.#waiting.delete(connector);
			reset(connector);
			listener.destroy();
			if (error) {
				this.#miss(error.code ?? 'EUNKNOWN');
			}
		};

		const onGone = (): void => {
			giveUp();
		};

		this.#waiting.add(listener).add(connector);
		connector.once('error', onGone).once('close', onGone);
		listener.once('error', giveUp);
		listener.once('connect', () => {
			connector.off('error', onGone).off('close', onGone);
			listener.off('error', giveUp);
			this.#waiting.delete(listener);
			this.#waiting.delete(connector);
			this.#join(connector, listener);
		});
	}

	#join(connector: Socket, listener: Socket): void {
		if (this.#missing) {
			const {since, attempts} = this.#missing;
			this.#missing = undefined;
			this.#tell({type: 'upstream-back', upstream: this.#options.upstream, attempts, ms: Number((this.#options.clock() - since).toFixed(3))});
		}

		this.#links++;
		const link = new Link(this.#links, {connector, listener}, this.#shared);
		this.#open.add(link);
		link.start();
	}

	#miss(code: string): void {
		if (this.#missing) {
			this.#missing.attempts++;
			return;
		}

		this.#missing = {since: this.#options.clock(), attempts: 1};
		this.#tell({type: 'upstream-missing', upstream: this.#options.upstream, code});
	}

	#forget(link: Link): void {
		this.#open.delete(link);
		add(this.#past, link);
	}

	#tellOf(link: Link, fact: OfLink): void {
		if (this.#isStopping) {
			return;
		}

		if (fact.type === 'unit' && fact.way === 'request') {
			this.#watchWaiting();
		}

		this.#troubles += fact.type === 'trouble' ? 1 : 0;
		this.#tell({...fact, link: link.number});
	}

	#tell(fact: Fact): void {
		this.#n++;
		this.#options.hear({v: 1, n: this.#n, t: this.#options.clock(), ...fact});
	}

	/** Looks after the long wait who still waits; runs only while somebody does. */
	#watchWaiting(): void {
		const {clock, longWaitMs: limit = longWaitMs} = this.#options;
		this.#waitTimer ??= setTimeout(() => {
			this.#waitTimer = undefined;
			for (const link of this.#open) {
				this.#lookAfter(link, clock() - limit);
			}
		}, limit / 3).unref();
	}

	/** Tells once of a wait that began before `t`. */
	#lookAfter(link: Link, t: number): void {
		const waiting = link.lane.waiting(link.number);
		if (!waiting) {
			return;
		}

		this.#watchWaiting();
		if (waiting.since <= t && this.#toldWaits.get(link) !== waiting.since) {
			this.#toldWaits.set(link, waiting.since);
			this.#tellOf(link, {type: 'waiting', ...waiting});
		}
	}

	/** Starts a timer for what is only counted; it runs only while there is something. */
	#watchSampled(): void {
		this.#sampling ??= setTimeout(() => {
			this.#sampling = undefined;
			this.#flushSampled();
		}, samplingMs);
		this.#counting ??= setTimeout(() => {
			this.#counting = undefined;
			for (const link of this.#open) {
				link.tellCounts();
			}
		}, countingMs).unref();
	}

	#flushSampled(): void {
		clearTimeout(this.#sampling);
		this.#sampling = undefined;
		const {quota, clock} = this.#shared;
		if (quota.hasSampled) {
			this.#tell({type: 'units-sampled', ...quota.take(clock())});
		}
	}
}
