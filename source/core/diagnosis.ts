/**
Diagnosis: why a peer waits. For whom, since when, where what it waits for is, whether that can still come, and what would free the socket.

Law: pure rules over what the events told, the first that fits; each claim carries its evidence, and what a plain link can't tell is said to be
unknown, never guessed. *Stuck* is said only where no reply can come and the socket may not send again either.
*/
import {type ClientCase} from './diagnosis-case.js';
import {clientRules} from './diagnosis-client.js';
import {diagnoseServer} from './diagnosis-server.js';
import {type Exchange} from './exchanges.js';
import {type Finding} from './finding.js';
import {isAwaited} from './owing.js';
import {isRelaxed} from './recovery.js';
import {type PeerSnapshot, type Snapshot} from './snapshot.js';

/** Why one peer waits, `since` when (ms since the epoch): since its request, or, if it is stuck, since the reply can't come any more. */
export type Diagnosis = Finding & {readonly peer: string; readonly since: number; readonly isStuck: boolean};

/** Why this peer waits at the moment `now` (ms since the epoch); undefined if it does not: it is closed, or may go on by itself. */
export function diagnose(snapshot: Snapshot, peer: PeerSnapshot, now: number): Diagnosis | undefined {
	if (!isAwaited(peer)) {
		return undefined;
	}

	const finding = peer.role === 'client' ? diagnoseClient(snapshot, peer, now) : diagnoseServer(snapshot, peer, now);
	if (!finding) {
		return undefined;
	}

	const {hope} = finding;
	const isDoomed = peer.role === 'client' && hope.answer === 'no' && !hasWayOut(snapshot, peer);
	return {...finding, peer: peer.name, since: isDoomed ? Math.max(peer.since, hope.since) : peer.since, isStuck: isDoomed};
}

/** Every peer that waits, in the order of the lab. */
export const diagnoseAll = (snapshot: Snapshot, now: number): readonly Diagnosis[] =>
	Object.values(snapshot.peers).flatMap(peer => diagnose(snapshot, peer, now) ?? []);

/** Whether a peer is proved to wait for ever. No moment matters to that: it is asked at the snapshot's own. */
export const isStuck = (snapshot: Snapshot, peer: PeerSnapshot): boolean => diagnose(snapshot, peer, snapshot.t)?.isStuck ?? false;

/** A relaxed client may send again; a lazy pirate that has not given up takes a new socket by itself. */
const hasWayOut = ({exchanges}: Snapshot, {name, options: {recover}}: PeerSnapshot): boolean =>
	isRelaxed(recover) || (recover?.startsWith('lazy-pirate') === true && exchanges.open[name] !== undefined);

function diagnoseClient(snapshot: Snapshot, peer: PeerSnapshot, now: number): Finding | undefined {
	const question = questionOf(snapshot, peer);
	if (!question) {
		return undefined;
	}

	const {route = {up: [], cut: []}} = peer;
	const cut = route.cut.length > 0 && route.up.every(endpoint => route.cut.some(one => one.endpoint === endpoint)) ? route.cut.at(-1)?.t : undefined;
	const {open, strays} = snapshot.exchanges;
	const isOpen = open[peer.name] !== undefined;
	const answered = isOpen ? question.answered : strays[peer.name] ?? question.answered;
	const itsCase: ClientCase = {
		snapshot, peer, question, route, now, isOpen, ...(cut !== undefined && {cutAt: cut}), ...(answered !== undefined && {answered}),
	};
	for (const rule of clientRules) {
		const finding = rule(itsCase);
		if (finding) {
			return finding;
		}
	}

	return undefined;
}

/** The question whose reply the socket awaits: still open, or given up by the client but not by the socket. */
const questionOf = ({exchanges}: Snapshot, {name, lastExchange}: PeerSnapshot): Exchange | undefined => exchanges.open[name] ?? lastExchange;
