/** Who binds and who connects, over every transport, and what becomes of an endpoint that is taken. */
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	describe,
	expect,
	onTestFinished,
	test,
	vi,
} from 'vitest';
import {Reply} from 'zeromq';
import {firstEndpoint, type Endpoint} from '../../source/core/endpoint.js';
import {scenes} from '../../source/core/scenes.js';
import {type Snapshot} from '../../source/core/snapshot.js';
import {openLab, openPair, type TestLab} from '../helpers/lab.js';

/** A directory for Unix sockets that goes with the test; its path is short enough for one. */
async function temporaryDirectory(): Promise<string> {
	const directory = await mkdtemp(path.join(tmpdir(), 'zmq-'));
	onTestFinished(async () => rm(directory, {recursive: true, force: true}));
	return directory;
}

/** Somebody else's server, which answers nobody. Where its endpoint is taken already, that serves as well. */
async function strangerAt(endpoint: Endpoint): Promise<Endpoint> {
	const stranger = new Reply({linger: 0});
	onTestFinished(() => {
		stranger.close();
	});
	try {
		await stranger.bind(endpoint);
	} catch (error) {
		expect(error).toMatchObject({code: 'EADDRINUSE'});
	}

	return stranger.lastEndpoint ?? endpoint;
}

/** An endpoint at which nobody listens for now. */
async function freeTcpEndpoint(): Promise<Endpoint> {
	// Not one of libzmq's, whose port takes connections for a moment after it is closed.
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return `tcp://127.0.0.1:${port}`;
}

/** Takes both away from where they are. */
async function goApart(lab: TestLab): Promise<void> {
	lab.run('@client-1 disconnect', '@server-1 unbind');
	await lab.sees('disconnecting', {peer: 'client-1'});
	await lab.sees('unbound', {peer: 'server-1'});
}

let names = 0;

/** An inproc name that no other test of this process has. */
const freshName = (): Endpoint => `inproc://pizza-${++names}`;

const transports: ReadonlyArray<[transport: string, makeEndpoint: () => Promise<Endpoint>]> = [
	['tcp', async () => 'tcp://127.0.0.1:*'],
	['ipc', async () => `ipc://${path.join(await temporaryDirectory(), 'pizza')}`],
	['inproc', async () => freshName()],
];

describe.each(transports)('over %s', (transport, makeEndpoint) => {
	test.each([
		['REP binds and REQ connects', 'server-1', 'client-1'],
		['REQ binds and REP connects', 'client-1', 'server-1'],
	])('%s', async (_, binder, connecter) => {
		const lab = await openPair();
		await goApart(lab);
		lab.run(`@${binder} bind ${await makeEndpoint()}`);
		const {endpoint} = await lab.sees('bound', {peer: binder});
		lab.run(`@${connecter} connect ${endpoint}`);
		await lab.sees('connecting', {peer: connecter, endpoint});
		if (transport !== 'inproc') {
			await lab.sees('handshake-done', {peer: connecter, endpoint});
			await lab.sees('handshake-done', {peer: binder, endpoint});
		}

		expect(await lab.asks('Hello')).toBe('World');
	});

	test('connecting comes first, binding later', async () => {
		const lab = await openPair();
		await goApart(lab);
		const endpoint = transport === 'tcp' ? await freeTcpEndpoint() : await makeEndpoint();
		lab.run(`@client-1 connect ${endpoint}`, 'send Hello');
		await lab.sees('sent', {peer: 'client-1'});
		lab.run(`@server-1 bind ${endpoint}`);
		await lab.sees('received', {peer: 'client-1', body: 'World'});
	});

	test('a server that listens twice serves both, and goes on without the one it leaves', async () => {
		const lab = await openPair();
		const first = lab.endpointOf('server-1', 'bind');
		lab.run(`@server-1 bind ${await makeEndpoint()}`);
		const {endpoint} = await lab.sees('bound', {peer: 'server-1'});
		expect(await lab.asks('here')).toBe('World');
		lab.run('@server-1 unbind');
		expect(await lab.sees('command-failed', {peer: 'server-1'})).toMatchObject({next: `name one: ${first} ${endpoint}`});
		lab.run(`@client-1 connect ${endpoint}`, `@client-1 disconnect ${first}`, `@server-1 unbind ${first}`);
		await lab.sees('unbound', {peer: 'server-1', endpoint: first});
		expect(await lab.asks('there')).toBe('World');
	});
});

