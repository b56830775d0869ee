/**
What passes messages on between two sockets that are open: the heart of every broker here, of the front `broker` and of the lab's.

Law: an engine binds nothing, prints nothing and ends when its sockets close. It holds only so many requests, and bytes of them, that no worker can
take (`waiting.ts`); the next ones wait in libzmq's queues, and beyond its high-water marks at the clients.
*/
import {type Dealer, type Router} from 'zeromq';
import {type Policy} from '../core/policy.js';
import {type Side} from '../core/hop.js';
import {failureOf} from '../lab/failure.js';

/** The frames of a message as they are inside the broker: the routing id of the client first. */
export type Passing = readonly Uint8Array[];

/** What an engine tells, in the order in which it happens. `waiting` is how many requests it holds after that; `worker` a worker's routing id. */
export type Told =
	| {readonly type: 'forwarded'; readonly from: Side; readonly frames: Passing; readonly waiting: number; readonly worker?: Uint8Array}
	| {readonly type: 'queued'; readonly frames: Passing; readonly waiting: number}
	| {readonly type: 'dropped'; readonly frames: Passing; readonly code?: string}
	/** A request that these workers (their routing ids) were lost with, one after the other: nobody else is given it. */
	| {readonly type: 'request-dropped'; readonly frames: Passing; readonly workers: readonly Uint8Array[]}
	| {readonly type: 'worker-ready'; readonly worker: Uint8Array}
	| {readonly type: 'worker-lost'; readonly worker: Uint8Array; readonly waiting: number; readonly code?: string; readonly afterMs?: number; readonly frames?: Passing};

/** Told of what happens. A promise holds back the next message of that direction until it resolves. */
export type Hear = (told: Told) => Promise<void> | undefined;

/** `run` ends when the sockets are closed, and rejects if libzmq fails. */
export type Engine = {readonly run: () => Promise<void>};

/** A call that an engine is about to make at one side: `worker` is the routing id of who is given the frames, where the engine chooses. */
export type Move = {readonly operation: 'receive'; readonly side: Side} | {readonly operation: 'send'; readonly side: Side; readonly frames: Passing; readonly worker?: Uint8Array};

/** What holds each call of an engine until somebody lets it go. `pass` resolves with false if the call is not to be made any more: the sockets are being closed. */
export type Gate = {readonly isOn: boolean; readonly pass: (move: Move) => Promise<boolean>};

/** The sockets of a broker, both open. `clock` gives ms since the epoch. Without a `gate`, calls are made as they come. */
export type EngineParts<Backend extends Dealer | Router> = {readonly frontend: Router; readonly backend: Backend; readonly hear: Hear; readonly clock: () => number; readonly gate?: Gate};

/** The socket types of a broker with this policy. */
export const socketTypeOf = (policy: Policy): 'ROUTER+DEALER' | 'ROUTER+ROUTER' => policy === 'round-robin' ? 'ROUTER+DEALER' : 'ROUTER+ROUTER';

/** What every broker's sockets are given. A frontend is mandatory, so that a reply to a client that has gone is told and not lost in silence; without waiting, so that one client that does not read holds up nobody. */
export const frontendOptions = {mandatory: true, sendTimeout: 0} as const;

/** A ROUTER at the backend has to know whom it can reach; a worker that comes again by its old id is that worker. */
export const backendOptions = {mandatory: true, handover: true, sendTimeout: 0} as const;

/** The next message; undefined once the socket is closed. */
export async function receive(socket: Router | Dealer): Promise<Passing | undefined> {
	for (;;) {
		try {
			return await socket.receive();
		} catch (error) {
			if (hasEnded(socket, error)) {
				return undefined;
			}
		}
	}
}

/** Whether a receive failed as its socket is closed. What is no message of ZeroMQ’s wakes it too, and libzmq drops it: EAGAIN, though there is no time-out. Throws what is neither. */
export function hasEnded(socket: Router | Dealer, error: unknown): boolean {
	if (!socket.closed && failureOf(error).code !== 'EAGAIN') {
		throw error as Error;
	}

	return socket.closed;
}

/** Hands a message to libzmq at once, or gives its code. */
export async function giveAtOnce(socket: Router | Dealer, frames: Passing): Promise<string | undefined> {
	try {
		await socket.send(frames as Uint8Array[]);
		return undefined;
	} catch (error) {
		return failureOf(error).code;
	}
}
