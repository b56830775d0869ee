/**
New sockets on both sides of a lab. A client that is still open would meet a server of another kind meanwhile, and tell of a failure
that is none: so every client closes first, the servers open anew, and then the clients do. To CURVE a worker is a client of its broker; it is
there again before the broker's clients ask.
*/
import {curveEndOf} from '../../core/curve.js';
import {type BrokerPeer} from '../broker-peer.js';
import {type Peer} from '../peer.js';

/** Whoever has sockets in this process. */
export type Reopened = Peer | BrokerPeer;

/** Closes all that are open, has each prepared, and opens them again. A peer that was closed stays so, prepared. Rejects if one can't be prepared; those stay closed. */
export async function reopen(peers: readonly Reopened[], prepare: (peer: Reopened) => Promise<void>): Promise<void> {
	const servers = peers.filter(peer => curveEndOf(peer) === 'server');
	const others = peers.filter(peer => curveEndOf(peer) === 'client');
	const wereOpen = new Set(peers.filter(peer => peer.isOpen));
	const inTurnEach = async (some: readonly Reopened[], task: (peer: Reopened) => Promise<void>): Promise<void> => {
		await Promise.all(some.map(async peer => peer.inTurn(async () => task(peer))));
	};

	const close = async (peer: Reopened): Promise<void> => {
		peer.close('close');
		await prepare(peer);
	};

	const open = async (peer: Reopened): Promise<void> => {
		if (wereOpen.has(peer)) {
			await peer.open();
		}
	};

	await inTurnEach(others, close);
	await inTurnEach(servers, async server => {
		await close(server);
		await open(server);
	});
	await inTurnEach(others.filter(({role}) => role === 'server'), open);
	await inTurnEach(others.filter(({role}) => role === 'client'), open);
}
