/** A class on real sockets: who is let in, who is not and why, and what the teacher can do to all and to one. */
import {Buffer} from 'node:buffer';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {curveKeyPair, Reply} from 'zeromq';
import {Desk} from '../../source/class/desk.js';
import {createDoor} from '../../source/class/door.js';
import {proofKeyOf} from '../../source/class/fingerprint.js';
import {joinClass} from '../../source/class/membership.js';
import {Room} from '../../source/class/room.js';
import {firstService} from '../../source/class/service.js';
import {Student} from '../../source/class/student.js';
import {Students} from '../../source/class/students.js';
import {zapHandler} from '../../source/lab/security/zap.js';
import {firstEvent, openClass} from '../helpers/classroom.js';

describe('joining', () => {
	test('with the code one is let in, asks, and is answered under one’s own name', async () => {
		const room = await openClass();
		const [ana, bo] = await Promise.all([room.join('ana'), room.join('bo')]);
		expect(await Promise.all([ana.ask('Hello'), bo.ask('Hello')])).toEqual(['World', 'World']);
		expect(await room.sees('asked', ({student}) => student === 'ana')).toMatchObject({request: 1, frames: [{text: 'Hello', size: 5}]});
		expect(await room.sees('answered', ({student}) => student === 'bo')).toMatchObject({request: 1, by: 'template', frames: [{text: 'World', size: 5}]});
		expect(ana.membership.pair.publicKey).not.toBe(bo.membership.pair.publicKey);
		expect(room.events.map(({n}) => n)).toEqual(room.events.map((_, index) => index + 1));
	});

	test('with a wrong code one is not, and the teacher sees it', async () => {
		const room = await openClass();
		expect(await room.refusal('eve', '00000000')).toBe('wrong-code');
		expect(await room.sees('turned-away')).toMatchObject({code: 'wrong-code', count: 1, name: 'eve'});
		expect(room.first('joined')).toBeUndefined();
	});

	test('an old code is a wrong one, and who has joined with it stays', async () => {
		const room = await openClass();
		const ana = await room.join('ana');
		const old = room.code;
		await room.classroom.execute('rotate');
		expect(room.code).not.toBe(old);
		expect(await room.refusal('bo', old)).toBe('wrong-code');
		expect(await ana.ask('Hello')).toBe('World');
		const bo = await room.join('bo');
		expect(await bo.ask('Hello')).toBe('World');
	});

	test('a locked class lets in nobody new', async () => {
		const room = await openClass();
		const ana = await room.join('ana');
		await room.classroom.execute('lock');
		expect(await room.refusal('bo')).toBe('locked');
		expect(await ana.ask('Hello')).toBe('World');
		await room.classroom.execute('unlock');
		expect(await room.refusal('bo')).toBeUndefined();
	});

	test('a name belongs to one; a wish gets a number; who has left gives it back', async () => {
		const room = await openClass();
		const ana = await room.join('ana');
		expect(await room.refusal('ana')).toBe('name-taken');
		expect(await room.refusal('ANA')).toBe('name-taken');
		const second = await room.join('ana', {isWish: true});
		expect(second.membership.name).toBe('ana-2');
		await ana.membership.leave();
		await room.sees('left', ({student}) => student === 'ana');
		const again = await room.join('ana');
		expect(await again.ask('Hello')).toBe('World');
	});

	test('a server whose key does not belong to the code is found out, though it knows the code and lets everybody in', async () => {
		const room = await openClass();
		const door = await openFalseClass(room.code);
		expect(await joinClass({door, code: room.code, name: 'ana', isWish: false}, () => undefined)).toEqual({failure: 'other-key'});
	});

	test('nobody at the door, or somebody else', async () => {
		const room = await openClass();
		await room.classroom.end();
		expect(await room.refusal('ana')).toBe('no-answer');
		const pizzeria = new Reply({linger: 0});
		onTestFinished(() => {
			pizzeria.close();
		});
		await pizzeria.bind('tcp://127.0.0.1:*');
		const failure = joinClass({door: pizzeria.lastEndpoint ?? '', code: room.code, name: 'ana', isWish: false}, () => undefined);
		await pizzeria.receive();
		await pizzeria.send('World');
		expect(await failure).toEqual({failure: 'no-class'});
	});
});

