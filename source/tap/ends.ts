/** The two ends of a connection through the tap. */
import {type Socket} from 'node:net';
import {type Side} from '../zmtp/connection.js';

/** Both ends of a connection: who came to the tap, and where the tap went for it. */
export type Ends = Readonly<Record<Side, Socket>>;

export const sides = ['connector', 'listener'] as const;
export const otherSide = {connector: 'listener', listener: 'connector'} as const;

/**
A reset, which unix sockets don't have: they are just closed.

Nor can one be sent while an end is under way: libuv refuses (`uv_tcp_close_reset`), and Node would then never say that the socket is closed.
*/
export function reset(socket: Socket): void {
	const isEnding = socket.writableEnded && !socket.writableFinished;
	if (socket.remoteFamily === undefined || socket.destroyed || isEnding) {
		socket.destroy();
	} else {
		socket.resetAndDestroy();
	}
}
