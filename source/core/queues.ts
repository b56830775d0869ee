/**
Who waits at which server, and who will be served next: followed through the events, with the model of `fair-queue.ts`.

Law: nothing here is seen; it is inferred from what each client's libzmq does with a request (round-robin over its connections,
`lb.cpp`) and what the server's does with those that have come. Where events lie so close together that the sockets may have seen them
otherwise, every way that it may have been is kept, until a reply shows which it was. Each prediction is compared with what happened.
Where the model can't follow (a client of another program, a request sent while its server was away), it says so and predicts nothing.
*/
import {type Endpoint} from './endpoint.js';
import {type Event, type Options, type Role} from './events.js';
import {
	arrived,
	attached,
	emptyQueue,
	served,
	servingOrder,
	terminated,
	withoutAt,
	type FairQueue,
} from './fair-queue.js';
import {type Link} from './links.js';
import {type State} from './machines.js';

/** One way that it may be: the queue, and whom it has served since the last reply that showed who it was. */
type Way = {readonly queue: FairQueue; readonly served: readonly string[]};

/** A request that came, or a connection. */
type Arrival = {readonly pipe: string; readonly t: number; readonly isRequest: boolean};

/** One server's queue. `recent` are requests that it need not have noticed yet; `calls` are the predictions for those in `served`. */
type ServerQueue = {
	readonly ways: readonly Way[];
	readonly recent: readonly Arrival[];
	readonly calls: ReadonlyArray<string | undefined>;
	readonly right: number;
	readonly wrong: number;
	readonly isKnown: boolean;
};

/** Where a client's next request goes (`endpoints` in libzmq's order), and which server its last one went to. */
type Sender = {readonly endpoints: readonly Endpoint[]; readonly current: number; readonly isKnown: boolean; readonly server?: string};

export type Queues = {readonly servers: Readonly<Record<string, ServerQueue>>; readonly senders: Readonly<Record<string, Sender>>};
export const noQueues: Queues = {servers: {}, senders: {}};

/** Where nobody has followed the events: nothing is predicted until everybody has been served. */
export const unknownQueues = (peers: Readonly<Record<string, {readonly role: Role}>>): Queues => {
	const named = <Value>(role: Role, value: Value): Readonly<Record<string, Value>> => Object.fromEntries(Object.entries(peers).filter(([, peer]) => peer.role === role).map(([name]) => [name, value]));
	return {servers: named('server', {...freshQueue, isKnown: false}), senders: named('client', {...newSender, isKnown: false})};
};

const firstWay: readonly Way[] = [{queue: emptyQueue, served: []}];
const freshQueue: ServerQueue = {ways: firstWay, recent: [], calls: [], right: 0, wrong: 0, isKnown: true};
const newSender: Sender = {endpoints: [], current: 0, isKnown: true};

/** Within which time (ms) an event of one socket may have been seen earlier or later by another. */
const raceMs = 5;

/** More ways than this, and nothing is worth saying. */
const mostWays = 32;

/** What the fold has to know of a peer. */
export type Queuer = {readonly name: string; readonly role: Role; readonly state: State | undefined; readonly options: Options; readonly links: readonly Link[]};
type Peers = Readonly<Record<string, Queuer>>;

/** Follows one event; `peers` are as they were before it, `isQuiet` says that no exchange was open then. An event that concerns no queue gives the very same value. */
export function foldQueues(before: Queues, event: Event, peers: Peers, isQuiet: boolean): Queues {
	if (!('peer' in event) || event.peer === undefined || !Object.hasOwn(peers, event.peer)) {
		return before;
	}

	const peer = peers[event.peer];
	if (peer?.role === 'broker') {
		return before;
	}

	return peer?.role === 'client' ? foldClient(before, event, peer, {peers, isQuiet}) : foldServer(before, event, event.peer);
}

