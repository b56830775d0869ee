/**
Drains a socket's observer into events of the project's vocabulary.

Invariant: an observer that was touched is always read to its end, and only ever ended by closing its socket: an unread
one freezes every tcp and ipc socket of the context (libzmq#3575).
Storms at a connecting end are folded: a dead port gives three monitor events every 100–200 ms, and a web server there five. They become
one `retrying`, at most once a second, and one `handshake-failed` for each code. A listening end tells all: who came must add up.
*/
import {lookup} from 'node:dns/promises';
import {isIP} from 'node:net';
import {type Event as MonitorEvent, type Socket} from 'zeromq';
import {hostOf, type Endpoint} from '../core/endpoint.js';
import {type Direction, type Fact} from '../core/events.js';
import {zapCode} from '../core/security-refusals.js';
import {type Clock} from './clock.js';
import {failureOf} from './failure.js';

/** What the monitor needs of its peer. */
export type Watched = {
	readonly peer: string;
	readonly endpoints: ReadonlyMap<Endpoint, Direction>;
	/** The endpoint as the peer knows it, where libzmq knows a tap's. */
	readonly nominal: (address: Endpoint) => Endpoint;
	readonly clock: Clock;
	readonly emit: (fact: Fact) => void;
	/** Why libzmq could not bind. The bind's own error can lose it: reporting to the monitor overwrites `errno` with EAGAIN. */
	readonly bindFailed: (code: string) => void;
};

const foldEveryMs = 1000;

/** Reads until the socket closes. Never rejects. */
export async function watch(socket: Socket, watched: Watched): Promise<void> {
	const monitor = new Monitor(watched);
	for await (const event of socket.events) {
		monitor.take(event);
	}
}

/**
A connecting end that has not shaken hands since its first failure. `told` are the codes of its failed handshakes. Once there is one,
a further connection is held back until something new comes of it: the same failure once more is old news.
*/
type Trouble = {
	readonly since: number;
	readonly told: Set<string>;
	count: number;
	connection: 'told' | 'held back' | 'old news';
	isAsking: boolean;
};

type Addressed = Extract<MonitorEvent, {readonly address: string}>;
type FactOf<Type extends Fact['type']> = Extract<Fact, {readonly type: Type}>;

/** How a handshake failed, and libzmq's code of it. */
export type FailedHandshake = Pick<FactOf<'handshake-failed'>, 'kind' | 'code'>;

class Monitor {
	readonly #watched: Watched;
	readonly #troubles = new Map<Endpoint, Trouble>();
	readonly #retryToldAt = new Map<Endpoint, number>();

	constructor(watched: Watched) {
		this.#watched = watched;
	}

	take(event: MonitorEvent): void {
		if ('address' in event) {
			this.#translate(event, knownEndpoint(this.#watched.nominal(event.address), this.#watched.endpoints));
		}
	}

