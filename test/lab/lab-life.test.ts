/** Taking peers apart and putting them together, the whole lab included; and what happens when that is asked for all at once. */
import {describe, expect, test} from 'vitest';
import {type Event} from '../../source/core/events.js';
import {openPair} from '../helpers/lab.js';

describe.each(['client-1', 'server-1'])('%s', peer => {
	test.each(['close', 'crash'] as const)('%s puts out its state, and open begins anew', async how => {
		const lab = await openPair();
		await lab.asks('Hello');
		lab.run(`@${peer} ${how}`);
		await lab.sees('peer-closed', {peer, how});
		expect(lab.stateOf(peer)).toBeUndefined();
		lab.run(`@${peer} open`);
		await lab.sees('peer-opened', {peer});
		await lab.isConnected();
		expect(lab.stateOf(peer)).toBe('idle');
		expect(await lab.asks('Hello again')).toBe('World');
	});

	test('restart is a crash and a new socket at the same endpoint', async () => {
		const lab = await openPair();
		const endpoint = lab.endpointOf('server-1', 'bind');
		lab.run(`@${peer} restart`);
		await lab.sees('peer-closed', {peer, how: 'crash'});
		await lab.sees('peer-opened', {peer});
		await lab.isConnected();
		expect(lab.endpointOf(peer, peer === 'client-1' ? 'connect' : 'bind')).toBe(endpoint);
		expect(await lab.asks('Hello')).toBe('World');
		expect(lab.snapshot.peers[peer]?.sockets).toBe(2);
	});

	test('a socket that is closed is not closed again, nor an open one opened', async () => {
		const lab = await openPair();
		lab.run(`@${peer} open`);
		await lab.sees('command-failed', {peer});
		lab.run(`@${peer} close`);
		lab.run(`@${peer} crash`);
		await lab.sees('command-failed', {peer});
	});
});

test('a closed socket refuses everything with EBADF', async () => {
	const lab = await openPair();
	lab.run('@all close');
	lab.run('send Hello');
	await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EBADF'});
	lab.run('reply World');
	await lab.sees('refused', {peer: 'server-1', operation: 'send', code: 'EBADF'});
	lab.run('@client-1 receive');
	await lab.sees('refused', {peer: 'client-1', operation: 'receive', code: 'EBADF'});
	lab.run('@server-1 receive');
	await lab.sees('refused', {peer: 'server-1', operation: 'receive', code: 'EBADF'});
	expect(lab.snapshot.exchanges.tally.asked).toBe(0);
});

test('a server that crashes with a request leaves its client stuck; a restarted client is free', async () => {
	const lab = await openPair();
	lab.run('hold', 'send Hello');
	await lab.sees('held');
	lab.run('@server-1 restart', 'release');
	await lab.sees('handshake-done', {peer: 'client-1'});
	lab.run('send Hello?');
	await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EFSM'});
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 1, lost: 1});
	lab.run('@client-1 restart');
	await lab.isConnected();
	expect(await lab.asks('Hello!')).toBe('World');
});

test('what is set stays set over a restart', async () => {
	const lab = await openPair();
	lab.run('delay 3ms', 'reply-with {upper}');
	lab.run('@server-1 restart');
	await lab.sees('bound', {peer: 'server-1'});
	await lab.isConnected();
	expect(await lab.asks('Hello')).toBe('HELLO');
	expect(lab.all('delay-started').map(({ms}) => ms)).toEqual([3]);
});

