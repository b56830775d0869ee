/**
What is known of a broker: where its sides are, what it holds, what it has passed on, and which workers said READY.

Law: only what the broker itself told, so all of it is exact. What waits beyond that (in the queues of the workers' sockets, where the backend is
a DEALER) is no business of the broker's any more.
*/
import {type Endpoint} from './endpoint.js';
import {type Event} from './events.js';
import {type Side} from './hop.js';

/** A worker by its routing id, and since when (ms since the epoch) it is ready or has a request of that client (a routing id, too). */
export type KnownWorker = {readonly id: string; readonly isReady: boolean; readonly since: number};

export type BrokerSnapshot = {
	readonly sides: Readonly<Partial<Record<Side, Endpoint>>>;
	/** Requests that it holds, as no worker can take them. */
	readonly waiting: number;
	/** Passed on to workers, passed back to clients, and replies that nobody was given. */
	readonly requests: number;
	readonly replies: number;
	readonly dropped: number;
	/** Requests that it has given to nobody else, as too many workers were lost with them. */
	readonly requestsDropped: number;
	/** Where the backend is a ROUTER: whoever said READY, the one that has been ready longest first. */
	readonly workers: readonly KnownWorker[];
	/** How many workers it has given up. */
	readonly lost: number;
};

export const newBroker: BrokerSnapshot = {sides: {}, waiting: 0, requests: 0, replies: 0, dropped: 0, requestsDropped: 0, workers: [], lost: 0};

/** Follows one event of the broker; one that tells nothing new gives the very same value. */
export function foldBroker(broker: BrokerSnapshot, event: Event): BrokerSnapshot {
	switch (event.type) {
		case 'bound': {
			return event.side === undefined ? broker : {...broker, sides: {...broker.sides, [event.side]: event.endpoint}};
		}

		case 'peer-closed': {
			// What it held and whom it knew is gone with its sockets.
			return {...broker, waiting: 0, workers: []};
		}

		case 'queued': {
			return {...broker, waiting: event.waiting};
		}

		case 'forwarded': {
			const isRequest = event.from === 'frontend';
			const passed = {...broker, waiting: event.waiting, requests: broker.requests + (isRequest ? 1 : 0), replies: broker.replies + (isRequest ? 0 : 1)};
			return event.worker === undefined ? passed : {...passed, workers: withWorker(broker.workers, {id: event.worker, isReady: !isRequest, since: event.t})};
		}

		case 'dropped': {
			return {...broker, dropped: broker.dropped + 1};
		}

		case 'request-dropped': {
			return {...broker, requestsDropped: broker.requestsDropped + 1};
		}

		case 'worker-ready': {
			return {...broker, workers: withWorker(broker.workers, {id: event.worker, isReady: true, since: event.t})};
		}

		case 'worker-lost': {
			return {...broker, waiting: event.waiting, lost: broker.lost + 1, workers: broker.workers.filter(({id}) => id !== event.worker)};
		}

		default: {
			return broker;
		}
	}
}

/** Whoever has changed comes last: so the first that is ready has been so longest. */
const withWorker = (workers: readonly KnownWorker[], worker: KnownWorker): readonly KnownWorker[] =>
	[...workers.filter(({id}) => id !== worker.id), worker];
