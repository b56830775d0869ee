/** A rude one disturbs nobody: whatever it does at the three doors, everybody else asks and is answered. The limits are libzmq's where it has one. */
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {connect, type Socket as TcpSocket} from 'node:net';
import {onTestFinished, expect, test} from 'vitest';
import {Dealer} from 'zeromq';
import {classLimits} from '../../source/core/class/limits.js';
import {encodeFrame, encodeGreeting, encodeReady} from '../../source/zmtp/encode.js';
import {firstEvent, openClass, type TestClass, type TestStudent} from '../helpers/classroom.js';

type Place = 'door' | 'desk' | 'room';

const portOf = (room: TestClass, place: Place): number => Number(room.first('class-opened')?.[place].split(':').at(-1));

/** Plain TCP connections, gone with the test. */
async function knock(room: TestClass, place: Place, count: number): Promise<readonly TcpSocket[]> {
	const sockets = Array.from({length: count}, () => {
		const socket = connect(portOf(room, place), '127.0.0.1');
		socket.on('error', () => undefined);
		// Else its end is never heard of.
		socket.resume();
		return socket;
	});
	onTestFinished(() => {
		for (const socket of sockets) {
			socket.destroy();
		}
	});
	await Promise.all(sockets.map(async socket => Promise.race([once(socket, 'connect'), once(socket, 'close')])));
	return sockets;
}

/** Ask and be answered, as if nothing were. */
async function goOn(student: TestStudent, count = 20): Promise<void> {
	for (let number = 0; number < count; number++) {
		expect(await student.ask(`Hello ${number}`)).toBe('World');
	}
}

/** A DEALER with the keys of a member: a rude one from inside. */
function dealerOf({membership: {serverKey, pair, routingId, room}}: TestStudent): Dealer {
	const dealer = new Dealer({linger: 0, curveServerKey: serverKey, curvePublicKey: pair.publicKey, curveSecretKey: pair.secretKey, routingId, sendHighWaterMark: 0});
	dealer.connect(room);
	onTestFinished(() => {
		dealer.close();
	});
	return dealer;
}

test.each<Place>(['door', 'desk', 'room'])('garbage and web requests at the %s', async place => {
	const room = await openClass();
	const ana = await room.join('ana');
	const sockets = await knock(room, place, 40);
	for (const [index, socket] of sockets.entries()) {
		socket.write(index % 2 === 0 ? 'GET / HTTP/1.1\r\nHost: class\r\n\r\n' : Buffer.alloc(2000, index));
	}

	await goOn(ana);
	await goOn(await room.join('bo'));
});

test('a thousand connections that say nothing: the door is cleared, those in the room are not, and all are hung up on in time', async () => {
	const room = await openClass();
	const ana = await room.join('ana');
	const [atDoor, atRoom] = await Promise.all([knock(room, 'door', classLimits.strangers + 100), knock(room, 'room', 500)]);
	expect(await room.sees('cleared')).toMatchObject({place: 'door', why: 'connections'});
	await goOn(ana);
	await goOn(await room.join('bo'));
	await expect.poll(() => [...atDoor, ...atRoom].filter(({closed}) => !closed).length, {timeout: 30_000, interval: 100}).toBe(0);
	expect(room.all('cleared').some(({place}) => place === 'room')).toBe(false);
}, 60_000);

test('a flood of requests from inside: most are dropped, and counted; the others have their turn', async () => {
	const room = await openClass();
	const [ana, rude] = [await room.join('ana'), await room.join('rude')];
	const dealer = dealerOf(rude);
	for (let number = 0; number < 5000; number++) {
		await dealer.send(['', 'flood']);
	}

	await goOn(ana);
	expect(await room.sees('dropped')).toMatchObject({student: 'rude'});
	const answered = room.all('answered').filter(({student}) => student === 'rude').length;
	expect(answered).toBeLessThan(1000);
	expect(room.all('dropped').length).toBeLessThan(60);
}, 60_000);

test('a request of 10 MB ends its own connection, and is never read', async () => {
	const room = await openClass();
	const [ana, rude] = [await room.join('ana'), await room.join('rude')];
	await rude.ask('small');
	const disconnected = firstEvent(rude.socket, 'disconnect');
	await rude.socket.send(Buffer.alloc(10 * 1024 * 1024));
	await disconnected;
	await goOn(ana);
	expect(room.all('asked').filter(({student}) => student === 'rude')).toHaveLength(1);
});

test('a message whose frames never end fills the memory, until the strangers are cut off', async () => {
	const room = await openClass({memoryBytes: 24 * 1024 * 1024});
	const ana = await room.join('ana');
	const [socket] = await knock(room, 'door', 1);
	socket?.write(encodeGreeting());
	socket?.write(encodeReady({'Socket-Type': 'DEALER'}));
	const frames = Buffer.concat(Array.from({length: 2000}, () => encodeFrame(1, new Uint8Array(1500))));
	const pour = (): void => {
		while (socket?.writable && socket.write(frames)) {
			// As much as it takes.
		}
	};

	socket?.on('drain', pour);
	pour();
	expect(await room.sees('cleared')).toMatchObject({place: 'door', why: 'memory'});
	await goOn(ana);
	await goOn(await room.join('bo'));
});

test('who was sent out and goes on sending is hung up on, and is not let in again', async () => {
	const room = await openClass();
	const [ana, rude] = [await room.join('ana'), await room.join('rude')];
	const dealer = dealerOf(rude);
	await dealer.send(['', 'in time']);
	await room.sees('answered', ({student}) => student === 'rude');
	const denied = firstEvent(dealer, 'handshake:error:auth', 'disconnect');
	await room.classroom.execute('out rude');
	const pouring = setInterval(() => {
		void dealer.send(['', 'too late']).catch(() => undefined);
	}, 20);
	onTestFinished(() => {
		clearInterval(pouring);
	});
	await goOn(ana);
	await denied;
	expect(room.all('asked').filter(({student}) => student === 'rude')).toHaveLength(1);
}, 60_000);

test('wrong codes without end are answered a few a second, and who has the right one is let in at once', async () => {
	const room = await openClass();
	const guesses = Promise.all(Array.from({length: 8}, async (_, index) => room.refusal(`eve-${index}`, '00000000')));
	await room.sees('turned-away');
	await goOn(await room.join('ana'));
	expect(await guesses).toEqual(Array.from({length: 8}, () => 'wrong-code'));
	expect(room.all('turned-away').reduce((sum, {count}) => sum + count, 0)).toBe(8);
}, 60_000);
