/**
What tapped links tell of exchanges: which request was seen, whose reply has passed, what will never arrive. It makes the evidence exact.

Which request on the wire is which question is the affair of `wire-pairs.ts`.
*/
import {type EventOf} from './events.js';
import {countLate, isTriedAgain, settle, without, type Exchange, type Exchanges} from './exchange.js';
import {endedOnWire, endOf, sentOnWire, type ClientWire, type LostOnWire} from './wire-pairs.js';

/** With what the wire has told of one client. */
export const withWire = (state: Exchanges, client: string, wire: ClientWire): Exchanges => ({...state, wire: {...state.wire, [client]: wire}});

/** A client has sent its question: the wire may have shown it, and its end, before. */
export function sendOnWire(state: Exchanges, client: string, event: {readonly n: number; readonly t: number}): Exchanges {
	const wire = state.wire[client];
	const exchange = state.open[client];
	if (!wire || !exchange) {
		return state;
	}

	const sent = sentOnWire(wire, exchange.id);
	// A REQ drops what came for an older question when it sends anew.
	const after = countLate(withWire(state, client, sent.wire), wire.replies.length);
	return sent.end?.lost ? loseExactly(after, {client, exchange: exchange.id, lost: sent.end.lost}, event) : after;
}

/** The wire has shown how a question ended. That its reply has passed settles nothing: the client has yet to take it. */
export function see(state: Exchanges, event: EventOf<'exchange-seen'>): Exchanges {
	const {peer: client} = event;
	const before = state.wire[client];
	const open = state.open[client];
	if (!before) {
		return state;
	}

	const {wire, exchange} = endedOnWire(before, event);
	const after = withWire(state, client, wire);
	const {lost} = endOf(event);
	if (lost) {
		return exchange === undefined ? after : loseExactly(after, {client, exchange, lost}, event);
	}

	return open?.id === exchange && open ? attribute(after, open) : after;
}

/** Why nothing will come is remembered, though the client may have given up before. Whoever asks again by itself has not lost it yet. */
function loseExactly(before: Exchanges, {client, exchange, lost}: {readonly client: string; readonly exchange: number; readonly lost: LostOnWire}, event: {readonly n: number; readonly t: number}): Exchanges {
	const state = {...before, losses: {...before.losses, [client]: {exchange, t: event.t, onWire: lost}}};
	const open = state.open[client];
	return open?.id !== exchange || isTriedAgain(open) ? state : settle(state, client, 'lost', event, 'exact');
}

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

