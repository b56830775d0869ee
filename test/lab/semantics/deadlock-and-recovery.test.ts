/** Rows of "deadlock and recovery", from the keyboard's own commands, on real sockets. A crash here closes the socket; as a SIGKILL of a process: `server-process.test.ts`. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Request, Router} from 'zeromq';
import {isStuck} from '../../../source/core/diagnosis.js';
import {bodyOf, openLab, type TestLab} from '../../helpers/lab.js';
import {clientsAt, openAtTwo, openCast, place, requestsAt} from './actors.js';

const isItStuck = ({snapshot}: TestLab, name: string): boolean => {
	const peer = snapshot.peers[name];
	return peer !== undefined && isStuck(snapshot, peer);
};

const transports: ReadonlyArray<[transport: string, endpoint: () => Promise<string>]> = [
	['tcp', async () => place],
	['ipc', async () => {
		const directory = await mkdtemp(path.join(tmpdir(), 'zmq-'));
		onTestFinished(async () => rm(directory, {recursive: true, force: true}));
		return `ipc://${path.join(directory, 'pizza')}`;
	}],
];

describe.each(transports)('a REP dies while it holds q1, and is restarted at the same endpoint, over %s', (_, endpointOf) => {
	async function openAfter(...settings: readonly string[]): Promise<TestLab> {
		const lab = await openCast(clientsAt(2, await endpointOf()));
		for (const line of settings) {
			lab.run(`@client-1 ${line}`);
			await lab.sees('option-changed', {peer: 'client-1'});
			await lab.isConnected();
		}

		lab.run('hold', '@client-1 send q1');
		await lab.sees('held');
		lab.run('@server-1 restart', 'release');
		await lab.sees('handshake-done', {peer: 'client-1'});
		await lab.sees('handshake-done', {peer: 'client-2'});
		return lab;
	}

	test('strict: reconnects, shakes hands, and is stuck for ever', async () => {
		const lab = await openAfter();
		// The barrier: the server answers somebody else; then the stuck one's socket says what it says of itself.
		lab.run('@client-2 send Hello');
		await lab.sees('received', {peer: 'client-2'});
		lab.run('@client-1 timeout 1ms', '@client-1 send q2');
		await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EFSM'});
		expect(isItStuck(lab, 'client-1')).toBe(true);
		expect(requestsAt(lab, 'server-1')).toEqual(['q1', 'Hello']);
		expect(lab.all('received', {peer: 'client-1'})).toEqual([]);
	});

	test.each(['relaxed', 'relaxed+correlate'])('%s: may send again; q1 is not sent again by itself', async recovery => {
		const lab = await openAfter(`recover ${recovery}`);
		lab.run('@client-1 send q2');
		await lab.sees('received', {peer: 'client-1'});
		expect(requestsAt(lab, 'server-1')).toEqual(['q1', 'q2']);
		expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 2, lost: 1, replied: 1});
	});

	test('close and open a new socket: works always', async () => {
		const lab = await openAfter();
		lab.run('@client-1 close', '@client-1 open', '@client-1 send q2');
		await lab.sees('received', {peer: 'client-1'});
	});
});

test('relaxed: a late reply from another server’s pipe is dropped even without correlate', async () => {
	const lab = await openAtTwo({replyWith: 'from {request}'});
	lab.run('@client-1 recover relaxed', '@servers hold', '@client-1 send q1');
	const {peer: first} = await lab.sees('held');
	lab.run('@client-1 send q2');
	const {peer: second} = await lab.sees('held');
	expect(second).not.toBe(first);
	lab.run(`@${first} release`);
	await lab.sees('sent', {peer: first, body: 'from q1'});
	lab.run(`@${second} release`);
	expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('from q2');
	expect(lab.all('received', {peer: 'client-1'})).toHaveLength(1);
});

describe('inproc never reconnects, even when the name is bound again', () => {
	let names = 0;
	async function openStuck(): Promise<{readonly lab: TestLab; readonly name: string}> {
		names++;
		const name = `inproc://deadlock-${names}`;
		const lab = await openLab({endpoint: name});
		lab.run('hold', '@client-1 send q1');
		await lab.sees('held');
		lab.run('@server-1 restart', 'release');
		await lab.sees('bound', {peer: 'server-1'});
		expect(isItStuck(lab, 'client-1')).toBe(true);
		return {lab, name};
	}

	test('strict stays stuck after it has connected again', async () => {
		const {lab, name} = await openStuck();
		lab.run('@client-1 disconnect', `@client-1 connect ${name}`, '@client-1 send q2');
		await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EFSM'});
		expect(isItStuck(lab, 'client-1')).toBe(true);
	});

	test('relaxed works then, as often as it is tried', async () => {
		for (let round = 0; round < 5; round++) {
			const {lab, name} = await openStuck();
			lab.run('@client-1 recover relaxed', '@client-1 disconnect', `@client-1 connect ${name}`, '@client-1 send q2');
			expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('World');
		}
	});

	test('a client that waited for nothing asks again after it has connected again', async () => {
		for (let round = 0; round < 5; round++) {
			names++;
			const name = `inproc://deadlock-${names}`;
			const lab = await openLab({endpoint: name});
			expect(await lab.asks('Hello')).toBe('World');
			lab.run('@server-1 restart');
			await lab.sees('bound', {peer: 'server-1'});
			lab.run('@client-1 disconnect');
			await lab.sees('disconnecting', {peer: 'client-1'});
			lab.run(`@client-1 connect ${name}`);
			await lab.sees('connecting', {peer: 'client-1'});
			expect(await lab.asks('Again')).toBe('World');
		}
	});
});

test('requests queued at a dead REP are all lost: 5 of 5', async () => {
	const lab = await openCast(clientsAt(7), {tap: true});
	lab.run('hold', '@client-6 send held');
	await lab.sees('held');
	for (const number of [1, 2, 3, 4, 5]) {
		lab.run(`@client-${number} send queued ${number}`);
		await lab.sees('unit', {peer: `client-${number}`, way: 'request'});
	}

	lab.run('@server-1 restart', 'release');
	for (const number of [1, 2, 3, 4, 5, 6, 7]) {
		await lab.sees('handshake-done', {peer: `client-${number}`});
	}

	lab.run('@client-7 send Hello');
	await lab.sees('received', {peer: 'client-7'});
	expect(requestsAt(lab, 'server-1')).toEqual(['held', 'Hello']);
	await lab.comesTo(({exchanges}) => exchanges.tally.lost === 6, 'six are lost');
	expect([1, 2, 3, 4, 5, 6].map(number => isItStuck(lab, `client-${number}`))).toEqual([true, true, true, true, true, true]);
});

test('one REQ, two REPs: with immediate a request goes round the dead one, but one that the dead server holds is lost all the same', async () => {
	const lab = await openAtTwo();
	lab.run('@client-1 immediate on');
	await lab.comesTo(({peers}) => peers['client-1']?.links.every(({connections}) => connections === 1) === true && peers['client-1'].sockets === 2, 'connected to both again');
	lab.run('@servers hold', '@client-1 send q1');
	const {peer: holder} = await lab.sees('held');
	lab.run(`@${holder} crash`, '@servers release');
	await lab.comesTo(snapshot => snapshot.exchanges.tally.lost === 1, 'it is lost');
	await lab.sees('disconnected', {peer: 'client-1'});
	expect(isItStuck(lab, 'client-1')).toBe(true);
	lab.run('@client-1 restart');
	await lab.sees('handshake-done', {peer: 'client-1'});
	for (const question of ['q2', 'q3', 'q4']) {
		expect(await lab.asks(question)).toBe('World');
	}
});

describe('two clients with one routing id', () => {
	test('at a REP: the second shakes hands and is never served, even after the first has gone', async () => {
		const lab = await openCast(clientsAt(3));
		for (const name of ['client-1', 'client-2']) {
			lab.run(`@${name} id twin`);
			await lab.sees('handshake-done', {peer: name});
			await lab.isConnected();
		}

		lab.run('@client-2 send Hello');
		await lab.sees('sent', {peer: 'client-2'});
		expect(await lab.asks('from the first')).toBe('World');
		lab.run('@client-1 close');
		await lab.sees('disconnected', {peer: 'server-1'});
		lab.run('@client-3 send Anybody?');
		await lab.sees('received', {peer: 'client-3'});
		expect(requestsAt(lab, 'server-1')).toEqual(['from the first', 'Anybody?']);
	});

	test('at a ROUTER with handover the second is served, on bare sockets', async () => {
		const router = new Router({handover: true, linger: 0});
		await router.bind(place);
		const [first, second] = [1, 2].map(() => new Request({routingId: 'twin', linger: 0})) as [Request, Request];
		onTestFinished(() => {
			for (const socket of [router, first, second]) {
				socket.close();
			}
		});
		first.connect(router.lastEndpoint ?? '');
		await first.send('from the first');
		const received = await router.receive();
		expect(String(received[2])).toBe('from the first');
		second.connect(router.lastEndpoint ?? '');
		await second.send('from the second');
		const [id = '', empty = '', body] = await router.receive();
		expect(String(body)).toBe('from the second');
		await router.send([id, empty, 'World']);
		expect(String(await second.receive())).toBe('World');
	});
});

/** A client at two servers, the second of which is dead. The client has these settings. */
async function openBesideADeadOne(...settings: readonly string[]): Promise<TestLab> {
	const lab = await openAtTwo();
	const endpoint = lab.endpointOf('server-2', 'bind');
	lab.run('@server-2 crash');
	await lab.sees('disconnected', {peer: 'client-1', endpoint});
	lab.run(...settings);
	// Some settings need a new socket, and each is in force before the last one is told.
	await lab.sees('option-changed', {peer: 'client-1', option: 'timeout'});
	await lab.comesTo(({peers}) => peers['client-1']?.links.some(({connections}) => connections > 0) ?? false, 'connected with the living one');
	return lab;
}

