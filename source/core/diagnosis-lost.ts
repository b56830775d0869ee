/**
Rules for what can't come any more: the request or its reply is gone, or goes where nobody reads it. One rule a function.

Source: libzmq 4.3.5 `req.cpp` (a REQ never sends a request again, and takes a reply only by the connection that took the request), `rep.cpp`.
*/
import {formatAge, formatClock} from './age.js';
import {onItsWayMs, type Rule} from './diagnosis-case.js';
import {waysPastTheOtherOne} from './diagnosis-broker.js';
import {waysToFree} from './diagnosis-ways.js';
import {brokerOf, serverAt} from './meeting.js';
import {type PeerSnapshot, type Snapshot} from './snapshot.js';
import {visible} from './text.js';

/** The server that received the request is gone with it. */
export const lostWithServer: Rule = ({snapshot, peer, question}) => {
	const loss = snapshot.exchanges.losses[peer.name];
	return loss?.exchange === question.id && loss.server !== undefined && !loss.workers
		? {
			rule: 'lost-with-server',
			waitsFor: loss.server,
			where: {text: `lost with ${loss.server} at ${formatClock(loss.t)}`, evidence: question.evidence},
			hope: {answer: 'no', since: loss.t, text: `${loss.server} received the request and its socket closed before it replied; a REQ never sends a request again`, evidence: question.evidence},
			ways: waysToFree(peer),
		}
		: undefined;
};

/** What a fault does to what it takes, by the first word of it. */
const deeds: Readonly<Record<string, string>> = {drop: 'dropped', 'black-hole': 'swallowed', 'cut-short': 'cut short', 'corrupt-framing': 'damaged'};

/** The wire has shown it: a fault took the request or its reply, or their connection has ended. */
export const lostOnWire: Rule = ({snapshot, peer, question}) => {
	const loss = snapshot.exchanges.losses[peer.name];
	if (loss?.exchange !== question.id || !loss.onWire) {
		return undefined;
	}

	const {what, rule, to} = loss.onWire;
	const at = formatClock(loss.t);
	const found = {
		rule: 'lost-on-wire',
		waitsFor: question.server ?? (to === undefined ? undefined : serverAt(snapshot, peer, to)?.name) ?? 'a server',
		ways: waysToFree(peer),
	};
	if (what === 'connection') {
		return {
			...found,
			where: {text: `the connection ended at ${at}`, evidence: 'exact'},
			hope: {answer: 'no', since: loss.t, text: 'a reply comes back by the connection that took the request, or not at all', evidence: 'exact'},
		};
	}

	const fault = snapshot.tap.faults.find(each => each.rule === rule)?.fault;
	const deed = deeds[fault?.split(' ', 1)[0] ?? ''];
	const culprit = `fault ${rule}${fault === undefined ? ', which is lifted since,' : ` (${visible(fault)})`}`;
	return {
		...found,
		where: {text: `its ${what} was ${deed ?? 'taken'} by fault ${rule}`, evidence: 'exact'},
		hope: {answer: 'no', since: loss.t, text: `${culprit} ${deed ?? 'took'} the ${what} at ${at}; a REQ never sends a request again${what === 'reply' ? ', and a REP never sends a reply again' : ''}`, evidence: 'exact'},
	};
};

/** A box of CURVE did not open: what is sent by that connection arrives, and nothing is heard from it. */
export const deaf: Rule = ({peer, question}) => {
	const up = peer.links.filter(({status}) => status === 'connected');
	const since = up.flatMap(({deafSince}) => deafSince ?? []);
	return up.length > 0 && since.length === up.length
		? {
			rule: 'deaf',
			waitsFor: question.server ?? 'a server',
			where: {text: 'behind a message that did not open', evidence: 'exact'},
			hope: {answer: 'no', since: Math.max(...since), text: 'a message’s bytes were changed on the way; libzmq reads nothing more from that connection, though it stands', evidence: 'exact'},
			ways: [{command: `/@${peer.name} restart`, effect: 'a new socket; the old one’s request is given up'}],
		}
		: undefined;
};

/** What was queued for an endpoint went with it. About inproc the monitor is silent. */
export const leftItsEndpoints: Rule = ({peer, route}) => route.up.length > 0 || peer.links.length > 0
	? undefined
	: {
		rule: 'left-its-endpoints',
		waitsFor: 'nobody',
		where: {text: 'gone with the endpoint that it was for', evidence: 'exact'},
		hope: {answer: 'no', since: peer.since, text: 'the endpoint was given up before anybody took the request, and what is queued goes with it', evidence: 'exact'},
		ways: waysToFree(peer),
	};

