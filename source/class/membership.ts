/**
A laptop's place in a class: how it gets one, and the connection to the desk that keeps it.

Law: the key of the class counts only once it fits the code. What is said before that is worth nothing to a false server: the laptop's public
key, its name, and a proof that holds for this server's key and this laptop's key alone.
*/
import {Dealer, Request} from 'zeromq';
import {type ClassCode} from '../core/class/code.js';
import {encodeMessage, readDoorAnswer, readFromDesk, type DoorAnswer, type FromDesk, type FromLaptop, type Progress} from '../core/class/messages.js';
import {type JoinFailure} from '../core/class/refusals.js';
import {isIpv6, type Endpoint} from '../core/endpoint.js';
import {type Key} from '../core/z85.js';
import {makePair, type KeyPair} from '../lab/security/key-files.js';
import {fingerprint, proofKeyOf, proofOf} from './fingerprint.js';
import {endpointOf} from './places.js';

/** Who wants to join where. `isWish`: the name may get a number if somebody has it. */
export type JoinRequest = {readonly door: Endpoint; readonly code: ClassCode; readonly name: string; readonly isWish: boolean};

/** What a member has: the keys and the routing id are secrets of this process. */
export type Membership = {
	readonly name: string;
	readonly serverKey: Key;
	readonly pair: KeyPair;
	readonly routingId: string;
	readonly room: Endpoint;
	readonly lesson?: string;
	/** Tells the teacher how far one is in a lesson. */
	readonly tell: (progress: Progress) => void;
	/** Says good-bye. Resolves when that is handed to libzmq. */
	readonly leave: () => Promise<void>;
};

/** How long (ms) the door may take, and how often it is asked: it may be opened anew meanwhile. */
const doorMs = 2000;
const doorTries = 3;
/** How long (ms) the desk may take: it has many to register, and lets wrong tries wait. */
const deskMs = 20_000;
/** How long (ms) closed sockets go on delivering. */
const linger = 300;

/** Joins; `ended` is called when the teacher ends the membership. Gives why not, if not. */
export async function joinClass({door, code, name, isWish}: JoinRequest, ended: (how: 'sent-out' | 'over') => void): Promise<Membership | {readonly failure: JoinFailure}> {
	const answer = await askDoor(door);
	if (typeof answer === 'string') {
		return {failure: answer};
	}

	const {serverKey, desk} = answer;
	const pair = makePair();
	const proof = proofOf(await proofKeyOf(code, serverKey), pair.publicKey, name);
	const line = new DeskLine(endpointOf(desk, door), {serverKey, pair});
	const said = await line.register({v: 1, type: 'register', name, isWish, key: pair.publicKey, proof});
	const failure = said.type === 'welcome' && await fingerprint(serverKey, said.nonce) !== code ? 'other-key' : (said.type === 'refused' ? said.code : undefined);
	if (failure !== undefined || said.type !== 'welcome') {
		line.close();
		return {failure: failure ?? 'no-desk'};
	}

	line.stay(said.id, ended);
	return {
		name: said.name, serverKey, pair, routingId: said.id, room: endpointOf(said.room, door), ...(said.lesson !== undefined && {lesson: said.lesson}),
		tell(progress) {
			void line.say({type: 'progress', id: said.id, ...progress});
		},
		async leave() {
			await line.say({type: 'leave', id: said.id});
			line.close();
			await line.isGone;
		},
	};
}

async function askDoor(door: Endpoint): Promise<DoorAnswer | 'no-answer' | 'no-class'> {
	for (let tries = 0; tries < doorTries; tries++) {
		const socket = new Request({linger: 0, receiveTimeout: doorMs, sendTimeout: doorMs, ipv6: isIpv6(door)});
		try {
			socket.connect(door);
			await socket.send(encodeMessage({v: 1, type: 'hello'}));
			const [frame] = await socket.receive();
			return (frame && readDoorAnswer(frame)) ?? 'no-class';
		} catch {
			// Once more, with a new socket: a REQ that waits is good for nothing else.
		} finally {
			socket.close();
		}
	}

	return 'no-answer';
}

/** The connection to the desk. */
class DeskLine {
	readonly #socket: Dealer;
	#saying: Promise<unknown> = Promise.resolve();
	/** Resolves when the closed socket is no more: all that was said is on its way, or its linger is over. */
	isGone: Promise<void> = Promise.resolve();

	constructor(desk: Endpoint, {serverKey, pair}: {readonly serverKey: Key; readonly pair: KeyPair}) {
		this.#socket = new Dealer({
			linger, curveServerKey: serverKey, curvePublicKey: pair.publicKey, curveSecretKey: pair.secretKey, ipv6: isIpv6(desk),
			heartbeatInterval: 2000, heartbeatTimeout: 6000,
		});
		this.#socket.connect(desk);
	}

	/** Waits for the answer that matters. */
	async register(registration: FromLaptop): Promise<FromDesk> {
		const deadline = performance.now() + deskMs;
		this.#socket.sendTimeout = deskMs;
		void this.say(registration);
		for (;;) {
			const leftMs = deadline - performance.now();
			if (leftMs <= 0) {
				return {type: 'over'};
			}

			this.#socket.receiveTimeout = Math.ceil(leftMs);
			const message = await this.#receive();
			if (message?.type === 'welcome' || message?.type === 'refused') {
				return message;
			}
		}
	}

	/** Hears what the teacher decides, and says who is here whenever the connection has been made anew. */
	stay(id: string, ended: (how: 'sent-out' | 'over') => void): void {
		this.#socket.receiveTimeout = -1;
		this.isGone = this.#sayHere(id);
		void this.#hear(ended);
	}

	/** Says one thing after the other. What can't be said is dropped. */
	async say(message: FromLaptop): Promise<void> {
		this.#saying = this.#saying.then(async () => {
			try {
				await this.#socket.send(encodeMessage(message));
			} catch {
				// Nobody is there to hear it.
			}
		});
		await this.#saying;
	}

	close(): void {
		this.#socket.close();
	}

	async #hear(ended: (how: 'sent-out' | 'over') => void): Promise<void> {
		while (!this.#socket.closed) {
			const message = await this.#receive();
			if (message?.type === 'sent-out' || message?.type === 'over') {
				ended(message.type);
				return;
			}
		}
	}

	async #sayHere(id: string): Promise<void> {
		for await (const event of this.#socket.events) {
			if (event.type === 'handshake') {
				void this.say({type: 'here', id});
			}
		}
	}

	/** The next message; undefined if there is none in time, or it makes no sense. */
	async #receive(): Promise<FromDesk | undefined> {
		try {
			const [frame, ...others] = await this.#socket.receive();
			return frame && others.length === 0 ? readFromDesk(frame) : undefined;
		} catch {
			return undefined;
		}
	}
}
