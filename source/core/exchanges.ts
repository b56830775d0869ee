/**
Exchanges: one question and what became of it, followed through the events.

Law: an exchange begins with a completed send of a client, has exactly one outcome, and a closed outcome never changes.
A refused send is no exchange. What a plain link can't show is not claimed: `evidence` says how each claim is known, and
`askers` lists every client that a server's request may have come from.
*/
import {type Event, type EventOf, type Options, type Role} from './events.js';
import {type Frame} from './frames.js';
import {endedOnWire, linkEnded, noWire, seenOnWire, sentOnWire, takenFromWire, type ClientWire} from './wire-pairs.js';

export type ExchangeOutcome = 'pending' | 'replied' | 'timed-out' | 'lost' | 'mismatched' | 'abandoned';
export type Evidence = 'exact' | 'inferred' | 'unknown';

/** One question. `sent`, `arrived`, `answered` and `closed` are event numbers; the matching `…At` are their times (ms since the epoch). */
export type Exchange = {
	readonly id: number;
	readonly client: string;
	readonly sent: number;
	readonly sentAt: number;
	readonly body: string;
	readonly outcome: ExchangeOutcome;
	readonly server?: string;
	readonly arrived?: number;
	readonly answered?: number;
	readonly closed?: number;
	readonly closedAt?: number;
	readonly evidence: Evidence;
	/** The way out in force when it was asked, as `/recover` writes it; undefined for none. */
	readonly recovery?: string;
};

/** What a server owes: since when, for which request (event number), and who may have asked. */
export type Debt = {readonly request: number; readonly since: number; readonly askers: readonly string[]; readonly exchange?: number};

/** A request that several may have sent, and its reply; the numbers are those of the events. `isBlurred`: one before it was not told apart yet, so only the server is sure. */
type Unclear = {readonly isBlurred?: true; readonly request: number; readonly answered?: number; readonly askers: readonly string[]};

/** What the fold has to know of an event's peer. */
export type Asker = {readonly role: Role; readonly options: Options};

/** How many exchanges ended how. `asked` equals the sum of the others but `late`. */
export type Tally = Readonly<Record<ExchangeOutcome | 'asked' | 'late', number>>;

/** All that is remembered between events: open exchanges by client, debts by server, sums, and what the last event closed. */
export type Exchanges = {
	readonly open: Readonly<Record<string, Exchange>>;
	readonly debts: Readonly<Record<string, Debt>>;
	/** Clients to whom a server has sent the reply to a question that they had given up by then, and when (event number): a relaxed REQ may take it for the next one's. */
	readonly strays: Readonly<Record<string, number>>;
	/** What tapped links have told, by client. Empty while nothing is tapped. */
	readonly wire: Readonly<Record<string, ClientWire>>;
	/** By server: what it has answered last, where only the wire can tell whom. */
	readonly unclear: Readonly<Record<string, Unclear>>;
	readonly tally: Tally;
	readonly settled?: Exchange;
};

export const noExchanges: Exchanges = {
	open: {},
	debts: {},
	strays: {},
	wire: {},
	unclear: {},
	tally: {asked: 0, pending: 0, replied: 0, 'timed-out': 0, lost: 0, mismatched: 0, abandoned: 0, late: 0},
};

/**
Follows one event. `peer` is whom it is about, undefined if that is nobody or nobody introduced it: the events of operations don't repeat what it is.
Events that concern no exchange give the very same value, without `settled`.
*/
export function foldExchanges(before: Exchanges, event: Event, peer: Asker | undefined): Exchanges {
	const state = before.settled ? withoutSettled(before) : before;
	if (!peer) {
		return state;
	}

	const {role, options} = peer;

	switch (event.type) {
		case 'sent': {
			return role === 'client' ? (event.attempt === undefined ? sendOnWire(ask(state, event.peer, event, options.recover), event.peer, event) : sendOnWire(askAgain(state, event.peer), event.peer, event)) : answer(state, event.peer, event.n);
		}

		case 'received': {
			return role === 'client' ? settleReply(state, event.peer, event) : arrive(state, event.peer, event);
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

			return lose(state, event.peer, event);
		}

		default: {
			return state;
		}
	}
}

/** What two sightings of one message have in common on a plain link: its size and its beginning. */
function keyOf(frames: readonly Frame[]): string {
	let key = '';
	for (const frame of frames) {
		key += `${frame.size}:${('text' in frame ? frame.text : frame.base64).slice(0, 200)}|`;
	}

	return key;
}

const withWire = (state: Exchanges, client: string, wire: ClientWire): Exchanges => ({...state, wire: {...state.wire, [client]: wire}});

function sendOnWire(state: Exchanges, client: string, event: {readonly n: number; readonly t: number}): Exchanges {
	const wire = state.wire[client];
	const exchange = state.open[client];
	if (!wire || !exchange) {
		return state;
	}

	const sent = sentOnWire(wire, exchange.id);
	const after = withWire(state, client, sent.wire);
	return sent.fate === 'lost' ? loseExactly(after, exchange, event) : after;
}