function foldClient(before: Queues, event: Event, client: Queuer, {peers, isQuiet}: {readonly peers: Peers; readonly isQuiet: boolean}): Queues {
	const {name} = client;
	const sender = before.senders[name] ?? newSender;
	switch (event.type) {
		case 'peer-opened': {
			return withSender(before, name, newSender);
		}

		case 'connecting': {
			return sender.endpoints.includes(event.endpoint) ? before : withSender(before, name, {...sender, endpoints: [...sender.endpoints, event.endpoint]});
		}

		case 'disconnecting': {
			const index = sender.endpoints.indexOf(event.endpoint);
			const endpoints = index === -1 ? sender.endpoints : withoutAt(sender.endpoints, index);
			return withSender(before, name, {...sender, endpoints, current: sender.current >= endpoints.length ? 0 : sender.current});
		}

		case 'sent': {
			return send(before, {client, sender, t: event.t}, {peers, isQuiet});
		}

		case 'received': {
			return sender.server === undefined ? before : withServer(before, sender.server, queue => confirm(queue, name));
		}

		case 'handshake-done': {
			// One that waits for requests has looked at the new connection at once, and found it empty.
			const server = Object.values(peers).find(each => each.state === 'awaiting-reply' && each.links.some(link => link.direction === 'bind' && link.endpoint === event.endpoint));
			return server ? withServer(before, server.name, queue => ({...queue, recent: [...queue.recent, {pipe: name, t: event.t, isRequest: false}]})) : before;
		}

		case 'peer-closed': {
			const servers = Object.entries(before.servers).map(([server, queue]) => [server, leave(queue, name)] as const);
			return {...before, servers: Object.fromEntries(servers)};
		}

		default: {
			return before;
		}
	}
}

/** A request leaves: libzmq gives it to the client's connections in turn, whether somebody is there or not. */
function send(before: Queues, {client, sender, t}: {readonly client: Queuer; readonly sender: Sender; readonly t: number}, {peers, isQuiet}: {readonly peers: Peers; readonly isQuiet: boolean}): Queues {
	const endpoint = sender.endpoints[sender.current];
	const link = client.links.find(each => each.endpoint === endpoint);
	const server = Object.values(peers).find(each => each.role === 'server' && each.links.some(other => other.direction === 'bind' && other.endpoint === endpoint));
	// A relaxed REQ that asks anew gives up a connection; a listening one may have any; with `immediate` a dead one is left out.
	const isUsual = client.state !== 'awaiting-reply' && client.links.every(({direction}) => direction === 'connect') && client.options.immediate !== 'on';
	const next = {...sender, isKnown: sender.isKnown && isUsual, current: (sender.current + 1) % Math.max(1, sender.endpoints.length)};
	if (!next.isKnown || !server) {
		const {server: _before, ...unknown} = next;
		const reached = new Set(sender.endpoints);
		const servers = Object.values(peers).filter(each => each.links.some(other => reached.has(other.endpoint))).map(({name}) => name);
		let after = withSender(before, client.name, unknown);
		for (const name of servers) {
			after = withServer(after, name, queue => ({...queue, isKnown: false}));
		}

		return after;
	}

	const after = withSender(before, client.name, {...next, server: server.name});
	return withServer(after, server.name, queue => {
		const usual = isQuiet && server.state !== 'awaiting-reply' ? {...freshQueue, right: queue.right, wrong: queue.wrong} : queue;
		return {...usual, isKnown: usual.isKnown && link?.status === 'connected', recent: [...usual.recent, {pipe: client.name, t, isRequest: true}]};
	});
}

function foldServer(before: Queues, event: Event, server: string): Queues {
	if (event.type === 'received') {
		return withServer(before, server, queue => take(queue, event.t));
	}

	return event.type === 'peer-opened' || event.type === 'peer-closed'
		? withServer(before, server, ({right, wrong}) => ({...freshQueue, right, wrong}))
		: before;
}

/** The server has received one. Each of the requests that came just before may or may not have been noticed by then. */
function take(queue: ServerQueue, t: number): ServerQueue {
	if (!queue.isKnown) {
		return queue;
	}

	const certain = queue.recent.filter(arrival => t - arrival.t > raceMs);
	const open = queue.recent.slice(certain.length);
	const ways = queue.ways.flatMap(way => {
		const base = allArrived(way.queue, certain);
		// Something was received: with an empty queue, one of the newest at least.
		return splits(base.waiting.length === 0 ? 1 : 0, open.length).flatMap((count): Way[] => {
			const {queue: rest, pipe} = served(allArrived(base, open.slice(0, count)));
			return pipe === undefined ? [] : [{queue: allArrived(rest, open.slice(count)), served: [...way.served, pipe]}];
		});
	});
	const distinct = ways.length > 1 ? [...new Map(ways.map(way => [keyOf(way), way])).values()] : ways;
	const isKnown = distinct.length > 0 && distinct.length <= mostWays;
	return {...queue, ways: isKnown ? distinct : firstWay, recent: [], calls: isKnown ? [...queue.calls, agreed(queue)] : [], isKnown};
}

