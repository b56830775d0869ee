/** The ways out of a reply that does not come, on real sockets: what each one frees, and what it costs. */
import {expect, test} from 'vitest';
import {type LabOptions} from '../../source/core/lab-port.js';
import {bodyOf, openLab, openPair, type TestLab} from '../helpers/lab.js';

/** A pair whose client waits for ever: the server crashed with its request, and is there again. */
async function openStuckPair(): Promise<TestLab> {
	const lab = await openPair();
	lab.run('hold', 'send Hello');
	await lab.sees('held');
	lab.run('@server-1 restart', 'release');
	await lab.sees('handshake-done', {peer: 'client-1'});
	expect(lab.stateOf('client-1')).toBe('awaiting-reply');
	return lab;
}

test('none: it may not send', async () => {
	const lab = await openStuckPair();
	lab.run('recover none', 'send Hello?');
	await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EFSM'});
});

test('timeout: the wait ends, and the socket still may not send', async () => {
	const lab = await openPair();
	lab.run('recover timeout 100ms', 'hold', 'send Hello');
	await lab.sees('timed-out', {afterMs: 100});
	lab.run('send Hello?');
	await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EFSM'});
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 1, 'timed-out': 1});
});

test('relaxed frees a socket that is stuck already, without a new one', async () => {
	const lab = await openStuckPair();
	lab.run('recover relaxed');
	await lab.sees('option-changed', {option: 'recover', value: 'relaxed'});
	expect(await lab.asks('Hello?')).toBe('World');
	expect(lab.snapshot.peers['client-1']?.sockets).toBe(1);
});

test('relaxed+correlate takes a new socket, which may send again while it awaits a reply', async () => {
	const lab = await openStuckPair();
	lab.run('recover relaxed+correlate');
	await lab.sees('peer-opened', {peer: 'client-1'});
	await lab.sees('handshake-done', {peer: 'client-1'});
	lab.run('hold', 'send one');
	await lab.sees('held');
	lab.run('send two', 'release');
	expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('World');
	expect(lab.snapshot.peers['client-1']?.sockets).toBe(2);
});

/** Asks twice without waiting; the server answers the first one late, and then the second one. Gives what the client received. */
async function askTwice(recovery: string, options: Partial<LabOptions> = {}): Promise<TestLab> {
	const lab = await openPair({replyWith: 'for {request}', ...options});
	lab.run(`recover ${recovery}`);
	await lab.sees('option-changed', {option: 'recover', value: recovery});
	await lab.isConnected();
	lab.run('hold', 'send Margherita');
	await lab.sees('held');
	lab.run('send Funghi');
	await lab.sees('sent', {peer: 'client-1', body: 'Funghi'});
	lab.run('release');
	await lab.sees('received', {peer: 'client-1'});
	return lab;
}

test('relaxed alone: the wrong pizza comes, and is known for what it is', async () => {
	const lab = await askTwice('relaxed');
	expect(lab.all('received', {peer: 'client-1'}).map(event => bodyOf(event))).toEqual(['for Margherita']);
	expect(lab.snapshot.exchanges.tally).toMatchObject({
		asked: 2, abandoned: 1, mismatched: 1, replied: 0,
	});
});

test('relaxed+correlate: the late reply is discarded and counted, and the right one comes', async () => {
	const lab = await askTwice('relaxed+correlate');
	expect(lab.all('received', {peer: 'client-1'}).map(event => bodyOf(event))).toEqual(['for Funghi']);
	expect(lab.snapshot.exchanges.tally).toMatchObject({
		asked: 2, abandoned: 1, mismatched: 0, replied: 1, late: 1,
	});
});

test('through a tap each of the two is known exactly, by the bytes that passed', async () => {
	const mismatched = await askTwice('relaxed', {tap: true});
	expect(mismatched.all('received', {peer: 'client-1'}).map(event => bodyOf(event))).toEqual(['for Margherita']);
	expect(mismatched.journal.settledBy(mismatched.all('received', {peer: 'client-1'})[0]?.n ?? 0)).toMatchObject({body: expect.stringContaining('Funghi') as string, outcome: 'mismatched', evidence: 'exact'});
	const right = await askTwice('relaxed+correlate', {tap: true});
	expect(right.journal.settledBy(right.all('received', {peer: 'client-1'})[0]?.n ?? 0)).toMatchObject({body: expect.stringContaining('Funghi') as string, outcome: 'replied', evidence: 'exact'});
	expect(right.snapshot.exchanges.tally).toMatchObject({mismatched: 0, late: 1});
});