/** Asks so often, each time until it is answered or given up; gives how many were answered. */
async function askOften(lab: TestLab, count: number): Promise<number> {
	for (let index = 0; index < count; index++) {
		lab.run(`@client-1 send request ${index}`);
		await lab.sees('sent', {peer: 'client-1', body: `request ${index}`});
		await lab.until(event => (event.type === 'received' || event.type === 'timed-out') && event.peer === 'client-1', `the end of request ${index}`);
	}

	return lab.all('received', {peer: 'client-1'}).length;
}

test('one live, one dead server: relaxed+correlate loses every second request', async () => {
	const lab = await openBesideADeadOne('@client-1 recover relaxed+correlate', '@client-1 timeout 300ms');
	expect(await askOften(lab, 8)).toBe(4);
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 8, replied: 4, 'timed-out': 4});
});

test('one live, one dead server: with immediate no request is lost', async () => {
	const lab = await openBesideADeadOne('@client-1 immediate on', '@client-1 timeout 5s');
	expect(await askOften(lab, 8)).toBe(8);
});

test('a request queued from a client that has closed since is served all the same', async () => {
	const lab = await openCast(clientsAt(2));
	lab.run('hold', '@client-1 send one');
	await lab.sees('held');
	lab.run('@client-2 send two', '@client-2 close');
	await lab.sees('peer-closed', {peer: 'client-2'});
	lab.run('release');
	await lab.sees('received', {peer: 'server-1', body: 'two'});
	await lab.sees('received', {peer: 'client-1'});
	await lab.comesTo(({exchanges}) => Object.keys(exchanges.debts).length === 0, 'nothing is owed');
	expect(await lab.asks('three')).toBe('World');
});

test.each(['relaxed', 'relaxed+correlate'])('%s: a late reply that is there before the next request is sent is dropped', async recovery => {
	const lab = await openCast(clientsAt(2), {replyWith: 'for {request}'});
	lab.run(`@client-1 recover ${recovery}`, '@client-1 timeout 50ms');
	await lab.comesTo(({peers}) => peers['client-1']?.options.timeout === '50ms', 'set');
	await lab.isConnected();
	lab.run('hold', '@client-1 send Margherita');
	await lab.sees('timed-out', {peer: 'client-1'});
	lab.run('release');
	await lab.sees('sent', {peer: 'server-1'});
	// The barrier: what the same server sends to another one afterwards has arrived.
	lab.run('@client-2 send Funghi');
	await lab.sees('received', {peer: 'client-2'});
	lab.run('@client-1 timeout 10s', '@client-1 send Calzone');
	expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('for Calzone');
});
