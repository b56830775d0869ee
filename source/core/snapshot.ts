/**
The snapshot: all that is known up to one event, folded from the journal and from nothing else.

Law: `fold` is pure; the same events give the same snapshot, live, replayed or in time travel. Time is not in it: ages and
countdowns are made by `view(snapshot, now)`. It stays small: states, sums and event numbers; rows are read from the journal.
*/
import {foldBroker, newBroker, type BrokerSnapshot} from './broking.js';
import {peerOf, type Closing, type Event, type Options, type Role, type SocketType} from './events.js';
import {
	foldExchanges,
	noExchanges,
	type Exchange,
	type ExchangeOutcome,
	type Exchanges,
} from './exchanges.js';
import {closedLinks, foldLinks, type Link} from './links.js';
import {foldQueues, noQueues, type Queues} from './queues.js';
import {isRelaxed} from './recovery.js';
import {foldRoute, type Route} from './route.js';
import {
	afterCompleted,
	afterRefused,
	firstState,
	machineOf,
	type State,
} from './machines.js';
import {foldLanes, noLanes, tapScene, type Lanes} from './lanes.js';
import {foldSteps, type Step} from './steps.js';
import {foldTap, noTap, type TapSnapshot} from './wire.js';

export {type Link, type LinkStatus} from './links.js';

/** What a server does before it replies, or a lazy pirate before it tries again. */
export type Waiting = {readonly type: 'delay' | 'back-off'; readonly since: number; readonly ms: number} | {readonly type: 'hold'; readonly since: number};

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
	/** Calls left pending out of turn, and since when (ms since the epoch). */
	readonly parked?: Readonly<Partial<Record<'send' | 'receive', number>>>;
	/** What became of a client's newest exchange, once it was closed. */
	readonly lastOutcome?: ExchangeOutcome;
	/** That exchange itself: a socket can go on awaiting a reply that its client has given up. */
	readonly lastExchange?: Exchange;
	/** A client's: by which connections its newest request can have left, until the reply is there. */
	readonly route?: Route;
	/** A broker's. */
	readonly broker?: BrokerSnapshot;
	readonly sockets: number;
	/** How many replies it has received (a client) or sent (a server). */
	readonly replies: number;
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
	/** The connections of others, where this is a tap between them. */
	readonly lanes?: Lanes;
	readonly queues: Queues;
	/** While steps are single: the calls that wait. */
	readonly steps?: readonly Step[];
	readonly ended?: {readonly reason?: string};
	/** The file to which the lab is being recorded. */
	readonly recording?: string;
};

export const emptySnapshot: Snapshot = {
	n: 0, t: 0, beganAt: 0, scene: '', seed: 0, versions: {}, peers: {}, exchanges: noExchanges, queues: noQueues, tap: noTap,
};

/** Adds one event. An event about a peer that nobody introduced changes nothing but `n` and `t`. */
export function fold(before: Snapshot, event: Event): Snapshot {
	const {n, t} = event;
	if (event.type === 'lab-started') {
		const {scene, seed, versions} = event;
		const next: Snapshot = {...emptySnapshot, n, t, beganAt: event.continues ? before.beganAt : n, scene, seed, versions};
		return {...next, ...(scene === tapScene && {lanes: noLanes}), ...(before.recording !== undefined && {recording: before.recording})};
	}

	if (event.type === 'lab-ended') {
		return {...withoutRecording(before), n, t, ended: event.reason === undefined ? {} : {reason: event.reason}};
	}

	if (event.type === 'recording-started') {
		return {...before, n, t, recording: event.file};
	}

	if (event.type === 'recording-stopped') {
		return {...withoutRecording(before), n, t};
	}

	const who = peerOf(event);
	// Own names only: nobody introduced a peer called `constructor`.
	const peer = who !== undefined && Object.hasOwn(before.peers, who) ? before.peers[who] : undefined;
	const exchanges = foldExchanges(before.exchanges, event, peer, before.peers);
	const queues = foldQueues(before.queues, event, before.peers, before.exchanges.tally.pending === 0);
	if (event.type === 'peer-added') {
		const {peer: name, role, socketType, options} = event;
		const added: PeerSnapshot = {name, role, socketType, options, state: undefined, since: t, links: [], sockets: 0, replies: 0, ...(role === 'broker' && {broker: newBroker})};
		return {...before, n, t, exchanges, queues, peers: {...before.peers, [name]: added}};
	}

	if (event.type === 'peer-removed') {
		const {[event.peer]: _gone, ...peers} = before.peers;
		return {...before, n, t, exchanges, peers};
	}

	const after = peer && routed(brokered(foldPeer(peer, event), event), peer, event);
	const peers = after === peer || !after ? before.peers : {...before.peers, [after.name]: after};
	// Between programs of others the tap itself stands where a peer would.
	const isStranger = who !== undefined && !peer && !before.lanes;
	const lanes = before.lanes && foldLanes(before.lanes, event);
	const tap = isStranger ? before.tap : foldTap(before.tap, event);
	const steps = isStranger ? before.steps : foldSteps(before.steps, event);
	return withSteps({...before, n, t, exchanges, queues, tap, peers: withOutcome(withOutcomes(peers, exchanges.settledToo), exchanges.settled), ...(lanes && {lanes})}, steps);
}

