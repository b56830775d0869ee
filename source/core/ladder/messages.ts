/**
Follows messages from their sending to their arrival, as far as the events of the two sockets tell.

What is certain on a plain link: messages of one socket over one connection stay in order; a REP's reply goes back to whoever sent the request;
a closed socket receives nothing. What is inferred: an arrival is the oldest message under way with the same size and beginning.
Where several clients have such a message under way, all of them are named.
*/
import {type Event, type EventOf, type Role} from '../events.js';
import {type Exchange} from '../exchanges.js';
import {type Frame} from '../frames.js';
import {bodyOfHop} from '../hop.js';
import {type Arrow, type Fate} from './model.js';

type Mutable<Type> = {-readonly [Key in keyof Type]: Type[Key]};

/** An arrow while its story is still told. `isOfBroker`: a broker has sent it on. `socket` counts its client's sockets; `server` is who sent a reply. */
type Flight = Mutable<Arrow> & {readonly key: string; readonly socket: number; hasPeer: boolean | undefined; readonly isOfBroker?: true};

/** It may have come from one of several sockets. */
const notKnown = -1;

/** So many messages are looked through for each arrival; older ones that nobody saw arrive are given up. */
const mostFlying = 1000;

export class Messages {
	/** Requests and replies that nobody saw arrive, oldest first. */
	readonly #flying = new Set<Flight>();
	/** The request that each server has to answer. */
	readonly #owed = new Map<string, Flight>();
	readonly #sockets = new Map<string, number>();
	/** The endpoints over which a peer has shaken hands; a missing peer: not known. */
	readonly #connections = new Map<string, Set<string>>();
	readonly #roles: ReadonlyMap<string, Role>;

	/** `roles` are those of the peers in this lab: who is in none of them is outside. */
	constructor(roles: ReadonlyMap<string, Role>) {
		this.#roles = roles;
	}