describe('the teacher', () => {
	test('answers by hand, one after the other', async () => {
		const room = await openClass();
		const [ana, bo] = [await room.join('ana'), await room.join('bo')];
		await room.classroom.execute('by-hand');
		const replies = [ana.ask('A?'), bo.ask('B?')];
		await room.sees('asked', () => true, 2);
		await room.classroom.execute('@ana reply for Ana');
		expect(await replies[0]).toBe('for Ana');
		await room.classroom.execute('@ana reply once more');
		expect(room.all('command-failed').at(-1)).toMatchObject({reason: 'ana has no request that waits'});
		await room.classroom.execute('@all reply for all');
		expect(await replies[1]).toBe('for all');
		expect(room.all('answered').map(({student, by}) => [student, by])).toEqual([['ana', 'hand'], ['bo', 'hand']]);
	});

	test('holds one, and nobody else; what is set for all ends it', async () => {
		const room = await openClass();
		const [ana, bo] = [await room.join('ana'), await room.join('bo')];
		await room.classroom.execute('@ana hold');
		const held = ana.ask('Hello');
		await room.sees('asked', ({student}) => student === 'ana');
		expect(await bo.ask('Hello')).toBe('World');
		expect(room.all('answered').map(({student}) => student)).toEqual(['bo']);
		await room.classroom.execute('release');
		expect(await held).toBe('World');
	});

	test('answers each with a template of its own', async () => {
		const room = await openClass();
		const [ana, bo] = [await room.join('ana'), await room.join('bo')];
		await room.classroom.execute('reply-with {upper}');
		await room.classroom.execute('@bo reply-with No. {count}');
		expect([await ana.ask('Hello'), await bo.ask('Hello'), await bo.ask('Hello')]).toEqual(['HELLO', 'No. 1', 'No. 2']);
	});

	test('delays one, and nobody else; another delay holds at once', async () => {
		const room = await openClass();
		const [ana, bo] = [await room.join('ana'), await room.join('bo')];
		await room.classroom.execute('@ana delay 1h');
		const delayed = ana.ask('Hello');
		await room.sees('asked', ({student}) => student === 'ana');
		expect(await bo.ask('Hello')).toBe('World');
		expect(room.all('answered').map(({student}) => student)).toEqual(['bo']);
		await room.classroom.execute('@ana delay off');
		expect(await delayed).toBe('World');
	});

	test('a delay takes as long as it says', () => {
		vi.useFakeTimers();
		onTestFinished(() => {
			vi.useRealTimers();
		});
		const began = Date.now();
		// What has been done since the request came has taken a part of a millisecond, which no timer knows.
		let fraction = 0;
		const clock = (): number => Date.now() + fraction;
		const answeredAt: number[] = [];
		const ana = new Student({name: 'ana', key: '', id: ''}, {
			clock, random: () => 0, service: () => ({...firstService, delay: {type: 'fixed', ms: 300}}), lose: () => undefined,
			answer() {
				answeredAt.push(clock() - began);
			},
		});
		ana.take([], [Buffer.from('Hello')]);
		fraction = 0.25;
		ana.serve();
		vi.advanceTimersByTime(299);
		expect(answeredAt).toEqual([]);
		vi.advanceTimersByTime(1);
		expect(answeredAt).toEqual([300.25]);
	});

	test('a crash for one loses what waits; a strict REQ is stuck, and a new socket is served', async () => {
		const room = await openClass();
		const ana = await room.join('ana');
		await room.classroom.execute('hold');
		void ana.ask('Hello').catch(() => undefined);
		await room.sees('asked');
		await room.classroom.execute('@ana crash');
		expect(await room.sees('lost')).toMatchObject({student: 'ana', request: 1, how: 'crash'});
		await room.classroom.execute('release');
		const bo = await room.join('bo');
		expect(await bo.ask('Hello')).toBe('World');
		ana.socket.sendTimeout = 0;
		await expect(ana.socket.send('Again')).rejects.toMatchObject({code: 'EFSM'});
		expect(await ana.renew().ask('Again')).toBe('World');
	});

	test('a crash for all ends every connection, and all come again', async () => {
		const room = await openClass();
		const [ana, bo] = [await room.join('ana'), await room.join('bo')];
		await room.classroom.execute('@ana hold');
		void ana.ask('Hello').catch(() => undefined);
		await room.sees('asked');
		expect(await bo.ask('Hello')).toBe('World');
		const isBack = firstEvent(bo.socket, 'handshake', 'disconnect');
		await room.classroom.execute('crash');
		expect(await room.sees('lost')).toMatchObject({student: 'ana', how: 'crash'});
		await isBack;
		expect(await bo.ask('Hello')).toBe('World');
		await room.classroom.execute('@ana release');
		expect(await ana.renew().ask('Again')).toBe('World');
	});

	test('sends one out: told, cut off, and denied; the others stay', async () => {
		const room = await openClass();
		const [ana, bo] = [await room.join('ana'), await room.join('bo')];
		expect(await ana.ask('Hello')).toBe('World');
		await room.classroom.execute('out ana');
		expect(await ana.ending()).toBe('sent-out');
		expect(room.first('sent-out')).toMatchObject({student: 'ana'});
		ana.socket.receiveTimeout = 300;
		await expect(ana.ask('Hello?')).rejects.toMatchObject({code: 'EAGAIN'});
		const stranger = ana.renew();
		expect(await firstEvent(stranger.socket, 'handshake:error:auth')).toMatchObject({error: {status: 400}});
		expect(await bo.ask('Hello')).toBe('World');
		expect(room.all('asked').filter(({student}) => student === 'ana')).toHaveLength(1);
	});

	test('ends the class: each laptop is told', async () => {
		const room = await openClass();
		const [ana, bo] = [await room.join('ana'), await room.join('bo')];
		await room.classroom.end();
		expect(await Promise.all([ana.ending(), bo.ending()])).toEqual(['over', 'over']);
		expect(room.events.at(-1)).toMatchObject({type: 'class-closed', students: 2});
	});

	test('hears how far everybody is in a lesson', async () => {
		const room = await openClass({lesson: 'pizza'});
		const ana = await room.join('ana');
		expect(ana.membership.lesson).toBe('pizza');
		ana.membership.tell({lesson: 'pizza', step: 2, of: 5, done: false});
		expect(await room.sees('progress')).toMatchObject({student: 'ana', lesson: 'pizza', step: 2, of: 5, done: false});
	});
});

