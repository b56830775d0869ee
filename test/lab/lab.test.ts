/** The conversation of a pair of real sockets, and what libzmq refuses of it. */
import {describe, expect, test} from 'vitest';
import {bodyOf, type openLab, openPair} from '../helpers/lab.js';

test('the pair exchanges Hello and World, and both machines go their round', async () => {
	const lab = await openPair();
	expect(await lab.asks('Hello')).toBe('World');
	expect(lab.statesOf('client-1')).toEqual([undefined, 'idle', 'awaiting-reply', 'replied']);
	expect(lab.statesOf('server-1')).toEqual([undefined, 'idle', 'awaiting-reply', 'replied']);
	expect(await lab.asks('Hello again')).toBe('World');
	expect(lab.statesOf('client-1').slice(-2)).toEqual(['awaiting-reply', 'replied']);
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 2, replied: 2, pending: 0});
});

test('a lab begins with what it is and who is in it, numbered from 1', async () => {
	const lab = await openPair({seed: 7});
	expect(lab.events.map(({n}) => n)).toEqual(lab.events.map((_, index) => index + 1));
	expect(lab.events[0]).toMatchObject({type: 'lab-started', seed: 7, scene: 'pair'});
	expect(lab.all('peer-added').map(({peer, socketType}) => [peer, socketType])).toEqual([['server-1', 'REP'], ['client-1', 'REQ']]);
	expect(lab.all('handshake-done').map(({peer}) => peer).toSorted()).toEqual(['client-1', 'server-1']);
});

test.each([
	['several frames', 'send --frames a "" "b c"', [{text: 'a', size: 1}, {text: '', size: 0}, {text: 'b c', size: 3}]],
	['bytes', 'send --hex 00ff', [{base64: 'AP8=', size: 2}]],
	['blanks as they are', 'send  two  blanks ', [{text: ' two  blanks ', size: 13}]],
	['nothing', 'send ', [{text: '', size: 0}]],
	['more than the journal keeps', `send ${'x'.repeat(5000)}`, [{text: 'x'.repeat(4096), size: 5000}]],
])('an echo gives back %s', async (_, line, frames) => {
	const lab = await openPair({replyWith: '{request}'});
	lab.run(line);
	expect(await lab.sees('received', {peer: 'server-1'})).toMatchObject({frames});
	expect(await lab.sees('received', {peer: 'client-1'})).toMatchObject({frames});
});

describe('out of turn', () => {
	test('a second request is refused by libzmq, and the exchange goes on', async () => {
		const lab = await openPair();
		lab.run('hold', 'send Hello');
		await lab.sees('held');
		lab.run('send Hurry');
		const refused = await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EFSM'});
		expect(bodyOf(refused)).toBe('Hurry');
		expect(lab.stateOf('client-1')).toBe('awaiting-reply');
		lab.run('release');
		expect(await lab.sees('received', {peer: 'client-1', body: 'World'})).toBeDefined();
		expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 1, replied: 1});
	});

	test('a reply that nobody asked for is refused, and the next request gets its own', async () => {
		const lab = await openPair({replyWith: '{request}!'});
		lab.run('reply Pizza');
		await lab.sees('refused', {peer: 'server-1', operation: 'send', code: 'EFSM'});
		expect(lab.stateOf('server-1')).toBe('idle');
		expect(await lab.asks('Hello')).toBe('Hello!');
		lab.run('reply Pizza');
		await lab.sees('refused', {peer: 'server-1', operation: 'send', code: 'EFSM'});
		expect(await lab.asks('Hello again')).toBe('Hello again!');
	});

	test('an idle client may not receive, nor one that has its reply', async () => {
		const lab = await openPair();
		lab.run('@client-1 receive');
		await lab.sees('refused', {peer: 'client-1', operation: 'receive', code: 'EFSM'});
		await lab.asks('Hello');
		lab.run('@client-1 receive');
		await lab.sees('refused', {peer: 'client-1', operation: 'receive', code: 'EFSM'});
		expect(await lab.asks('Hello again')).toBe('World');
	});

	test.each(['server-1', 'client-1'])('%s is told that it is receiving already, and receives', async peer => {
		const lab = await openPair();
		if (peer === 'client-1') {
			lab.run('hold', 'send Hello');
			await lab.sees('held');
		}

		lab.run(`@${peer} receive`);
		const {reason} = await lab.sees('command-failed', {peer});
		expect(reason).toContain('already receiving');
		lab.run(peer === 'client-1' ? 'release' : 'send Hello');
		await lab.sees('received', {peer: 'client-1', body: 'World'});
	});
});

describe('a time-out', () => {
	test('leaves the client waiting; the late reply frees it', async () => {
		const lab = await openPair();
		lab.run('timeout 20ms', 'hold', 'send Hello');
		await lab.sees('timed-out', {peer: 'client-1', afterMs: 20});
		expect(lab.stateOf('client-1')).toBe('awaiting-reply');
		lab.run('send Hello?');
		await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EFSM'});

		lab.run('release');
		await lab.sees('sent', {peer: 'server-1'});
		await receiveLate(lab);
		expect(lab.stateOf('client-1')).toBe('replied');
		expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 1, 'timed-out': 1, late: 1, replied: 0});

		lab.run('timeout off');
		expect(await lab.asks('Hello again')).toBe('World');
		expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 2, replied: 1});
	});
});

test('a client that is connected to nobody can’t send: EAGAIN', async () => {
	const lab = await openPair();
	lab.run('@client-1 disconnect');
	await lab.sees('disconnecting');
	lab.run('send Hello');
	await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EAGAIN'});
	expect(lab.stateOf('client-1')).toBe('idle');
	expect(lab.snapshot.exchanges.tally.asked).toBe(0);
});

/** Attempts to receive until the late reply, already on its way, is there. */
async function receiveLate(lab: Awaited<ReturnType<typeof openLab>>): Promise<void> {
	for (;;) {
		lab.run('@client-1 receive');
		const {type} = await lab.until(event => event.type === 'received' || event.type === 'refused', 'a receive ends');
		if (type === 'received') {
			return;
		}
	}
}
