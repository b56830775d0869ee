/**
Which request on the wire is which question of a client, and which replies have passed to it: what makes the evidence of an exchange exact.

Law: the wire's events and the socket's may come in either order, so either may find the other one there already. A REQ has one question
out at a time; where more than one has not been seen on the wire, or a connection ended before one was, nothing more is claimed until
its next socket.
*/
import {type Endpoint} from './endpoint.js';
import {type EventOf} from './events.js';
import {type Way} from './wire-events.js';

/** A request on the wire: of which tap and link, and which one there. */
type Place = string;
/** What will never arrive: a message that fault `rule` took, or whatever was to come by a connection that has ended. `to` is the tap's endpoint. */
export type LostOnWire = {readonly what: 'request' | 'reply' | 'connection'; readonly rule?: number; readonly to?: Endpoint};
/** Which message of an exchange fault `rule` has struck without taking it. */
type Struck = {readonly exchange: number; readonly way: Way; readonly rule: number};
/** How a question ended on the wire; `lost` is there if it did not get its reply. */
type End = {readonly lost?: LostOnWire};

/** A client's side of the wire since its socket was opened. `unseen` and the values of `pairs` are ids of exchanges. */
export type ClientWire = {
	/** Seen on the wire before the socket told that it was sent, with what has become of it since. */
	readonly early: ReadonlyArray<{readonly place: Place; readonly end?: End}>;
	/** Sent, and not yet seen. */
	readonly unseen: readonly number[];
	readonly pairs: Readonly<Record<Place, number>>;
	/** Exchanges whose reply has passed, and that the client has not taken; oldest first. */
	readonly replies: readonly number[];
	readonly isUnsure: boolean;
	/** The newest message that a fault struck. */
	readonly struck?: Struck;
};

/** A client of which the wire knows nothing: it need not be tapped. */
export const noWire: ClientWire = {early: [], unseen: [], pairs: {}, replies: [], isUnsure: false};

type OnWire = {readonly to: string; readonly link: number; readonly exchange: number};

const placeOf = ({to, link, exchange}: OnWire): Place => `${to} ${link} ${exchange}`;

/** A question was sent. Gives what has become of it already, if that was told first. What had come for an older one, the socket has dropped. */
export function sentOnWire(wire: ClientWire, exchange: number): {readonly wire: ClientWire; readonly end?: End} {
	const [first, ...early] = wire.early;
	const asked = {...wire, replies: []};
	if (!first || wire.isUnsure) {
		return {wire: {...asked, unseen: [...wire.unseen, exchange].slice(-2)}};
	}

	return first.end === undefined ? {wire: {...asked, early, pairs: {...wire.pairs, [first.place]: exchange}}} : {wire: {...asked, early, replies: first.end.lost ? [] : [exchange]}, end: first.end};
}

/** A request has passed. */
export function seenOnWire(wire: ClientWire, unit: OnWire): ClientWire {
	if (wire.isUnsure || wire.unseen.length > 1 || wire.early.length > 0) {
		return {...noWire, isUnsure: true};
	}

	const place = placeOf(unit);
	const [exchange] = wire.unseen;
	return exchange === undefined ? {...wire, early: [{place}]} : {...wire, unseen: [], pairs: {...wire.pairs, [place]: exchange}};
}

/** What became of a request on the wire; `exchange` is whose it was, as far as that is known. */
export function endedOnWire(wire: ClientWire, event: EventOf<'exchange-seen'>): {readonly wire: ClientWire; readonly exchange?: number} {
	const place = placeOf(event);
	if (wire.early.some(each => each.place === place)) {
		return {wire: {...wire, early: [{place, end: endOf(event)}]}};
	}

	const {[place]: exchange, ...pairs} = wire.pairs;
	return exchange === undefined ? {wire} : {wire: {...wire, pairs, replies: event.outcome === 'replied' ? [...wire.replies, exchange] : wire.replies}, exchange};
}

/** How it ended, as the event tells. */
export const endOf = ({outcome, way, rule, to}: EventOf<'exchange-seen'>): End =>
	outcome === 'replied' ? {} : {lost: {what: way ?? 'connection', to, ...(rule !== undefined && {rule})}};

/** A fault has struck a message on its way. A request is told of before it passes: then it is the one that has not been seen yet. */
export function struckOnWire(wire: ClientWire, event: EventOf<'fault-struck'>): ClientWire {
	const {to, link, way, exchange: ofLink, rule} = event;
	if (link === undefined || way === undefined || ofLink === undefined || wire.isUnsure) {
		return wire;
	}

	const exchange = wire.pairs[placeOf({to, link, exchange: ofLink})] ?? (way === 'request' && wire.unseen.length === 1 ? wire.unseen[0] : undefined);
	return exchange === undefined ? wire : {...wire, struck: {exchange, way, rule}};
}

/** The endpoint to which a question has passed its tap, unanswered so far. */
export function passedTo(wire: ClientWire | undefined, exchange: number): Endpoint | undefined {
	const place = Object.entries(wire?.pairs ?? {}).find(([, itsExchange]) => itsExchange === exchange)?.[0];
	return place?.split(' ').slice(0, -2).join(' ');
}

/** A connection has ended: what had been sent and not seen may be gone, or may come by the next one. */
export const linkEnded = (wire: ClientWire): ClientWire => wire.unseen.length > 0 ? {...noWire, isUnsure: true} : wire;

/**
The client has received. Whose reply is it? Undefined where the wire does not tell. A REQ that is only relaxed takes the first that
comes; every other one takes its own, and discards as many as came before it. `open` is undefined where nothing was awaited any more.
*/
export function takenFromWire(wire: ClientWire, open: number | undefined, takesFirst: boolean): {readonly wire: ClientWire; readonly exchange?: number; readonly discarded: number} {
	const at = takesFirst || open === undefined ? 0 : wire.replies.indexOf(open);
	const exchange = wire.replies[at];
	return exchange === undefined ? {wire, discarded: 0} : {wire: {...wire, replies: wire.replies.slice(at + 1)}, exchange, discarded: at};
}
