/** Rows of "states and refusals": from the keyboard where a person can cause them, else on bare sockets of zeromq.js. */
import {Buffer} from 'node:buffer';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Reply, Request} from 'zeromq';
import {failureOf} from '../../../source/lab/failure.js';
import {bodyOf, openPair} from '../../helpers/lab.js';
import {until} from '../../helpers/socket-waits.js';

const place = 'tcp://127.0.0.1:*';

function closing<Socket extends {readonly close: () => void}>(socket: Socket): Socket {
	onTestFinished(() => {
		socket.close();
	});
	return socket;
}

/** A bare REQ that is connected to a bare REP. */
async function barePair(): Promise<{readonly req: Request; readonly rep: Reply}> {
	const rep = closing(new Reply({linger: 0}));
	await rep.bind(place);
	const request = closing(new Request({linger: 0}));
	request.connect(rep.lastEndpoint ?? '');
	return {req: request, rep};
}

describe('from the keyboard', () => {
	test.each<[row: string, before: readonly string[], comes: 'held' | 'parked' | 'timed-out' | undefined, line: string, refused: {readonly peer: string; readonly operation: 'send' | 'receive'; readonly code: string; readonly errno: number}]>([
		['REQ send twice: EFSM', ['hold', 'send one'], 'held', '@client-1 send two', {peer: 'client-1', operation: 'send', code: 'EFSM', errno: 156_384_763}],
		['REQ receive first: EFSM', [], undefined, '@client-1 receive', {peer: 'client-1', operation: 'receive', code: 'EFSM', errno: 156_384_763}],
		['REP send first: EFSM', [], undefined, '@server-1 reply early', {peer: 'server-1', operation: 'send', code: 'EFSM', errno: 156_384_763}],
		['REP receive twice: EFSM', ['hold', 'send one'], 'held', '@server-1 receive', {peer: 'server-1', operation: 'receive', code: 'EFSM', errno: 156_384_763}],
		['a further send while one is pending: EBUSY', ['@server-1 park send one'], 'parked', '@server-1 park send two', {peer: 'server-1', operation: 'send', code: 'EBUSY', errno: 16}],
		['on a closed socket: EBADF', ['@client-1 close'], undefined, '@client-1 send one', {peer: 'client-1', operation: 'send', code: 'EBADF', errno: 9}],
		['REQ send, no endpoint at all: EAGAIN', ['@client-1 disconnect'], undefined, '@client-1 send one', {peer: 'client-1', operation: 'send', code: 'EAGAIN', errno: 11}],
		['REQ send to a dead port, immediate on: EAGAIN', ['@server-1 close', '@client-1 immediate on'], undefined, '@client-1 send one', {peer: 'client-1', operation: 'send', code: 'EAGAIN', errno: 11}],
		['receive after a time-out, nothing there: EAGAIN', ['@client-1 timeout 20ms', 'hold', 'send one'], 'timed-out', '@client-1 receive', {peer: 'client-1', operation: 'receive', code: 'EAGAIN', errno: 11}],
	])('%s', async (_row, before, comes, line, refused) => {
		const lab = await openPair();
		lab.run(...before);
		if (comes) {
			await lab.sees(comes);
		}

		lab.run(line);
		await lab.sees('refused', refused);
	});

	test('REQ send to a dead port, immediate off: resolves, and is delivered when the server appears', async () => {
		const lab = await openPair();
		lab.run('@server-1 close');
		await lab.sees('disconnected', {peer: 'client-1'});
		lab.run('@client-1 send Hello');
		await lab.sees('sent', {peer: 'client-1'});
		lab.run('@server-1 open');
		expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('World');
	});
});