/** The wire has shown how a question ended. That its reply has passed settles nothing: the client has yet to take it. */
function see(state: Exchanges, event: EventOf<'exchange-seen'>): Exchanges {
	const {peer: client, outcome} = event;
	const before = state.wire[client];
	const open = state.open[client];
	if (!before) {
		return state;
	}

	const {wire, exchange} = endedOnWire(before, event);
	const after = withWire(state, client, wire);
	if (!open || open.id !== exchange) {
		return after;
	}

	return outcome === 'lost' ? loseExactly(after, open, event) : attribute(after, open);
}

/** Whoever asks again by itself has not lost it yet. */
const loseExactly = (state: Exchanges, {client, recovery}: Exchange, event: {readonly n: number; readonly t: number}): Exchanges =>
	recovery?.startsWith('lazy-pirate') ? state : settle(state, client, 'lost', event, 'exact');

/** The reply went to this client: so of those who may have asked, it was this one. */
function attribute(state: Exchanges, exchange: Exchange): Exchanges {
	const {client} = exchange;
	const [found, ...others] = Object.entries(state.unclear).filter(([, {askers}]) => askers.includes(client));
	if (exchange.arrived !== undefined || !found || others.length > 0) {
		return state;
	}

	const [server, {request, answered, isBlurred}] = found;
	if (isBlurred) {
		return {...state, open: {...state.open, [client]: {...exchange, server}}};
	}

	const debt = state.debts[server];
	return {
		...state,
		unclear: without(state.unclear, server),
		open: {...state.open, [client]: {...exchange, server, arrived: request, ...(answered !== undefined && {answered})}},
		debts: debt?.request === request ? {...state.debts, [server]: {...debt, askers: [client], exchange: exchange.id}} : state.debts,
	};
}

type Sighting = {readonly n: number; readonly t: number; readonly frames: readonly Frame[]};

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
	return {...state, open: {...state.open, [client]: asked}};
}

function arrive(state: Exchanges, server: string, {n, t, frames}: Sighting): Exchanges {
	const body = keyOf(frames);
	const candidates = Object.values(state.open).filter(exchange => exchange.arrived === undefined && exchange.body === body);
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
	if (!exchange) {
		return {...withoutStray(state, client), tally: {...state.tally, late: state.tally.late + 1}};
	}

	const wire = state.wire[client];
	const taken = wire && takenFromWire(wire, exchange.id, exchange.recovery === 'relaxed');
	if (taken?.exchange !== undefined) {
		const known = withWire(withoutStray(state, client), client, taken.wire);
		return settle(known, client, taken.exchange === exchange.id ? 'replied' : 'mismatched', event, 'exact');
	}

	const stray = state.strays[client];
	if (stray === undefined) {
		return settle(state, client, 'replied', event);
	}

	// Replies come in the order in which they were sent. One sent before this question was asked was dropped when it was asked; with an id, any stray is.
	const isMismatched = stray > exchange.sent && exchange.recovery === 'relaxed';
	const settled = settle(withoutStray(state, client), client, isMismatched ? 'mismatched' : 'replied', event);
	return isMismatched ? settled : {...settled, tally: {...settled.tally, late: settled.tally.late + 1}};
}

function lose(state: Exchanges, server: string, event: {readonly n: number; readonly t: number}): Exchanges {
	const debt = state.debts[server];
	if (!debt) {
		return state;
	}

	const exchange = exchangeOf(state, debt);
	const released = {...state, debts: without(state.debts, server), unclear: without(state.unclear, server)};
	// Whoever asks again by itself has not lost it yet.
	return exchange && !exchange.recovery?.startsWith('lazy-pirate') ? settle(released, exchange.client, 'lost', event) : released;
}

function settle(state: Exchanges, client: string, outcome: ExchangeOutcome, {n, t}: {readonly n: number; readonly t: number}, evidence?: Evidence): Exchanges {
	const exchange = state.open[client];
	if (!exchange) {
		return state;
	}

	return {
		...state,
		open: without(state.open, client),
		tally: {...state.tally, pending: state.tally.pending - 1, [outcome]: state.tally[outcome] + 1},
		settled: {...exchange, outcome, closed: n, closedAt: t, ...(evidence && {evidence})},
	};
}

function exchangeOf(state: Exchanges, debt: Debt): Exchange | undefined {
	// Only the newest try counts: what it owes to an older one goes nowhere.
	return Object.values(state.open).find(exchange => exchange.id === debt.exchange && exchange.arrived === debt.request);
}

/** Its socket is gone: no reply will reach it, whatever is still owed. */
function withoutAsker(state: Exchanges, client: string): Exchanges {
	const debts = Object.entries(state.debts).map(([server, debt]) => {
		const {exchange: _gone, ...rest} = debt;
		return [server, debt.askers.includes(client) ? {...rest, askers: debt.askers.filter(asker => asker !== client)} : debt] as const;
	});
	return {...withoutStray(state, client), debts: Object.fromEntries(debts)};
}

function withoutStray(state: Exchanges, client: string): Exchanges {
	return client in state.strays ? {...state, strays: without(state.strays, client)} : state;
}

function withoutSettled(state: Exchanges): Exchanges {
	const {settled: _settled, ...rest} = state;
	return rest;
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
	const {[key]: _gone, ...rest} = record;
	return rest;
}
