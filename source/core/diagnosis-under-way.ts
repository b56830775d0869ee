/**
Rules for what can still come, or of which nobody here can tell: where the request (or the reply) is. One rule a function.

Source: libzmq 4.3.5 `lb.cpp` (requests go round all connections, a dead server's too while its endpoint is connected to), `rep.cpp`, `fq.cpp`.
*/
import {formatAge} from './age.js';
import {onItsWayMs, type Rule} from './diagnosis-case.js';
import {isAboutTo, waysIn, waysToFree, waysToMeet, waysToReply} from './diagnosis-ways.js';
import {oneOf, type Hope} from './finding.js';
import {lockOf} from './lock.js';
import {answerersAt, isNobodyListening, isSilent, serverAt, serversAt} from './meeting.js';
import {visible} from './text.js';
import {passedTo} from './wire-pairs.js';

/** Both connect, nobody listens. */
export const nobodyListens: Rule = ({snapshot, peer, route}) => {
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
export const waitsForPeer: Rule = ({snapshot, peer, route}) => {
	const [link] = peer.links;
	if (!link || route.up.length > 0 || peer.links.some(({endpoint}) => endpoint.startsWith('inproc://'))) {
		return undefined;
	}

	const silent = peer.links.find(each => isSilent(each));
	if (silent) {
		return {
			rule: 'no-handshake-yet',
			waitsFor: `whoever is at ${visible(silent.endpoint)}`,
			where: {text: 'in its own socket: no handshake yet', evidence: 'exact'},
			hope: {answer: 'unknown', text: 'somebody took the connection and has not shaken hands; it goes once it does, and a program that is no ZeroMQ socket never will (libzmq hangs up on it after 30 s, and tries again)', evidence: 'unknown'},
			ways: [{command: `zmq-playground probe ${visible(silent.endpoint)}`, effect: 'in another terminal: what is there'}],
		};
	}

	const [server] = answerersAt(snapshot, peer, link.endpoint);
	const waitsFor = server?.name ?? 'a server';
	if (lockOf(peer).state === 'failed') {
		return {
			rule: 'no-handshake',
			waitsFor,
			where: {text: 'in its own socket: no handshake is done', evidence: 'exact'},
			// One that the other side did not want is not tried again.
			hope: peer.links.every(({status}) => status === 'failed')
				? {answer: 'no', since: link.since, text: `no handshake is done (${lockOf(peer).text}), and libzmq tries no more`, evidence: 'exact'}
				: {answer: 'unknown', text: `no handshake is done (${lockOf(peer).text}); libzmq tries for ever, and the request goes only if the other side gets keys that fit`, evidence: 'exact'},
			ways: waysIn(snapshot, peer),
		};
	}

	return {
		rule: 'waits-for-peer',
		waitsFor,
		where: {text: 'in its own socket: nobody is connected', evidence: 'exact'},
		hope: {answer: 'yes', text: `it goes as soon as ${server?.role === 'broker' ? 'the broker' : 'a server'} is ${link.direction === 'connect' ? 'at' : 'connected to'} ${visible(link.endpoint)}`, evidence: 'exact'},
		ways: waysToMeet(snapshot, link, server),
	};
};

/** A server owes the reply. */
export const held: Rule = ({snapshot, question, now}) => {
	const [server, debt] = Object.entries(snapshot.exchanges.debts).find(([, {exchange}]) => exchange === question.id) ?? [];
	return server !== undefined && debt
		? {
			rule: 'held',
			waitsFor: server,
			where: {text: `held by ${server} for ${formatAge(now - debt.since)}`, evidence: question.evidence},
			hope: {answer: 'yes', text: `${server} owes the reply`, evidence: question.evidence},
			ways: waysToReply(snapshot, server),
		}
		: undefined;
};

/** A server owes a reply to one of several that asked the same. */
export const perhapsHeld: Rule = ({snapshot, peer, question}) => {
	const debt = Object.entries(snapshot.exchanges.debts).find(([, {askers, exchange}]) => exchange === undefined && askers.includes(peer.name));
	return debt && question.arrived === undefined
		? {
			rule: 'perhaps-held',
			waitsFor: debt[0],
			where: {text: `held by ${debt[0]}, or in its queue`, evidence: 'unknown'},
			hope: {answer: 'yes', text: `${debt[0]} serves ${oneOf(debt[1].askers)}, who asked the same: a plain link can’t tell whom`, evidence: 'inferred'},
			ways: waysToReply(snapshot, debt[0]),
		}
		: undefined;
};

/** The server has replied after the client gave the question up. */
export const answeredLate: Rule = ({question, peer, answered, isOpen}) => {
	const server = question.server ?? 'the server';
	return answered === undefined || isOpen
		? undefined
		: {
			rule: 'answered-late',
			waitsFor: server,
			where: {text: `${server} replied after the time-out`, evidence: question.evidence},
			hope: {answer: 'yes', text: 'the reply is on its way or in the socket already; nobody receives it', evidence: question.evidence},
			ways: [{command: `/@${peer.name} receive`, effect: 'takes the late reply, and the socket is free'}, ...waysToFree(peer)],
		};
};

/** The server has replied, and the reply is not here. */
export const replyInLink: Rule = ({snapshot, question, peer, answered}) => {
	const isTapped = passedTo(snapshot.exchanges.wire[peer.name], question.id) !== undefined;
	const server = question.server ?? 'the server';
	return answered === undefined
		? undefined
		: {
			rule: 'reply-in-link',
			waitsFor: server,
			where: {text: `its reply is in the link from ${server}`, evidence: question.evidence},
			hope: {answer: 'unknown', text: `${server} has replied; ${isTapped ? 'the tap has not seen the reply pass yet' : 'the connection stands, and whether the reply is late or lost on it a plain link can’t tell'}`, evidence: 'unknown'},
			ways: waysToFree(peer),
		};
};

/** Step by step: the server has yet to call receive. */
export const notYetReceived: Rule = ({snapshot, peer, question, route}) => {
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
export const inQueue: Rule = ({snapshot, peer, question, route, now}) => {
	const busy = route.up.flatMap(endpoint => serversAt(snapshot, peer, endpoint)).find(({state}) => state === 'awaiting-reply');
	if (!busy || question.arrived !== undefined) {
		return undefined;
	}

	const askers = (snapshot.exchanges.debts[busy.name]?.askers ?? []).filter(asker => asker !== peer.name);
	const whom = askers.length === 0 ? 'somebody else' : oneOf(askers);
	return {
		rule: 'in-queue',
		waitsFor: busy.name,
		where: {text: `in the queue of ${busy.name}, which serves ${whom}`, evidence: 'inferred'},
		hope: {answer: 'yes', text: `${busy.name} takes the next request once it has replied to ${whom}, for ${formatAge(now - busy.since)} so far`, evidence: 'inferred'},
		ways: waysToReply(snapshot, busy.name),
	};
};

/** Requests go round all endpoints: this one's turn was where nobody is. */
export const routedToNobody: Rule = ({snapshot, peer, question, route, now}) => {
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

/** A fault keeps it back on its tapped link. */
export const keptOnWire: Rule = ({snapshot, peer, question}) => {
	const struck = snapshot.exchanges.wire[peer.name]?.struck;
	const fault = snapshot.tap.faults.find(({rule}) => rule === struck?.rule)?.fault;
	const doing = deeds[fault?.split(' ', 1)[0] ?? ''];
	return struck?.exchange === question.id && fault !== undefined && doing !== undefined
		? {
			rule: 'kept-on-wire',
			waitsFor: question.server ?? 'a server',
			where: {text: `its ${struck.way} is ${doing} by fault ${struck.rule}`, evidence: 'exact'},
			hope: {answer: 'yes', text: `the ${struck.way} goes on once fault ${struck.rule} (${visible(fault)}) lets it`, evidence: 'exact'},
			ways: [{command: `/fault lift ${struck.rule}`, effect: 'lets it go'}],
		}
		: undefined;
};

/** What a fault does to a message that it lets arrive in the end, by the first word of it. */
const deeds: Readonly<Record<string, string>> = {hold: 'held back', latency: 'delayed', bandwidth: 'slowed down', slice: 'sliced'};

/** A tap has seen it pass, and no reply. */
export const passedTap: Rule = ({snapshot, peer, question}) => {
	const to = passedTo(snapshot.exchanges.wire[peer.name], question.id);
	if (to === undefined) {
		return undefined;
	}

	const server = serverAt(snapshot, peer, to)?.name;
	const whom = server ?? `whoever is at ${visible(to)}`;
	return {
		rule: 'passed-tap',
		waitsFor: server ?? 'a server outside this lab',
		where: {text: `gone through the tap to ${whom}`, evidence: 'exact'},
		hope: {answer: 'unknown', text: `the tap has seen the request pass, and no reply yet; whether one comes is up to ${whom}`, evidence: 'unknown'},
		ways: waysToFree(peer),
	};
};

/** The other side is not of this lab. */
export const outside: Rule = ({snapshot, peer, route}) => {
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
export const inLink: Rule = ({snapshot, peer, question, route}) => {
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
