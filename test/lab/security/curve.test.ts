/** CURVE on real sockets: each arrangement of keys, and what both sides see of it. */
import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {curveArrangements} from '../../../source/core/curve.js';
import {chatRow} from '../../../source/core/rows.js';
import {diagnose} from '../../../source/core/diagnosis.js';
import {lockOf} from '../../../source/core/lock.js';
import {describeUnit} from '../../../source/core/unit-words.js';
import {peerNamed} from '../../helpers/events.js';
import {openLab, openPair, type TestLab} from '../../helpers/lab.js';

/** The rows of a peer's transcript that say what went wrong, with their sentences. */
const troubles = (lab: TestLab, peer: string): readonly string[] => lab.since.flatMap(event => {
	const row = 'peer' in event && event.peer === peer ? chatRow(event, lab.journal) : undefined;
	return row?.kind === 'refused' ? [[row.text, ...row.more ?? []].join(' ')] : [];
});

const lock = (lab: TestLab, name: string): string => {
	const peer = lab.snapshot.peers[name];
	return peer ? lockOf(peer).text : '';
};

test('/curve on: both sides get new sockets, a key is asked about, and the conversation goes on', async () => {
	const lab = await openPair();
	expect([lock(lab, 'client-1'), lock(lab, 'server-1')]).toEqual(['plain', 'plain']);
	const before = lab.endpointOf('server-1', 'bind');
	lab.run('curve on');
	const {key} = await lab.sees('zap-request', {peer: 'server-1', client: 'client-1', verdict: 'allowed'});
	await lab.sees('handshake-done', {peer: 'client-1'});
	await lab.sees('handshake-done', {peer: 'server-1'});
	expect(lab.since.filter(({type}) => type === 'peer-closed' || type === 'peer-opened').map(event => `${event.type} ${'peer' in event ? event.peer : ''}`))
		.toEqual(['peer-closed client-1', 'peer-closed server-1', 'peer-opened server-1', 'peer-opened client-1']);
	expect(lab.all('handshake-failed')).toEqual([]);
	expect(lab.snapshot.peers['client-1']?.options['public-key']).toBe(key);
	expect(lab.endpointOf('server-1', 'bind')).toBe(before);
	expect(await lab.asks('Hello')).toBe('World');
	expect([lock(lab, 'client-1'), lock(lab, 'server-1')]).toEqual(['CURVE', 'CURVE, lets in ANY key']);
});

test('the scene secure is so from its first socket on, and after a reset with other keys', async () => {
	const lab = await openPair({scene: 'secure'});
	expect(await lab.asks('Hello')).toBe('World');
	const first = lab.snapshot.peers['server-1']?.options['public-key'];
	lab.run('reset');
	await lab.sees('zap-request', {verdict: 'allowed'});
	await lab.isConnected();
	expect(await lab.asks('Again')).toBe('World');
	expect(lab.snapshot.peers['server-1']?.options['public-key']).not.toBe(first);
	lab.run('scene pair');
	await lab.sees('lab-started');
	await lab.isConnected();
	expect(lock(lab, 'server-1')).toBe('plain');
});

/** What libzmq's monitor says at either end, whether the client tries again, and how the panes name it. */
const wrongOnes: ReadonlyArray<{readonly name: string; readonly server: string; readonly client: string; readonly retries: boolean; readonly locks: readonly [client: string, server: string]}> = [
	{name: 'wrong-server-key', server: 'protocol ERR_ZMTP_CRYPTOGRAPHIC', client: 'other EPIPE', retries: true, locks: ['CURVE: wrong keys?', 'CURVE: wrong keys?']},
	{name: 'wrong-client-keys', server: 'protocol ERR_ZMTP_CRYPTOGRAPHIC', client: 'other EPIPE', retries: true, locks: ['CURVE: wrong keys?', 'CURVE: wrong keys?']},
	{name: 'no-client-keys', server: 'protocol ERR_ZMTP_CRYPTOGRAPHIC', client: 'other EPIPE', retries: true, locks: ['CURVE: wrong keys?', 'CURVE: wrong keys?']},
	{name: 'plain-client', server: 'protocol ERR_ZMTP_MECHANISM_MISMATCH', client: 'protocol ERR_ZMTP_MECHANISM_MISMATCH', retries: false, locks: ['plain: the other has CURVE', 'CURVE: the other is plain']},
	{name: 'plain-server', server: 'protocol ERR_ZMTP_MECHANISM_MISMATCH', client: 'protocol ERR_ZMTP_MECHANISM_MISMATCH', retries: false, locks: ['CURVE: the other is plain', 'plain: the other has CURVE']},
	{name: 'stranger', server: 'auth ZAP 400', client: 'auth ZAP 400', retries: false, locks: ['CURVE: not allowed', 'CURVE, lets in nobody']},
];

