/** Whoever stands opposite a socket under test: a ROUTER for a REQ, a DEALER for a REP, so that it can write whatever and whenever it likes. */
import {
	Dealer,
	Router,
	type Reply,
	type Request,
} from 'zeromq';
import {type MachineKind} from '../../source/core/machines.js';
import {Monitor} from './socket-waits.js';

export const anyPort = 'tcp://127.0.0.1:*';

/** The routing id of a REQ under test, so that a ROUTER can write to it unasked. */
export const itsId = 'under-test';

const timeouts = {sendTimeout: 5000, receiveTimeout: 5000, linger: 5000};

export class Counterpart {
	readonly socket: Router | Dealer;
	readonly monitor: Monitor;

	constructor(opposite: MachineKind) {
		this.socket = opposite === 'REQ' ? new Router({...timeouts, mandatory: true}) : new Dealer(timeouts);
		this.monitor = new Monitor(this.socket);
	}

	/** The last frame of the next message. */
	async read(): Promise<string> {
		const frames = await this.socket.receive();
		return String(frames.at(-1));
	}

	async write(body: string): Promise<void> {
		await (this.socket instanceof Router ? this.socket.send([itsId, '', body]) : this.socket.send(['', body]));
	}
}

/** Where a socket really listens. */
export function boundEndpoint(socket: Request | Reply | Router | Dealer): string {
	if (socket.lastEndpoint === null) {
		throw new Error('the socket is not bound');
	}

	return socket.lastEndpoint;
}
