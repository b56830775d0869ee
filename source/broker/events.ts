/**
What a broker says: facts about each message that passes through it, numbered and timed when they happen.

Law: plain data; texts from the wire stand in it as they came (within the limits), so whoever shows them has to make them visible first.
`t` is ms since the epoch, with a fraction.
*/
import {type Endpoint} from '../core/endpoint.js';
import {type Side} from '../core/hop.js';
import {type Policy} from '../core/policy.js';
import {type PassingFact} from './tell.js';

export type BrokerFact =
	| ({readonly type: 'broker-started'; readonly policy: Policy} & Readonly<Record<Side, Endpoint>>)
	| PassingFact
	/** A handshake is done with somebody at that side, or a connection there has ended. */
	| {readonly type: 'peer-joined' | 'peer-left'; readonly side: Side}
	/** So many more hops in that time (ms) that they were only counted. */
	| {readonly type: 'hops-sampled'; readonly count: number; readonly ms: number}
	/** How many passed: requests towards the workers, replies towards the clients, and replies that nobody took. */
	| {readonly type: 'summary'; readonly requests: number; readonly replies: number; readonly dropped: number};

export type BrokerEvent = {readonly v: 1; readonly n: number; readonly t: number} & BrokerFact;
