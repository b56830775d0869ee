/** How a broker chooses the worker for a request. Source: the ZeroMQ Guide, chapters 2 (shared queue), 3 (load balancing) and 4 (Paranoid Pirate). */
import {type SocketType} from './events.js';

export type Policy = 'round-robin' | 'least-recently-used' | 'paranoid-pirate';

/** One policy: its sockets, and what it means. */
export type PolicyRecord = {readonly name: Policy; readonly broker: SocketType; readonly worker: SocketType; readonly summary: string};

const roundRobin: PolicyRecord = {name: 'round-robin', broker: 'ROUTER+DEALER', worker: 'REP', summary: 'the DEALER gives each request to the next worker in turn, busy or not'};

export const policies: readonly PolicyRecord[] = [
	roundRobin,
	{name: 'least-recently-used', broker: 'ROUTER+ROUTER', worker: 'REQ', summary: 'a worker says READY and gets one request; the one that has been ready longest is next'},
	{name: 'paranoid-pirate', broker: 'ROUTER+ROUTER', worker: 'DEALER', summary: 'the same with heartbeats: who is silent is given up, and its request given to another'},
];

export const policyNames: readonly Policy[] = policies.map(({name}) => name);

/** The policy of that name; the first one where there is none of it. */
export const policyNamed = (name: string | undefined): PolicyRecord => policies.find(policy => policy.name === name) ?? roundRobin;

export const firstPolicy: Policy = 'round-robin';

/** What a worker says to a broker, as the Guide's workers do: a text from a REQ, one byte from a DEALER that sends heartbeats. */
export const readyText = 'READY';
export const pirateReady = 1;
export const pirateHeartbeat = 2;

/** A heartbeat every so many ms; whoever was not heard of for `liveness` of them is given up. */
export const heartbeatMs = 500;
export const liveness = 3;

/** A request that so many workers were lost with, one after the other, is given to nobody else: it may be what kills them. */
export const mostLosses = 3;
