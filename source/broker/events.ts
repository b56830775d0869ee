/**
What a broker says: facts about each message that passes through it, numbered and timed when they happen.

Law: plain data; texts from the wire stand in it as they came (within the limits), so whoever shows them has to make them visible first.
`t` is ms since the epoch, with a fraction.
*/
import {type Endpoint} from '../core/endpoint.js';
import {type Frame} from '../core/frames.js';
import {type Role} from '../zmtp/units.js';

/** Clients connect at the frontend, workers at the backend. */
export type Side = 'frontend' | 'backend';

/** One frame of a message, and what it is for: routing id, request id, delimiter or body. */
export type HopFrame = Frame & {readonly role: Role};

export type BrokerFact =
	| ({readonly type: 'broker-started'} & Readonly<Record<Side, Endpoint>>)
	/** A handshake is done with somebody at that side, or a connection there has ended. */
	| {readonly type: 'peer-joined' | 'peer-left'; readonly side: Side}
	/** Taken from one side and handed to libzmq at the other: the frames as the broker had them in between. */
	| {readonly type: 'forwarded'; readonly from: Side; readonly frames: readonly HopFrame[]}
	/** A request that no worker can take now. It is the only one that the broker holds; all others wait in libzmq’s own queues. */
	| {readonly type: 'waiting'; readonly frames: readonly HopFrame[]}
	/** A reply that nobody can be given any more, with libzmq’s code. */
	| {readonly type: 'dropped'; readonly code: string; readonly frames: readonly HopFrame[]}
	/** How many passed: requests towards the workers, replies towards the clients, and replies that nobody took. */
	| {readonly type: 'summary'; readonly requests: number; readonly replies: number; readonly dropped: number};

export type BrokerEvent = {readonly v: 1; readonly n: number; readonly t: number} & BrokerFact;
