/**
What happened: the one union that the lab sends, the journal keeps, recordings store and `--json` prints.

Law: an event is a fact about a real socket (or about a person's command). It is numbered and timed when it happens, and never changed.
`n` counts from 1 in one lab; `t` is ms since the epoch, with a fraction.
*/
import {type Frame} from './frames.js';
import {type Endpoint} from './endpoint.js';
import {type HopFrame, type Side} from './hop.js';
import {type SocketOptionName} from './socket-options.js';
import {type WireFact} from './wire-events.js';

/** The version of this union; a reader refuses what it does not know. */
export const eventVersion = 1;

/** What a peer is for. A worker is a server that connects to a broker. */
export type Role = 'client' | 'server' | 'broker';
/** A worker of a broker that wants to know who is ready is a REQ or a DEALER; a broker has two sockets. */
export type SocketType = 'REQ' | 'REP' | 'DEALER' | 'ROUTER+DEALER' | 'ROUTER+ROUTER';
export type Direction = 'bind' | 'connect';

/** Where a line came from: the keyboard, a pipe, a script, or the lab's own repeating timer. */
export type Origin = 'keys' | 'pipe' | 'flag' | 'every' | 'script';

/** A socket is closed in good order, at once, because its lab ends, or by its own client to try again with a new one. */
export type Closing = 'close' | 'crash' | 'end' | 'retry';

/** How a REP answers: a template by itself, or a person by hand. */
export type Service = 'automatic' | 'by-hand';

/** The settings of a peer that a person can change and a pane shows. Written as the command that sets them reads them. */
export type Options = Readonly<Partial<Record<OptionName, string>>>;
export type OptionName = 'delay' | 'delay-once' | 'reply-with' | 'service' | 'hold' | 'timeout' | 'every' | 'recover' | 'id' | 'process' | 'policy' | 'handover' | SocketOptionName | SecurityOptionName;
/** How a peer is secured: with what, its public key, and whom a server lets in. */
export type SecurityOptionName = 'curve' | 'public-key' | 'allow';

type Lab =
	| {readonly type: 'lab-started'; readonly seed: number; readonly scene: string; readonly versions: Readonly<Record<string, string>>; readonly continues?: true}
	| {readonly type: 'command'; readonly text: string; readonly from: Origin}
	/** Only a script asks when a command is over: `command` is the number of its `command` event. */
	| {readonly type: 'command-done'; readonly command: number}
	| {readonly type: 'command-failed'; readonly text: string; readonly reason: string; readonly next: string; readonly code?: string; readonly peer?: string}
	| {readonly type: 'lab-ended'; readonly reason?: string}
	| {readonly type: 'recording-started'; readonly file: string}
	| {readonly type: 'recording-stopped'; readonly file: string; readonly reason?: string; readonly next?: string; readonly code?: string};

type Life =
	| {readonly type: 'peer-added'; readonly peer: string; readonly role: Role; readonly socketType: SocketType; readonly options: Options}
	| {readonly type: 'peer-removed'; readonly peer: string}
	/** `socketType`: where it is another one than before. */
	| {readonly type: 'peer-opened'; readonly peer: string; readonly socketType?: SocketType}
	| {readonly type: 'peer-closed'; readonly peer: string; readonly how: Closing}
	| {readonly type: 'option-changed'; readonly peer: string; readonly option: OptionName; readonly value: string}
	| {readonly type: 'bound'; readonly peer: string; readonly endpoint: Endpoint; readonly insteadOf?: Endpoint; readonly side?: Side}
	| {readonly type: 'unbound'; readonly peer: string; readonly endpoint: Endpoint}
	| {readonly type: 'connecting'; readonly peer: string; readonly endpoint: Endpoint}
	| {readonly type: 'disconnecting'; readonly peer: string; readonly endpoint: Endpoint};

/** A lazy pirate's time-out comes after its last of so many `tries`, and it has a new socket then; `pauseMs` is its back-off before the next try. */
type Operations =
	/** `envelope`: so many of the frames, from the first one on, stand before the body because the program itself has put them there. */
	| {readonly type: 'sent'; readonly peer: string; readonly frames: readonly Frame[]; readonly attempt?: number; readonly envelope?: number}
	| {readonly type: 'received'; readonly peer: string; readonly frames: readonly Frame[]; readonly envelope?: number}
	/** A worker has sent its READY: it asks a broker for work. */
	| {readonly type: 'ready'; readonly peer: string; readonly frames: readonly Frame[]}
	| {readonly type: 'refused'; readonly peer: string; readonly operation: 'send' | 'receive'; readonly code: string; readonly errno: number; readonly frames?: readonly Frame[]}
	| {readonly type: 'parked'; readonly peer: string; readonly operation: 'send' | 'receive'; readonly frames?: readonly Frame[]}
	| {readonly type: 'unparked'; readonly peer: string; readonly operation: 'send' | 'receive'}
	| {readonly type: 'timed-out'; readonly peer: string; readonly afterMs: number; readonly tries?: number}
	| {readonly type: 'attempt-failed'; readonly peer: string; readonly attempt: number; readonly of: number; readonly afterMs: number; readonly pauseMs?: number};

