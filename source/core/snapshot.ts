/**
The snapshot: all that is known up to one event, folded from the journal and from nothing else.

Law: `fold` is pure; the same events give the same snapshot, live, replayed or in time travel. Time is not in it: ages and
countdowns are made by `view(snapshot, now)`. It stays small: states, sums and event numbers; rows are read from the journal.
*/
import {peerOf, type Closing, type Event, type Options, type Role, type SocketType} from './events.js';
import {
	foldExchanges,
	noExchanges,
	type ExchangeOutcome,
	type Exchanges,
} from './exchanges.js';
import {closedLinks, foldLinks, type Link} from './links.js';
import {isRelaxed} from './recovery.js';
import {
	afterCompleted,
	afterRefused,
	firstState,
	type State,
} from './machines.js';
import {foldTap, noTap, type TapSnapshot} from './wire.js';

export {type Link, type LinkStatus} from './links.js';

/** What a server does before it replies. */
export type Waiting = {readonly type: 'delay'; readonly since: number; readonly ms: number} | {readonly type: 'hold'; readonly since: number};

/** One peer. `state` is undefined while its socket is closed; `moved` is the last move, for the light that marks it. */
export type PeerSnapshot = {
	readonly name: string;
	readonly role: Role;
	readonly socketType: SocketType;
	readonly options: Options;
	readonly state: State | undefined;
	readonly since: number;
	readonly moved?: {readonly from: State | undefined; readonly n: number; readonly t: number};
	readonly closedHow?: Closing;
	readonly links: readonly Link[];
	readonly waiting?: Waiting;
	/** What became of a client's newest exchange, once it was closed. */
	readonly lastOutcome?: ExchangeOutcome;
	readonly sockets: number;
};

/** Everything known up to event `n`. */
export type Snapshot = {
	readonly n: number;
	readonly t: number;
	/** The event that began what the transcripts show. */
	readonly beganAt: number;
	readonly scene: string;
	readonly seed: number;
	readonly versions: Readonly<Record<string, string>>;
	readonly peers: Readonly<Record<string, PeerSnapshot>>;
	readonly exchanges: Exchanges;
	readonly tap: TapSnapshot;
	readonly ended?: {readonly reason?: string};
};

export const emptySnapshot: Snapshot = {
	n: 0, t: 0, beganAt: 0, scene: '', seed: 0, versions: {}, peers: {}, exchanges: noExchanges, tap: noTap,
};

/** Adds one event. An event about a peer that nobody introduced changes nothing but `n` and `t`. */
export function fold(before: Snapshot, event: Event): Snapshot {
	const {n, t} = event;
	if (event.type === 'lab-started') {
		const {scene, seed, versions} = event;
		return {...emptySnapshot, n, t, beganAt: event.continues ? before.beganAt : n, scene, seed, versions};
	}

	if (event.type === 'lab-ended') {
		return {...before, n, t, ended: event.reason === undefined ? {} : {reason: event.reason}};
	}

	const who = peerOf(event);
	// Own names only: nobody introduced a peer called `constructor`.
	const peer = who !== undefined && Object.hasOwn(before.peers, who) ? before.peers[who] : undefined;
	const exchanges = foldExchanges(before.exchanges, event, peer);
	if (event.type === 'peer-added') {
		const {peer: name, role, socketType, options} = event;
		const added: PeerSnapshot = {name, role, socketType, options, state: undefined, since: t, links: [], sockets: 0};
		return {...before, n, t, exchanges, peers: {...before.peers, [name]: added}};
	}

	const after = peer && foldPeer(peer, event);
	const peers = after === peer || !after ? before.peers : {...before.peers, [after.name]: after};
	const tap = who !== undefined && !peer ? before.tap : foldTap(before.tap, event);
	return {...before, n, t, exchanges, tap, peers: withOutcome(peers, exchanges.settled)};
}

/** A client remembers how its newest exchange ended, whoever's event ended it. */
function withOutcome(peers: Snapshot['peers'], settled: Exchanges['settled']): Snapshot['peers'] {
	const client = settled && peers[settled.client];
	return client && client.lastOutcome !== settled.outcome ? {...peers, [client.name]: {...client, lastOutcome: settled.outcome}} : peers;
}

function foldPeer(peer: PeerSnapshot, event: Event): PeerSnapshot {
	switch (event.type) {
		case 'peer-opened': {
			return {...move(peer, firstState, event), sockets: peer.sockets + 1};
		}

		case 'peer-closed': {
			const {waiting: _over, ...rest} = move(peer, undefined, event);
			return {...rest, closedHow: event.how, links: closedLinks(peer.links, event.t)};
		}

		case 'option-changed': {
			const changed = {...peer, options: {...peer.options, [event.option]: event.value}};
			// Whoever serves by hand waits for nothing but the person.
			return event.option === 'service' && event.value === 'by-hand' ? withoutWaiting(changed) : changed;
		}

		case 'sent': {
			return move(withoutWaiting(peer), peer.state && afterCompleted(peer.socketType, peer.state, 'send'), event);
		}

		case 'received': {
			return move(peer, peer.state && afterCompleted(peer.socketType, peer.state, 'receive'), event);
		}

		case 'refused': {
			return move(peer, peer.state && afterRefused(peer.socketType, peer.state, event.operation, event.code, isRelaxed(peer.options.recover)), event);
		}

		case 'delay-started': {
			return {...peer, waiting: {type: 'delay', since: event.t, ms: event.ms}};
		}

		case 'held': {
			return {...peer, waiting: {type: 'hold', since: event.t}};
		}

		case 'delay-ended':
		case 'released': {
			return withoutWaiting(peer);
		}

		default: {
			const links = foldLinks(peer.links, event);
			return links === peer.links ? peer : {...peer, links};
		}
	}
}

/** Moves the machine; a completed operation that leaves the state where it is (a relaxed REQ asking anew) counts as a move too. */
function move(peer: PeerSnapshot, to: State | undefined, {type, n, t}: Event): PeerSnapshot {
	return to === peer.state && type !== 'sent' && type !== 'received'
		? peer
		: {...peer, state: to, since: t, moved: {from: peer.state, n, t}};
}

function withoutWaiting(peer: PeerSnapshot): PeerSnapshot {
	const {waiting, ...rest} = peer;
	return waiting ? rest : peer;
}
