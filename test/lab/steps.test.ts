/** Single steps: nothing is called until it is let go, and the machines stand still as long. */
import {expect, test} from 'vitest';
import {diagnose} from '../../source/core/diagnosis.js';
import {openPair, type TestLab} from '../helpers/lab.js';

async function openStepping(): Promise<TestLab> {
	const lab = await openPair();
	lab.run('step on');
	await lab.sees('steps-switched');
	return lab;
}

const states = ({snapshot: {peers}}: TestLab): string => `${peers['client-1']?.state} ${peers['server-1']?.state}`;

test('a class goes through the pattern one move at a time', async () => {
	const lab = await openStepping();
	lab.run('@client-1 send Hello');
	await lab.sees('step-held', {peer: 'client-1', operation: 'send'});
	expect(states(lab)).toBe('idle idle');
	expect(lab.all('sent')).toEqual([]);

	lab.run('step');
	await lab.sees('sent', {peer: 'client-1'});
	// This receive was in libzmq's hands before.
	await lab.sees('received', {peer: 'server-1'});
	await lab.comesTo(({steps}) => steps?.length === 2, 'both are about to do something');
	expect(states(lab)).toBe('awaiting-reply awaiting-reply');
	expect(lab.snapshot.steps).toEqual([{peer: 'client-1', operation: 'receive'}, {peer: 'server-1', operation: 'send'}]);
	const client = lab.snapshot.peers['client-1'];
	expect(client && diagnose(lab.snapshot, client, lab.snapshot.t)?.ways[0]).toMatchObject({command: '/step server-1'});

	lab.run('step server-1');
	await lab.sees('sent', {peer: 'server-1'});
	await lab.sees('step-held', {peer: 'server-1', operation: 'receive'});
	expect(states(lab)).toBe('awaiting-reply replied');
	expect(lab.all('received', {peer: 'client-1'})).toEqual([]);

	lab.run('step');
	await lab.sees('received', {peer: 'client-1', body: 'World'});
	expect(states(lab)).toBe('replied replied');
	expect(lab.snapshot.steps).toEqual([{peer: 'server-1', operation: 'receive'}]);
});

test('a server that has yet to call receive leaves the request in its queue, and the diagnosis says so', async () => {
	const lab = await openStepping();
	lab.run('@server-1 restart');
	await lab.sees('step-held', {peer: 'server-1', operation: 'receive'});
	await lab.isConnected();
	lab.run('@client-1 send Hello');
	await lab.sees('step-held', {peer: 'client-1', operation: 'send'});
	lab.run('step client-1');
	await lab.sees('sent', {peer: 'client-1'});
	const client = lab.snapshot.peers['client-1'];
	expect(client && diagnose(lab.snapshot, client, lab.snapshot.t)).toMatchObject({rule: 'not-yet-received', waitsFor: 'server-1', ways: [{command: '/step server-1'}]});
	lab.run('step off');
	await lab.sees('received', {peer: 'client-1', body: 'World'});
	expect(lab.snapshot.steps).toBeUndefined();
});

test('a socket that closes drops what it was about to do, and nothing of it is heard again', async () => {
	const lab = await openStepping();
	lab.run('@client-1 send Hello');
	await lab.sees('step-held', {peer: 'client-1', operation: 'send'});
	lab.run('@client-1 restart');
	await lab.sees('step-dropped', {peer: 'client-1', operation: 'send'});
	await lab.sees('peer-opened', {peer: 'client-1'});
	lab.run('step off');
	await lab.isConnected();
	expect(await lab.asks('Again')).toBe('World');
	expect(lab.all('sent', {peer: 'client-1'})).toHaveLength(1);
});

test('with nothing to let go the next step is told', async () => {
	const lab = await openPair();
	lab.run('step');
	expect(await lab.sees('command-failed')).toMatchObject({next: '/step on holds each send and receive'});
	lab.run('step on', 'step');
	await lab.sees('steps-switched');
	await lab.sees('command-failed', {reason: 'nobody is about to send or receive'});
	lab.run('reset', 'step client-7');
	await lab.sees('command-failed', {reason: 'client-7 is about to do nothing'});
	expect(lab.snapshot.steps).toBeDefined();
});

test('what waits for a held call does not hold up the line that lets it go', async () => {
	const lab = await openStepping();
	lab.run('@client-1 send Hello');
	await lab.sees('step-held', {peer: 'client-1', operation: 'send'});
	lab.run('step client-1');
	await lab.sees('step-held', {peer: 'server-1', operation: 'send'});
	// It takes each socket in its turn, and the server's is not over.
	lab.run('curve on', 'step off');
	await lab.sees('steps-switched', {isOn: false});
	await lab.comesTo(({peers}) => Object.values(peers).every(({options, links}) => options.curve === 'on' && links.some(({connections}) => connections > 0)), 'both have keys, and have shaken hands');
	expect(await lab.asks('Again')).toBe('World');
});
