/** What can be said of a peer with `is`: one record a word. */
import {type PeerSnapshot, type Snapshot} from '../../core/snapshot.js';
import {isStuck} from '../../core/diagnosis.js';

/** One word: what it means, and whether it is so. */
export type PeerWord = {readonly word: string; readonly summary: string; readonly isSo: (peer: PeerSnapshot, snapshot: Snapshot) => boolean};

const isConnected = (peer: PeerSnapshot): boolean => peer.links.some(({connections}) => connections > 0);

export const peerWords: readonly PeerWord[] = [
	{word: 'idle', summary: 'a new socket: nothing sent or received yet', isSo: ({state}) => state === 'idle'},
	{word: 'awaiting-reply', summary: 'a client has asked, or a server owes a reply', isSo: ({state}) => state === 'awaiting-reply'},
	{word: 'replied', summary: 'a client has its reply, or a server has given it', isSo: ({state}) => state === 'replied'},
	{word: 'open', summary: 'it has a socket', isSo: ({state}) => state !== undefined},
	{word: 'closed', summary: 'it has no socket, whatever closed it', isSo: ({state}) => state === undefined},
	{word: 'crashed', summary: 'its socket was closed by a crash', isSo: ({state, closedHow}) => state === undefined && closedHow === 'crash'},
	{word: 'bound', summary: 'it listens somewhere', isSo: ({links}) => links.some(({status}) => status === 'listening')},
	{word: 'connected', summary: 'it has shaken hands with somebody', isSo: isConnected},
	{word: 'connecting', summary: 'it connects somewhere, and nobody has shaken hands yet', isSo: peer => peer.state !== undefined && !isConnected(peer) && peer.links.some(({direction}) => direction === 'connect')},
	{
		word: 'waiting',
		summary: 'a client waits for a reply that may still come; a server delays or holds one',
		isSo: (peer, snapshot) => peer.role === 'client' ? peer.state === 'awaiting-reply' && !isStuck(snapshot, peer) : peer.waiting !== undefined,
	},
	{word: 'parked', summary: 'it has a call left pending out of turn', isSo: ({parked}) => parked !== undefined},
	// The notion of the diagnosis: whatever finds out more about why somebody waits goes into `isStuck`, and this word follows.
	{word: 'stuck', summary: 'a client waits for a reply that can’t come', isSo: (peer, snapshot) => isStuck(snapshot, peer)},
];

/** `2.0 s`, `75.3 s`. */
const age = (ms: number): string => `${(Math.max(0, ms) / 1000).toFixed(1)} s`;

/** What is so of a peer, in words: its state and since when. */
export function describePeer(peer: PeerSnapshot, snapshot: Snapshot, now: number): string {
	const state = peer.state ?? (peer.closedHow === 'crash' ? 'closed by a crash' : 'closed');
	return `${peer.name} is ${state} since ${age(now - peer.since)}${isStuck(snapshot, peer) ? ', and stuck' : ''}`;
}

/** How a peer's endpoints stand, in words. */
export const describeLinks = (peer: PeerSnapshot): string => peer.links.length === 0
	? `${peer.name} has no endpoint`
	: `${peer.name} is ${peer.links.map(({status, endpoint, connections}) => status === 'listening' ? `listening at ${endpoint} (connections: ${connections})` : `${status} (${endpoint})`).join(', ')}`;

/** Words about endpoints, whose failure is explained by the endpoints. */
export const linkWords: readonly string[] = ['bound', 'connected', 'connecting'];
