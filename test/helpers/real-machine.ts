/**
A real REQ or REP socket over tcp, driven one attempt at a time, with its counterpart and whatever passes by.

Law: every attempt is made with time-out 0. Before it, nothing is under way: a message has arrived or none is coming, a peer has
shaken hands or is known to be gone. Each such step has a barrier, so no attempt races with anything.

Theory: bytes come before the end of their connection, so that a monitor's `disconnect` proves the arrival of what was sent
before; and `readable` and `writable` make libzmq take note of what its I/O thread has told it.
*/
import {
	Dealer,
	Reply,
	Request,
	Router,
} from 'zeromq';
import {firstState, type MachineKind, type State} from '../../source/core/machines.js';
import {type RecordedRun, type RecordedStep, type Result} from './machine-judge.js';
import {Monitor, until} from './socket-waits.js';

/**
What can be done to the socket under test and around it. `stranger-writes`: someone else leaves a message and goes.
*/
export type Step = 'send' | 'receive' | 'close' | 'reopen' | 'peer-comes' | 'peer-goes' | 'message-arrives' | 'stranger-writes';
export const steps: readonly Step[] = ['send', 'receive', 'close', 'reopen', 'peer-comes', 'peer-goes', 'message-arrives', 'stranger-writes'];

/**
Who binds: a peer that is lost to a binding socket leaves behind what it sent, a `disconnect()` drops it.
*/
export type Direction = 'binds' | 'connects';
export type Setting = {readonly kind: MachineKind; readonly isRelaxed: boolean; readonly direction: Direction};

type Counterpart = {readonly socket: Router | Dealer; readonly monitor: Monitor; readonly endpoint: string};

const anyPort = 'tcp://127.0.0.1:*';
const itsId = 'under-test';

/**
Takes the steps on real sockets and records what became of each. A step that makes no sense where it stands is left out.
*/
export async function record(setting: Setting, sequence: readonly Step[]): Promise<RecordedRun> {
	const machine = new RealMachine(setting);
	try {
		await machine.take('reopen');
		for (const step of sequence) {
			await machine.take(step);
		}

		return {kind: setting.kind, isRelaxed: setting.isRelaxed, steps: machine.recorded.slice(1)};
	} finally {
		machine.end();
	}
}

class RealMachine {
	readonly recorded: RecordedStep[] = [];
	readonly #setting: Setting;
	#socket: Request | Reply | undefined;
	#monitor: Monitor | undefined;
	#peer: Counterpart | undefined;
	#stands: State = firstState;
	#lastCompleted: 'send' | 'receive' | undefined;
	/**
	The body of the one message that waits to be received.
	*/
	#message: string | undefined;
	/**
	Requests that the present peer has been sent and not answered.
	*/
	#unanswered = 0;
	/**
	Whether the message received last came from the present peer, who thus gets the reply.
	*/
	#isPeerOwed = false;
	#isMessageFromPeer = false;
	#bodies = 0;

	constructor(setting: Setting) {
		this.#setting = setting;
	}

