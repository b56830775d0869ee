/**
A request on its way through a broker: whose it is, whether the broker still has it, and which workers can have it.

Law: a broker tells what it passes with the routing id in front; whose id that is, is known where the client has chosen it, and inferred where it is
libzmq's own: by the text of the request, once only one client can have asked it. From then on the id stands for that client, until it takes a new socket.
*/
import {type Event, type EventOf, type Options, type Role, type SocketType} from './events.js';
import {isTriedAgain, settle, without, type Exchange, type Exchanges} from './exchange.js';
import {bytesOf, type Frame} from './frames.js';
import {bodyOfHop, clientIdOf, describeId, type HopFrame} from './hop.js';
import {chosenId, misdirect, oneLess} from './overdue.js';
import {keyOf} from './sighting.js';

/** What the fold has to know of everybody. */
export type HopPeers = Readonly<Record<string, {readonly name: string; readonly role: Role; readonly socketType: SocketType; readonly options: Options; readonly state: unknown}>>;

/** Follows what a broker told, and who of those that can have a request has gone. */
export function foldHops(state: Exchanges, event: Event, peers: HopPeers): Exchanges {
	switch (event.type) {
		case 'queued': {
			return atBroker(state, event, peers, {place: 'queued'});
		}

		case 'forwarded': {
			if (event.from === 'backend') {
				return givenBack(state, event, peers);
			}

			const workers = Object.values(peers).filter(({role, state: itsState}) => role === 'server' && itsState !== undefined).map(({name}) => name);
			return atBroker(state, event, peers, {place: 'passed', holders: event.worker === undefined ? workers : workers.filter(name => name === event.worker)});
		}

		case 'step-held': {
			// It has the request in its hands, and nobody else has.
			return event.side === 'backend' && event.frames ? atBroker(state, {...event, frames: event.frames}, peers, {place: 'queued'}) : state;
		}

		case 'dropped': {
			// Without a code its request was given to another worker, and is answered yet.
			return event.code === undefined ? state : oneLess(state, clientIdOf(event.frames));
		}

		case 'request-dropped': {
			const {state: known, exchange} = find(takenBack(state, event, peers), event.frames, peers);
			return exchange ? lose(known, exchange, event, event.workers) : oneLess(known, clientIdOf(event.frames));
		}

		case 'worker-lost': {
			return event.frames ? takenBack(state, {...event, frames: event.frames}, peers) : state;
		}

		case 'peer-opened': {
			return withoutIdsOf(state, event.peer);
		}

		case 'peer-closed': {
			const peer = peers[event.peer];
			return peer?.role === 'broker' ? lostWithBroker(state, event) : (peer?.role === 'server' && peer.socketType !== 'DEALER' ? withoutHolder(state, event) : state);
		}

		default: {
			return state;
		}
	}
}

/** The client that a routing id stands for, as far as it is known. */
export function clientOf(state: Exchanges, id: string, peers: HopPeers): string | undefined {
	const chosen = Object.values(peers).filter(({role, options}) => role === 'client' && chosenId(options) === id);
	return chosen.length > 0 ? (chosen.length === 1 ? chosen[0]?.name : undefined) : state.ids?.[id];
}

/** The routing id in front of a message, in words. */
export const frontId = ([first]: readonly Frame[]): string => first ? describeId(bytesOf(first), first.size) : '';

type AtBroker = {readonly n: number; readonly t: number; readonly peer: string; readonly frames: readonly HopFrame[]};

function atBroker(before: Exchanges, event: AtBroker, peers: HopPeers, hop: {readonly place: 'queued' | 'passed'; readonly holders?: readonly string[]}): Exchanges {
	const {state, exchange} = find(before, event.frames, peers);
	return exchange ? withExchange(state, {...exchange, hop: {broker: event.peer, since: event.t, ...hop}}) : state;
}

