/** Whether a server owes a reply: a fact of its program, which each socket type shows in another state. */
import {type Role, type SocketType} from './events.js';
import {type State} from './machines.js';

type Owing = {readonly role: Role; readonly socketType: SocketType; readonly state: State | undefined};

/** A REQ that works for a broker has asked for work with READY, and so owes its reply once it has received. */
export const owesReply = ({role, socketType, state}: Owing): boolean => role === 'server' && state === (socketType === 'REQ' ? 'replied' : 'awaiting-reply');

/** Whether somebody waits for a message of this peer, or it for one: a client for its reply, a server's client for that of the server. */
export const isAwaited = (peer: Owing): boolean => peer.role === 'client' ? peer.state === 'awaiting-reply' : owesReply(peer);
