/** What would free a waiting client: the commands that do it, each with its effect. */
import {curveEndOf} from './curve.js';
import {type Way} from './finding.js';
import {type Link} from './links.js';
import {isRelaxed} from './recovery.js';
import {isTurnedAway} from './security-refusals.js';
import {type PeerSnapshot, type Snapshot} from './snapshot.js';
import {type Step} from './steps.js';
import {visible} from './text.js';

/** What brings a server to where a client waits for one. */
export function waysToMeet({peers}: Snapshot, {endpoint, direction}: Link, server: PeerSnapshot | undefined): readonly Way[] {
	if (server) {
		return server.state === undefined ? [{command: `/@${server.name} open`, effect: `${server.role === 'broker' ? 'the broker' : 'a server'} is there again`}] : [];
	}

	const isConnecting = direction === 'connect';
	const other = Object.values(peers).find(({role, state}) => role === 'server' && state !== undefined);
	return [other
		? {command: `/@${other.name} ${isConnecting ? 'bind' : 'connect'} ${visible(endpoint)}`, effect: 'a server is there'}
		: {command: `zmq-playground server ${isConnecting ? '' : '--connect '}${visible(endpoint)}`, effect: 'in another terminal'}];
}

/** What lets a peer in whose keys, or the lack of them, have prevented its handshake. One that was turned away has the right keys, and has to come anew. */
export function waysIn({peers}: Snapshot, {name, role, links}: PeerSnapshot): readonly Way[] {
	const isServerHere = Object.values(peers).some(peer => curveEndOf(peer) === 'server');
	if (links.some(({code}) => code !== undefined && isTurnedAway(code))) {
		return isServerHere
			? [{command: `/allow ${name}`, effect: 'first: its key is let in'}, {command: `/@${name} restart`, effect: 'then a new socket comes anew'}]
			: [{command: `/@${name} restart`, effect: 'a new socket comes anew, once its key is allowed there'}];
	}

	return [isServerHere
		? {command: '/curve on', effect: 'the right keys on all sides, and new sockets'}
		: {command: `zmq-playground ${role === 'client' ? 'client' : 'worker'} --curve-server-key <key>`, effect: 'with the public key that the other side shows'}];
}

/** What frees a client whose reply does not come. */
export function waysToFree({name, options: {recover}}: PeerSnapshot): readonly Way[] {
	const anew: Way = {command: `/@${name} restart`, effect: 'a new socket; its request is given up'};
	return isRelaxed(recover)
		? [{command: `/@${name} send Hello`, effect: 'it is relaxed: gives the old request up'}, anew]
		: [{command: `/@${name} recover relaxed`, effect: 'may send again, with the same socket'}, anew];
}

/** What makes a server of this lab reply. */
export function waysToReply(snapshot: Snapshot, server: string): readonly Way[] {
	const {waiting, options} = snapshot.peers[server] ?? {};
	if (isAboutTo(snapshot, server, 'send')) {
		return [{command: `/step ${server}`, effect: 'lets it send its reply'}];
	}

	if (options?.service === 'by-hand') {
		return [{command: `/@${server} reply World`, effect: 'replies by hand'}];
	}

	return waiting?.type === 'hold' ? [{command: `/@${server} release`, effect: 'gives the held reply'}] : [{command: `/@${server} reply World`, effect: 'replies at once'}];
}

/** Step by step: whether the peer is about to do that. */
export const isAboutTo = ({steps}: Snapshot, name: string, operation: Step['operation']): boolean =>
	steps?.some(step => step.peer === name && step.operation === operation) ?? false;