test('endpoints come and go while the two converse', async () => {
	const lab = await openPair({replyWith: '{count}'});
	lab.run('every 0 Hello');
	await lab.sees('received', {peer: 'client-1'});
	for (let round = 0; round < 100; round++) {
		lab.run('@server-1 bind tcp://127.0.0.1:*');
		const {endpoint} = await lab.sees('bound');
		lab.run(`@client-1 connect ${endpoint}`, `@client-1 disconnect ${endpoint}`, `@server-1 unbind ${endpoint}`);
		await lab.sees('unbound', {endpoint});
		await lab.sees('disconnecting', {endpoint});
	}

	lab.run('@client-1 restart');
	await lab.sees('received', {peer: 'client-1'});
});

describe.each([
	['binds', `bind ${freshName()}`],
	['fails to bind', 'bind tcp://203.0.113.1:5999'],
	['connects', `connect ${freshName()}`],
])('just as the server %s', (_, line) => {
	// Time for libzmq's own thread. This one can't hear of anything meanwhile; the next call makes libzmq take note of it.
	test('a request that arrives is not overlooked', async () => {
		const lab = await openPair();
		lab.run('send Hello');
		await lab.sees('sent', {peer: 'client-1'});
		blockFor(20);
		lab.run(`@server-1 ${line}`);
		await lab.sees('received', {peer: 'client-1', body: 'World'});
	});

	test('a client that arrives is not overlooked', async () => {
		const lab = await openLab();
		blockFor(20);
		lab.run(`@server-1 ${line}`);
		await lab.isConnected();
		expect(await lab.asks('Hello')).toBe('World');
	});
});

/** Keeps this thread from all else. */
function blockFor(ms: number): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('what is not there can’t be left', () => {
	test.each([
		['@server-1 unbind tcp://127.0.0.1:1', 'not at tcp://127.0.0.1:1'],
		['@client-1 disconnect tcp://127.0.0.1:1', 'not at tcp://127.0.0.1:1'],
		['@client-1 unbind', 'nowhere'],
		['@server-1 disconnect', 'nowhere'],
	])('%s', async (line, reason) => {
		const lab = await openPair();
		lab.run(line);
		expect(await lab.sees('command-failed')).toMatchObject({reason: expect.stringContaining(reason) as string});
		expect(await lab.asks('Hello')).toBe('World');
	});
});

test('endpoints are remembered by a peer that is closed and opened', async () => {
	const lab = await openPair();
	lab.run(`@server-1 bind ${freshName()}`);
	await lab.sees('bound', {peer: 'server-1'});
	const bound = lab.snapshot.peers['server-1']?.links.map(({endpoint}) => endpoint).toSorted();
	lab.run('@server-1 restart');
	await lab.comesTo(({peers}) => peers['server-1']?.links.every(({status}) => status === 'listening') === true, 'listens at both');
	expect(lab.snapshot.peers['server-1']?.links.map(({endpoint}) => endpoint).toSorted()).toEqual(bound);
	expect(lab.all('bound').slice(-2)).toHaveLength(2);
});

