/** The sides of the screen: clients at the left, servers at the right, a broker between them, and which peer of each side is shown in full. */
import {type Role} from '../core/events.js';
import {type PeerSnapshot, type Snapshot} from '../core/snapshot.js';
import {type InterfaceState} from './interface-state.js';

/** One side: its peers in order, and the one that was in focus last. */
export type Column = {readonly role: Role; readonly peers: readonly PeerSnapshot[]; readonly shown: PeerSnapshot};

const roles: readonly Role[] = ['client', 'broker', 'server'];

/** The sides that have somebody, clients first. */
export function columnsOf({peers}: Snapshot, {focus, visited}: Pick<InterfaceState, 'focus' | 'visited'>): readonly Column[] {
	return roles.flatMap((role): readonly Column[] => {
		const ofRole = Object.values(peers).filter(peer => peer.role === role);
		const name = [focus, ...visited].find(each => Object.hasOwn(peers, each) && peers[each]?.role === role);
		const shown = name === undefined ? ofRole[0] : peers[name];
		return shown ? [{role, peers: ofRole, shown}] : [];
	});
}

/** More than one of a role: then each side is a list above one pane. */
export const isCrowded = (columns: readonly Column[]): boolean => columns.some(({peers}) => peers.length > 1);

/** A pane below this says too little. */
const smallestPane = 8;
const smallestList = 3;

/** How many rows of a column its list takes, its title included: none for a single peer, never so many that the pane has no room. */
export function listHeight(height: number, count: number): number {
	const most = Math.max(Math.floor(height * 0.45), height - (2 * smallestPane));
	return count < 2 ? 0 : Math.max(smallestList, Math.min(count + 1, most, height - smallestPane));
}
