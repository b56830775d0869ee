/** Who meets whom: which endpoint leads to which peer of this lab. The one place that knows; what it can't tell it leaves out. */
import {type Endpoint} from './endpoint.js';
import {type Link} from './links.js';
import {type PeerSnapshot, type Snapshot} from './snapshot.js';

/** Endpoints at which a socket listens on every interface lead to it from any address of this machine. */
const everyInterface = /^tcp:\/\/(?:\*|0\.0\.0\.0|\[::\]):(?<port>\d+)$/v;

/** Whether who connects to the one endpoint comes to who listens at the other. */
function leadsTo(connecting: Endpoint, listening: Endpoint): boolean {
	const port = everyInterface.exec(listening)?.groups?.['port'];
	return connecting === listening || (port !== undefined && connecting.startsWith('tcp://') && connecting.endsWith(`:${port}`));
}

/** The servers and the broker of this lab that a client's endpoint leads to, open or closed. */
export function answerersAt(snapshot: Snapshot, client: PeerSnapshot, endpoint: Endpoint): readonly PeerSnapshot[] {
	const direction = client.links.find(link => link.endpoint === endpoint)?.direction ?? 'connect';
	return Object.values(snapshot.peers).filter(peer => peer.role !== 'client' && peer.links.some(link =>
		link.direction !== direction && (direction === 'connect' ? leadsTo(endpoint, link.endpoint) : leadsTo(link.endpoint, endpoint))));
}

/** The servers of this lab that a client's endpoint leads to, open or closed. */
export const serversAt = (snapshot: Snapshot, client: PeerSnapshot, endpoint: Endpoint): readonly PeerSnapshot[] =>
	answerersAt(snapshot, client, endpoint).filter(({role}) => role === 'server');

/** The server of this lab that it leads to; undefined if none does, or more than one. */
export function serverAt(snapshot: Snapshot, client: PeerSnapshot, endpoint: Endpoint): PeerSnapshot | undefined {
	const [server, ...others] = serversAt(snapshot, client, endpoint);
	return others.length === 0 ? server : undefined;
}

/** The broker of this lab to whose frontend a client connects. */
export const brokerOf = ({peers}: Snapshot, {links}: PeerSnapshot): PeerSnapshot | undefined =>
	Object.values(peers).find(({broker}) => broker?.sides.frontend !== undefined && links.some(({endpoint}) => leadsTo(endpoint, broker.sides.frontend ?? '')));

/** Somebody has taken the connection, and not shaken hands: in a moment, or never where no ZeroMQ socket is. */
export const isSilent = ({direction, status, handshaking}: Link): boolean => direction === 'connect' && handshaking > 0 && (status === 'connecting' || status === 'retrying');

/** Nobody in this lab listens, though somebody connects: the tutorial's own mistake. */
export function isNobodyListening(snapshot: Snapshot, peer: PeerSnapshot): boolean {
	const everyone = Object.values(snapshot.peers);
	return everyone.length > 1
		&& everyone.every(each => each.state !== undefined && each.links.length > 0 && each.links.every(link => link.direction === 'connect' && link.status !== 'connected'))
		&& peer.links.some(link => everyone.some(other => other !== peer && other.links.some(({endpoint}) => endpoint === link.endpoint)));
}
