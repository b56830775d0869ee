/**
New sockets on both sides of a lab. A client that is still open would meet a server of another kind meanwhile, and tell of a failure
that is none: so every client closes first, the servers open anew, and then the clients do.
*/
import {type Peer} from '../peer.js';

/** Closes all that are open, has each prepared, and opens them again. A peer that was closed stays so, prepared. Rejects if one can't be prepared; those stay closed. */
export async function reopen(peers: readonly Peer[], prepare: (peer: Peer) => Promise<void>): Promise<void> {
	const clients = peers.filter(({role}) => role === 'client');
	const servers = peers.filter(({role}) => role === 'server');
	const wereOpen = new Set(peers.filter(peer => peer.isOpen));
	const inTurnEach = async (some: readonly Peer[], task: (peer: Peer) => Promise<void>): Promise<void> => {
		await Promise.all(some.map(async peer => peer.inTurn(async () => task(peer))));
	};

	const close = async (peer: Peer): Promise<void> => {
		peer.close('close');
		await prepare(peer);
	};

	const open = async (peer: Peer): Promise<void> => {
		if (wereOpen.has(peer)) {
			await peer.open();
		}
	};

	await inTurnEach(clients, close);
	await inTurnEach(servers, async server => {
		await close(server);
		await open(server);
	});
	await inTurnEach(clients, open);
}
