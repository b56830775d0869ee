/** Several of each: peers that come and go, a crowd at one server, one client at a pool of servers. */
import {describe, expect, test} from 'vitest';
import {mostPeers} from '../../source/core/scenes.js';
import {openLab, openPair, type TestLab} from '../helpers/lab.js';

const namesIn = (lab: TestLab): readonly string[] => Object.keys(lab.snapshot.peers);
const connectsOf = (lab: TestLab, peer: string): readonly string[] =>
	lab.snapshot.peers[peer]?.links.filter(({direction}) => direction === 'connect').map(({endpoint}) => endpoint) ?? [];
const isReplied = (count: number) => (snapshot: TestLab['snapshot']): boolean => snapshot.exchanges.tally.replied === count;

/** Who has received, in order. */
const receivers = (lab: TestLab, role: string): readonly string[] =>
	lab.all('received').map(({peer}) => peer).filter(peer => peer.startsWith(role));

describe('/client add', () => {
	test('each new client connects where the first one does, and may be spoken to in the same moment', async () => {
		const lab = await openPair();
		lab.run('client add 20', '@clients send Hello');
		await lab.comesTo(isReplied(21), 'all are answered');
		expect(namesIn(lab)).toHaveLength(22);
		expect(connectsOf(lab, 'client-21')).toEqual(connectsOf(lab, 'client-1'));
		expect(new Set(receivers(lab, 'client')).size).toBe(21);
	});

	test('without a first one it connects to whoever listens', async () => {
		const lab = await openPair();
		lab.run('client remove client-1');
		await lab.sees('peer-removed');
		lab.run('client add', '@client-2 send Hello');
		await lab.sees('received', {peer: 'client-2'});
	});

	test('a lab takes so many and no more', async () => {
		const lab = await openPair();
		lab.run(`client add ${mostPeers - 2}`, 'client add');
		await lab.sees('command-failed', {reason: `a lab has room for ${mostPeers} peers, and there are ${mostPeers}`, next: '/remove makes room'});
		expect(namesIn(lab)).toHaveLength(mostPeers);
		lab.run('@clients send Hello');
		await lab.comesTo(isReplied(mostPeers - 1), 'all are answered');
		lab.run('@all restart', '@clients send Hello');
		await lab.comesTo(isReplied((mostPeers - 1) * 2), 'all are answered again, with new sockets');
		expect(lab.all('refused')).toEqual([]);
	});
});

describe('/server add', () => {
	test('each client connects to it, the first one included', async () => {
		const lab = await openPair();
		lab.run('server add');
		await lab.comesTo(({peers}) => peers['server-2']?.links[0]?.connections === 1, 'the client is connected to server-2');
		expect(connectsOf(lab, 'client-1')).toEqual([lab.endpointOf('server-1', 'bind'), lab.endpointOf('server-2', 'bind')]);
	});

	test('where the servers connect and the client listens, a new one connects to it', async () => {
		const lab = await openLab({actors: [
			{peer: 'client-1', role: 'client', places: [{direction: 'bind', endpoint: 'tcp://127.0.0.1:*'}]},
			{peer: 'server-1', role: 'server', places: [{direction: 'connect', endpoint: 'tcp://127.0.0.1:*'}]},
		], endpoint: undefined});
		lab.run('server add');
		await lab.comesTo(({peers}) => peers['client-1']?.links[0]?.connections === 2, 'two servers are connected');
	});
});

describe('/remove', () => {
	test('who was connected to it leaves it, and its name is not given again', async () => {
		const lab = await openPair();
		lab.run('server add');
		await lab.comesTo(({peers}) => connectsOf(lab, 'client-1').length === 2 && peers['server-2']?.links[0]?.connections === 1, 'server-2 is in use');
		lab.run('@server-2 remove');
		await lab.sees('disconnecting', {peer: 'client-1'});
		expect(connectsOf(lab, 'client-1')).toEqual([lab.endpointOf('server-1', 'bind')]);
		lab.run('server add');
		await lab.sees('bound', {peer: 'server-3'});
		expect(namesIn(lab)).toEqual(['server-1', 'client-1', 'server-3']);
	});

	test('a client that waits gives its question up; the sums still agree', async () => {
		const lab = await openPair();
		lab.run('hold', 'send Hello');
		await lab.sees('held');
		lab.run('@client-1 remove', '@client-1 remove', '@server-1 crash');
		await lab.sees('peer-closed', {peer: 'server-1'});
		expect(lab.all('peer-removed')).toHaveLength(1);
		expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 1, abandoned: 1, pending: 0});
	});

	test('one that is not there is named', async () => {
		const lab = await openPair();
		lab.run('client remove client-9');
		await lab.sees('command-failed', {reason: 'there is no client-9', next: 'there are: server-1 client-1'});
	});
});

describe('scene pool', () => {
	const openPool = async (): Promise<TestLab> => {
		const lab = await openLab({scene: 'pool'});
		await lab.comesTo(({peers}) => Object.values(peers).every(({links}) => links.length > 0 && links.every(({connections}) => connections > 0)), 'everyone is connected to everyone');
		return lab;
	};

	test('one REQ asks its servers in turn', async () => {
		const lab = await openPool();
		for (const question of ['one', 'two', 'three', 'four', 'five', 'six']) {
			await lab.asks(question);
		}

		expect(receivers(lab, 'server')).toEqual(['server-1', 'server-2', 'server-3', 'server-1', 'server-2', 'server-3']);
	});

	test('it goes on asking a dead one in its turn, and sticks there', async () => {
		const lab = await openPool();
		lab.run('@server-2 crash');
		await lab.sees('disconnected', {peer: 'client-1'});
		await lab.asks('one');
		lab.run('@client-1 send two');
		await lab.sees('sent', {peer: 'client-1'});
		lab.run('@client-1 send three');
		await lab.sees('refused', {peer: 'client-1', code: 'EFSM'});
		expect(receivers(lab, 'server')).toEqual(['server-1']);
		expect(lab.stateOf('client-1')).toBe('awaiting-reply');

		// The request waits in the client's own pipe: it is served when that server is back, and the round goes on.
		lab.run('@server-2 open');
		await lab.sees('received', {peer: 'client-1'});
		await lab.asks('three');
		expect(receivers(lab, 'server')).toEqual(['server-1', 'server-2', 'server-3']);
	});
});
