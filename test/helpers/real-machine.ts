/**
A real REQ or REP socket over tcp, driven one attempt at a time, with its counterpart and whatever passes by.

Law: every attempt is made with time-out 0. Before it, nothing is under way: a message has arrived or none is coming, a peer has
shaken hands or is known to be gone. Each such step has a barrier, so no attempt races with anything.

Theory: bytes come before the end of their connection, so that a monitor's `disconnect` proves the arrival of what was sent
before; and `readable` and `writable` make libzmq take note of what its I/O thread has told it.
*/
import {Reply, Request} from 'zeromq';
import {firstState, type MachineKind, type State} from '../../source/core/machines.js';
import {
	anyPort,
	boundEndpoint,
	Counterpart,
	itsId,
} from './counterpart.js';
import {type RecordedRun, type RecordedStep} from './machine-judge.js';
import {Monitor, resultOf, until} from './socket-waits.js';

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
	readonly #deeds: Readonly<Record<Step, (socket: Request | Reply) => Promise<void>>> = {
		send: async socket => this.#attemptSend(socket),
		receive: async socket => this.#attemptReceive(socket),
		close: async () => this.#close(),
		reopen: async () => undefined,
		'peer-comes': async socket => this.#letPeerCome(socket),
		'peer-goes': async socket => this.#letPeerGo(socket),
		'message-arrives': async socket => this.#letMessageArrive(socket),
		'stranger-writes': async socket => this.#letStrangerWrite(socket),
	};

	constructor(setting: Setting) {
		this.#setting = setting;
	}

	async take(step: Step): Promise<void> {
		const socket = this.#socket;
		if (!socket || socket.closed) {
			await (step === 'reopen' ? this.#open() : this.#takeClosed(step, socket));
			return;
		}

		await this.#deeds[step](socket);
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

	#close(): void {
		this.end();
		this.recorded.push({type: 'closed'});
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
	#afterRequest(): void {
		this.#message = undefined;
		this.#unanswered++;
	}

	/**
	A reply reaches whoever asked, if that one is still here.
	*/
	async #afterReply(body: string): Promise<void> {
		if (this.#isPeerOwed && this.#peer) {
			const reply = await this.#peer.read();
			if (reply !== body) {
				throw new Error(`the asker received ${reply} for ${body}`);
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

		const peer = new Counterpart(this.#setting.kind);
		await this.#monitor?.expect('handshake', async () => peer.monitor.expect('handshake', async () => {
			if (this.#setting.direction === 'binds') {
				peer.socket.connect(boundEndpoint(socket));
			} else {
				await peer.socket.bind(anyPort);
				socket.connect(boundEndpoint(peer.socket));
			}
		}));
		this.#peer = peer;
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
			socket.disconnect(boundEndpoint(peer.socket));
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
		const peer = this.#peer;
		const isInTurn = this.#setting.kind === 'REP' ? this.#stands !== 'awaiting-reply' : this.#unanswered > 0 && this.#stands === 'awaiting-reply';
		if (!peer || !isInTurn || this.#message !== undefined) {
			return;
		}

		for (; this.#unanswered > 0; this.#unanswered--) {
			await peer.read();
		}

		this.#message = this.#newBody();
		this.#isMessageFromPeer = true;
		await peer.write(this.#message);
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

		const stranger = new Counterpart(this.#setting.kind);
		const body = this.#newBody();
		await this.#monitor?.expect('disconnect', async () => {
			await stranger.monitor.expect('handshake', () => {
				stranger.socket.connect(boundEndpoint(socket));
			});
			await stranger.write(body);
			stranger.socket.close();
		});
		this.#message = body;
		this.#isMessageFromPeer = false;
		await this.#seePeer(socket);
		if (socket instanceof Reply && this.#stands !== 'awaiting-reply') {
			await until(() => socket.readable, 'the stranger’s message is there');
		}
	}

	#newBody(): string {
		this.#bodies++;
		return `${this.#setting.kind} ${this.#bodies}`;
	}
}
