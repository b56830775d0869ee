/**
Links: a peer's endpoints and how they stand, followed through what bind and connect said and what libzmq's monitor says.

Law: a listening end stays listening, whoever comes and goes; a connecting end stands as its one connection stands. What the monitor
does not tell (who left; anything at all about inproc) is not guessed.
*/
import {type Endpoint} from './endpoint.js';
import {type Direction, type Event} from './events.js';
import {isUnresolved} from './refusals.js';
import {undecipherable} from './security-refusals.js';

/** How a peer's endpoint stands, by what libzmq's monitor said last. */
export type LinkStatus = 'listening' | 'connecting' | 'connected' | 'retrying' | 'failed' | 'closed';

/** One endpoint of a peer. `code` is that of its newest trouble, until a handshake is done. `connections` counts those that shook hands, `handshaking` those that have yet to; `tries` the attempts since it last worked. */
export type Link = {
	readonly endpoint: Endpoint;
	readonly direction: Direction;
	readonly status: LinkStatus;
	readonly since: number;
	readonly connections: number;
	readonly handshaking: number;
	readonly tries: number;
	readonly code?: string;
	readonly insteadOf?: Endpoint;
	/** Of a connecting end: it stands, and since then (ms since the epoch) libzmq reads nothing from it any more, as a box of CURVE did not open. */
	readonly deafSince?: number;
};

/** Follows one event of the peer whose endpoints these are; an event about none of them gives the very same list. */
export function foldLinks(links: readonly Link[], event: Event): readonly Link[] {
	switch (event.type) {
		case 'bound': {
			// The monitor may have said `listening`, and more, before the bind itself returned; of inproc it says nothing at all.
			const link = links.find(({endpoint, status}) => endpoint === event.endpoint && status === 'listening') ?? newLink(event, 'bind', 'listening');
			return addLink(links, event.insteadOf === undefined ? link : {...link, insteadOf: event.insteadOf});
		}

		case 'connecting': {
			// Connecting again where a link stands is taken by libzmq in silence, and changes nothing.
			const isThere = links.some(({endpoint, status}) => endpoint === event.endpoint && status !== 'closed');
			return isThere ? links : addLink(links, newLink(event, 'connect', 'connecting'));
		}

		case 'unbound':
		case 'disconnecting': {
			return links.filter(link => link.endpoint !== event.endpoint);
		}

		case 'listening': {
			const link = links.find(({endpoint}) => endpoint === event.endpoint) ?? newLink(event, 'bind', 'listening');
			return addLink(links, restate(link, 'listening', event.t));
		}

		case 'bind-failed':
		case 'stopped-listening':
		case 'accepted':
		case 'connected':
		case 'handshake-done':
		case 'handshake-failed':
		case 'retrying':
		case 'disconnected': {
			return links.map(link => link.endpoint === event.endpoint ? foldLink[link.direction](link, event) : link);
		}

		default: {
			return links;
		}
	}
}

/** What becomes of a peer's links when its socket closes: an `open` takes them up again. */
export const closedLinks = (links: readonly Link[], t: number): readonly Link[] =>
	links.map(({endpoint, direction}) => newLink({endpoint, t}, direction, 'closed'));

const newLink = ({endpoint, t}: {readonly endpoint: Endpoint; readonly t: number}, direction: Direction, status: LinkStatus): Link =>
	({endpoint, direction, status, since: t, connections: 0, handshaking: 0, tries: 0});

function addLink(links: readonly Link[], link: Link): readonly Link[] {
	return [...links.filter(({endpoint}) => endpoint !== link.endpoint), link];
}

/** A listening end stays listening, whoever comes and goes. */
function foldListening(link: Link, event: Event): Link {
	switch (event.type) {
		case 'stopped-listening': {
			return restate(link, 'closed', event.t);
		}

		case 'bind-failed': {
			// Binding again where it listens fails, and it goes on listening.
			return link.status === 'listening' ? link : {...restate(link, 'failed', event.t), code: event.code};
		}

		case 'accepted': {
			return {...link, handshaking: link.handshaking + 1};
		}

		case 'handshake-done': {
			const {code: _mended, ...rest} = link;
			// One that was taken for gone was not: it was one who had shaken hands that left.
			const mistaken = link.handshaking === 0 && link.connections > 0 ? 1 : 0;
			return {...rest, connections: link.connections + 1 - mistaken, handshaking: Math.max(0, link.handshaking - 1)};
		}

		case 'handshake-failed': {
			// A box that did not open, of one who had shaken hands: the lock is well.
			return event.code === undecipherable && link.handshaking === 0 && link.connections > 0 ? link : {...link, code: event.code};
		}

		case 'disconnected': {
			// The monitor does not say who left. One who never shook hands (a port scanner, a SUB) was never counted.
			return link.handshaking > 0 ? {...link, handshaking: link.handshaking - 1} : {...link, connections: Math.max(0, link.connections - 1)};
		}

		default: {
			return link;
		}
	}
}

/** A connecting end stands as its one connection stands. */
function foldConnecting(link: Link, event: Event): Link {
	switch (event.type) {
		case 'connected': {
			return {...link, handshaking: 1};
		}

		case 'handshake-done': {
			const {code: _mended, ...rest} = restate(link, 'connected', event.t);
			return {...rest, connections: 1, handshaking: 0, tries: 0};
		}

		case 'handshake-failed': {
			return event.code === undecipherable && link.status === 'connected' ? {...link, deafSince: link.deafSince ?? event.t} : {...restate(link, 'failed', event.t), code: event.code, handshaking: 0};
		}

		case 'disconnected': {
			// Hung up on before the handshake, libzmq gives up (no fitting socket is there); where it does not, `retrying` follows.
			return {...restate(link, link.connections > 0 ? 'retrying' : 'failed', event.t), connections: 0, handshaking: 0};
		}

		case 'retrying': {
			return {...withCode(restate(link, 'retrying', event.since), event.code), tries: event.count, handshaking: 0};
		}

		default: {
			return link;
		}
	}
}

/** A name that resolves by now is no trouble any more; why a handshake failed stays said until one is done. */
function withCode(link: Link, code: string | undefined): Link {
	if (code !== undefined) {
		return {...link, code};
	}

	const {code: old, ...rest} = link;
	return old !== undefined && isUnresolved(old) ? rest : link;
}

const foldLink = {bind: foldListening, connect: foldConnecting} satisfies Record<Direction, (link: Link, event: Event) => Link>;

function restate(link: Link, status: LinkStatus, since: number): Link {
	const {deafSince: _over, ...rest} = link;
	return link.status === status ? link : {...rest, status, since};
}