	async take(step: Step): Promise<void> {
		const socket = this.#socket;
		if (!socket || socket.closed) {
			await (step === 'reopen' ? this.#open() : this.#takeClosed(step, socket));
			return;
		}

		switch (step) {
			case 'send': {
				await this.#attemptSend(socket);
				break;
			}

			case 'receive': {
				await this.#attemptReceive(socket);
				break;
			}

			case 'close': {
				this.end();
				this.recorded.push({type: 'closed'});
				break;
			}

			case 'peer-comes': {
				await this.#letPeerCome(socket);
				break;
			}

			case 'peer-goes': {
				await this.#letPeerGo(socket);
				break;
			}

			case 'message-arrives': {
				await this.#letMessageArrive(socket);
				break;
			}

			case 'stranger-writes': {
				await this.#letStrangerWrite(socket);
				break;
			}

			case 'reopen': {
				break;
			}
		}
	}

	/**
	Closes the socket and its peer, dropping what is queued.
	*/
	end(): void {
		for (const socket of [this.#socket, this.#peer?.socket]) {
			if (!socket || socket.closed) {
				continue;
			}

			socket.linger = 0;
			socket.close();
		}

		this.#peer = undefined;
	}

	async #open(): Promise<void> {
		const {kind, isRelaxed, direction} = this.#setting;
		const timeouts = {sendTimeout: 0, receiveTimeout: 0, linger: 0};
		const socket = kind === 'REQ' ? new Request({...timeouts, relaxed: isRelaxed, routingId: itsId}) : new Reply(timeouts);
		this.#socket = socket;
		this.#monitor = new Monitor(socket);
		this.#message = undefined;
		this.#lastCompleted = undefined;
		this.#unanswered = 0;
		this.#isPeerOwed = false;
		if (direction === 'binds') {
			await socket.bind(anyPort);
		}

		this.#stands = await this.#observe(socket);
		this.recorded.push({type: 'opened', stands: this.#stands});
	}

	async #takeClosed(step: Step, socket: Request | Reply | undefined): Promise<void> {
		if (!(socket && (step === 'send' || step === 'receive'))) {
			return;
		}

		const result = await resultOf(async () => step === 'send' ? socket.send('too late') : socket.receive());
		this.recorded.push({type: 'attempted-closed', operation: step, result});
	}

	async #attemptSend(socket: Request | Reply): Promise<void> {
		await this.#seePeer(socket);
		const hasPeer = this.#peer !== undefined;
		const body = this.#newBody();
		const result = await resultOf(async () => socket.send(body));
		if (result === 'completed') {
			this.#lastCompleted = 'send';
			await (socket instanceof Request ? this.#afterRequest() : this.#afterReply(body));
		}

		this.#stands = await this.#observe(socket);
		this.recorded.push({
			type: 'attempted', operation: 'send', hasPeer, result, stands: this.#stands,
		});
	}

	async #attemptReceive(socket: Request | Reply): Promise<void> {
		await this.#seePeer(socket);
		const operation = this.#message === undefined ? 'receive-nothing' : 'receive';
		const result = await resultOf(async () => {
			const body = String(await socket.receive());
			if (body !== this.#message) {
				throw new Error(`received ${body}, expected ${this.#message}`);
			}
		});
		if (result === 'completed') {
			this.#lastCompleted = 'receive';
			this.#message = undefined;
			this.#isPeerOwed = this.#isMessageFromPeer;
		}

		this.#stands = await this.#observe(socket);
		this.recorded.push({
			type: 'attempted', operation, hasPeer: this.#peer !== undefined, result, stands: this.#stands,
		});
	}

	/**
	A new request gives up all that had arrived for it before (`req.cpp`, `xsend`).
	*/
	async #afterRequest(): Promise<void> {
		this.#message = undefined;
		this.#unanswered++;
	}

	/**
	A reply reaches whoever asked, if that one is still here.
	*/
	async #afterReply(body: string): Promise<void> {
		if (this.#isPeerOwed && this.#peer) {
			const frames = await this.#peer.socket.receive();
			if (String(frames.at(-1)) !== body) {
				throw new Error(`the asker received ${String(frames.at(-1))} for ${body}`);
			}
		}

