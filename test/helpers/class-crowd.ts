/**
Many students in one process, as real sockets of a context of their own: they join one after the other and ask at once. Nobody here has an
observer beside the one of its line to the desk.
*/
import {setTimeout as pause} from 'node:timers/promises';
import {context, Context, Request} from 'zeromq';
import {joinClass, type Membership} from '../../source/class/membership.js';

/** Heard only before the first socket of a context. */
const mostSockets = 8192;

export type Crowd = {
	readonly size: number;
	/** Everybody asks so often, and rests so long (ms) after each reply; gives how many replies were the right ones. */
	readonly ask: (times: number, restMs?: number) => Promise<number>;
	readonly leave: () => Promise<void>;
};

/** How many join at the same time: a machine that is one laptop to three hundred would only measure itself. */
const atOnce = 50;

/** Joins so many. Throws if one is not let in. */
export async function joinCrowd({door, code, size}: {readonly door: string; readonly code: string; readonly size: number}): Promise<Crowd> {
	context.maxSockets = mostSockets;
	const itsContext = new Context({maxSockets: mostSockets, ioThreads: 1});
	const members: Membership[] = [];
	for (let first = 0; first < size; first += atOnce) {
		members.push(...await Promise.all(Array.from({length: Math.min(atOnce, size - first)}, async (_, index) => joinOne(door, code, `student-${first + index + 1}`))));
	}

	const sockets = members.map(({serverKey, pair, routingId, room}) => {
		const socket = new Request({context: itsContext, linger: 0, curveServerKey: serverKey, curvePublicKey: pair.publicKey, curveSecretKey: pair.secretKey, routingId});
		socket.connect(room);
		return socket;
	});
	return {
		size,
		async ask(times, restMs = 0) {
			const right = await Promise.all(sockets.map(async (socket, index) => askInTurn(socket, `student-${index + 1}`, {times, restMs})));
			return right.reduce((sum, count) => sum + count, 0);
		},
		async leave() {
			for (const socket of sockets) {
				socket.close();
			}

			await Promise.all(members.map(async member => member.leave()));
		},
	};
}

async function joinOne(door: string, code: string, name: string): Promise<Membership> {
	const joined = await joinClass({door, code, name, isWish: false}, () => undefined);
	if ('failure' in joined) {
		throw new Error(`${name}: ${joined.failure}`);
	}

	return joined;
}

async function askInTurn(socket: Request, name: string, {times, restMs}: {readonly times: number; readonly restMs: number}): Promise<number> {
	let right = 0;
	for (let number = 1; number <= times; number++) {
		await socket.send(`${name} asks ${number}`);
		const [reply] = await socket.receive();
		right += reply?.toString() === `${name} asks ${number}`.toUpperCase() ? 1 : 0;
		if (restMs > 0) {
			await pause(restMs * (0.5 + Math.random()));
		}
	}

	return right;
}