describe('zeromq.js itself', () => {
	test('with no time-out a call out of turn stays pending, and fires as soon as it is its turn', async () => {
		const {req, rep} = await barePair();
		const early = rep.send('too early');
		await req.send('one');
		expect(String(await rep.receive())).toBe('one');
		await early;
		expect(String(await req.receive())).toBe('too early');
	});

	test('a further send while one is pending throws at once: EBUSY', async () => {
		const request = closing(new Request({linger: 0}));
		const pending = expect(request.send('one')).rejects.toMatchObject({code: 'EAGAIN'});
		expect(() => {
			// It throws, and gives no promise.
			request.send('two').catch(() => undefined);
		}).toThrow(/Socket is busy writing; only one send operation may be in progress at any time/v);
		request.close();
		await pending;
	});

	test('any operation during a bind throws at once: EBUSY', async () => {
		const rep = closing(new Reply({linger: 0}));
		const binding = rep.bind(place);
		expect(() => {
			rep.receive().catch(() => undefined);
		}).toThrow(/Socket is blocked by a bind or unbind operation/v);
		await binding;
	});

	test('a stale reply makes a receive reject early, though it has no time-out', async () => {
		const {rep, req: strict} = await barePair();
		strict.close();
		const request = closing(new Request({linger: 0, relaxed: true, correlate: true, sendTimeout: 0}));
		request.connect(rep.lastEndpoint ?? '');
		await until(() => request.writable, 'connected');
		await request.send('one');
		await rep.receive();
		await request.send('two');
		const receiving = expect(request.receive()).rejects.toMatchObject({code: 'EAGAIN'});
		await rep.send('for one');
		await receiving;
		await rep.receive();
		await rep.send('for two');
		expect(String(await request.receive())).toBe('for two');
	});

	test('no API exposes the machine: relaxed and correlate can’t be read back', () => {
		const request = closing(new Request({relaxed: true, correlate: true}));
		expect([Reflect.get(request, 'relaxed'), Reflect.get(request, 'correlate')]).toEqual([undefined, undefined]);
	});

	test('readable and writable tell part of it', async () => {
		const {req, rep} = await barePair();
		expect([rep.readable, rep.writable]).toEqual([false, false]);
		await until(() => req.writable, 'a strict REQ that may send is writable');
		await req.send('one');
		expect([req.readable, req.writable]).toEqual([false, false]);
		await until(() => rep.readable, 'an idle REP with a request is readable');
		await rep.receive();
		expect([rep.readable, rep.writable]).toEqual([false, true]);
		await rep.send('World');
		await until(() => req.readable, 'the reply is there');
	});

	test('probe: with time-out 0 a receive says where an unreadable socket stands', async () => {
		const {req, rep} = await barePair();
		req.receiveTimeout = 0;
		rep.receiveTimeout = 0;
		await expect(req.receive()).rejects.toMatchObject({code: 'EFSM'});
		await expect(rep.receive()).rejects.toMatchObject({code: 'EAGAIN'});
		await req.send('one');
		await expect(req.receive()).rejects.toMatchObject({code: 'EAGAIN'});
		await until(() => rep.readable, 'the request is there');
		await rep.receive();
		await expect(rep.receive()).rejects.toMatchObject({code: 'EFSM'});
	});

	test('traps: unbindSync binds, no frames are nothing sent, an object is sent as its name, a long Buffer can still change', async () => {
		const {req, rep} = await barePair();
		const other = closing(new Reply({linger: 0}));
		other.unbindSync(place);
		expect(other.lastEndpoint).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/v);
		await req.send([]);
		await req.send({not: 'bytes'} as unknown as string);
		expect(String(await rep.receive())).toBe('[object Object]');
		const long = Buffer.alloc(200, 'a');
		await rep.send(long);
		long.fill('b');
		expect(String(await req.receive())).toMatch(/^[ab]{200}$/v);
	});

	test('traps: port 99999 binds as 34463', async () => {
		const rep = closing(new Reply({linger: 0}));
		let bound: string | undefined;
		try {
			await rep.bind('tcp://127.0.0.1:99999');
			bound = rep.lastEndpoint ?? '';
		} catch (error) {
			bound = failureOf(error).code;
		}

		expect(['tcp://127.0.0.1:34463', 'EADDRINUSE']).toContain(bound);
	});
});
