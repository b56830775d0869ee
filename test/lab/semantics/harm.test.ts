/** Rows of "harm on the way", and of heartbeats: each with the keyboard's own commands, through a tapped link, on real sockets. */
import {describe, expect, test} from 'vitest';
import {diagnose} from '../../../source/core/diagnosis.js';
import {bodyOf, openPair, type TestLab} from '../../helpers/lab.js';
import {clientsAt, openCast, requestsAt} from './actors.js';

/** Everybody tapped; the client has asked once, so that the link stands. */
async function openTapped(...lines: readonly string[]): Promise<TestLab> {
	const lab = await openPair({tap: true, replyWith: 'for {request}'});
	expect(await lab.asks('one')).toBe('for one');
	for (const line of lines) {
		lab.run(line);
		await lab.until(event => event.type === 'fault-set' || (event.type === 'option-changed' && line.includes(event.option)), line);
		await lab.isConnected();
	}

	return lab;
}

const eventsOf = (lab: TestLab, peer: string): readonly string[] => lab.since.flatMap(event => 'peer' in event && event.peer === peer && 'endpoint' in event ? [event.type] : []);

describe.each(['fin', 'rst'])('%s mid-request', fault => {
	test('disconnect, connect:retry, reconnect; a strict REQ is stuck, and the late reply is dropped', async () => {
		const lab = await openTapped(`fault ${fault} reply 1 once`);
		lab.run('@client-1 send two');
		await lab.sees('handshake-done', {peer: 'client-1'});
		expect(eventsOf(lab, 'client-1').filter(type => type !== 'connect-delayed')).toEqual(['disconnected', 'retrying', 'connected', 'handshake-done']);
		lab.run('@client-1 send three');
		await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EFSM'});
		expect(lab.all('received', {peer: 'client-1', body: 'for two'})).toEqual([]);
		const client = lab.snapshot.peers['client-1'];
		expect(client && diagnose(lab.snapshot, client, lab.snapshot.t)).toMatchObject({rule: 'lost-on-wire', isStuck: true});
	});

	test('relaxed+correlate recovers with the same socket', async () => {
		const lab = await openTapped('@client-1 recover relaxed+correlate', `fault ${fault} reply 1 once`);
		const {sockets} = lab.snapshot.peers['client-1']!;
		lab.run('@client-1 send two');
		await lab.sees('handshake-done', {peer: 'client-1'});
		lab.run('@client-1 send three');
		expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('for three');
		expect(lab.snapshot.peers['client-1']?.sockets).toBe(sockets);
	});
});

describe('black hole', () => {
	test('no heartbeat: no event at all', async () => {
		const lab = await openCast(clientsAt(2), {tap: true});
		lab.run('fault black-hole request 1 once', '@client-1 send one');
		await lab.sees('exchange-seen', {outcome: 'lost', why: 'fault'});
		// The barrier: another one is answered, by the same I/O thread.
		lab.run('@client-2 send two');
		await lab.sees('received', {peer: 'client-2'});
		expect(lab.all('disconnected')).toEqual([]);
		expect(lab.all('retrying')).toEqual([]);
	});

	test('heartbeat at the client: it drops within interval + time-out, and reconnects once it can', async () => {
		const lab = await openTapped('@client-1 heartbeat 100ms 300ms', 'fault black-hole');
		lab.run('@client-1 send two');
		const {t: struck} = await lab.sees('fault-struck', {peer: 'client-1'});
		const {t: noticed} = await lab.sees('disconnected', {peer: 'client-1'});
		expect(noticed - struck).toBeGreaterThanOrEqual(0);
		expect(eventsOf(lab, 'server-1').filter(type => type === 'disconnected')).toEqual([]);
		lab.run('fault lift all');
		await lab.comesTo(({peers}) => peers['client-1']?.links[0]?.status === 'connected', 'connected again');
		expect(lab.stateOf('client-1')).toBe('awaiting-reply');
	});

	test('heartbeat at the server only: the server disconnects, and the REQ that is cut off never notices', async () => {
		const lab = await openTapped('@server-1 heartbeat 100ms 300ms', 'fault black-hole');
		lab.run('@client-1 send two');
		await lab.sees('disconnected', {peer: 'server-1'});
		expect(eventsOf(lab, 'client-1')).toEqual([]);
		expect(lab.stateOf('client-1')).toBe('awaiting-reply');
	});
});

test('200 ms each way: a round trip takes both', async () => {
	const lab = await openTapped('fault latency both 200ms');
	lab.run('@client-1 send two');
	const {t: asked} = await lab.sees('sent', {peer: 'client-1'});
	const {t: answered} = await lab.sees('received', {peer: 'client-1'});
	expect(answered - asked).toBeGreaterThanOrEqual(399);
});

test('a whole reply dropped: the link is fine, and a retry works', async () => {
	const lab = await openTapped('@client-1 recover relaxed', 'fault drop reply 1');
	lab.run('@client-1 send two');
	await lab.sees('exchange-seen', {outcome: 'lost', way: 'reply'});
	lab.run('@client-1 send three');
	expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('for three');
	expect(requestsAt(lab, 'server-1')).toEqual(['one', 'two', 'three']);
	expect(lab.all('disconnected')).toEqual([]);
});

test('a reply cut by 3 B: out of step, no event, and it never recovers by itself', async () => {
	const lab = await openCast(clientsAt(2), {tap: true});
	lab.run('fault cut-short reply 1 once', '@client-1 send one');
	await lab.sees('fault-struck', {peer: 'client-1', way: 'reply'});
	await lab.sees('sent', {peer: 'server-1'});
	lab.run('@client-2 send Hello');
	await lab.sees('received', {peer: 'client-2'});
	expect(lab.all('received', {peer: 'client-1'})).toEqual([]);
	expect(lab.all('disconnected')).toEqual([]);
	const client = lab.snapshot.peers['client-1'];
	expect(client && diagnose(lab.snapshot, client, lab.snapshot.t)).toMatchObject({rule: 'lost-on-wire', where: {text: 'its reply was cut short by fault 1', evidence: 'exact'}, isStuck: true});
	lab.run('@client-1 send two');
	await lab.sees('refused', {peer: 'client-1', code: 'EFSM'});
});

describe('a bit flipped in a body', () => {
	test('under NULL: delivered corrupt', async () => {
		const lab = await openTapped('fault corrupt-body reply 1');
		lab.run('@client-1 send two');
		const reply = bodyOf(await lab.sees('received', {peer: 'client-1'}));
		expect(reply).not.toBe('for two');
		expect(lab.all('disconnected')).toEqual([]);
	});

	test('under CURVE: ERR_ZMTP_CRYPTOGRAPHIC, and nothing is delivered', async () => {
		const lab = await openPair({tap: true, curve: {}});
		lab.run('fault corrupt-body reply 1');
		await lab.sees('fault-set');
		lab.run('@client-1 send one');
		await lab.sees('handshake-failed', {peer: 'client-1', code: 'ERR_ZMTP_CRYPTOGRAPHIC'});
		expect(lab.all('received', {peer: 'client-1'})).toEqual([]);
		expect(lab.stateOf('client-1')).toBe('awaiting-reply');
	});
});

test('an invalid flags byte: a disconnect that is final', async () => {
	const lab = await openCast(clientsAt(2), {tap: true});
	lab.run('fault corrupt-framing reply 1 once', '@client-1 send Hello');
	await lab.sees('disconnected', {peer: 'client-1'});
	lab.run('@client-2 send Hello');
	await lab.sees('received', {peer: 'client-2'});
	expect(lab.all('retrying', {peer: 'client-1'})).toEqual([]);
});
