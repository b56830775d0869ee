/**
Exchanges followed through the events: who asked, who received it, who answered, and what became of it. Their laws are in `exchange.ts`.
*/
import {type Event, type Options, type Role, type SocketType} from './events.js';
import {type Frame} from './frames.js';
import {countLate, isTriedAgain, settle, without, withoutStray, type Debt, type Exchange, type Exchanges} from './exchange.js';
import {see, sendOnWire, withWire} from './exchanges-on-wire.js';
import {clientOf, foldHops, frontId, type HopPeers} from './hops.js';
import {chosenId, leaveBehind, oneLess, takeMisdirected} from './overdue.js';
import {keyOf} from './sighting.js';
import {linkEnded, noWire, seenOnWire, struckOnWire, takenFromWire} from './wire-pairs.js';

export {noExchanges, type Debt, type Evidence, type Exchange, type ExchangeOutcome, type Exchanges, type Loss, type Tally} from './exchange.js';

/** What the fold has to know of an event's peer. */
export type Asker = {readonly role: Role; readonly socketType: SocketType; readonly options: Options};

/**
Follows one event. `peer` is whom it is about, undefined if that is nobody or nobody introduced it: the events of operations don't repeat what it is.
Events that concern no exchange give the very same value, without `settled`.
*/
export function foldExchanges(before: Exchanges, event: Event, peer: Asker | undefined, peers: HopPeers): Exchanges {
	const state = before.settled ? withoutSettled(before) : before;
	return peer ? leaveBehind(foldHops(foldOwn(state, event, peer, peers), event, peers), peers) : state;
}

function foldOwn(state: Exchanges, event: Event, {role, socketType, options}: Asker, peers: HopPeers): Exchanges {
	switch (event.type) {
		case 'sent': {
			return role === 'client' ? (event.attempt === undefined ? sendOnWire(ask(state, event.peer, event, options.recover), event.peer, event) : sendOnWire(askAgain(state, event.peer), event.peer, event)) : answer(state, event.peer, event.n);
		}

		case 'received': {
			return role === 'client' ? settleReply(state, event.peer, event) : arrive(state, event.peer, event, peers);
		}

		case 'timed-out': {
			return settle(state, event.peer, 'timed-out', event);
		}

		case 'refused': {
			// A relaxed REQ that found nobody for its new request has given the old one up all the same.
			return event.operation === 'send' && event.code === 'EAGAIN' ? settle(state, event.peer, 'abandoned', event) : state;
		}

		case 'tap-opened':
		case 'peer-opened': {
			// From here on the wire tells of this client; a new socket begins anew.
			const isTapped = event.peer in state.wire;
			return role === 'client' && isTapped === (event.type === 'peer-opened') ? withWire(state, event.peer, noWire) : state;
		}

		case 'tap-closed': {
			return event.peer in state.wire ? {...state, wire: without(state.wire, event.peer)} : state;
		}

		case 'unit': {
			const wire = state.wire[event.peer];
			const {to, link, exchange} = event;
			return wire && event.way === 'request' && exchange !== undefined ? withWire(state, event.peer, seenOnWire(wire, {to, link, exchange})) : state;
		}

		case 'fault-struck': {
			const wire = state.wire[event.peer];
			return wire ? withWire(state, event.peer, struckOnWire(wire, event)) : state;
		}

		case 'exchange-seen': {
			return see(state, event);
		}

		case 'link-closed': {
			const wire = state.wire[event.peer];
			return wire ? withWire(state, event.peer, linkEnded(wire)) : state;
		}

		case 'peer-closed': {
			if (role === 'client') {
				const forgotten = withoutAsker(state, event.peer);
				return event.how === 'retry' ? forgotten : settle(forgotten, event.peer, 'abandoned', event);
			}

			// A broker with heartbeats notices, and gives the request to another one.
			return socketType === 'DEALER' ? {...state, debts: without(state.debts, event.peer)} : lose(withoutOverdueAt(state, event.peer, peers), event.peer, event);
		}

		default: {
			return state;
		}
	}
}

type Sighting = {readonly n: number; readonly t: number; readonly frames: readonly Frame[]; readonly envelope?: number};