test('relaxed+correlate: a stale reply never ends a wait before its own deadline', async () => {
	const lab = await openPair();
	lab.run('recover relaxed+correlate');
	await lab.sees('handshake-done', {peer: 'client-1'});
	lab.run('timeout 60s', 'hold', 'send one');
	await lab.sees('held');
	lab.run('send two', '@server-1 by-hand', '@server-1 reply late');
	await lab.sees('received', {peer: 'server-1', body: 'two'});
	lab.run('@server-1 reply right');
	expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('right');
	expect(lab.all('timed-out')).toEqual([]);
});

test('lazy-pirate asks again with a new socket until somebody answers: one exchange, several tries', async () => {
	const lab = await openPair();
	lab.run('recover lazy-pirate 50x 100ms', 'hold', 'send Hello');
	await lab.sees('sent', {peer: 'client-1', attempt: 3});
	lab.run('@server-1 restart', 'release', '@server-1 reply-with World');
	expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('World');
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 1, replied: 1, pending: 0});
});

test('lazy-pirate throws away a socket that is stuck already', async () => {
	const lab = await openStuckPair();
	lab.run('recover lazy-pirate 3x 2s');
	await lab.sees('peer-opened', {peer: 'client-1'});
	await lab.isConnected();
	expect(await lab.asks('Hello again')).toBe('World');
});

test('lazy-pirate gives up after its tries, and its newest socket is free to ask', async () => {
	const lab = await openLab({scene: 'pair', endpoint: 'tcp://127.0.0.1:*'});
	await lab.isConnected();
	lab.run('recover lazy-pirate 3x 50ms', 'hold', 'send Hello');
	await lab.sees('timed-out', {tries: 3});
	await lab.comesTo(({peers}) => peers['client-1']?.sockets === 4, 'a fourth socket');
	expect(lab.all('attempt-failed').map(({attempt, of}) => [attempt, of])).toEqual([[1, 3], [2, 3]]);
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 1, 'timed-out': 1, pending: 0});
	lab.run('@server-1 restart', 'release');
	await lab.isConnected();
	expect(await lab.asks('Hello again')).toBe('World');
});

test('lazy-pirate with a back-off: it has a new socket at once, and pauses longer before each further try', async () => {
	const lab = await openPair();
	lab.run('recover lazy-pirate 9x 50ms back-off 20ms', 'hold', 'send Hello');
	await lab.sees('sent', {peer: 'client-1', attempt: 4});
	expect(lab.all('attempt-failed').map(({pauseMs}) => pauseMs)).toEqual([20, 40, 80]);
	for (const {n, t, pauseMs = 0} of lab.all('attempt-failed')) {
		const next = lab.all('sent', {peer: 'client-1'}).find(sent => sent.n > n);
		expect((next?.t ?? 0) - t).toBeGreaterThanOrEqual(pauseMs - 1);
		expect(lab.events.find(event => event.n > n && event.type === 'peer-opened')?.n).toBeLessThan(next?.n ?? 0);
	}

	lab.run('@server-1 restart', 'release');
	expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('World');
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 1, replied: 1, pending: 0});
});

test.each<[what: string, line: string, outcome: 'abandoned' | 'timed-out']>([
	['asks something else', 'send Hello again', 'abandoned'],
	['closes', 'close', 'abandoned'],
	['is told to be no pirate', 'recover none', 'timed-out'],
])('a lazy pirate that %s in its pause tries no more, and its question has one end', async (_, line, outcome) => {
	const lab = await openPair();
	lab.run('recover lazy-pirate 3x 50ms back-off 1h', 'hold', 'send Hello');
	await lab.sees('attempt-failed');
	await lab.sees('handshake-done', {peer: 'client-1'});
	expect(lab.snapshot.peers['client-1']).toMatchObject({state: 'idle', waiting: {type: 'back-off', ms: 3_600_000}});
	lab.run(`@client-1 ${line}`);
	await lab.comesTo(({exchanges}) => exchanges.tally[outcome] === 1, outcome);
	expect(lab.snapshot.peers['client-1']?.waiting).toBeUndefined();
	expect(lab.snapshot.exchanges.tally.asked).toBe(lab.all('sent', {peer: 'client-1'}).length);
});

test('who chooses another way out meanwhile is not a pirate any more', async () => {
	const lab = await openPair();
	lab.run('recover lazy-pirate 9x 100ms', 'hold', 'send Hello');
	await lab.sees('sent', {peer: 'client-1', attempt: 2});
	lab.run('recover timeout 50ms');
	await lab.sees('timed-out');
	expect(lab.stateOf('client-1')).toBe('awaiting-reply');
});

test('what is no way out is refused with the ones that there are', async () => {
	const lab = await openPair();
	lab.run('recover prayer');
	const {reason, next} = await lab.sees('command-failed');
	expect(reason).toContain('prayer');
	expect(next).toContain('lazy-pirate 3x 2s');
});
