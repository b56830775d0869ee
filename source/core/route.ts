/**
By which connections a client's newest request can have left, and which of those are gone since.

Law: only what libzmq's monitor told. A reply comes back by the connection that took the request, or not at all (`req.cpp`, `_reply_pipe`;
`rep.cpp` routes by the envelope). A request that no connection has taken yet waits in the client's own socket.
*/
import {type Endpoint} from './endpoint.js';
import {type Event} from './events.js';
import {type Link} from './links.js';

/** `up`: where there was a connection when the request was sent, or has been one since. `cut`: which of those were lost since, and when (ms since the epoch). */
export type Route = {readonly up: readonly Endpoint[]; readonly cut: ReadonlyArray<{readonly endpoint: Endpoint; readonly t: number}>};

/** Follows one event of a client whose `links` stand as they did before it. Undefined while nothing is asked. */
export function foldRoute(route: Route | undefined, links: readonly Link[], event: Event): Route | undefined {
	switch (event.type) {
		case 'sent': {
			return {up: links.filter(({connections}) => connections > 0).map(({endpoint}) => endpoint), cut: []};
		}

		case 'received':
		case 'peer-closed': {
			return undefined;
		}

		case 'handshake-done': {
			return route && !route.up.includes(event.endpoint) ? {...route, up: [...route.up, event.endpoint]} : route;
		}

		case 'disconnected':
		case 'disconnecting':
		case 'unbound': {
			return route?.up.includes(event.endpoint) ? {...route, cut: [...route.cut.filter(({endpoint}) => endpoint !== event.endpoint), {endpoint: event.endpoint, t: event.t}]} : route;
		}

		default: {
			return route;
		}
	}
}