const keyOf = ({queue: {active, current, waiting}, served: those}: Way): string => `${active.join(' ')}|${current}|${waiting.join(' ')}|${those.join(' ')}`;

/** How many of the newest may have been noticed: any count from `least` on; of a burst only those that matter. */
const splits = (least: number, count: number): readonly number[] =>
	count <= 8 ? Array.from({length: Math.max(0, count + 1 - least)}, (_, index) => least + index) : [0, 1, 2, count - 1, count].filter(each => each >= least);

function allArrived(queue: FairQueue, arrivals: readonly Arrival[]): FairQueue {
	let after = queue;
	for (const {pipe, isRequest} of arrivals) {
		after = isRequest ? arrived(after, pipe) : attached(after, pipe);
	}

	return after;
}

/** A reply has come: so this is who was served. Ways that say otherwise are none. */
function confirm(queue: ServerQueue, client: string): ServerQueue {
	const index = Math.min(...queue.ways.map(way => way.served.indexOf(client)).filter(at => at !== -1));
	if (!queue.isKnown || !Number.isFinite(index)) {
		const wrong = queue.wrong + (queue.isKnown && queue.calls[0] !== undefined ? 1 : 0);
		return {...queue, isKnown: false, wrong};
	}

	const call = queue.calls[index];
	return {
		...queue,
		ways: queue.ways.filter(way => way.served[index] === client).map(way => ({...way, served: way.served.slice(index + 1)})),
		calls: queue.calls.slice(index + 1),
		right: queue.right + (call === client ? 1 : 0),
		wrong: queue.wrong + (call !== undefined && call !== client ? 1 : 0),
	};
}

/** A client's socket is gone. What it has asked may still be served, in a turn that can't be known. */
function leave(queue: ServerQueue, client: string): ServerQueue {
	const isWaiting = queue.recent.some(({pipe, isRequest}) => isRequest && pipe === client) || queue.ways.some(way => way.queue.waiting.includes(client) || way.served.includes(client));
	if (isWaiting) {
		return {...queue, isKnown: false};
	}

	return {
		...queue,
		recent: queue.recent.filter(({pipe}) => pipe !== client),
		ways: queue.ways.map(way => ({...way, queue: terminated(way.queue, client)})),
	};
}

/** The one whom every way calls next. */
function agreed(queue: ServerQueue): string | undefined {
	const [first, ...others] = queue.ways.map(way => served(allArrived(way.queue, queue.recent)).pipe);
	return others.every(pipe => pipe === first) ? first : undefined;
}

/**
A server's queue in words that can be drawn: who is served now, and who comes next in which order.
`isSure` is false where it may be another way too; then `order` is one of them and `mayBeNext` are all who may come next.
`right` and `wrong` count the predictions that a reply has confirmed or refuted. Undefined where the model can't follow.
*/
export type QueueView = {readonly serving: string | undefined; readonly order: readonly string[]; readonly mayBeNext: readonly string[]; readonly isSure: boolean; readonly right: number; readonly wrong: number};

export function viewQueue(queues: Queues, server: string): QueueView | undefined {
	const queue = queues.servers[server];
	if (!queue?.isKnown) {
		return undefined;
	}

	const orders = queue.ways.map(way => servingOrder(allArrived(way.queue, queue.recent)));
	const [order = []] = orders;
	const servings = new Set(queue.ways.map(way => way.served.at(-1)));
	return {
		serving: servings.size === 1 ? [...servings][0] : undefined,
		order,
		mayBeNext: [...new Set(orders.flatMap(each => each.slice(0, 1)))],
		isSure: orders.every(each => each.join(' ') === order.join(' ')),
		right: queue.right,
		wrong: queue.wrong,
	};
}

/** The server that a client's last request went to, as far as it can be known. */
export const serverAsked = (queues: Queues, client: string): string | undefined => queues.senders[client]?.server;

/** Where a client's next request goes: its connections take turns. Undefined where that can't be known. */
export function nextEndpoint(queues: Queues, client: string): Endpoint | undefined {
	const sender = queues.senders[client];
	return sender?.isKnown ? sender.endpoints[sender.current] : undefined;
}

const withSender = (queues: Queues, client: string, sender: Sender): Queues => ({...queues, senders: {...queues.senders, [client]: sender}});

function withServer(queues: Queues, server: string, change: (queue: ServerQueue) => ServerQueue): Queues {
	const before = queues.servers[server] ?? freshQueue;
	const after = change(before);
	return after === before ? queues : {...queues, servers: {...queues.servers, [server]: after}};
}