		this.#isPeerOwed = false;
	}

	/**
	Waits until the socket sees for itself whether a peer is here, where it lets that be seen: a REQ that may send.
	*/
	async #seePeer(socket: Request | Reply): Promise<void> {
		if (!(socket instanceof Request && (this.#setting.isRelaxed || this.#stands !== 'awaiting-reply'))) {
			return;
		}

		const hasPeer = this.#peer !== undefined;
		await until(() => socket.writable === hasPeer, `a REQ is ${hasPeer ? '' : 'not '}writable`);
	}

	/**
	Where the socket stands, by what it shows of itself and by what was completed on it last, never by the table.
	A REP is writable while it owes a reply. A REQ with a message shows it only if it may receive it; one without refuses a receive with EFSM if it is not its turn.
	*/
	async #observe(socket: Request | Reply): Promise<State> {
		const isAwaits = socket instanceof Reply ? socket.writable : await this.#awaitsReply(socket);
		if (isAwaits) {
			return 'awaiting-reply';
		}

		return this.#lastCompleted === (socket instanceof Reply ? 'send' : 'receive') ? 'replied' : 'idle';
	}

	async #awaitsReply(socket: Request): Promise<boolean> {
		if (this.#message !== undefined) {
			return socket.readable;
		}

		const result = await resultOf(async () => socket.receive());
		if (result !== 'EFSM' && result !== 'EAGAIN') {
			throw new Error(`a receive with nothing there gave ${result}`);
		}

		return result === 'EAGAIN';
	}

	async #letPeerCome(socket: Request | Reply): Promise<void> {
		if (this.#peer) {
			return;
		}

		const peer = this.#createCounterpart();
		await this.#monitor?.expect('handshake', async () => peer.monitor.expect('handshake', async () => {
			if (this.#setting.direction === 'binds') {
				peer.socket.connect(boundEndpoint(socket));
			} else {
				await peer.socket.bind(anyPort);
				socket.connect(boundEndpoint(peer.socket));
			}
		}));
		this.#peer = {...peer, endpoint: this.#setting.direction === 'binds' ? '' : boundEndpoint(peer.socket)};
	}

	async #letPeerGo(socket: Request | Reply): Promise<void> {
		const peer = this.#peer;
		// A REP that has looked at a message and then disconnects ends the process (libzmq#3485, "Assertion failed: !_more").
		const wouldAbort = socket instanceof Reply && this.#setting.direction === 'connects' && this.#message !== undefined;
		if (!peer || wouldAbort) {
			return;
		}

		this.#peer = undefined;
		this.#unanswered = 0;
		this.#isPeerOwed = false;
		this.#isMessageFromPeer = false;
		if (this.#setting.direction === 'connects') {
			socket.disconnect(peer.endpoint);
			// What had arrived is dropped with the connection.
			this.#message = undefined;
			peer.socket.close();
			return;
		}

		await this.#monitor?.expect('disconnect', () => {
			peer.socket.close();
		});
	}

	/**
	The peer's reply to what it was asked, or a request of the peer's. Nobody sends what a REP could not have sent.
	*/
	async #letMessageArrive(socket: Request | Reply): Promise<void> {
		const peer = this.#peer?.socket;
		const isInTurn = this.#setting.kind === 'REP' ? this.#stands !== 'awaiting-reply' : this.#unanswered > 0 && this.#stands === 'awaiting-reply';
		if (!peer || !isInTurn || this.#message !== undefined) {
			return;
		}

		for (; this.#unanswered > 0; this.#unanswered--) {
			await peer.receive();
		}

		this.#message = this.#newBody();
		this.#isMessageFromPeer = true;
		await this.#write(peer, this.#message);
		await until(() => socket.readable, 'the message is there');
	}

	/**
	Someone connects, leaves a message and goes, whatever the state: so a message is there out of turn too.
	A REQ must be alone and not waiting meanwhile, or it would take the stranger for the one that it asks.
	*/
	async #letStrangerWrite(socket: Request | Reply): Promise<void> {
		const isWelcome = socket instanceof Reply || (!this.#peer && this.#stands !== 'awaiting-reply');
		if (this.#setting.direction === 'connects' || !isWelcome || this.#message !== undefined) {
			return;
		}

		const stranger = this.#createCounterpart();
		const body = this.#newBody();
		await this.#monitor?.expect('disconnect', async () => {
			await stranger.monitor.expect('handshake', () => {
				stranger.socket.connect(boundEndpoint(socket));
			});
			await this.#write(stranger.socket, body);
			stranger.socket.close();
		});
		this.#message = body;
		this.#isMessageFromPeer = false;
		await this.#seePeer(socket);
		if (socket instanceof Reply && this.#stands !== 'awaiting-reply') {
			await until(() => socket.readable, 'the stranger’s message is there');
		}
	}

	#createCounterpart(): {readonly socket: Router | Dealer; readonly monitor: Monitor} {
		const timeouts = {sendTimeout: 5000, receiveTimeout: 5000, linger: 5000};
		const socket = this.#setting.kind === 'REQ' ? new Router({...timeouts, mandatory: true}) : new Dealer(timeouts);
		return {socket, monitor: new Monitor(socket)};
	}

	async #write(counterpart: Router | Dealer, body: string): Promise<void> {
		await (counterpart instanceof Router ? counterpart.send([itsId, '', body]) : counterpart.send(['', body]));
	}

	#newBody(): string {
		this.#bodies++;
		return `${this.#setting.kind} ${this.#bodies}`;
	}
}

/**
What became of a call: zeromq.js throws on a closed socket and rejects on an open one. An error without a code is the test's own.
*/
async function resultOf(call: () => Promise<unknown>): Promise<Result> {
	try {
		await call();
		return 'completed';
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === undefined) {
			throw error;
		}

		return code;
	}
}

function boundEndpoint(socket: Request | Reply | Router | Dealer): string {
	if (socket.lastEndpoint === null) {
		throw new Error('the socket is not bound');
	}

	return socket.lastEndpoint;
}
