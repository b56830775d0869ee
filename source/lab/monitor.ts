/**
Drains a socket's observer into events of the project's vocabulary.

Invariant: an observer that was touched is always read to its end, and only ever ended by closing its socket: an unread
one freezes every tcp and ipc socket of the context (libzmq#3575).
A dead port gives three monitor events every 100–200 ms: they become one `retrying`, at most once a second.
*/
import {type Event as MonitorEvent, type Socket} from 'zeromq';
import {type Endpoint} from '../core/endpoint.js';
import {type Direction, type Fact} from '../core/events.js';
import {type Clock} from './clock.js';

/** What the monitor needs of its peer. */
export type Watched = {
	readonly peer: string;
	readonly endpoints: ReadonlyMap<Endpoint, Direction>;
	readonly clock: Clock;
	readonly emit: (fact: Fact) => void;
	/** Why libzmq could not bind. The bind's own error can lose it: reporting to the monitor overwrites `errno` with EAGAIN. */
	readonly bindFailed: (code: string) => void;
};

const foldEveryMs = 1000;

/** Reads until the socket closes. Never rejects. */
export async function watch(socket: Socket, watched: Watched): Promise<void> {
	const retries = new Map<Endpoint, Retry>();
	for await (const event of socket.events) {
		const fact = translate(event, watched, retries);
		if (fact) {
			watched.emit(fact);
		}
	}
}

type Retry = {count: number; readonly since: number; told: number};

function translate(event: MonitorEvent, watched: Watched, retries: Map<Endpoint, Retry>): Fact | undefined {
	if (!('address' in event)) {
		return undefined;
	}

	const {peer, endpoints} = watched;
	const endpoint = knownEndpoint(event.address, endpoints);
	const isBinds = endpoints.get(endpoint) === 'bind';
	switch (event.type) {
		case 'bind': {
			return {type: 'listening', peer, endpoint};
		}

		case 'accept': {
			return {type: 'accepted', peer, endpoint};
		}

		case 'accept:error': {
			return {
				type: 'accept-failed', peer, endpoint, code: codeOf(event.error),
			};
		}

		case 'connect:delay': {
			return retries.has(endpoint) ? undefined : {type: 'connect-delayed', peer, endpoint};
		}

		case 'connect:retry': {
			return retry(endpoint, watched, retries);
		}

		case 'connect': {
			retries.delete(endpoint);
			return {type: 'connected', peer, endpoint};
		}

		case 'handshake': {
			return {type: 'handshake-done', peer, endpoint};
		}

		case 'handshake:error:protocol': {
			return {
				type: 'handshake-failed', peer, endpoint, kind: 'protocol', code: codeOf(event.error),
			};
		}

		case 'handshake:error:auth': {
			return {
				type: 'handshake-failed', peer, endpoint, kind: 'auth', code: codeOf(event.error),
			};
		}

		case 'handshake:error:other': {
			return {
				type: 'handshake-failed', peer, endpoint, kind: 'other', code: codeOf(event.error),
			};
		}

		case 'disconnect': {
			return {type: 'disconnected', peer, endpoint};
		}

		case 'close': {
			// At a connecting end this is one failed try, which `retrying` counts.
			return isBinds ? {type: 'stopped-listening', peer, endpoint} : undefined;
		}

		case 'bind:error': {
			watched.bindFailed(codeOf(event.error));
			return undefined;
		}

		default: {
			return undefined;
		}
	}
}

function retry(endpoint: Endpoint, {peer, clock}: Watched, retries: Map<Endpoint, Retry>): Fact | undefined {
	const now = clock();
	const known = retries.get(endpoint) ?? {count: 0, since: now, told: 0};
	known.count++;
	retries.set(endpoint, known);
	if (now - known.told < foldEveryMs) {
		return undefined;
	}

	known.told = now;
	return {
		type: 'retrying', peer, endpoint, count: known.count, since: known.since,
	};
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

const codeOf = (error: Error): string => (error as NodeJS.ErrnoException).code ?? error.message;