test('every wrong arrangement is tried here', () => {
	expect(wrongOnes.map(({name}) => name)).toEqual(curveArrangements.map(({name}) => name).filter(name => name !== 'on' && name !== 'off'));
});

describe.each(wrongOnes)('/curve $name', ({name, server, client, retries, locks}) => {
	test('is seen on both sides, explained with a remedy, and mended by /curve on', async () => {
		const lab = await openPair();
		lab.run(`curve ${name}`);
		const atServer = await lab.sees('handshake-failed', {peer: 'server-1'});
		const atClient = await lab.sees('handshake-failed', {peer: 'client-1'});
		expect(`${atServer.kind} ${atServer.code}`).toBe(server);
		expect(`${atClient.kind} ${atClient.code}`).toBe(client);
		expect([lock(lab, 'client-1'), lock(lab, 'server-1')]).toEqual(locks);
		for (const peer of ['client-1', 'server-1']) {
			expect(troubles(lab, peer)).toEqual([expect.stringMatching(/\/(?:curve|allow)/v)]);
		}

		if (retries) {
			await lab.sees('retrying', {peer: 'client-1'});
		}

		lab.run('curve on');
		await lab.sees('handshake-done', {peer: 'client-1'});
		await lab.sees('handshake-done', {peer: 'server-1'});
		expect(await lab.asks('Hello')).toBe('World');
	});
});

test('the wire shows the same request before and after', async () => {
	const lab = await openPair({tap: true});
	await lab.asks('Margherita');
	const [plain] = lab.all('unit', {way: 'request'});
	expect(plain && describeUnit(plain)).toBe('delimiter, body “Margherita”');
	lab.run('curve on');
	await lab.sees('handshake-done', {peer: 'client-1'});
	await lab.asks('Margherita');
	const after = lab.all('unit', {from: 'connector', link: 2});
	expect(after.map(unit => unit.kind)).toEqual(['greeting', 'curve-hello', 'curve-initiate', 'sealed', 'sealed']);
	expect(after.slice(3).map(unit => describeUnit(unit))).toEqual(['MESSAGE nonce 3 box 0 B inside, sealed', 'MESSAGE nonce 4 box 10 B inside, sealed']);
	expect(after.some(({bytes}) => Buffer.from(bytes, 'base64').includes('Margherita'))).toBe(false);
});

describe('a box that does not open', () => {
	test('leaves a client deaf, though its connection stands; a new socket hears', async () => {
		const lab = await openPair({tap: true, curve: {}});
		await lab.asks('Hello');
		lab.run('fault corrupt-body reply 1');
		lab.run('@client-1 send Again');
		await lab.sees('handshake-failed', {peer: 'client-1', code: 'ERR_ZMTP_CRYPTOGRAPHIC'});
		const client = peerNamed(lab.snapshot, 'client-1');
		expect(client.links).toMatchObject([{status: 'connected', deafSince: expect.any(Number) as number}]);
		expect(lock(lab, 'client-1')).toBe('CURVE');
		expect(troubles(lab, 'client-1').join(' ')).toContain('libzmq reads nothing more from this connection, though it stands');
		expect(diagnose(lab.snapshot, client, Date.now())).toMatchObject({rule: 'deaf', hope: {answer: 'no'}, isStuck: true});
		lab.run('fault lift all', '@client-1 restart');
		await lab.sees('handshake-done', {peer: 'client-1'});
		expect(await lab.asks('Hello')).toBe('World');
		expect(peerNamed(lab.snapshot, 'client-1').links[0]?.deafSince).toBeUndefined();
	});

	test('at a server says so, and leaves its lock as it is', async () => {
		const lab = await openPair({tap: true, curve: {}});
		await lab.asks('Hello');
		lab.run('fault corrupt-body request 1');
		lab.run('@client-1 send Again');
		await lab.sees('handshake-failed', {peer: 'server-1', code: 'ERR_ZMTP_CRYPTOGRAPHIC'});
		expect(lock(lab, 'server-1')).toBe('CURVE, lets in ANY key');
		expect(troubles(lab, 'server-1').join(' ')).toContain('libzmq reads nothing more from the connection that it came by');
	});
});