function ask(before: Exchanges, client: string, {n, t, frames}: Sighting, recovery: string | undefined): Exchanges {
	// A relaxed REQ may ask anew while it waits: the old question is given up by that very send.
	const state = settle(before, client, 'abandoned', {n, t});
	const {tally} = state;
	const exchange: Exchange = {
		id: tally.asked + 1, client, sent: n, sentAt: t, body: keyOf(frames), outcome: 'pending', evidence: 'inferred', ...(recovery !== undefined && recovery !== 'none' && {recovery}),
	};
	return {
		...state,
		open: {...state.open, [client]: exchange},
		losses: without(state.losses, client),
		tally: {...tally, asked: tally.asked + 1, pending: tally.pending + 1},
	};
}

/** Another attempt of the same exchange, from a new socket: what became of the one before no longer matters to it. */
function askAgain(state: Exchanges, client: string): Exchanges {
	const exchange = state.open[client];
	if (!exchange) {
		return state;
	}

	const {server: _server, arrived: _arrived, answered: _answered, ...asked} = exchange;
	return {...state, open: {...state.open, [client]: asked}, losses: without(state.losses, client)};
}

/** Who can have sent what a server has received. A worker that gets the envelope, too, is told by the routing id; at a REP's there is only the text. */
function candidatesFor(state: Exchanges, {frames, envelope}: Sighting, peers: HopPeers): readonly Exchange[] {
	const body = keyOf(frames.slice(envelope ?? 0));
	const alike = Object.values(state.open).filter(exchange => exchange.arrived === undefined && exchange.body === body);
	const client = envelope === undefined ? undefined : clientOf(state, frontId(frames), peers);
	const addressed = alike.filter(exchange => exchange.client === client);
	const passed = alike.filter(({hop}) => hop?.place === 'passed');
	return addressed.length > 0 ? addressed : (passed.length > 0 ? passed : alike);
}

function arrive(state: Exchanges, server: string, sighting: Sighting, peers: HopPeers): Exchanges {
	const {n, t} = sighting;
	const candidates = candidatesFor(state, sighting, peers);
	const [only] = candidates;
	const askers = candidates.map(exchange => exchange.client);
	if (!only || candidates.length > 1) {
		const isTapped = askers.some(asker => asker in state.wire);
		return {...state, ...(isTapped && {unclear: {...state.unclear, [server]: {request: n, askers, ...(server in state.unclear && {isBlurred: true as const})}}}), debts: {...state.debts, [server]: {request: n, since: t, askers}}};
	}

	return {
		...state,
		unclear: server in state.unclear ? without(state.unclear, server) : state.unclear,
		open: {...state.open, [only.client]: {...only, server, arrived: n}},
		debts: {...state.debts, [server]: {request: n, since: t, askers, exchange: only.id}},
	};
}

function answer(state: Exchanges, server: string, n: number): Exchanges {
	const debt = state.debts[server];
	if (!debt) {
		return state;
	}

	const debts = without(state.debts, server);
	const exchange = exchangeOf(state, debt);
	if (exchange) {
		return {...state, debts, open: {...state.open, [exchange.client]: {...exchange, answered: n}}};
	}

	const unclear = state.unclear[server];
	if (unclear?.request === debt.request) {
		return {...state, debts, unclear: {...state.unclear, [server]: {...unclear, answered: n}}};
	}

	const [asker, ...others] = debt.askers;
	const isStray = asker !== undefined && others.length === 0 && debt.exchange !== undefined;
	return isStray ? {...state, debts, strays: {...state.strays, [asker]: n}} : {...state, debts};
}

