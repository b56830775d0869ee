/**
Why a client waits: one rule a function, each for one place where its request (or the reply) can be. The first that fits says it all.

Source: libzmq 4.3.5 `req.cpp` (a REQ never sends a request again, and takes a reply only by the connection that took the request), `lb.cpp`
(requests go round all connections, a dead server's too while its endpoint is connected to), `rep.cpp`, `fq.cpp`.
*/
import {formatAge, formatClock} from './age.js';
import {type Finding, type Hope} from './finding.js';
import {type Exchange} from './exchanges.js';
import {isAboutTo, waysToFree, waysToMeet, waysToReply} from './diagnosis-ways.js';
import {isNobodyListening, serversAt} from './meeting.js';
import {type Route} from './route.js';
import {type PeerSnapshot, type Snapshot} from './snapshot.js';
import {visible} from './text.js';

/** What a rule looks at. `isOpen`: the client itself has not given the question up. `cutAt`: when the last connection by which the request can have left was lost (ms since the epoch). */
export type ClientCase = {
	readonly snapshot: Snapshot;
	readonly peer: PeerSnapshot;
	readonly question: Exchange;
	readonly route: Route;
	readonly now: number;
	readonly isOpen: boolean;
	readonly cutAt?: number;
};

type Rule = (itsCase: ClientCase) => Finding | undefined;

/** The server that received the request is gone with it. */
const lostWithServer: Rule = ({snapshot, peer, question}) => {
	const loss = snapshot.exchanges.losses[peer.name];
	return loss?.exchange === question.id && loss.server !== undefined
		? {
			rule: 'lost-with-server',
			waitsFor: loss.server,
			where: {text: `lost with ${loss.server} at ${formatClock(loss.t)}`, evidence: question.evidence},
			hope: {answer: 'no', text: `${loss.server} received the request and its socket closed before it replied; a REQ never sends a request again`, evidence: question.evidence},
			ways: waysToFree(peer),
		}
		: undefined;
};

/** The wire has shown it: a fault took the request or its reply, or their connection has ended. */
const lostOnWire: Rule = ({snapshot: {exchanges, tap}, peer, question}) => {
	const loss = exchanges.losses[peer.name];
	if (loss?.exchange !== question.id || !loss.onWire) {
		return undefined;
	}

	const {what, rule} = loss.onWire;
	const fault = tap.faults.find(each => each.rule === rule)?.fault;
	const culprit = rule === undefined ? 'the connection ended' : `taken by fault ${rule}`;
	return {
		rule: 'lost-on-wire',
		waitsFor: question.server ?? 'a server',
		where: {text: `${what === 'connection' ? culprit : `its ${what} was ${culprit}`} at ${formatClock(loss.t)}`, evidence: 'exact'},
		hope: {
			answer: 'no',
			text: what === 'connection'
				? 'a reply comes back by the connection that took the request, or not at all'
				: `${fault === undefined ? 'a fault' : `fault ${rule} (${visible(fault)})`} took the ${what} on its way; a REQ never sends a request again${what === 'reply' ? ', and a REP never sends a reply again' : ''}`,
			evidence: 'exact',
		},
		ways: waysToFree(peer),
	};
};

/** Both connect, nobody listens. */
const nobodyListens: Rule = ({snapshot, peer, route}) => {
	const other = Object.values(snapshot.peers).find(({role}) => role === 'server');
	const [link] = peer.links;
	return route.up.length === 0 && other && link && isNobodyListening(snapshot, peer)
		? {
			rule: 'nobody-listens',
			waitsFor: other.name,
			where: {text: 'in its own socket: nobody listens', evidence: 'exact'},
			hope: {answer: 'yes', text: 'both sides connect; the request goes as soon as one of them listens there', evidence: 'exact'},
			ways: [
				{command: `/@${other.name} disconnect`, effect: 'first: a socket can’t serve itself'},
				{command: `/@${other.name} bind ${visible(link.endpoint)}`, effect: 'then the request goes'},
			],
		}
		: undefined;
};

/** No connection has taken the request yet. About inproc the monitor is silent. */
const waitsForPeer: Rule = ({snapshot, peer, route}) => {
	const {links} = peer;
	if (route.up.length > 0 || links.some(({endpoint}) => endpoint.startsWith('inproc://'))) {
		return undefined;
	}

	const [link] = links;
	if (!link) {
		return {
			rule: 'left-its-endpoints',
			waitsFor: 'nobody',
			where: {text: 'gone with the endpoint that it was for', evidence: 'exact'},
			hope: {answer: 'no', text: 'the endpoint was given up before anybody took the request, and what is queued goes with it', evidence: 'exact'},
			ways: waysToFree(peer),
		};
	}

	const [server] = serversAt(snapshot, peer, link.endpoint);
	return {
		rule: 'waits-for-peer',
		waitsFor: server?.name ?? 'a server',
		where: {text: 'in its own socket: nobody is connected', evidence: 'exact'},
		hope: {answer: 'yes', text: `it goes as soon as a server is ${link.direction === 'connect' ? 'at' : 'connected to'} ${visible(link.endpoint)}`, evidence: 'exact'},
		ways: waysToMeet(snapshot, link, server),
	};
};

