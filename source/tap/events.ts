/**
What a tap says: facts about the connections that pass through it, numbered and timed when they happen.

Law: plain data; texts from the wire stand in it as they came (within the limits), so whoever shows them has to make them visible first.
`t` is ms since the epoch, with a fraction; sizes are in bytes; `link` counts the connections of this tap from 1, `unit` the units of one direction of a link, `exchange` the requests of a link, and `rule` is the number of a fault in force.
*/
import {type Endpoint} from '../core/endpoint.js';
import {type Frame} from '../core/frames.js';
import {type State} from '../core/machines.js';
import {type Side, type Trouble} from '../zmtp/connection.js';
import {type Evidence, type Unit} from '../zmtp/units.js';
import {type RoundTripSummary} from './round-trips.js';

/** Which way something goes: from who asks to who answers, or back. */
export type Way = 'request' | 'reply';

/** What became of a question: answered, or never to be answered on this connection. */
export type Outcome = 'replied' | 'lost';

/** Who waits for whom, in the words of their sockets, since when (ms since the epoch), for how many replies. */
export type Waiting = {readonly link: number; readonly who: string; readonly whom: string; readonly since: number; readonly count: number};

/** How one side left: in good order, or with a reset. */
export type Leaving = 'fin' | 'rst';

/** Where both sides must be in the pattern, as far as the wire tells, and how many requests are unanswered. */
export type Standing = {readonly machines: Readonly<Record<Side, State>>; readonly open: number};

/** The same, with the sums so far. */
export type LaneCounts = Standing & {readonly asked: number; readonly replied: number; readonly lost: number};

/** What one connection may say of itself. */
export type LaneFact =
	| {readonly type: 'handshake'; readonly connector: string; readonly listener: string; readonly mechanism: string; readonly version: string}
	| {readonly type: 'trouble'; readonly trouble: Trouble; readonly says: string; readonly next: string}
	| {readonly type: 'unit'; readonly from: Side; readonly unit: number; readonly kind: Unit['type']; readonly size: number; readonly way?: Way; readonly exchange?: number; readonly frames?: readonly Frame[]; readonly frameCount?: number; readonly problems?: readonly string[]; readonly machines?: Standing['machines']; readonly open?: number}
	| {readonly type: 'exchange'; readonly exchange: number; readonly outcome: Outcome; readonly evidence: Evidence; readonly since: number; readonly ms: number; readonly request: readonly Frame[]; readonly reply?: readonly Frame[]; readonly why?: 'fault' | 'disconnected'; readonly way?: Way; readonly rule?: number}
	/** A reply to nothing that is open: late, twice, or unasked. */
	| {readonly type: 'unsolicited'; readonly reply: readonly Frame[]};

/** A fault in force: its number, and its words as they were written. */
export type InForce = {readonly rule: number; readonly fault: string};

type LinkFact =
	| {readonly type: 'link-opened'}
	/** Where a connection is of which some units were only counted. */
	| ({readonly type: 'link-counted'} & LaneCounts)
	/** Somebody has waited for long, told once for each wait. */
	| ({readonly type: 'waiting'} & Omit<Waiting, 'link'>)
	/** `side` will send no more; the other one still may. */
	| {readonly type: 'half-closed'; readonly side: Side}
	| {readonly type: 'link-closed'; readonly by: Side | 'tap'; readonly how: Leaving; readonly bytes: Readonly<Record<Side, number>>}
	/** `exchange` is there where it can be told at once which one it is; the exchange’s own end names the rule too. A fault that shapes bytes strikes a connection as a whole, and has no unit. */
	| ({readonly type: 'fault-struck'; readonly way?: Way; readonly unit?: number; readonly exchange?: number} & InForce)
	/** A fault that would have struck and can't: the reason tells why. */
	| ({readonly type: 'fault-missed'; readonly reason: string} & InForce);

/** How the tap came to its end, and all that it has counted. */
export type Summary = {
	readonly type: 'summary';
	readonly links: number;
	readonly refused: number;
	readonly open: number;
	readonly messages: Readonly<Record<Way, number>>;
	/** Encrypted frames; how many messages they are can't be known. */
	readonly sealed: Readonly<Record<Way, number>>;
	readonly bytes: Readonly<Record<Side, number>>;
	readonly exchanges: {readonly replied: number; readonly lost: number; readonly unsolicited: number; readonly open: number; readonly untimed: number};
	readonly roundTrips?: RoundTripSummary;
	readonly waiting: readonly Waiting[];
	readonly troubles: number;
	readonly faults: ReadonlyArray<InForce & {readonly struck: number}>;
};

type TapFact =
	| {readonly type: 'tap-started'; readonly listen: Endpoint; readonly upstream: Endpoint; readonly seed: number; readonly faults: readonly InForce[]}
	/** Told once, however often clients try; `upstream-back` tells how often they have. */
	| {readonly type: 'upstream-missing'; readonly upstream: Endpoint; readonly code: string}
	| {readonly type: 'upstream-back'; readonly upstream: Endpoint; readonly attempts: number; readonly ms: number}
	/** What is in force from now on, after something was added or lifted. */
	| {readonly type: 'faults-changed'; readonly faults: readonly InForce[]}
	/** A fault turned a new connection away. */
	| ({readonly type: 'connection-refused'} & InForce)
	| {readonly type: 'accept-failed'; readonly code: string}
	/** So many units were counted and not told one by one. */
	| {readonly type: 'units-sampled'; readonly count: number; readonly ms: number};

/** A fact before it is numbered and timed. */
export type Fact = TapFact | Summary | ((LaneFact | LinkFact) & {readonly link: number});
export type OfLink = LaneFact | LinkFact;

/** A fact as it is printed. */
export type TapEvent = Fact & {readonly v: 1; readonly n: number; readonly t: number};