function settleReply(state: Exchanges, client: string, event: Sighting): Exchanges {
	const exchange = state.open[client];
	const wire = state.wire[client];
	const taken = wire && takenFromWire(wire, exchange?.id, exchange?.recovery === 'relaxed');
	if (!exchange) {
		return countLate(withoutStray(taken ? withWire(state, client, taken.wire) : state, client), 1);
	}

	if (taken?.exchange !== undefined) {
		const known = countLate(withWire(withoutStray(state, client), client, taken.wire), taken.discarded);
		return settle(known, client, taken.exchange === exchange.id ? 'replied' : 'mismatched', event, 'exact');
	}

	const {state: rest, given} = takeMisdirected(state, client);
	if (given !== undefined) {
		// One given before this question was asked was dropped when it was asked; with an id, any such is.
		const isMismatched = given > exchange.sent && exchange.recovery !== 'relaxed+correlate';
		const settled = settle(rest, client, isMismatched ? 'mismatched' : 'replied', event);
		return isMismatched ? settled : countLate(settled, 1);
	}

	const stray = state.strays[client];
	if (stray === undefined) {
		const settled = settle(state, client, 'replied', event);
		// A strict REQ has one request under way at most: no server holds another one of it.
		return exchange.recovery === undefined ? withoutAnswered(settled, client) : settled;
	}

	// Replies come in the order in which they were sent. One sent before this question was asked was dropped when it was asked; with an id, any stray is.
	const isMismatched = stray > exchange.sent && exchange.recovery === 'relaxed';
	const settled = settle(withoutStray(state, client), client, isMismatched ? 'mismatched' : 'replied', event);
	return isMismatched ? settled : countLate(settled, 1);
}

function lose(state: Exchanges, server: string, event: {readonly n: number; readonly t: number}): Exchanges {
	const debt = state.debts[server];
	if (!debt) {
		return state;
	}

	const exchange = exchangeOf(state, debt);
	const [asker] = debt.askers;
	const losses = asker === undefined || debt.exchange === undefined ? state.losses : {...state.losses, [asker]: {exchange: debt.exchange, server, t: event.t}};
	const released = {...state, losses, debts: without(state.debts, server), unclear: without(state.unclear, server)};
	// Whoever asks again by itself has not lost it yet.
	return exchange && !isTriedAgain(exchange) ? settle(released, exchange.client, 'lost', event) : released;
}

/** What a server owed to somebody who waits for it no longer is never answered by it. */
function withoutOverdueAt(state: Exchanges, server: string, peers: HopPeers): Exchanges {
	const debt = state.debts[server];
	const [asker] = debt?.askers ?? [];
	const client = debt?.gone ?? asker;
	return debt === undefined || client === undefined || exchangeOf(state, debt) ? state : oneLess(state, chosenId(peers[client]?.options ?? {}));
}

function exchangeOf(state: Exchanges, debt: Debt): Exchange | undefined {
	// Only the newest try counts: what it owes to an older one goes nowhere.
	const [client = ''] = debt.askers;
	const exchange = state.open[client];
	return exchange?.id === debt.exchange && exchange?.arrived === debt.request ? exchange : undefined;
}

/** Nobody else has this client's request: whoever is left as the only one to have asked, has asked. */
function withoutAnswered(before: Exchanges, client: string): Exchanges {
	let state = before;
	for (const [server, debt] of Object.entries(before.debts)) {
		if (debt.exchange !== undefined || !debt.askers.includes(client)) {
			continue;
		}

		const askers = debt.askers.filter(asker => asker !== client);
		const only = askers.length === 1 ? state.open[askers[0] ?? ''] : undefined;
		const isMeant = only !== undefined && only.arrived === undefined && only.sent < debt.request;
		state = {
			...state,
			debts: {...state.debts, [server]: {...debt, askers, ...(isMeant && {exchange: only.id})}},
			open: isMeant ? {...state.open, [only.client]: {...only, server, arrived: debt.request}} : state.open,
		};
	}

	return state;
}

/** Its socket is gone: no reply will reach it, whatever is still owed. */
function withoutAsker(state: Exchanges, client: string): Exchanges {
	const debts = Object.entries(state.debts).map(([server, debt]) => {
		const {exchange: _gone, ...rest} = debt;
		const askers = debt.askers.filter(asker => asker !== client);
		return [server, debt.askers.includes(client) ? {...rest, askers, ...(askers.length === 0 && {gone: client})} : debt] as const;
	});
	return {...withoutStray(state, client), losses: without(state.losses, client), debts: Object.fromEntries(debts)};
}

function withoutSettled(state: Exchanges): Exchanges {
	const {settled: _settled, settledToo: _too, ...rest} = state;
	return rest;
}
