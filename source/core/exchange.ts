/**
What is known of exchanges: one question and what became of it.

Law: an exchange begins with a completed send of a client, has exactly one outcome, and a closed outcome never changes.
A refused send is no exchange. What a plain link can't show is not claimed: `evidence` says how each claim is known, and
`askers` lists every client that a server's request may have come from.
*/
import {type ClientWire, type LostOnWire} from './wire-pairs.js';

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
	/** Where a broker had it last. */
	readonly hop?: Hop;
	/** The way out in force when it was asked, as `/recover` writes it; undefined for none. */
	readonly recovery?: string;
};

/**
A request at a broker, since when (ms since the epoch): held there, passed on to one of the workers in `holders`, or its reply given back. `gone`: who could have had it
too, and has closed its socket since.
*/
export type Hop = {readonly broker: string; readonly place: 'queued' | 'passed' | 'returned'; readonly since: number; readonly holders?: readonly string[]; readonly gone?: string};

/** What a server owes: since when, for which request (event number), and who may have asked. */
export type Debt = {
	readonly request: number;
	readonly since: number;
	readonly askers: readonly string[];
	readonly exchange?: number;
	/** The only one who can have asked has closed its socket since: whatever is replied goes nowhere. */
	readonly gone?: string;
};

/**
What took a request or its reply for ever: which exchange, and when (ms since the epoch). Either the socket of the `server` that owed the
reply was closed, or its broker has dropped it as these `workers` (routing ids) were lost with it, or the wire has shown it: a fault took that
message, or the connection ended while the reply was awaited.
*/
export type Loss = {readonly exchange: number; readonly t: number; readonly server?: string; readonly workers?: readonly string[]; readonly onWire?: LostOnWire};

/** A request that several may have sent, and its reply; the numbers are those of the events. `isBlurred`: one before it was not told apart yet, so only the server is sure. */
export type Unclear = {readonly isBlurred?: true; readonly request: number; readonly answered?: number; readonly askers: readonly string[]};

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
	/** By client: the loss of its newest request, given up before or not. */
	readonly losses: Readonly<Record<string, Loss>>;
	/** Routing ids of libzmq's own that have been found out: whose they are. */
	readonly ids?: Readonly<Record<string, string>>;
	/** How many requests the clients of a chosen routing id have left with a broker (`overdue.ts`). */
	readonly overdue?: Readonly<Record<string, number>>;
	/** Clients to whom a broker has given the reply to such a request while they asked something else, and when (event number). */
	readonly misdirected?: Readonly<Record<string, number>>;
	readonly tally: Tally;
	/** What the newest event closed, and what else it closed beside that. */
	readonly settled?: Exchange;
	readonly settledToo?: readonly Exchange[];
};

/** Whether its client asks it again by itself, from a new socket, when no reply comes. */
export const isTriedAgain = ({recovery}: Exchange): boolean => recovery?.startsWith('lazy-pirate') ?? false;

export const noExchanges: Exchanges = {
	open: {},
	debts: {},
	strays: {},
	wire: {},
	unclear: {},
	losses: {},
	tally: {asked: 0, pending: 0, replied: 0, 'timed-out': 0, lost: 0, mismatched: 0, abandoned: 0, late: 0},
};

/** Closes a client's open exchange, if there is one. */
export function settle(state: Exchanges, client: string, outcome: ExchangeOutcome, {n, t}: {readonly n: number; readonly t: number}, evidence?: Evidence): Exchanges {
	const exchange = state.open[client];
	if (!exchange) {
		return state;
	}

	return {
		...state,
		...(state.settled && {settledToo: [...state.settledToo ?? [], state.settled]}),
		open: without(state.open, client),
		tally: {...state.tally, pending: state.tally.pending - 1, [outcome]: state.tally[outcome] + 1},
		settled: {...exchange, outcome, closed: n, closedAt: t, ...(evidence && {evidence})},
	};
}

/** Counts replies that came for questions that had been given up. */
export const countLate = (state: Exchanges, count: number): Exchanges =>
	count === 0 ? state : {...state, tally: {...state.tally, late: state.tally.late + count}};

/** Of a reply to an older question nothing more is expected. */
export function withoutStray(state: Exchanges, client: string): Exchanges {
	return client in state.strays ? {...state, strays: without(state.strays, client)} : state;
}

/** The record without one of its keys. */
export function without<Value>(record: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
	const {[key]: _gone, ...rest} = record;
	return rest;
}
