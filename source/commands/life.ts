/** Commands that take a peer apart and put it together. */
import {type PeerSnapshot} from '../core/snapshot.js';
import {noArgument, type CommandRecord} from './record.js';

const ifOpen = (peer: PeerSnapshot): string | undefined => peer.state === undefined ? `${peer.name} is closed; /open makes a new socket` : undefined;

export const lifeCommands: readonly CommandRecord[] = [
	{
		name: 'close',
		subject: 'peer',
		usage: 'close',
		summary: 'close the socket in good order, with its linger',
		read: noArgument({verb: 'close'}),
		unavailable: ifOpen,
	},
	{
		name: 'open',
		subject: 'peer',
		usage: 'open',
		summary: 'make a new socket with the same options and endpoints',
		read: noArgument({verb: 'open'}),
		unavailable: peer => peer.state === undefined ? undefined : `${peer.name} is open`,
	},
	{
		name: 'crash',
		subject: 'peer',
		usage: 'crash',
		summary: 'close at once and drop all that is queued (linger 0)',
		read: noArgument({verb: 'crash'}),
		unavailable: ifOpen,
	},
	{
		name: 'restart',
		subject: 'peer',
		usage: 'restart',
		summary: 'crash, and open again at the same endpoint',
		read: noArgument({verb: 'restart'}),
	},
];
