/**
Endpoints, checked before libzmq sees them.

Why: libzmq takes `tcp://127.0.0.1:99999` and binds 34463, and an ipc path that is too long fails without saying so.
Source: zmq_tcp(7), zmq_ipc(7), zmq_inproc(7).
*/
import {type Direction} from './events.js';

/** `tcp://host:port`, `ipc://path` or `inproc://name`, as libzmq takes it. */
export type Endpoint = string;

/** A checked endpoint, or what is wrong with it and what to do. */
export type CheckedEndpoint =
	| {readonly ok: true; readonly endpoint: Endpoint}
	| {readonly ok: false; readonly reason: string; readonly next: string};

/** Where the playground's server listens unless told otherwise: the tutorial's port. */
export const firstEndpoint: Endpoint = 'tcp://127.0.0.1:5560';

/** Where the clients of a broker connect unless told otherwise. The Guide’s rrclient uses this port, and its rrworker the one above. */
export const firstFrontend: Endpoint = 'tcp://127.0.0.1:5559';

/** Any free port on loopback. */
export const freeEndpoint: Endpoint = 'tcp://127.0.0.1:*';

// A Unix socket's path has to fit into 108 bytes with its closing zero (unix(7)).
const longestIpcPath = 107;

/** Checks what a person wrote. To bind, port `*` or `0` means any free one; to connect, it means nothing. */
export function checkEndpoint(text: string, direction: Direction): CheckedEndpoint {
	const match = /^(?<transport>[a-z]+):\/\/(?<address>.+)$/s.exec(text);
	if (!match?.groups) {
		return wrong(`“${text}” is no endpoint`, 'write tcp://127.0.0.1:5560, ipc:///tmp/pizza or inproc://pizza');
	}

	const {transport = '', address = ''} = match.groups;
	switch (transport) {
		case 'tcp': {
			return checkTcp(text, address, direction);
		}

		case 'ipc': {
			const bytes = new TextEncoder().encode(address).length;
			return bytes <= longestIpcPath ? right(text) : wrong(`the path has ${bytes} bytes and a Unix socket takes ${longestIpcPath}`, 'use a shorter one, say in /tmp');
		}

		case 'inproc': {
			return right(text);
		}

		default: {
			return wrong(`the transport “${transport}” is not supported here`, 'use tcp://, ipc:// or inproc://');
		}
	}
}

/** The host of a tcp endpoint, without the brackets of an IPv6 address and without a source address before it. */
export const hostOf = (endpoint: Endpoint): string | undefined =>
	/^tcp:\/\/(?:[^;]*;)?\[?(?<host>[^;]+?)\]?:[^:]*$/v.exec(endpoint)?.groups?.['host'];

/** Whether it is written with an IPv6 address. Only then libzmq may be told to use IPv6: a name would lead elsewhere, and `*` would mean more. */
export const isIpv6 = (endpoint: Endpoint): boolean => /^tcp:\/\/(?:[^;]*;)?\[/v.test(endpoint);

/** Whether only this machine can reach it. Anything else is worth saying plainly when it is bound. */
export function isLocal(endpoint: Endpoint): boolean {
	const host = hostOf(endpoint);
	return host === undefined || /^127\.|^(?:localhost|::1|lo)$/v.test(host);
}

/** Where a checked tcp or ipc endpoint is, as the system's own sockets take it. To listen, host `*` is every IPv4 address (as to libzmq) and port `*` any free one. */
export function addressOf(endpoint: Endpoint): {readonly path: string} | {readonly host: string; readonly port: number} {
	if (endpoint.startsWith('ipc://')) {
		return {path: endpoint.slice('ipc://'.length)};
	}

	const host = hostOf(endpoint) ?? '';
	const port = endpoint.slice(endpoint.lastIndexOf(':') + 1);
	return {host: host === '*' ? '0.0.0.0' : host, port: port === '*' ? 0 : Number(port)};
}

/** The same for a program that is alone in its process: nobody else is there to meet over inproc. */
export function checkReachable(text: string, direction: Direction): CheckedEndpoint {
	const checked = checkEndpoint(text, direction);
	return checked.ok && checked.endpoint.startsWith('inproc:') ? wrong('inproc stays within one process, and there is nobody else in this one', 'use tcp:// or ipc://') : checked;
}

function checkTcp(text: string, address: string, direction: Direction): CheckedEndpoint {
	const colon = address.lastIndexOf(':');
	const host = address.slice(0, colon);
	const port = address.slice(colon + 1);
	// The last colon of a bare [::1] is the address's own.
	if (colon === -1 || port === '' || port.endsWith(']')) {
		return wrong(`“${text}” names no port`, 'write tcp://host:port, for example tcp://127.0.0.1:5560');
	}

	if (host === '' || /\s/.test(host)) {
		return wrong(host === '' ? `“${text}” names no host` : `the host “${host}” holds a blank`, 'write tcp://host:port, for example tcp://127.0.0.1:5560');
	}

	if (direction === 'bind' && (port === '*' || port === '0')) {
		return right(`tcp://${host}:*`);
	}

	if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
		return wrong(`the port “${port}” is not between 1 and 65535`, direction === 'bind' ? 'use such a port, or * for any free one' : 'use the port that the other side listens on');
	}

	return direction === 'connect' && host === '*' ? wrong('* is every address of this machine: one can listen there, not connect', 'name a host, for example tcp://127.0.0.1:5560') : right(`tcp://${host}:${Number(port)}`);
}

const right = (endpoint: Endpoint): CheckedEndpoint => ({ok: true, endpoint});
const wrong = (reason: string, next: string): CheckedEndpoint => ({ok: false, reason, next});
