/**
The ladder: what passed between the peers as a sequence diagram, one lifeline a peer, one arrow a message, growing downward.

Law: it claims no more than the events do. An arrow whose arrival nobody saw ends in the middle, with what is known of it; where a plain
link can't tell which of several clients a message belongs to, it names them all. The panel and every export are drawn from this.
*/
import {type Frame} from '../frames.js';

/** What a peer does between two of its events, drawn as a bar on its lifeline. `waiting`: a client for a reply; `serving`: a server that owes one. */
export type Bar = 'closed' | 'idle' | 'waiting' | 'serving' | 'delaying' | 'holding';

/** What is known of a message: it arrived; it may yet; or the reason why it can't, or why that can't be known. */
export type Fate =
	| 'arrived' | 'under-way'
	/** It waits in its sender's socket: nobody is connected. */
	| 'no-peer'
	/** Its other end is not in this lab. */
	| 'outside'
	/** Dropped with the socket that it was for. */
	| 'receiver-gone'
	/** A fault took it out of the link. */
	| 'taken'
	/** A later one from the same sender has arrived: libzmq dropped this one, as nobody waited for it any more. */
	| 'discarded'
	/** Whoever had it has closed since: it may be in the link or lost, and a plain link can't tell. */
	| 'unknown';

/** One message. `from` and `to` name one peer where that is known, several where it may be any of them, none where it can't be known. */
export type Arrow = {
	readonly isRequest: boolean;
	readonly frames: readonly Frame[];
	readonly from: readonly string[];
	readonly to: readonly string[];
	/** Numbers and times (ms since the epoch) of the events that saw it. */
	readonly sent?: Moment;
	readonly arrived?: Moment;
	readonly fate: Fate;
	/** Which try of a question, from the second on. */
	readonly attempt?: number;
	/** A reply to a question that was given up, or to another one than the client thinks. */
	readonly flaw?: 'late' | 'mismatched';
	/** From the question to this reply, in ms. */
	readonly roundTripMs?: number;
	/** The number of the fault that took it. */
	readonly rule?: number;
	/** Whose socket has closed since, where that makes the fate. */
	readonly gone?: string;
};

export type Moment = {readonly n: number; readonly t: number};

/** What is marked on a lifeline. */
export type MarkKind = 'refused' | 'timed-out' | 'attempt-failed' | 'crashed' | 'closed' | 'opened' | 'delay' | 'held' | 'released' | 'fault' | 'lab';

/** A fault that struck: at a message between two peers, as far as it is known. */
export type FaultMark = {readonly text: string; readonly from?: string; readonly to?: string};

/** One row of the ladder, in the order of the events. `bars` is what each peer does after it. */
export type Step = Moment & {readonly bars: Bars} & (
	| {readonly type: 'leaves' | 'arrives'; readonly peer: string; readonly arrow: Arrow}
	/** `peer` is undefined for what concerns the whole lab. */
	| {readonly type: 'mark'; readonly mark: MarkKind; readonly peer?: string; readonly text: string; readonly fault?: FaultMark}
);

export type Bars = Readonly<Record<string, Bar>>;

/** The steps in order; `before` is what each peer did before the first. */
export type Ladder = {readonly before: Bars; readonly steps: readonly Step[]};