/** A server owes the reply, and has no way left to give it. */
export const heldInVain: Rule = ({snapshot, peer, question, now, cutAt}) => {
	const [server, debt] = Object.entries(snapshot.exchanges.debts).find(([, {exchange}]) => exchange === question.id) ?? [];
	return server !== undefined && debt && cutAt !== undefined
		? {
			rule: 'held-in-vain',
			waitsFor: server,
			where: {text: `held by ${server} for ${formatAge(now - debt.since)}`, evidence: question.evidence},
			hope: {answer: 'no', since: cutAt, text: `the connection that the request came by was lost at ${formatClock(cutAt)}; libzmq drops the reply`, evidence: question.evidence},
			ways: waysToFree(peer),
		}
		: undefined;
};

/** The server has replied, and the reply was lost with the connection. */
export const replyLost: Rule = ({question, peer, cutAt, answered}) => {
	const server = question.server ?? 'the server';
	return answered === undefined || cutAt === undefined
		? undefined
		: {
			rule: 'reply-lost',
			waitsFor: server,
			where: {text: `its reply was lost on the way at ${formatClock(cutAt)}`, evidence: question.evidence},
			hope: {answer: 'no', since: cutAt, text: `${server} replied, and the connection was lost before the reply was here`, evidence: question.evidence},
			ways: waysToFree(peer),
		};
};

/** Every connection that can have taken it was lost, and no server of this lab has shown it. */
export const connectionLost: Rule = ({snapshot, peer, route, cutAt}) => cutAt === undefined
	? undefined
	: {
		rule: 'connection-lost',
		waitsFor: (route.up.length === 1 ? serverAt(snapshot, peer, route.up[0] ?? '')?.name : undefined) ?? 'a server',
		where: {text: `unknown: connection lost at ${formatClock(cutAt)}`, evidence: 'unknown'},
		hope: {answer: 'unknown', text: 'if it had left, it is lost, and so is its reply; if it had not, it goes by the next connection. A plain link can’t tell', evidence: 'unknown'},
		ways: waysToFree(peer),
	};

/** Two clients with one routing id: a REP, or a ROUTER without handover, serves the first, and never the second. */
export const sameRoutingId: Rule = ({snapshot, peer, question}) => {
	const {id} = peer.options;
	const broker = brokerOf(snapshot, peer);
	if (id === undefined || question.arrived !== undefined || broker?.options.handover === 'on') {
		return undefined;
	}

	const first = namesake(snapshot, peer, (its, mine) => its <= mine);
	return first && {
		rule: 'same-routing-id',
		waitsFor: first.name,
		where: {text: `ignored: ${first.name} has the same id`, evidence: 'inferred'},
		hope: {answer: 'no', since: peer.since, text: `a ${broker ? 'ROUTER without handover' : 'REP'} serves only the first that comes with the routing id ${visible(id)}; it never reads from the second`, evidence: 'inferred'},
		ways: broker ? waysPastTheOtherOne(false, peer.name) : [{command: `/@${peer.name} id off`, effect: 'a new socket with an id of its own'}],
	};
};

/** Two clients with one routing id at a ROUTER with handover: the second has the place of the first, which is never read from again. */
export const placeTaken: Rule = ({snapshot, peer, question, now}) => {
	const {id} = peer.options;
	const broker = brokerOf(snapshot, peer);
	if (id === undefined || broker?.options.handover !== 'on' || question.hop !== undefined || question.arrived !== undefined || now - peer.since < onItsWayMs) {
		return undefined;
	}

	const second = namesake(snapshot, peer, (its, mine) => its > mine);
	return second && {
		rule: 'place-taken',
		waitsFor: broker.name,
		where: {text: `not read: ${second.name} has its place`, evidence: 'inferred'},
		hope: {answer: 'no', since: peer.since, text: `${second.name} came later with the same routing id (${visible(id)}), and a ROUTER with handover has given it the place: it reads nothing more from this one`, evidence: 'inferred'},
		ways: waysPastTheOtherOne(true, peer.name),
	};
};

/** Another client with the same chosen routing id at the same place, whose connection is so old compared with this one's (ms since the epoch, both). */
function namesake({peers}: Snapshot, peer: PeerSnapshot, isMeant: (its: number, mine: number) => boolean): PeerSnapshot | undefined {
	const {options: {id}, links} = peer;
	const mine = Math.max(...links.map(link => link.since));
	return id === 'off' ? undefined : Object.values(peers).find(other => other !== peer && other.options.id === id && other.links.some(link => isMeant(link.since, mine) && links.some(({endpoint}) => endpoint === link.endpoint)));
}
