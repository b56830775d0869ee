/**
Turns, in words: whom a crowd's server owes a reply and who comes next; whom a client with several servers asks.

Law: what was seen and what is inferred stand apart. By the text of a request alone two clients that say the same can't be told
apart, and then both are named; whose turn it is by libzmq's fair queue is said as such.
*/
import {mostNames, oneOf} from './finding.js';
import {nextEndpoint, serverAsked, viewQueue} from './queues.js';
import {type PeerSnapshot, type Snapshot} from './snapshot.js';

/** One line for the pane of a crowd's server, or of a client that asks several; undefined where there is nothing to say. */
export const queueWords = (snapshot: Snapshot, peer: PeerSnapshot): string | undefined =>
	peer.role === 'client' ? turnWords(snapshot, peer) : (peer.role === 'broker' ? undefined : crowdWords(snapshot, peer));

function crowdWords(snapshot: Snapshot, {name, state}: PeerSnapshot): string | undefined {
	const isCrowd = Object.values(snapshot.peers).filter(peer => peer.role === 'client').length > 1;
	const words = isCrowd ? [creditorWords(snapshot, name), nextWords(snapshot, name, state === 'awaiting-reply')] : [];
	return words.filter(word => word !== undefined).join(' · ') || undefined;
}

/** A REQ with several connections asks them in turn, whether somebody is there or not. */
function turnWords({peers, queues}: Snapshot, {name, state, links}: PeerSnapshot): string | undefined {
	if (state === undefined || links.length < 2) {
		return undefined;
	}

	const endpoint = nextEndpoint(queues, name);
	const isWaiting = state === 'awaiting-reply';
	const server = isWaiting ? peers[serverAsked(queues, name) ?? ''] : Object.values(peers).find(peer => peer.role === 'server' && peer.links.some(link => link.direction === 'bind' && link.endpoint === endpoint));
	if (!server) {
		return undefined;
	}

	const isAway = server.state === undefined ? ', though it is closed' : '';
	return isWaiting ? `asked ${server.name} by turns${isAway}` : `by turns ${server.name} is asked next${isAway}`;
}

/** Whom it owes a reply: every client that its request may have come from, and the one whose turn it is. */
function creditorWords({exchanges, queues}: Snapshot, server: string): string | undefined {
	const debt = exchanges.debts[server];
	if (!debt) {
		return undefined;
	}

	const {askers} = debt;
	if (askers.length === 0) {
		return 'to a client that is not known here';
	}

	const serving = viewQueue(queues, server)?.serving;
	const whom = oneOf(askers);
	return `to ${whom}${askers.length > 1 && serving !== undefined && askers.includes(serving) ? `, by turns ${serving}` : ''}`;
}

/** Who is served next, and how often that was foretold rightly. */
function nextWords({exchanges, queues}: Snapshot, server: string, isServing: boolean): string | undefined {
	const asking = Object.keys(exchanges.open).filter(client => serverAsked(queues, client) === server).length;
	const view = viewQueue(queues, server);
	if (!view) {
		const waiting = asking - (isServing ? 1 : 0);
		return waiting > 0 ? `${waiting === 1 ? '1 waits; its turn' : `${waiting} wait; their order`} can’t be known` : undefined;
	}

	const told = view.right + view.wrong;
	const record = told === 0 ? '' : ` (${view.right} of ${told} foretold rightly)`;
	if (view.order.length === 0) {
		return undefined;
	}

	const isOpen = view.mayBeNext.length > 1;
	return isOpen ? `next ${view.mayBeNext.slice(0, mostNames).join(' or ')}${record}` : `next ${view.order.slice(0, view.isSure ? undefined : 1).join(', ')}${record}`;
}

/** Each waiting client's place at its server: `now` while it is served, `next`, `2nd`, `3rd` … Only where it is sure. */
export function placesInLine({queues, peers}: Snapshot): ReadonlyMap<string, string> {
	const places = new Map<string, string>();
	for (const {name, role, state} of Object.values(peers)) {
		const view = role === 'server' ? viewQueue(queues, name) : undefined;
		if (view?.serving !== undefined && state === 'awaiting-reply') {
			places.set(view.serving, 'now');
		}

		for (const [index, client] of (view?.isSure ? view.order : []).entries()) {
			places.set(client, index === 0 ? 'next' : ordinal(index + 1));
		}
	}

	return places;
}

function ordinal(number: number): string {
	const isTeen = number % 100 > 10 && number % 100 < 14;
	const ending = isTeen ? 'th' : ['th', 'st', 'nd', 'rd'][number % 10] ?? 'th';
	return `${number}${ending}`;
}