type ServiceEvents =
	| {readonly type: 'delay-started'; readonly peer: string; readonly ms: number}
	| {readonly type: 'delay-ended'; readonly peer: string}
	| {readonly type: 'held'; readonly peer: string}
	| {readonly type: 'released'; readonly peer: string};

/** What a broker does: each message that it passes on, with its frames as the broker has them in between. `waiting` is how many requests it holds after that, as no worker can take them. `worker` is the routing id of one, where the backend is a ROUTER. */
type Broking =
	| {readonly type: 'forwarded'; readonly peer: string; readonly from: Side; readonly frames: readonly HopFrame[]; readonly waiting: number; readonly worker?: string}
	| {readonly type: 'queued'; readonly peer: string; readonly frames: readonly HopFrame[]; readonly waiting: number}
	/** A reply that nobody can be given: with libzmq's code, or without one where its worker had been given up: the request was given to another, or dropped. */
	| {readonly type: 'dropped'; readonly peer: string; readonly frames: readonly HopFrame[]; readonly code?: string}
	/** A request is given to nobody else: these workers (routing ids) were lost with it, one after the other, and it may be what kills them. */
	| {readonly type: 'request-dropped'; readonly peer: string; readonly frames: readonly HopFrame[]; readonly workers: readonly string[]}
	/** A worker has said READY: it can take a request. */
	| {readonly type: 'worker-ready'; readonly peer: string; readonly worker: string}
	/** A worker is given up: libzmq does not know it any more (`code`), or it was not heard of for `afterMs`. The request that it had (`frames`) is the next to be handed on, unless it is dropped. */
	| {readonly type: 'worker-lost'; readonly peer: string; readonly worker: string; readonly waiting: number; readonly code?: string; readonly afterMs?: number; readonly frames?: readonly HopFrame[]};

/** From libzmq's own monitor (`zmq_socket_monitor`), in the project's words. */
type Connection =
	| {readonly type: 'listening'; readonly peer: string; readonly endpoint: Endpoint}
	| {readonly type: 'bind-failed'; readonly peer: string; readonly endpoint: Endpoint; readonly code: string}
	| {readonly type: 'connect-delayed'; readonly peer: string; readonly endpoint: Endpoint}
	| {readonly type: 'accepted'; readonly peer: string; readonly endpoint: Endpoint}
	| {readonly type: 'accept-failed'; readonly peer: string; readonly endpoint: Endpoint; readonly code: string}
	| {readonly type: 'connected'; readonly peer: string; readonly endpoint: Endpoint}
	| {readonly type: 'handshake-done'; readonly peer: string; readonly endpoint: Endpoint}
	| {readonly type: 'handshake-failed'; readonly peer: string; readonly endpoint: Endpoint; readonly kind: 'other' | 'protocol' | 'auth'; readonly code: string}
	| {readonly type: 'disconnected'; readonly peer: string; readonly endpoint: Endpoint}
	| {readonly type: 'retrying'; readonly peer: string; readonly endpoint: Endpoint; readonly count: number; readonly since: number; readonly code?: string}
	| {readonly type: 'stopped-listening'; readonly peer: string; readonly endpoint: Endpoint};

/** From the lab's ZAP handler (RFC 27), which libzmq asks about each key before a CURVE handshake is done. `key` is the client's public key as Z85, `client` the peer of this lab that has it. */
type Security =
	| {readonly type: 'zap-request'; readonly peer: string; readonly address: string; readonly key: string; readonly client?: string; readonly verdict: 'allowed' | 'denied'};

/** The gate of single steps: a call that waits in front of libzmq, is made, or will not be made as its socket closes. A broker's is at one `side`; what it would give has its `frames`, and goes to that `worker` (a routing id) where the broker chooses. */
type Steps =
	| {readonly type: 'steps-switched'; readonly isOn: boolean}
	| {readonly type: 'step-held'; readonly peer: string; readonly operation: 'send' | 'receive'; readonly side?: Side; readonly frames?: readonly HopFrame[]; readonly worker?: string}
	| {readonly type: 'step-taken'; readonly peer: string; readonly operation: 'send' | 'receive'; readonly side?: Side}
	| {readonly type: 'step-dropped'; readonly peer: string; readonly operation: 'send' | 'receive'; readonly side?: Side};

/** A fact before the lab has numbered and timed it. */
export type Fact = Lab | Life | Operations | ServiceEvents | Connection | Broking | WireFact | Security | Steps;

/** A fact as everyone else sees it. */
export type Event = Fact & {readonly v: typeof eventVersion; readonly n: number; readonly t: number};

/** The event of one type, for code that already knows which. */
export type EventOf<Type extends Fact['type']> = Extract<Event, {readonly type: Type}>;

/** The peer that an event is about, if it is about one. */
export const peerOf = (event: Event): string | undefined => 'peer' in event ? event.peer : undefined;
