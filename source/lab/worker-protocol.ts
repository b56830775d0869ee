/**
How a server talks to whoever gives it its requests: as a plain REP, or as a worker that tells a broker when it is ready.

- `round-robin`: a REP. libzmq keeps the envelope, and the program sees the body alone.
- `least-recently-used`: a REQ whose first request is READY; what it receives is a client's request with that client's routing id before it.
- `paranoid-pirate`: a DEALER that says READY in one byte, and that it is alive in another one, every so often.

Law: pure but for making the socket. Source: the ZeroMQ Guide, chapter 3 (lbbroker) and chapter 4 (ppworker).
*/
import {Dealer, Reply, Request} from 'zeromq';
import {encodeText} from '../core/frames.js';
import {pirateHeartbeat, pirateReady, readyText, type Policy} from '../core/policy.js';
import {type SocketType} from '../core/events.js';
import {type Credentials, type SocketSettings} from './socket-settings.js';

/** A request taken apart: what stands before its body, to be put before the reply. */
export type Taken = {readonly envelope: readonly Uint8Array[]; readonly body: readonly Uint8Array[]};

export type WorkerProtocol = {
	readonly socketType: SocketType;
	readonly create: (settings: SocketSettings & Credentials, id: string) => Reply | Request | Dealer;
	/** What it says first. */
	readonly greeting?: readonly Uint8Array[];
	readonly heartbeat?: readonly Uint8Array[];
	/** Whether this only says that the broker is alive. */
	readonly isSignal: (frames: readonly Uint8Array[]) => boolean;
	readonly take: (frames: readonly Uint8Array[]) => Taken;
};

const bare = (frames: readonly Uint8Array[]): Taken => ({envelope: [], body: frames});

/** The routing id and the delimiter that a broker has left before the body; a request id of the client's stands between them. */
function addressed(frames: readonly Uint8Array[]): Taken {
	const delimiter = frames.findIndex(({length}) => length === 0);
	return delimiter === -1 ? {envelope: frames.slice(0, 1), body: frames.slice(1)} : {envelope: frames.slice(0, delimiter + 1), body: frames.slice(delimiter + 1)};
}

export const workerProtocols: Readonly<Record<Policy, WorkerProtocol>> = {
	'round-robin': {
		socketType: 'REP',
		create: settings => new Reply(settings),
		isSignal: () => false,
		take: bare,
	},
	'least-recently-used': {
		socketType: 'REQ',
		create: (settings, id) => new Request({...settings, routingId: id}),
		greeting: [encodeText(readyText)],
		isSignal: () => false,
		take: addressed,
	},
	'paranoid-pirate': {
		socketType: 'DEALER',
		create: (settings, id) => new Dealer({...settings, routingId: id}),
		greeting: [Uint8Array.of(pirateReady)],
		heartbeat: [Uint8Array.of(pirateHeartbeat)],
		isSignal: frames => frames.length === 1,
		take: addressed,
	},
};
