/**
What a tapped link tells: a proxy of our own between a peer that connects and the endpoint that it connects to.

`peer` is who connects and `to` its endpoint, which tells one tap from another; `link` counts the connections of that tap from 1,
`unit` the units of one direction of a link, `exchange` the requests of a link, and `rule` is the number of a fault in force.
It is `to` and not `endpoint`: these facts are the tap's, not libzmq's monitor's.
*/
import {type Endpoint} from './endpoint.js';
import {type State} from './machines.js';

/** Which way something goes: from who asks to who answers, or back. */
export type Way = 'request' | 'reply';

/** The side that connected (the peer), or the one that listens. */
export type WireSide = 'connector' | 'listener';

/** Where each side must be in the pattern, as far as the wire tells. */
export type WireMachines = Readonly<Record<WireSide, State>>;

/** A named stretch of a unit, from its first byte on; `value` where it is short and no body, `isHidden` where it is kept nowhere (a password). */
export type UnitField = {readonly name: string; readonly offset: number; readonly length: number; readonly value?: string; readonly isHidden?: true};

type OnTap = {readonly peer: string; readonly to: Endpoint};
type OnLink = OnTap & {readonly link: number};
type OfRule = {readonly rule: number; readonly fault: string};

/** One thing that a side said, as it passed. `bytes` are its first ones, base64; `isTaken` if a fault kept it from arriving; `rule` is the fault that has struck it. */
type UnitFact = {
	readonly type: 'unit';
	readonly from: WireSide;
	readonly way?: Way;
	readonly unit: number;
	readonly kind: string;
	readonly size: number;
	readonly bytes: string;
	readonly fields: readonly UnitField[];
	/** Of a message: to which request of its link it belongs, where that can be told. */
	readonly exchange?: number;
	readonly isTaken?: true;
	readonly rule?: number;
	/** Of a message: where both sides are after it, and how many requests are unanswered. */
	readonly machines?: WireMachines;
	readonly open?: number;
} & OnLink;

/** The sums of a tap. `sealed` are encrypted frames, `untimed` answers whose request was only counted. */
export type TapFigures = {
	readonly links: number;
	readonly open: number;
	readonly refused: number;
	readonly messages: {readonly request: number; readonly reply: number};
	readonly sealed: {readonly request: number; readonly reply: number};
	readonly bytes: Readonly<Record<WireSide, number>>;
	readonly exchanges: {readonly replied: number; readonly lost: number; readonly unsolicited: number; readonly open: number; readonly untimed: number};
	readonly roundTrips?: {readonly count: number; readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number};
};

/** How a question ended as the wire has it: its reply passed, or it (or its reply) will never arrive on this connection. */
type ExchangeSeen = {
	readonly type: 'exchange-seen';
	readonly exchange: number;
	readonly outcome: 'replied' | 'lost';
	readonly evidence: 'exact' | 'inferred';
	readonly ms: number;
	readonly why?: 'fault' | 'disconnected';
	/** Which message a fault took, and the number of that fault. */
	readonly way?: Way;
	readonly rule?: number;
} & OnLink;

export type WireFact =
	| UnitFact
	| ExchangeSeen
	| {readonly type: 'tap-switched'; readonly isOn: boolean}
	| ({readonly type: 'tap-opened'; readonly via: Endpoint} & OnTap)
	| ({readonly type: 'tap-closed'} & OnTap)
	/** The peer goes straight to its endpoint all the same. */
	| ({readonly type: 'tap-failed'; readonly reason: string} & OnTap)
	| ({readonly type: 'upstream-missing'; readonly code: string} & OnTap)
	| ({readonly type: 'upstream-back'; readonly attempts: number; readonly ms: number} & OnTap)
	| ({readonly type: 'link-opened'} & OnLink)
	| ({readonly type: 'link-half-closed'; readonly side: WireSide} & OnLink)
	| ({readonly type: 'link-closed'; readonly by: WireSide | 'tap'; readonly how: 'fin' | 'rst'} & OnLink)
	/** Both sides have said their last word of the handshake: their socket types (`hidden` under CURVE), and the mechanism. */
	| ({readonly type: 'link-handshake'; readonly connector: string; readonly listener: string; readonly mechanism: string; readonly version: string} & OnLink)
	/** What keeps the two from talking, and what to do about it. */
	| ({readonly type: 'link-trouble'; readonly says: string; readonly next: string} & OnLink)
	/** Where a connection stands of which some units were only counted. */
	| ({readonly type: 'link-counted'; readonly machines: WireMachines; readonly open: number; readonly asked: number; readonly replied: number; readonly lost: number} & OnLink)
	/** What a tap has seen so far; at most once a second, where it stands between programs of others. Round trips in ms. */
	| ({readonly type: 'tap-figures'} & TapFigures & OnTap)
	/** So many units were counted and not told one by one. */
	| ({readonly type: 'units-sampled'; readonly count: number; readonly ms: number} & OnTap)
	| ({readonly type: 'fault-set'} & OfRule)
	| ({readonly type: 'fault-lifted'} & OfRule)
	/** Without a `unit` it struck the whole connection; without a `link`, a connection that came to nothing. */
	| ({readonly type: 'fault-struck'; readonly link?: number; readonly way?: Way; readonly unit?: number; readonly exchange?: number} & OfRule & OnTap)
	| ({readonly type: 'fault-missed'; readonly reason: string} & OfRule & OnLink);