describe('a fresh lab', () => {
	test('reset: new sockets, new sums, the same scene; the numbers go on', async () => {
		const lab = await openPair();
		await lab.asks('Hello');
		const before = lab.snapshot.n;
		lab.run('reset');
		const {n, scene} = await lab.sees('lab-started');
		expect({n: n > before, scene}).toEqual({n: true, scene: 'pair'});
		await lab.isConnected();
		expect(lab.snapshot.exchanges.tally.asked).toBe(0);
		expect(await lab.asks('Hello again')).toBe('World');
	});

	test('scene: another arrangement', async () => {
		const lab = await openPair();
		lab.run('scene both-connect');
		await lab.sees('lab-started', {scene: 'both-connect'});
		await lab.sees('connecting', {peer: 'client-1'});
		expect(Object.values(lab.snapshot.peers).flatMap(({links}) => links.map(({direction}) => direction))).toEqual(['connect', 'connect']);
		lab.run('scene pair');
		await lab.sees('lab-started', {scene: 'pair'});
		await lab.isConnected();
		expect(await lab.asks('Hello')).toBe('World');
	});

	test('crowd and pool are tapped, and pair is not, unless the person has switched the tap', async () => {
		const lab = await openPair();
		lab.run('scene pool');
		await lab.sees('lab-started', {scene: 'pool'});
		await lab.sees('tap-switched', {isOn: true});
		lab.run('scene pair');
		await lab.sees('lab-started', {scene: 'pair'});
		await lab.sees('connecting', {peer: 'client-1'});
		expect(lab.snapshot.tap.isOn).toBe(false);
		lab.run('tap on', 'reset');
		await lab.sees('lab-started');
		await lab.comesTo(({tap}) => tap.isOn, 'what the person wants stays');
	});

	test('a seeded run begins again with it', async () => {
		const lab = await openPair({delay: '1ms..20ms', seed: 5});
		const drawn: number[][] = [];
		for (let round = 0; round < 2; round++) {
			await lab.asks('one');
			await lab.asks('two');
			drawn.push(lab.all('delay-started').slice(-2).map(({ms}) => ms));
			lab.run('reset');
			await lab.sees('bound');
			await lab.isConnected();
		}

		expect(drawn[1]).toEqual(drawn[0]);
	});
});

describe('lines that come in the same moment are taken one after the other', () => {
	test.each([
		['restart twice', ['@server-1 restart', '@server-1 restart']],
		['restart both, twice', ['@all restart', '@all restart']],
		['close and open', ['@server-1 close', '@server-1 open']],
		['open twice', ['@server-1 close', '@server-1 open', '@server-1 open']],
		['restart and close and open', ['@server-1 restart', '@server-1 close', '@server-1 open']],
		['reset twice', ['reset', 'reset']],
		['restart and reset', ['@server-1 restart', 'reset']],
		['reset and restart', ['reset', '@server-1 restart']],
		['bind and crash and open', ['@server-1 bind tcp://127.0.0.1:*', '@server-1 crash', '@server-1 open']],
		['reset and crash and open', ['reset', '@all crash', '@all open']],
	])('%s: one pair is left, and works', async (_, lines) => {
		const lab = await openPair();
		lab.run(...lines, '@client-1 timeout 1m', '@server-1 delay 1ms');
		await lab.sees('option-changed', {option: 'timeout', value: '1m'});
		await lab.sees('option-changed', {option: 'delay', value: '1ms'});
		expect([lab.stateOf('client-1'), lab.stateOf('server-1')]).toEqual(['idle', 'idle']);
		await lab.isConnected();
		expect(await lab.asks('Hello')).toBe('World');
		expect(lab.all('bind-failed')).toEqual([]);
		expect(unbalanced(lab.events)).toEqual([]);
	});

	test('send and close: what was sent is told before the end', async () => {
		const lab = await openPair();
		lab.run('send Hello', '@client-1 close');
		await lab.sees('peer-closed', {peer: 'client-1'});
		await lab.sees('received', {peer: 'server-1'});
		expect(lab.since.filter(event => 'peer' in event && event.peer === 'client-1').map(({type}) => type)).toEqual(['sent', 'peer-closed']);
		expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 1, abandoned: 1, pending: 0});
	});
});

/** Peers that were opened when they were open, or closed when they were closed. */
function unbalanced(events: readonly Event[]): readonly string[] {
	const open = new Set<string>();
	const complaints: string[] = [];
	for (const event of events) {
		if (event.type === 'peer-opened' && open.has(event.peer)) {
			complaints.push(`${event.n}: ${event.peer} is opened again`);
		} else if (event.type === 'peer-opened') {
			open.add(event.peer);
		} else if (event.type === 'peer-closed' && !open.delete(event.peer)) {
			complaints.push(`${event.n}: ${event.peer} is closed again`);
		}
	}

	return complaints;
}