/** A server owes the reply, and has a way to give it, or not. */
const held: Rule = ({snapshot, peer, question, now, cutAt}) => {
	for (const [server, debt] of Object.entries(snapshot.exchanges.debts)) {
		if (debt.exchange !== question.id) {
			continue;
		}

		const where = {text: `held by ${server} for ${formatAge(now - debt.since)}`, evidence: question.evidence};
		return cutAt === undefined
			? {rule: 'held', waitsFor: server, where, hope: {answer: 'yes', text: `${server} owes the reply`, evidence: question.evidence}, ways: waysToReply(snapshot, server)}
			: {
				rule: 'held-in-vain',
				waitsFor: server,
				where,
				hope: {answer: 'no', text: `the connection that the request came by was lost at ${formatClock(cutAt)}; libzmq drops the reply`, evidence: question.evidence},
				ways: waysToFree(peer),
			};
	}

	return undefined;
};

/** A server owes a reply to one of several that asked the same. */
const perhapsHeld: Rule = ({snapshot, peer, question}) => {
	const debt = Object.entries(snapshot.exchanges.debts).find(([, {askers, exchange}]) => exchange === undefined && askers.includes(peer.name));
	return debt && question.arrived === undefined
		? {
			rule: 'perhaps-held',
			waitsFor: debt[0],
			where: {text: `held by ${debt[0]}, or in its queue`, evidence: 'unknown'},
			hope: {answer: 'yes', text: `${debt[0]} serves ${debt[1].askers.join(' or ')}, who asked the same: a plain link can’t tell whom`, evidence: 'inferred'},
			ways: waysToReply(snapshot, debt[0]),
		}
		: undefined;
};

/** The server has replied, and the reply is not here. */
const answered: Rule = ({snapshot, peer, question, cutAt, isOpen}) => {
	const repliedAt = isOpen ? question.answered : snapshot.exchanges.strays[peer.name] ?? question.answered;
	if (repliedAt === undefined) {
		return undefined;
	}

	const server = question.server ?? 'the server';
	if (cutAt !== undefined) {
		return {
			rule: 'reply-lost',
			waitsFor: server,
			where: {text: `its reply was lost on the way at ${formatClock(cutAt)}`, evidence: question.evidence},
			hope: {answer: 'no', text: `${server} replied, and the connection was lost before the reply was here`, evidence: question.evidence},
			ways: waysToFree(peer),
		};
	}

	return isOpen
		? {
			rule: 'reply-in-link',
			waitsFor: server,
			where: {text: `its reply is in the link from ${server}`, evidence: question.evidence},
			hope: {answer: 'unknown', text: `${server} has replied; the connection stands, and whether the reply is late or lost on it a plain link can’t tell`, evidence: 'unknown'},
			ways: waysToFree(peer),
		}
		: {
			rule: 'answered-late',
			waitsFor: server,
			where: {text: `${server} replied after the time-out`, evidence: question.evidence},
			hope: {answer: 'yes', text: 'the reply is on its way or in the socket already; nobody receives it', evidence: question.evidence},
			ways: [{command: `/@${peer.name} receive`, effect: 'takes the late reply, and the socket is free'}, ...waysToFree(peer)],
		};
};

/** Every connection that can have taken it was lost, and no server of this lab has shown it. */
const connectionLost: Rule = ({peer, cutAt}) => cutAt === undefined
	? undefined
	: {
		rule: 'connection-lost',
		waitsFor: 'a server',
		where: {text: `unknown: connection lost at ${formatClock(cutAt)}`, evidence: 'unknown'},
		hope: {answer: 'unknown', text: 'if it had left, it is lost, and so is its reply; if it had not, it goes by the next connection. A plain link can’t tell', evidence: 'unknown'},
		ways: waysToFree(peer),
	};

/** Two clients with one routing id: a REP serves the first, and never the second. */
const sameRoutingId: Rule = ({snapshot, peer, question}) => {
	const {id} = peer.options;
	if (id === undefined || id === 'off' || question.arrived !== undefined) {
		return undefined;
	}

	const since = Math.max(...peer.links.map(link => link.since));
	const first = Object.values(snapshot.peers).find(other => other !== peer && other.options.id === id && other.links.some(link => link.since <= since && peer.links.some(({endpoint}) => endpoint === link.endpoint)));
	return first && {
		rule: 'same-routing-id',
		waitsFor: first.name,
		where: {text: `ignored: ${first.name} has the same id`, evidence: 'inferred'},
		hope: {answer: 'no', text: `a REP serves only the first that comes with the routing id ${visible(id)}; it never reads from the second`, evidence: 'inferred'},
		ways: [{command: `/@${peer.name} id off`, effect: 'a new socket with an id of its own'}],
	};
};

/** For how long (ms) a request that no server has shown may be on its way to one that is free: loopback takes a thousandth of it. */
const onItsWayMs = 1000;