function withSteps(snapshot: Snapshot, steps: Snapshot['steps']): Snapshot {
	const {steps: before, ...rest} = snapshot;
	return before === steps ? snapshot : {...rest, ...(steps && {steps})};
}

function withoutRecording(snapshot: Snapshot): Snapshot {
	const {recording: _over, ...rest} = snapshot;
	return rest;
}

const withOutcomes = (peers: Snapshot['peers'], settled: readonly Exchange[] = []): Snapshot['peers'] => {
	let after = peers;
	for (const each of settled) {
		after = withOutcome(after, each);
	}

	return after;
};

/** A client remembers how its newest exchange ended, whoever's event ended it. */
function withOutcome(peers: Snapshot['peers'], settled: Exchanges['settled']): Snapshot['peers'] {
	const client = settled && peers[settled.client];
	return client ? {...peers, [client.name]: {...client, lastOutcome: settled.outcome, lastExchange: settled}} : peers;
}

function brokered(peer: PeerSnapshot, event: Event): PeerSnapshot {
	const broker = peer.broker && foldBroker(peer.broker, event);
	return broker === peer.broker || !broker ? peer : {...peer, broker};
}

function routed(after: PeerSnapshot, before: PeerSnapshot, event: Event): PeerSnapshot {
	const route = before.role === 'client' ? foldRoute(before.route, before.links, event) : undefined;
	if (route === before.route) {
		return after;
	}

	const {route: _old, ...rest} = after;
	return route ? {...rest, route} : rest;
}

function foldPeer(peer: PeerSnapshot, event: Event): PeerSnapshot {
	switch (event.type) {
		case 'peer-opened': {
			return {...move(peer, firstState, event), sockets: peer.sockets + 1, ...(event.socketType && {socketType: event.socketType})};
		}

		case 'peer-closed': {
			const {parked: _ended, ...rest} = move(event.how === 'retry' ? peer : withoutWaiting(peer), undefined, event);
			return {...rest, closedHow: event.how, links: closedLinks(peer.links, event.t)};
		}

		case 'option-changed': {
			const changed = {...peer, options: {...peer.options, [event.option]: event.value}};
			// Whoever serves by hand waits for nothing but the person.
			return event.option === 'service' && event.value === 'by-hand' ? withoutWaiting(changed) : changed;
		}

		case 'ready': {
			return move(peer, peer.state && afterCompleted(machineOf(peer.socketType), peer.state, 'send'), event);
		}

		case 'sent': {
			return counted(move(withoutWaiting(peer), peer.state && afterCompleted(machineOf(peer.socketType), peer.state, 'send'), event), 'server');
		}

		case 'received': {
			return counted(move(peer, peer.state && afterCompleted(machineOf(peer.socketType), peer.state, 'receive'), event), 'client');
		}

		case 'refused': {
			return move(peer, peer.state && afterRefused(machineOf(peer.socketType), peer.state, event.operation, event.code, isRelaxed(peer.options.recover)), event);
		}

		case 'parked': {
			return {...peer, parked: {...peer.parked, [event.operation]: event.t}};
		}

		case 'unparked': {
			const {parked: {[event.operation]: _fired, ...others} = {}, ...rest} = peer;
			return Object.keys(others).length === 0 ? rest : {...rest, parked: others};
		}

		case 'delay-started': {
			return {...peer, waiting: {type: 'delay', since: event.t, ms: event.ms}};
		}

		case 'held': {
			return {...peer, waiting: {type: 'hold', since: event.t}};
		}

		case 'attempt-failed': {
			return event.pauseMs === undefined ? peer : {...peer, waiting: {type: 'back-off', since: event.t, ms: event.pauseMs}};
		}

		case 'timed-out':
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

/** One reply more, if the peer has the role for which the operation is a reply. */
const counted = (peer: PeerSnapshot, role: Role): PeerSnapshot => peer.role === role ? {...peer, replies: peer.replies + 1} : peer;

function withoutWaiting(peer: PeerSnapshot): PeerSnapshot {
	const {waiting, ...rest} = peer;
	return waiting ? rest : peer;
}