	/** A client has sent a request. */
	ask({n, t, peer, frames, attempt}: EventOf<'sent'>): Arrow {
		const hasServers = [...this.#roles.values()].includes('server');
		return this.#launch({
			isRequest: true, frames, from: [peer], to: [], sent: {n, t}, fate: hasServers ? 'under-way' : 'outside', socket: this.#socketOf(peer), key: keyOf(frames), hasPeer: this.#isConnected(peer), ...(attempt !== undefined && {attempt}),
		});
	}

	/** A broker has a message in its hands, and sends it on, unless no worker can take it: the arrow that ends there, and the one that begins. */
	pass(event: EventOf<'forwarded' | 'queued' | 'dropped'>, client: string | undefined): {readonly ends?: Arrow; readonly begins?: Arrow} {
		const {n, t, peer} = event;
		const isRequest = event.type === 'queued' || (event.type === 'forwarded' && event.from === 'frontend');
		const frames = bodyOfHop(event.frames);
		const key = keyOf(frames);
		const candidates = [...this.#flying].filter(flight => flight.isRequest === isRequest && flight.key === key && !flight.isOfBroker && (isRequest ? client === undefined || flight.from[0] === client : flight.to.includes(peer)));
		const [ends] = candidates;
		// Of several that ask the same with ids of libzmq's own, it may be any.
		if (isRequest && new Set(candidates.map(({from}) => from[0])).size > 1) {
			return event.type === 'forwarded' ? {begins: this.#launch(this.#legOf(event, {to: event.worker, isRequest, frames, key}))} : {};
		}

		if (ends) {
			this.#flying.delete(ends);
			Object.assign(ends, {to: [peer], arrived: {n, t}, fate: 'arrived'});
		}

		if (event.type !== 'forwarded') {
			return {...(ends && {ends})};
		}

		const begins = this.#launch(this.#legOf(event, {to: isRequest ? event.worker : client, isRequest, frames, key}));
		return {...(ends && {ends}), begins};
	}

	/** From a broker on: to a worker that nobody knows yet, or to the client whose id it has. */
	#legOf({n, t, peer}: EventOf<'forwarded'>, {to, isRequest, frames, key}: {readonly to: string | undefined; readonly isRequest: boolean; readonly frames: readonly Frame[]; readonly key: string}): Flight {
		return {
			isRequest, frames, from: [peer], to: isRequest || to === undefined ? [] : [to], sent: {n, t}, fate: 'under-way', key, socket: this.#socketOf(isRequest ? peer : to ?? ''), hasPeer: true, isOfBroker: true,
		};
	}

	/** A server has received a request. */
	arrive({n, t, peer, frames, envelope = 0}: EventOf<'received'>): Arrow {
		const key = keyOf(frames.slice(envelope));
		const hasBroker = [...this.#roles.values()].includes('broker');
		const all = [...this.#flying].filter(flight => flight.isRequest && flight.key === key && (!hasBroker || flight.isOfBroker));
		// One that a server may have taken with it is thought of last; one of a client that has closed may well be next in the server's queue.
		const likely = all.filter(({fate, gone, from}) => fate === 'under-way' || gone === from[0]);
		const candidates = likely.length > 0 ? likely : all;
		const [oldest] = candidates;
		const isOneSocket = candidates.every(({from, socket}) => from[0] === oldest?.from[0] && socket === oldest?.socket);
		const flight: Flight = oldest && isOneSocket
			? oldest
			: {isRequest: true, frames, from: [...new Set(candidates.flatMap(({from}) => from))], to: [], fate: 'arrived', key, socket: notKnown, hasPeer: true};
		this.#flying.delete(flight);
		delete flight.gone;
		Object.assign(flight, {to: [peer], arrived: {n, t}, fate: 'arrived'});
		this.#owed.set(peer, flight);
		return flight;
	}

	/** A server has sent a reply: it goes to whoever sent the request. */
	answer({n, t, peer, frames, envelope = 0}: EventOf<'sent'>): Arrow {
		const request = this.#owed.get(peer);
		this.#owed.delete(peer);
		const to = request?.from ?? [];
		const [client] = to;
		const flight: Flight = {isRequest: false, frames: frames.slice(envelope), from: [peer], to, sent: {n, t}, fate: to.length === 0 ? 'outside' : 'under-way', key: keyOf(frames.slice(envelope)), socket: request?.socket ?? notKnown, hasPeer: true};
		if (to.length === 1 && client !== undefined && request?.sent && request.socket !== this.#socketOf(client)) {
			Object.assign(flight, {fate: 'receiver-gone', gone: client});
			return flight;
		}

		return this.#launch(flight);
	}

	/** A client has received a reply. `settled` is the exchange that this closed; without one it came too late. */
	receive({n, t, peer, frames}: EventOf<'received'>, settled: Exchange | undefined): Arrow {
		const key = keyOf(frames);
		const flying = [...this.#flying].filter(flight => !flight.isRequest && flight.key === key && (flight.to.includes(peer) || (flight.isOfBroker && flight.to.length === 0)));
		const isMismatched = settled?.outcome === 'mismatched';
		const isCertain = flying.length === 1 || flying.every(({from, socket}) => from[0] === flying[0]?.from[0] && socket === this.#socketOf(peer));
		const known = isMismatched || !isCertain ? undefined : flying.find(({sent}) => sent?.n === settled?.answered);
		const flight: Flight = known ?? (isCertain ? flying[0] : undefined) ?? {isRequest: false, frames, from: [...new Set(flying.flatMap(({from}) => from))], to: [], fate: 'arrived', key, socket: notKnown, hasPeer: true};
		this.#flying.delete(flight);
		delete flight.gone;
		Object.assign(flight, {to: [peer], arrived: {n, t}, fate: 'arrived', ...(settled && {roundTripMs: t - settled.sentAt}), ...(isMismatched ? {flaw: 'mismatched'} : !settled && {flaw: 'late'})});
		this.#discardOlder(flight);
		return flight;
	}

	/** What happens to a socket or its connections. Gives the request that a closing server takes with it. */
	follow(event: Event): Arrow | undefined {
		switch (event.type) {
			case 'peer-closed': {
				return this.#close(event.peer);
			}

			case 'peer-opened': {
				this.#connections.set(event.peer, new Set());
				return undefined;
			}

			case 'handshake-done': {
				this.#connections.get(event.peer)?.add(event.endpoint);
				this.#meets(event.peer);
				return undefined;
			}

			case 'disconnected': {
				this.#connections.get(event.peer)?.delete(event.endpoint);
				return undefined;
			}

			case 'connecting': {
				// The monitor tells nothing of inproc: whether anybody is there can't be known.
				if (event.endpoint.startsWith('inproc://')) {
					this.#connections.delete(event.peer);
				}

				return undefined;
			}

			case 'exchange-seen': {
				if (event.way) {
					this.#take(event);
				}

				return undefined;
			}

			default: {
				return undefined;
			}
		}
	}

	/** Says what is known at the end of those that have not arrived. */
	end(): void {
		for (const flight of this.#flying) {
			const [sender = ''] = flight.from;
			if (flight.isRequest && flight.fate === 'under-way' && flight.hasPeer === false && this.#isConnected(sender) === false) {
				flight.fate = 'no-peer';
			}
		}
	}

	/** A fault took the newest message of that way: a REQ has one at a time under way. */
	#take({peer, way, rule}: EventOf<'exchange-seen'>): void {
		const isRequest = way === 'request';
		const flight = [...this.#flying].findLast(each => each.isRequest === isRequest && (isRequest ? each.from[0] === peer : each.to.includes(peer)));
		if (flight) {
			this.#flying.delete(flight);
			Object.assign(flight, {fate: 'taken', ...(rule !== undefined && {rule})});
		}
	}

	#launch(flight: Flight): Arrow {
		if (flight.fate === 'outside') {
			return flight;
		}

		this.#flying.add(flight);
		for (const oldest of this.#flying) {
			if (this.#flying.size <= mostFlying) {
				break;
			}

			this.#flying.delete(oldest);
		}

		return flight;
	}

	#isConnected(peer: string): boolean | undefined {
		const endpoints = this.#connections.get(peer);
		return endpoints && endpoints.size > 0;
	}

	/** What waited in its socket is on its way. */
	#meets(peer: string): void {
		for (const flight of this.#flying) {
			if (flight.isRequest && flight.from[0] === peer) {
				flight.hasPeer = true;
			}
		}
	}

	#close(peer: string): Arrow | undefined {
		this.#sockets.set(peer, this.#socketOf(peer) + 1);
		for (const flight of this.#flying) {
			const isReceiver = !flight.isRequest && flight.to.length === 1 && flight.to[0] === peer;
			if (isReceiver) {
				this.#flying.delete(flight);
				markGone(flight, 'receiver-gone', peer);
			} else if (flight.fate === 'under-way' && this.#mayHaveHeld(flight, peer)) {
				markGone(flight, 'unknown', peer);
			}
		}

		const owed = this.#owed.get(peer);
		this.#owed.delete(peer);
		return owed;
	}

	/** A request may be in its client's socket, or in the queue of any server that it could reach; another client's closing doesn't touch it. */
	#mayHaveHeld({isRequest, from, hasPeer}: Flight, peer: string): boolean {
		return from[0] === peer || (isRequest && hasPeer !== false && this.#roles.get(peer) === 'server');
	}

	#discardOlder(arrived: Flight): void {
		for (const flight of this.#flying) {
			const isSameWay = !flight.isRequest && flight.to.length === 1 && flight.to[0] === arrived.to[0] && flight.from[0] === arrived.from[0];
			if (!(isSameWay && arrived.socket !== notKnown && flight.socket === arrived.socket && (flight.sent?.n ?? Infinity) < (arrived.sent?.n ?? 0))) {
				continue;
			}

			this.#flying.delete(flight);
			flight.fate = 'discarded';
		}
	}

	#socketOf(peer: string): number {
		return this.#sockets.get(peer) ?? 0;
	}
}

function markGone(flight: Flight, fate: Fate, gone: string): void {
	flight.fate = fate;
	flight.gone = gone;
}

/** What two sightings of one message have in common: its size and its beginning. */
const keyOf = (frames: readonly Frame[]): string =>
	frames.map(frame => `${frame.size}:${('text' in frame ? frame.text : frame.base64).slice(0, 200)}`).join('|');