/** Whose request it is. An id that has been found out is remembered. */
function find(state: Exchanges, frames: readonly HopFrame[], peers: HopPeers): {readonly state: Exchanges; readonly exchange?: Exchange} {
	const id = clientIdOf(frames);
	const body = keyOf(bodyOfHop(frames));
	const known = clientOf(state, id, peers);
	if (known !== undefined) {
		const exchange = state.open[known];
		return exchange?.body === body ? {state, exchange} : {state};
	}

	const named = new Set(Object.values(state.ids ?? {}));
	const candidates = Object.values(state.open).filter(({client, body: itsBody, hop}) => itsBody === body && !hop && !named.has(client) && chosenId(peers[client]?.options ?? {}) === undefined);
	const [only] = candidates;
	return only && candidates.length === 1 ? {state: {...state, ids: {...state.ids, [id]: only.client}}, exchange: only} : {state};
}

/** Its worker is given up: nobody has received it, and the broker has it again. */
function takenBack(before: Exchanges, event: AtBroker, peers: HopPeers): Exchanges {
	const {state, exchange} = find(before, event.frames, peers);
	if (!exchange) {
		return state;
	}

	const {server, arrived: _arrived, answered: _answered, ...asked} = exchange;
	const debt = server === undefined ? undefined : state.debts[server];
	const released = server !== undefined && debt?.exchange === exchange.id ? {...state, debts: {...state.debts, [server]: {request: debt.request, since: debt.since, askers: []}}} : state;
	return withExchange({...released, losses: without(released.losses, exchange.client)}, {...asked, hop: {broker: event.peer, place: 'queued', since: event.t}});
}

/** The broker has given a reply to libzmq: the one to what the client asks now, or, as long as no worker has answered that, one that is overdue. */
function givenBack(state: Exchanges, event: AtBroker, peers: HopPeers): Exchanges {
	const client = clientOf(state, clientIdOf(event.frames), peers);
	const exchange = state.open[client ?? ''];
	return exchange?.hop?.place === 'passed' && exchange.answered !== undefined
		? withExchange(state, {...exchange, hop: {...exchange.hop, place: 'returned'}})
		: misdirect(state, event, client);
}

function withoutIdsOf(state: Exchanges, client: string): Exchanges {
	const entries = Object.entries(state.ids ?? {});
	const kept = entries.filter(([, name]) => name !== client);
	return kept.length === entries.length ? state : {...state, ids: Object.fromEntries(kept)};
}

/** What a broker held is gone with its sockets. */
function lostWithBroker({overdue: _gone, ...before}: Exchanges, event: EventOf<'peer-closed'>): Exchanges {
	let state: Exchanges = before;
	for (const exchange of Object.values(before.open)) {
		if (exchange.hop?.broker === event.peer && exchange.hop.place === 'queued') {
			state = lose(state, exchange, event);
		}
	}

	return state;
}

/** What was in the queue of a worker's socket is gone with it: once it can be with nobody else, that is certain. */
function withoutHolder(before: Exchanges, event: EventOf<'peer-closed'>): Exchanges {
	let state = before;
	for (const exchange of Object.values(before.open)) {
		const {hop, arrived} = exchange;
		if (arrived !== undefined || !hop?.holders?.includes(event.peer)) {
			continue;
		}

		const holders = hop.holders.filter(name => name !== event.peer);
		state = holders.length === 0 ? lose(state, exchange, event) : withExchange(state, {...exchange, hop: {...hop, holders, gone: event.peer}});
	}

	return state;
}

/** Whoever asks again by itself has not lost it yet. */
function lose(state: Exchanges, exchange: Exchange, event: EventOf<'peer-closed' | 'request-dropped'>, workers?: readonly string[]): Exchanges {
	const {id, client} = exchange;
	const known = {...state, losses: {...state.losses, [client]: {exchange: id, server: event.peer, t: event.t, ...(workers && {workers})}}};
	return isTriedAgain(exchange) ? known : settle(known, client, 'lost', event);
}

const withExchange = (state: Exchanges, exchange: Exchange): Exchanges => ({...state, open: {...state.open, [exchange.client]: exchange}});