	#translate(event: Addressed, endpoint: Endpoint): void {
		const {peer, emit, bindFailed, endpoints} = this.#watched;
		const trouble = this.#troubles.get(endpoint);
		switch (event.type) {
			case 'bind': {
				emit({type: 'listening', peer, endpoint});
				break;
			}

			case 'bind:error': {
				bindFailed(codeOf(event.error));
				break;
			}

			case 'accept': {
				emit({type: 'accepted', peer, endpoint});
				break;
			}

			case 'accept:error': {
				emit({type: 'accept-failed', peer, endpoint, code: codeOf(event.error)});
				break;
			}

			case 'connect:delay': {
				if (!trouble) {
					emit({type: 'connect-delayed', peer, endpoint});
				}

				break;
			}

			case 'close': {
				// At a connecting end this is one failed try, which `retrying` counts.
				if (endpoints.get(endpoint) === 'bind') {
					emit({type: 'stopped-listening', peer, endpoint});
				}

				break;
			}

			case 'connect:retry': {
				this.#retry(endpoint, this.#troubleAt(endpoint));
				break;
			}

			case 'connect': {
				this.#connected(endpoint, trouble);
				break;
			}

			case 'handshake': {
				this.#release(endpoint, trouble);
				this.#troubles.delete(endpoint);
				emit({type: 'handshake-done', peer, endpoint});
				break;
			}

			case 'handshake:error:protocol':
			case 'handshake:error:auth':
			case 'handshake:error:other': {
				this.#handshakeFailed(endpoint, failedHandshake(event));
				break;
			}

			case 'disconnect': {
				this.#disconnected(endpoint, trouble);
				break;
			}

			default:
		}
	}

	/** The trouble of a connecting end, which begins here if there is none yet. */
	#troubleAt(endpoint: Endpoint): Trouble {
		const known = this.#troubles.get(endpoint);
		if (known) {
			return known;
		}

		const trouble: Trouble = {
			since: this.#watched.clock(), told: new Set(), count: 0, connection: 'told', isAsking: false,
		};
		this.#troubles.set(endpoint, trouble);
		return trouble;
	}

	#connected(endpoint: Endpoint, trouble: Trouble | undefined): void {
		if (trouble && trouble.told.size > 0) {
			trouble.connection = 'held back';
		} else {
			this.#watched.emit({type: 'connected', peer: this.#watched.peer, endpoint});
		}
	}

	/** Tells of a connection that was held back, before what came of it. */
	#release(endpoint: Endpoint, trouble: Trouble | undefined): void {
		if (trouble?.connection === 'held back') {
			trouble.connection = 'told';
			this.#watched.emit({type: 'connected', peer: this.#watched.peer, endpoint});
		}
	}

	#handshakeFailed(endpoint: Endpoint, {kind, code}: FailedHandshake): void {
		const {peer, emit, endpoints} = this.#watched;
		if (endpoints.get(endpoint) === 'bind') {
			emit({type: 'handshake-failed', peer, endpoint, kind, code});
			return;
		}

		const trouble = this.#troubleAt(endpoint);
		if (trouble.told.has(code)) {
			trouble.connection = 'old news';
			return;
		}

		trouble.told.add(code);
		this.#release(endpoint, trouble);
		emit({type: 'handshake-failed', peer, endpoint, kind, code});
	}

	#disconnected(endpoint: Endpoint, trouble: Trouble | undefined): void {
		if (trouble?.connection !== 'old news') {
			this.#release(endpoint, trouble);
			this.#watched.emit({type: 'disconnected', peer: this.#watched.peer, endpoint});
		}
	}

	#retry(endpoint: Endpoint, trouble: Trouble): void {
		const now = this.#watched.clock();
		trouble.count++;
		if (!trouble.isAsking && now - (this.#retryToldAt.get(endpoint) ?? -Infinity) >= foldEveryMs) {
			this.#retryToldAt.set(endpoint, now);
			void this.#tellRetrying({type: 'retrying', peer: this.#watched.peer, endpoint, count: trouble.count, since: trouble.since}, trouble);
		}
	}

	/** That a name does not resolve looks to libzmq like nobody there: so the resolver is asked too. */
	async #tellRetrying(retrying: FactOf<'retrying'>, trouble: Trouble): Promise<void> {
		const host = hostOf(retrying.endpoint);
		if (host === undefined || isIP(host) !== 0) {
			this.#watched.emit(retrying);
			return;
		}

		trouble.isAsking = true;
		const code = await whyUnresolved(host);
		trouble.isAsking = false;
		if (this.#troubles.get(retrying.endpoint) === trouble) {
			this.#watched.emit(code === undefined ? retrying : {...retrying, code});
		}
	}
}

async function whyUnresolved(host: string): Promise<string | undefined> {
	try {
		await lookup(host);
		return undefined;
	} catch (error) {
		return failureOf(error).code;
	}
}

/** The endpoint as the peer knows it: libzmq sometimes says the resolved address of a host name. */
function knownEndpoint(address: string, endpoints: ReadonlyMap<Endpoint, Direction>): Endpoint {
	if (endpoints.has(address)) {
		return address;
	}

	const port = address.slice(address.lastIndexOf(':'));
	const alike = [...endpoints.keys()].filter(endpoint => endpoint.startsWith('tcp://') && endpoint.endsWith(port));
	return alike.length === 1 ? alike[0] ?? address : address;
}

const kinds = {'handshake:error:protocol': 'protocol', 'handshake:error:auth': 'auth', 'handshake:error:other': 'other'} as const;

/** What the monitor says of a handshake that failed. */
export const failedHandshake = ({type, error}: Extract<MonitorEvent, {readonly type: keyof typeof kinds}>): FailedHandshake => ({kind: kinds[type], code: codeOf(error)});

/** The code of an error of the monitor. A ZAP handler's verdict has a status instead. */
function codeOf(error: Error): string {
	const {code, status, message} = error as NodeJS.ErrnoException & {readonly status?: number};
	return code ?? (status === undefined ? message : zapCode(status));
}
