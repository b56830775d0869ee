/**
Exchanges: one question and what became of it, followed through the events.

Law: an exchange begins with a completed send of a client, has exactly one outcome, and a closed outcome never changes.
A refused send is no exchange. What a plain link can't show is not claimed: `evidence` says how each claim is known, and
`askers` lists every client that a server's request may have come from.
*/
import {type Event, type Role} from './events.js';
import {type Frame} from './frames.js';

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
};

/** What a server owes: since when, for which request (event number), and who may have asked. */
export type Debt = {readonly request: number; readonly since: number; readonly askers: readonly string[]; readonly exchange?: number};

/** How many exchanges ended how. `asked` equals the sum of the others but `late`. */
export type Tally = Readonly<Record<ExchangeOutcome | 'asked' | 'late', number>>;

/** All that is remembered between events: open exchanges by client, debts by server, sums, and what the last event closed. */
export type Exchanges = {
	readonly open: Readonly<Record<string, Exchange>>;
	readonly debts: Readonly<Record<string, Debt>>;
	readonly tally: Tally;
	readonly settled?: Exchange;
};

export const noExchanges: Exchanges = {
	open: {},
	debts: {},
	tally: {asked: 0, pending: 0, replied: 0, 'timed-out': 0, lost: 0, mismatched: 0, abandoned: 0, late: 0},
};

/**
Follows one event. `role` is its peer's, undefined if there is none or nobody introduced it: the events of operations don't repeat it.
Events that concern no exchange give the very same value, without `settled`.
*/
export function foldExchanges(before: Exchanges, event: Event, role: Role | undefined): Exchanges {
	const state = before.settled ? withoutSettled(before) : before;
	if (role === undefined) {
		return state;
	}

	switch (event.type) {
		case 'sent': {
			return role === 'client' ? ask(state, event.peer, event) : answer(state, event.peer, event.n);
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

		case 'peer-closed': {
			return role === 'client' ? settle(state, event.peer, 'abandoned', event) : lose(state, event.peer, event);
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

type Sighting = {readonly n: number; readonly t: number; readonly frames: readonly Frame[]};

function ask(before: Exchanges, client: string, {n, t, frames}: Sighting): Exchanges {
	// A relaxed REQ may ask anew while it waits: the old question is given up by that very send.
	const state = settle(before, client, 'abandoned', {n, t});
	const {tally} = state;
	const exchange: Exchange = {id: tally.asked + 1, client, sent: n, sentAt: t, body: keyOf(frames), outcome: 'pending', evidence: 'inferred'};
	return {
		...state,
		open: {...state.open, [client]: exchange},
		tally: {...tally, asked: tally.asked + 1, pending: tally.pending + 1},
	};
}

function arrive(state: Exchanges, server: string, {n, t, frames}: Sighting): Exchanges {
	const body = keyOf(frames);
	const candidates = Object.values(state.open).filter(exchange => exchange.arrived === undefined && exchange.body === body);
	const [only] = candidates;
	const askers = candidates.map(exchange => exchange.client);
	if (!only || candidates.length > 1) {
		return {...state, debts: {...state.debts, [server]: {request: n, since: t, askers}}};
	}

	return {
		...state,
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
	return exchange
		? {...state, debts, open: {...state.open, [exchange.client]: {...exchange, answered: n}}}
		: {...state, debts};
}

function settleReply(state: Exchanges, client: string, event: Sighting): Exchanges {
	return state.open[client]
		? settle(state, client, 'replied', event)
		: {...state, tally: {...state.tally, late: state.tally.late + 1}};
}

function lose(state: Exchanges, server: string, event: {readonly n: number; readonly t: number}): Exchanges {
	const debt = state.debts[server];
	if (!debt) {
		return state;
	}

	const exchange = exchangeOf(state, debt);
	const released = {...state, debts: without(state.debts, server)};
	return exchange ? settle(released, exchange.client, 'lost', event) : released;
}

function settle(state: Exchanges, client: string, outcome: ExchangeOutcome, {n, t}: {readonly n: number; readonly t: number}): Exchanges {
	const exchange = state.open[client];
	if (!exchange) {
		return state;
	}

	return {
		...state,
		open: without(state.open, client),
		tally: {...state.tally, pending: state.tally.pending - 1, [outcome]: state.tally[outcome] + 1},
		settled: {...exchange, outcome, closed: n, closedAt: t},
	};
}

function exchangeOf(state: Exchanges, debt: Debt): Exchange | undefined {
	return Object.values(state.open).find(exchange => exchange.id === debt.exchange);
}

function withoutSettled(state: Exchanges): Exchanges {
	const {open, debts, tally} = state;
	return {open, debts, tally};
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
	const {[key]: _gone, ...rest} = record;
	return rest;
}