test('no secret is told: no key of anybody, no routing id', async () => {
	const room = await openClass();
	const students = await Promise.all(['ana', 'bo'].map(async name => room.join(name)));
	for (const line of ['hold', 'crash', 'out ana', 'rotate', '@bo reply x', 'nonsense']) {
		await room.classroom.execute(line);
	}

	await room.classroom.end();
	const told = JSON.stringify(room.events);
	for (const {membership: {pair, routingId, serverKey}} of students) {
		expect([pair.secretKey, pair.publicKey, routingId, serverKey].filter(secret => told.includes(secret))).toEqual([]);
	}
});

/** A class with a key of its own, for a code that belongs to another key. */
async function openFalseClass(code: string): Promise<string> {
	const {publicKey, secretKey} = curveKeyPair();
	const proofKey = await proofKeyOf(code, publicKey);
	const nothing = (): undefined => undefined;
	const students = new Students();
	const room = new Room({secretKey, zapDomain: 'false/room', students, random: () => 0, emit: nothing});
	const desk = new Desk({
		secretKey, zapDomain: 'false/desk', students, lesson: undefined, invitation: () => ({code, nonce: 'any', proofKey}), isLocked: () => false, room: () => 9,
		createStudent: registered => room.createStudent(registered), joined: nothing, turnedAway: nothing, left: nothing, returned: nothing, progressed: nothing, changed: nothing,
	});
	await zapHandler.register('false/desk', () => true);
	const at = await desk.gate.open(['tcp://127.0.0.1:*']);
	const door = createDoor({serverKey: publicKey, desk: Number(at.split(':').at(-1)), changed: nothing});
	onTestFinished(async () => {
		door.close();
		await desk.close();
		zapHandler.unregister('false/desk');
	});
	return door.open(['tcp://127.0.0.1:*']);
}
