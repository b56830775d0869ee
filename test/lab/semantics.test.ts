/** What libzmq really does with REQ and REP where several are involved: each row of the readme's claims on real sockets, from the keyboard's own commands. */
import {expect, test} from 'vitest';
import {type LabOptions} from '../../source/core/lab-port.js';
import {bodyOf, openLab, type TestLab} from '../helpers/lab.js';

const place = 'tcp://127.0.0.1:*';

const twoClients: LabOptions['actors'] = [
	{peer: 'server-1', role: 'server', places: [{direction: 'bind', endpoint: place}]},
	{peer: 'client-1', role: 'client', places: [{direction: 'connect', endpoint: place}]},
	{peer: 'client-2', role: 'client', places: [{direction: 'connect', endpoint: place}]},
];

const twoServers: LabOptions['actors'] = [
	{peer: 'server-1', role: 'server', places: [{direction: 'bind', endpoint: place}]},
	{peer: 'server-2', role: 'server', places: []},
	{peer: 'client-1', role: 'client', places: [{direction: 'connect', endpoint: place}]},
];

/** A client at two servers, the second of which is dead. The client has these settings. */
async function openBesideADeadOne(...settings: readonly string[]): Promise<TestLab> {
	const lab = await openLab({actors: twoServers, endpoint: undefined});
	lab.run(`@server-2 bind ${place}`);
	const {endpoint} = await lab.sees('bound', {peer: 'server-2'});
	lab.run(`@client-1 connect ${endpoint}`);
	await lab.sees('handshake-done', {peer: 'client-1', endpoint});
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
	const lab = await openLab({actors: twoClients, endpoint: undefined});
	await lab.isConnected();
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
	const lab = await openLab({actors: twoClients, endpoint: undefined, replyWith: 'for {request}'});
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