/** Requests go round all endpoints: this one's turn was where nobody is. */
const routedToNobody: Rule = ({snapshot, peer, question, route, now}) => {
	const down = peer.links.find(link => link.direction === 'connect' && link.connections === 0 && !route.up.includes(link.endpoint));
	const isAnybodyBusy = route.up.some(endpoint => serversAt(snapshot, peer, endpoint).some(({state}) => state === 'awaiting-reply'));
	const areAllHere = route.up.every(endpoint => serversAt(snapshot, peer, endpoint).length > 0);
	return down && question.arrived === undefined && !isAnybodyBusy && areAllHere && now - peer.since >= onItsWayMs
		? {
			rule: 'routed-to-nobody',
			waitsFor: `a server at ${visible(down.endpoint)}`,
			where: {text: `queued for ${visible(down.endpoint)}: nobody there`, evidence: 'inferred'},
			hope: {answer: 'yes', text: 'requests go round all endpoints in turn, and every server that is there is free and has not received it', evidence: 'inferred'},
			ways: [
				{command: `/@${peer.name} immediate on`, effect: 'a new socket that asks only who is there'},
				...waysToFree(peer),
			],
		}
		: undefined;
};

/** Step by step: the server has yet to call receive. */
const notYetReceived: Rule = ({snapshot, peer, question, route}) => {
	const server = route.up.flatMap(endpoint => serversAt(snapshot, peer, endpoint)).find(({name}) => isAboutTo(snapshot, name, 'receive'));
	return server && question.arrived === undefined
		? {
			rule: 'not-yet-received',
			waitsFor: server.name,
			where: {text: `on its way, or in the queue of ${server.name}`, evidence: 'inferred'},
			hope: {answer: 'yes', text: `${server.name} has yet to call receive: it goes step by step`, evidence: 'exact'},
			ways: [{command: `/step ${server.name}`, effect: 'lets it receive'}],
		}
		: undefined;
};

/** Somebody else is served first. */
const inQueue: Rule = ({snapshot, peer, question, route, now}) => {
	const busy = route.up.flatMap(endpoint => serversAt(snapshot, peer, endpoint)).find(({state}) => state === 'awaiting-reply');
	if (!busy || question.arrived !== undefined) {
		return undefined;
	}

	const askers = (snapshot.exchanges.debts[busy.name]?.askers ?? []).filter(asker => asker !== peer.name);
	const whom = askers.length === 0 ? 'somebody else' : askers.join(' or ');
	return {
		rule: 'in-queue',
		waitsFor: busy.name,
		where: {text: `in the queue of ${busy.name}, which serves ${whom}`, evidence: 'inferred'},
		hope: {answer: 'yes', text: `${busy.name} takes the next request once it has replied to ${whom}, for ${formatAge(now - busy.since)} so far`, evidence: 'inferred'},
		ways: waysToReply(snapshot, busy.name),
	};
};

/** The other side is not of this lab. */
const outside: Rule = ({snapshot, peer, route}) => {
	const endpoint = route.up.find(each => serversAt(snapshot, peer, each).length === 0);
	return endpoint === undefined
		? undefined
		: {
			rule: 'outside',
			waitsFor: 'a server outside this lab',
			where: {text: 'in the link, or with a server outside', evidence: 'unknown'},
			hope: {answer: 'unknown', text: `nobody of this lab listens at ${visible(endpoint)}: only a tap on that link could tell`, evidence: 'unknown'},
			ways: waysToFree(peer),
		};
};

/** Sent, connected, and seen nowhere since. */
const inLink: Rule = ({snapshot, peer, question, route}) => {
	const [server] = route.up.flatMap(endpoint => serversAt(snapshot, peer, endpoint));
	const hasHeartbeat = peer.options.heartbeat !== undefined && peer.options.heartbeat !== 'off';
	return {
		rule: 'in-link',
		waitsFor: question.server ?? server?.name ?? 'a server',
		where: {text: question.arrived === undefined ? 'in the link, or lost on it' : `${question.server ?? 'a server'} had it`, evidence: 'unknown'},
		hope: unknownHope(hasHeartbeat),
		ways: [...(hasHeartbeat ? [] : [{command: `/@${peer.name} heartbeat 1s 3s`, effect: 'a new socket that notices a dead link'}]), ...waysToFree(peer)],
	};
};

const unknownHope = (hasHeartbeat: boolean): Hope => ({
	answer: 'unknown', text: hasHeartbeat ? 'the link is alive: its heartbeats are answered; what became of the request a plain link can’t tell' : 'a plain link can’t tell; without heartbeats a dead one looks like a slow one', evidence: 'unknown',
});

/** In this order: what is proved comes before what is likely, and what is likely before what can't be known. */
export const clientRules: readonly Rule[] = [
	lostWithServer,
	lostOnWire,
	nobodyListens,
	waitsForPeer,
	held,
	answered,
	connectionLost,
	perhapsHeld,
	sameRoutingId,
	notYetReceived,
	inQueue,
	routedToNobody,
	outside,
	inLink,
];
