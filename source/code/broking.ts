/** What a broker's and a worker's program have to know of each other, whatever the language. Source: the ZeroMQ Guide, chapters 2 to 4. */
import {firstEndpoint, firstFrontend, type Endpoint} from '../core/endpoint.js';
import {policies, policyNamed, type Policy} from '../core/policy.js';
import {type PeerSnapshot} from '../core/snapshot.js';

/** A broker's: how it chooses a worker, and where it listens. */
export type Broking = {readonly policy: Policy; readonly frontend: Endpoint; readonly backend: Endpoint; readonly hasHandover: boolean};

/** What a broker's program is made from. */
export const brokingOf = ({options, broker}: PeerSnapshot): Broking => ({
	policy: policyNamed(options.policy).name,
	frontend: broker?.sides.frontend ?? firstFrontend,
	backend: broker?.sides.backend ?? firstEndpoint,
	hasHandover: options.handover === 'on',
});

/** How a worker talks to its broker: the one policy whose workers have its type of socket. A REP is any server. */
export const workerPolicyOf = ({socketType}: PeerSnapshot): Policy => policies.find(({worker}) => worker === socketType)?.name ?? 'round-robin';

/** What a broker's or a worker's first lines say. */
export const brokerWords: Readonly<Record<Policy, string>> = {
	'round-robin': 'a ROUTER for clients and a DEALER for workers. It passes each request to the next worker, and each reply back (the shared queue of the ZeroMQ Guide, chapter 2).',
	'least-recently-used': 'a ROUTER for clients and a ROUTER for workers. A worker that says READY gets one request; the one that has been ready longest is next (the load balancing of the ZeroMQ Guide, chapter 3).',
	'paranoid-pirate': 'a ROUTER for clients and a ROUTER for workers, which say READY and send heartbeats. Who is silent is given up, and its request goes to another (the Paranoid Pirate of the ZeroMQ Guide, chapter 4).',
};

export const workerWords: Readonly<Record<Policy, string>> = {
	'round-robin': 'a REP server. It answers every request.',
	'least-recently-used': 'a REQ worker. It says READY, and with each reply it asks for the next request.',
	'paranoid-pirate': 'a DEALER worker. It says READY, answers requests, and sends heartbeats.',
};
