/**
What a client has left with a broker: requests that it waits for no longer, and whose replies have yet to come. A chosen routing id outlives its
socket, so each of these replies goes to whoever is called by that id when it comes, and any REQ without request ids takes it for the answer to
what it asks now.

Law: only what the broker itself has told counts. Which of several replies it gave is inferred: not that of the newest question, as long as no
worker of this lab has answered that.
*/
import {type Options} from './events.js';
import {without, withoutStray, type Exchange, type Exchanges} from './exchange.js';
import {encodeText} from './frames.js';
import {clientIdOf, describeId, type HopFrame} from './hop.js';

/** The routing id that a client has chosen, in words. */
export const chosenId = ({id}: Options): string | undefined => id === undefined || id === 'off' ? undefined : describeId(encodeText(id));

/** Whoever closes a question without its reply leaves it behind, if a broker has it. */
export function leaveBehind(state: Exchanges, peers: Readonly<Record<string, {readonly options: Options}>>): Exchanges {
	// Most events close nothing, and every event comes by here.
	if (!state.settled) {
		return state;
	}

	let left = state;
	for (const exchange of [...state.settledToo ?? [], state.settled]) {
		const id = chosenId(peers[exchange.client]?.options ?? {});
		if (id !== undefined && isLeft(exchange)) {
			left = {...left, overdue: {...left.overdue, [id]: (left.overdue?.[id] ?? 0) + 1}};
		}
	}

	return left;
}

const isLeft = ({outcome, hop}: Exchange): boolean => outcome !== 'replied' && outcome !== 'lost' && (hop?.place === 'queued' || hop?.place === 'passed');

/** One of those is answered, dropped or lost: it is overdue no more. */
export function oneLess(state: Exchanges, id: string | undefined): Exchanges {
	const {overdue = {}} = state;
	const count = id === undefined ? undefined : overdue[id];
	return id === undefined || count === undefined
		? state
		: {...state, overdue: count === 1 ? without(overdue, id) : {...overdue, [id]: count - 1}};
}

/** The broker has given (event `n`) a reply that is not for what `client` asks now, if it asks anything: so for an older question. */
export function misdirect(state: Exchanges, {n, frames}: {readonly n: number; readonly frames: readonly HopFrame[]}, client: string | undefined): Exchanges {
	const id = clientIdOf(frames);
	if (state.overdue?.[id] === undefined) {
		return state;
	}

	const less = oneLess(state, id);
	return client !== undefined && client in state.open ? {...less, misdirected: {...less.misdirected, [client]: n}} : less;
}

/** What was given to `client` in place of its answer is taken. Gives when it was given (event number). */
export function takeMisdirected(state: Exchanges, client: string): {readonly state: Exchanges; readonly given: number | undefined} {
	const given = state.misdirected?.[client];
	return given === undefined ? {state, given} : {state: withoutStray({...state, misdirected: without(state.misdirected ?? {}, client)}, client), given};
}
