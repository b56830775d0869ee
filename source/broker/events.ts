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
	/** With CURVE it has a public key (Z85), and lets in whose keys are on the list; `any` is no list. */
	| ({readonly type: 'broker-started'; readonly policy: Policy; readonly publicKey?: string; readonly allow?: string} & Readonly<Record<Side, Endpoint>>)
	| PassingFact
	/** A handshake is done with somebody at that side, or a connection there has ended. */
	| {readonly type: 'peer-joined' | 'peer-left'; readonly side: Side}
	/** Libzmq's own code of a handshake that failed at that side; a ZAP verdict is `ZAP` and its status. */
	| {readonly type: 'handshake-failed'; readonly side: Side; readonly kind: 'other' | 'protocol' | 'auth'; readonly code: string}
	/** Whose public key (Z85) came, at either side, and whether it was let in. */
	| {readonly type: 'zap-request'; readonly address: string; readonly key: string; readonly verdict: 'allowed' | 'denied'}
	/** So many more hops in that time (ms) that they were only counted. */
	| {readonly type: 'hops-sampled'; readonly count: number; readonly ms: number}
	/** How many passed: requests towards the workers, replies towards the clients, replies that nobody took, and requests that were given to nobody else as too many workers were lost with them. */
	| {readonly type: 'summary'; readonly requests: number; readonly replies: number; readonly dropped: number; readonly requestsDropped: number};

export type BrokerEvent = {readonly v: 1; readonly n: number; readonly t: number} & BrokerFact;
