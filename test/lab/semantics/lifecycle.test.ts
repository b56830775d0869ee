/** Rows of "lifecycle" that concern REQ and REP. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Reply, Request} from 'zeromq';
import {openPair} from '../../helpers/lab.js';
import {clientsAt, openCast, place} from './actors.js';

describe('close with an operation pending, on bare sockets', () => {
	const connected = async (): Promise<{readonly req: Request; readonly rep: Reply}> => {
		const rep = new Reply({linger: 0});
		await rep.bind(place);
		const request = new Request({linger: 0});
		request.connect(rep.lastEndpoint ?? '');
		onTestFinished(() => {
			request.close();
			rep.close();
		});
		return {req: request, rep};
	};

	const rows: ReadonlyArray<[row: string, code: string, attempt: (pair: {readonly req: Request; readonly rep: Reply}) => Promise<{readonly pending: Promise<unknown>; readonly socket: Request | Reply}>]> = [
		['REQ awaiting, receive: EAGAIN', 'EAGAIN', async ({req}) => {
			await req.send('one');
			return {pending: req.receive(), socket: req};
		}],
		['REQ awaiting, send: EFSM', 'EFSM', async ({req}) => {
			await req.send('one');
			return {pending: req.send('two'), socket: req};
		}],
		['REQ idle, receive: EFSM', 'EFSM', async ({req}) => ({pending: req.receive(), socket: req})],
		['REQ idle without a peer, send: EAGAIN', 'EAGAIN', async ({req}) => {
			req.disconnect(req.lastEndpoint ?? '');
			return {pending: req.send('one'), socket: req};
		}],
		['REP idle, receive: EAGAIN', 'EAGAIN', async ({rep}) => ({pending: rep.receive(), socket: rep})],
		['REP idle, send: EFSM', 'EFSM', async ({rep}) => ({pending: rep.send('early'), socket: rep})],
	];

	test.each(rows)('%s', async (_row, code, attempt) => {
		const {pending, socket} = await attempt(await connected());
		const ended = expect(pending).rejects.toMatchObject({code});
		socket.close();
		await ended;
	});
});

test('close with an operation pending, from the keyboard: nothing is heard of it any more', async () => {
	const lab = await openPair();
	lab.run('@server-1 hold', '@client-1 send one');
	await lab.sees('held');
	lab.run('@client-1 park send two', '@server-1 park receive');
	await lab.sees('parked', {peer: 'server-1'});
	lab.run('@all close', '@all open', '@server-1 release');
	await lab.isConnected();
	expect(await lab.asks('three')).toBe('World');
	expect(lab.all('refused')).toEqual([]);
	expect(lab.all('unparked')).toEqual([]);
});

test('close and bind again at once: EADDRINUSE for a moment is waited out, 30 times of 30', async () => {
	const lab = await openPair();
	for (let round = 0; round < 30; round++) {
		lab.run('@server-1 restart');
		await lab.sees('bound', {peer: 'server-1'});
	}

	expect(lab.all('bind-failed')).toEqual([]);
	await lab.isConnected();
	expect(await lab.asks('Hello')).toBe('World');
});

test('a second bind of an ipc path succeeds in silence and steals it, on bare sockets; the lab refuses it', async () => {
	const directory = await mkdtemp(path.join(tmpdir(), 'zmq-'));
	const endpoint = `ipc://${path.join(directory, 'pizza')}`;
	const first = new Reply({linger: 0});
	const second = new Reply({linger: 0});
	onTestFinished(async () => {
		first.close();
		second.close();
		await rm(directory, {recursive: true, force: true});
	});
	await first.bind(endpoint);
	await second.bind(endpoint);
	const lab = await openPair();
	lab.run(`@server-1 bind ${endpoint}`);
	await lab.sees('bind-failed', {peer: 'server-1', code: 'EADDRINUSE'});
});

test('the client dies while the server works: the reply is sent and dropped in silence, only a disconnect is seen', async () => {
	const lab = await openCast(clientsAt(2));
	lab.run('hold', '@client-1 send one');
	await lab.sees('held');
	lab.run('@client-1 crash');
	await lab.sees('disconnected', {peer: 'server-1'});
	lab.run('release');
	await lab.sees('sent', {peer: 'server-1'});
	lab.run('@client-2 send two');
	await lab.sees('received', {peer: 'client-2'});
	expect(lab.all('refused')).toEqual([]);
});