test('a server that restarts takes back its ipc path', async () => {
	const lab = await openPair();
	await goApart(lab);
	const endpoint = `ipc://${path.join(await temporaryDirectory(), 'pizza')}`;
	lab.run(`@server-1 bind ${endpoint}`, `@client-1 connect ${endpoint}`);
	await lab.sees('handshake-done', {peer: 'client-1', endpoint});
	for (let round = 0; round < 5; round++) {
		lab.run('@server-1 restart');
		await lab.sees('bound', {peer: 'server-1', endpoint});
		await lab.sees('handshake-done', {peer: 'client-1', endpoint});
		expect(await lab.asks('Hello')).toBe('World');
	}
});

const allRetry = ({peers}: Snapshot): boolean => Object.values(peers).flatMap(({links}) => links).every(({status}) => status === 'retrying');

describe('both connect and nobody listens', () => {
	test('the request is queued, both try again and again, and nothing comes', async () => {
		const endpoint = await freeTcpEndpoint();
		const lab = await openLab({scene: 'both-connect', endpoint});
		lab.run('send Hello');
		await lab.sees('sent', {peer: 'client-1'});
		await lab.sees('retrying', {peer: 'client-1'});
		await lab.comesTo(allRetry, 'both retry');
		expect(lab.stateOf('client-1')).toBe('awaiting-reply');
		expect(lab.stateOf('server-1')).toBe('idle');
	});

	test('until the server binds: then the request arrives', async () => {
		const endpoint = await freeTcpEndpoint();
		const lab = await openLab({scene: 'both-connect', endpoint});
		lab.run('send Hello');
		await lab.sees('sent', {peer: 'client-1'});
		lab.run('@server-1 disconnect', `@server-1 bind ${endpoint}`);
		await lab.sees('bound', {endpoint});
		await lab.sees('received', {peer: 'client-1', body: 'World'});
	});

	test('the server is told to disconnect before it binds there: a socket can’t serve itself', async () => {
		const endpoint = await freeTcpEndpoint();
		const lab = await openLab({scene: 'both-connect', endpoint});
		lab.run(`@server-1 bind ${endpoint}`);
		expect(await lab.sees('command-failed', {peer: 'server-1'})).toMatchObject({next: '/disconnect first, then /bind'});
		lab.run(`@server-1 bind ${freshName()}`);
		const {endpoint: name} = await lab.sees('bound', {peer: 'server-1'});
		lab.run(`@server-1 connect ${name}`);
		expect(await lab.sees('command-failed', {peer: 'server-1'})).toMatchObject({reason: `server-1 listens at ${name}, and would meet itself`});
	});
});

describe('an endpoint that is taken', () => {
	test('and was not named: the server says so and takes a free port, to which the client goes', async () => {
		await strangerAt(firstEndpoint);
		const lab = await openPair({endpoint: undefined});
		const endpoint = lab.endpointOf('server-1', 'bind');
		expect(lab.all('bound')).toMatchObject([{peer: 'server-1', insteadOf: firstEndpoint}]);
		expect(lab.all('bind-failed')).toEqual([]);
		expect(endpoint).not.toBe(firstEndpoint);
		expect(lab.endpointOf('client-1', 'connect')).toBe(endpoint);
		expect(await lab.asks('Hello')).toBe('World');
	});

	test('and was named: the server says so, and listens nowhere', async () => {
		const endpoint = await strangerAt('tcp://127.0.0.1:*');
		const lab = await openLab({endpoint});
		expect(lab.all('bind-failed')).toMatchObject([{peer: 'server-1', endpoint, code: 'EADDRINUSE'}]);
		expect(lab.all('bound')).toEqual([]);
		lab.run('@server-1 unbind');
		await lab.sees('command-failed', {peer: 'server-1'});
	});

	test('by command: the server stays where it was', async () => {
		const endpoint = await strangerAt('tcp://127.0.0.1:*');
		const lab = await openPair();
		lab.run(`@server-1 bind ${endpoint}`);
		await lab.sees('bind-failed', {peer: 'server-1', endpoint, code: 'EADDRINUSE'});
		expect(await lab.asks('Hello')).toBe('World');
		lab.run('@server-1 restart');
		await lab.sees('bound', {peer: 'server-1'});
		expect(lab.since.filter(({type}) => type === 'bind-failed')).toEqual([]);
	});

	test('an ipc path at which a living process listens is not stolen', async () => {
		const file = path.join(await temporaryDirectory(), 'taken');
		const owner = createServer().listen(file);
		onTestFinished(() => {
			owner.close();
		});
		const lab = await openPair();
		lab.run(`@server-1 bind ipc://${file}`);
		await lab.sees('bind-failed', {peer: 'server-1', endpoint: `ipc://${file}`, code: 'EADDRINUSE'});
		expect(await lab.asks('Hello')).toBe('World');
	});

	test('an ipc path of this very lab is not stolen either, and is free again once it is left', async () => {
		const endpoint = `ipc://${path.join(await temporaryDirectory(), 'ours')}`;
		const lab = await openPair();
		lab.run(`@server-1 bind ${endpoint}`);
		await lab.sees('bound', {peer: 'server-1', endpoint});
		lab.run(`@client-1 bind ${endpoint}`);
		await lab.sees('bind-failed', {peer: 'client-1', endpoint, code: 'EADDRINUSE'});
		lab.run(`@server-1 unbind ${endpoint}`);
		await lab.sees('unbound', {peer: 'server-1', endpoint});
		lab.run(`@client-1 bind ${endpoint}`);
		await lab.sees('bound', {peer: 'client-1', endpoint});
	});
});