describe('the allow-list', () => {
	test('lets in who is on it and nobody else; who was turned away comes anew', async () => {
		const lab = await openPair({scene: 'secure'});
		lab.run('deny client-1');
		await lab.sees('option-changed', {peer: 'server-1', option: 'allow', value: 'nobody'});
		expect(await lab.asks('Still here?')).toBe('World');
		lab.run('@client-1 restart');
		await lab.sees('zap-request', {client: 'client-1', verdict: 'denied'});
		await lab.sees('handshake-failed', {peer: 'client-1', kind: 'auth', code: 'ZAP 400'});
		lab.run('allow client-1');
		await lab.sees('option-changed', {peer: 'server-1', option: 'allow', value: 'client-1'});
		lab.run('@client-1 restart');
		await lab.sees('zap-request', {client: 'client-1', verdict: 'allowed'});
		await lab.sees('handshake-done', {peer: 'client-1'});
		expect(await lab.asks('Hello')).toBe('World');
	});

	test('takes the beginning of a key that has been here, and a whole key', async () => {
		const lab = await openPair({scene: 'secure'});
		const [visit] = lab.all('zap-request');
		lab.run(`allow ${visit?.key.slice(0, 8)}…`);
		await lab.sees('option-changed', {option: 'allow', value: 'client-1'});
		lab.run(`deny ${visit?.key}`);
		await lab.sees('option-changed', {option: 'allow', value: 'nobody'});
		lab.run('allow any');
		await lab.sees('option-changed', {option: 'allow', value: 'any'});
	});

	test('knows nobody of another name', async () => {
		const lab = await openPair({scene: 'secure'});
		lab.run('allow client-9');
		expect(await lab.sees('command-failed')).toMatchObject({reason: expect.stringContaining('client-9') as string});
		expect(lab.all('option-changed', {option: 'allow', value: 'client-9'})).toEqual([]);
	});

	test('that a person made is there again after an arrangement that had another', async () => {
		const lab = await openPair({scene: 'secure'});
		lab.run('allow client-1', 'curve stranger');
		await lab.sees('option-changed', {peer: 'server-1', option: 'allow', value: 'nobody'});
		await lab.sees('handshake-failed', {peer: 'client-1'});
		lab.run('curve on');
		await lab.sees('option-changed', {peer: 'server-1', option: 'allow', value: 'client-1'});
		await lab.sees('handshake-done', {peer: 'client-1'});
	});
});

test('a client alone can’t know the key of a server elsewhere', async () => {
	const lab = await openLab({scene: 'client', endpoint: undefined, actors: [{peer: 'client-1', role: 'client', places: [{direction: 'connect', endpoint: 'tcp://127.0.0.1:5561'}]}]});
	lab.run('curve on');
	expect(await lab.sees('command-failed')).toMatchObject({next: expect.stringContaining('--curve-server-key') as string});
	expect(lab.all('peer-closed')).toEqual([]);
});

test('several labs of one process share a handler, and each judges its own clients', async () => {
	const [one, other] = [await openPair({scene: 'secure'}), await openPair({scene: 'secure'})];
	one.run('curve stranger');
	await one.sees('zap-request', {verdict: 'denied'});
	expect(await other.asks('Hello')).toBe('World');
	await one.end();
	other.run('@client-1 restart');
	await other.sees('zap-request', {verdict: 'allowed'});
	await other.isConnected();
	expect(await other.asks('Still there?')).toBe('World');
	expect(other.all('zap-request').every(({key}) => key === other.snapshot.peers['client-1']?.options['public-key'])).toBe(true);
});

test('a peer that was closed stays closed, and opens with the new keys', async () => {
	const lab = await openPair();
	lab.run('@client-1 close', 'curve on');
	await lab.sees('peer-opened', {peer: 'server-1'});
	expect(lab.stateOf('client-1')).toBeUndefined();
	lab.run('@client-1 open');
	await lab.sees('handshake-done', {peer: 'client-1'});
	expect(await lab.asks('Hello')).toBe('World');
});

test('what is typed right after /curve waits for the new sockets', async () => {
	const lab = await openPair();
	lab.run('curve on', '@client-1 send Hello');
	await lab.sees('sent', {peer: 'client-1'});
	await lab.sees('received', {peer: 'client-1', body: 'World'});
	expect(lab.all('refused')).toEqual([]);
});
