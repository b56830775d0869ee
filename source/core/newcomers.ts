/**
Newcomers: where a peer goes that joins a lab later, and who comes to it.

Law: a newcomer does as the first of its role. Where that one connects, it connects; where that one listens, it listens at a free
port, and the others' side connects to it. Where there is none of its role yet, a server listens and a client connects. Where there is a broker, a
client connects to its frontend and a worker to its backend.
*/
import {freeEndpoint, type Endpoint} from './endpoint.js';
import {type Direction, type Role} from './events.js';
import {type Calling, type Place} from './scenes.js';
import {type PeerSnapshot, type Snapshot} from './snapshot.js';

/** Who can come later. A lab has one broker, or none. */
type Newcomer = Exclude<Role, 'broker'>;

const otherRole = {client: 'server', server: 'client'} satisfies Record<Newcomer, Newcomer>;

const peersOf = ({peers}: Snapshot, role: Role): readonly PeerSnapshot[] => Object.values(peers).filter(peer => peer.role === role);

const endpointsOf = ({links}: PeerSnapshot, wanted: Direction): readonly Endpoint[] =>
	links.filter(({direction}) => direction === wanted).map(({endpoint}) => endpoint);

/** The places of one more peer of that calling. */
export function placesOfNewcomer(snapshot: Snapshot, calling: Calling): readonly Place[] {
	const broker = peersOf(snapshot, 'broker')[0]?.broker;
	if (broker && calling !== 'server') {
		const endpoint = broker.sides[calling === 'client' ? 'frontend' : 'backend'];
		return endpoint === undefined ? [] : [{direction: 'connect', endpoint}];
	}

	const role = calling === 'client' ? 'client' : 'server';
	const example = peersOf(snapshot, role).find(({links}) => links.length > 0);
	const listening = peersOf(snapshot, otherRole[role]).flatMap(peer => endpointsOf(peer, 'bind'));
	const targets = example ? endpointsOf(example, 'connect') : (role === 'client' ? listening : []);
	return targets.length > 0 ? targets.map(endpoint => ({direction: 'connect', endpoint})) : [{direction: 'bind', endpoint: freeEndpoint}];
}

/** Who connects to a peer of that role that has begun to listen: everyone of the other role who is open and does not listen. */
export const visitorsOf = (snapshot: Snapshot, role: Newcomer): readonly string[] =>
	peersOf(snapshot, otherRole[role])
		.filter(peer => peer.state !== undefined && endpointsOf(peer, 'bind').length === 0)
		.map(({name}) => name);

/** Who is connected to an endpoint of that peer, and to which: they leave it when it leaves the lab. */
export function connectionsTo(snapshot: Snapshot, name: string): ReadonlyArray<{readonly peer: string; readonly endpoint: Endpoint}> {
	const peer = snapshot.peers[name];
	const own = new Set(peer ? endpointsOf(peer, 'bind') : []);
	return Object.values(snapshot.peers)
		.filter(({state}) => state !== undefined)
		.flatMap(other => endpointsOf(other, 'connect').filter(endpoint => own.has(endpoint)).map(endpoint => ({peer: other.name, endpoint})));
}