test.each([
	['an address that this machine has not', 'tcp://203.0.113.1:5999', 'EADDRNOTAVAIL'],
	['a device that is not there', 'tcp://nothing0:5999', 'ENODEV'],
	['a directory that is not there', 'ipc:///nowhere/at/all', 'ENOENT'],
])('%s can’t be bound', async (_, endpoint, code) => {
	const lab = await openPair();
	lab.run(`@server-1 bind ${endpoint}`);
	await lab.sees('bind-failed', {peer: 'server-1', endpoint, code});
	expect(await lab.asks('Hello')).toBe('World');
});

test('where nothing can be bound nor connected, the lab starts all the same', async () => {
	const lab = await openLab({endpoint: 'tcp://203.0.113.1:*'});
	expect(lab.all('bind-failed')).toMatchObject([{peer: 'server-1'}]);
	expect(lab.all('peer-opened').map(({peer}) => peer)).toEqual(['server-1', 'client-1']);
	expect(lab.all('command-failed', {peer: 'client-1'})).toHaveLength(1);
});

test('an endpoint that somebody took while its server was away can still be unbound', async () => {
	const lab = await openPair();
	const endpoint = lab.endpointOf('server-1', 'bind');
	lab.run('@server-1 close');
	await lab.sees('peer-closed', {peer: 'server-1'});
	const other = new Reply({linger: 0});
	onTestFinished(() => {
		other.close();
	});
	await vi.waitFor(async () => other.bind(endpoint), {timeout: 5000, interval: 10});
	lab.run('@server-1 open');
	await lab.sees('bind-failed', {peer: 'server-1', code: 'EADDRINUSE'});
	lab.run('@server-1 unbind');
	await lab.sees('unbound', {peer: 'server-1', endpoint});
});

test('a lab that is to be mistaken for no other listens at free ports, in every scene', async () => {
	const lab = await openLab({endpoint: undefined, freePorts: true});
	lab.run('scene pool');
	await lab.sees('bound', {peer: 'server-3'});
	const bound = lab.events.filter(event => event.type === 'bound');
	expect(bound).toHaveLength(4);
	expect(new Set(bound.map(({endpoint}) => endpoint)).size).toBe(4);
	expect(bound.every(({endpoint, insteadOf}) => insteadOf === undefined && scenes.every(({actors}) => actors.every(({places}) => places.every(place => place.endpoint !== endpoint))))).toBe(true);
});
