/** CURVE with a broker in between: its two sockets answer with the server key, clients and workers come with keys of their own. */
import {describe, expect, test} from 'vitest';
import {curveArrangements} from '../../../source/core/curve.js';
import {diagnose} from '../../../source/core/diagnosis.js';
import {lockOf} from '../../../source/core/lock.js';
import {policyNames} from '../../../source/core/policy.js';
import {chatRow} from '../../../source/core/rows.js';
import {viewPeer} from '../../../source/core/view.js';
import {peerNamed} from '../../helpers/events.js';
import {openLab, type TestLab} from '../../helpers/lab.js';
import {everybodyMeets, openBroker} from '../broker/helpers.js';

const clients = ['client-1', 'client-2', 'client-3'];
const workers = ['worker-1', 'worker-2'];

const locks = (lab: TestLab, ...names: readonly string[]): readonly string[] => names.map(name => lockOf(peerNamed(lab.snapshot, name)).text);
const diagnosisOf = (lab: TestLab, name: string) => diagnose(lab.snapshot, peerNamed(lab.snapshot, name), lab.snapshot.t);

/** Everybody is asked about, by name, and let in. */
async function allAreLetIn(lab: TestLab): Promise<void> {
	for (const client of [...clients, ...workers]) {
		await lab.sees('zap-request', {peer: 'broker', client, verdict: 'allowed'});
	}

	await everybodyMeets(lab);
}

const workersAreReady = async (lab: TestLab): Promise<void> => lab.comesTo(({peers}) => peers['broker']?.socketType !== 'ROUTER+ROUTER' || peers['broker'].broker?.workers.length === workers.length, 'both workers are ready');

describe.each(policyNames)('%s', policy => {
	test('from the beginning: /policy takes new sockets with the same keys, and newcomers have keys', async () => {
		const lab = await openLab({scene: 'broker', freePorts: true, curve: {}});
		await allAreLetIn(lab);
		expect(locks(lab, 'client-1', 'worker-1', 'broker')).toEqual(['CURVE', 'CURVE', 'CURVE, lets in ANY key']);
		const key = peerNamed(lab.snapshot, 'broker').options['public-key'];
		expect(key).toHaveLength(40);
		lab.run(`policy ${policy}`);
		await lab.sees('peer-opened', {peer: 'broker'});
		await lab.sees('zap-request', {client: 'worker-1', verdict: 'allowed'});
		await lab.sees('zap-request', {client: 'worker-2', verdict: 'allowed'});
		await workersAreReady(lab);
		await everybodyMeets(lab);
		expect(await lab.asks('Hello')).toBe('World');
		expect(peerNamed(lab.snapshot, 'broker').options['public-key']).toBe(key);
		lab.run('worker add', 'client add');
		await lab.sees('zap-request', {client: 'worker-3', verdict: 'allowed'});
		await lab.sees('zap-request', {client: 'client-4', verdict: 'allowed'});
		await lab.sees('handshake-done', {peer: 'worker-3'});
		expect(locks(lab, 'worker-3', 'client-4')).toEqual(['CURVE', 'CURVE']);
		expect(lab.all('handshake-failed')).toEqual([]);
	});

	test('/curve on: all close, the broker opens first, then workers, then clients; /curve off is plain again', async () => {
		const lab = await openBroker(policy);
		const before = peerNamed(lab.snapshot, 'broker').links.map(({endpoint}) => endpoint);
		lab.run('curve on');
		await allAreLetIn(lab);
		await workersAreReady(lab);
		const moves = lab.since.filter(({type}) => type === 'peer-closed' || type === 'peer-opened').map(event => `${event.type} ${'peer' in event ? event.peer : ''}`);
		expect(moves.slice(0, 5).toSorted()).toEqual([...clients, ...workers].map(name => `peer-closed ${name}`));
		expect(moves.slice(5, 7)).toEqual(['peer-closed broker', 'peer-opened broker']);
		expect(moves.slice(7)).toEqual([...workers, ...clients].map(name => `peer-opened ${name}`));
		expect(peerNamed(lab.snapshot, 'broker').links.map(({endpoint}) => endpoint)).toEqual(before);
		expect(lab.all('handshake-failed')).toEqual([]);
		expect(await lab.asks('Hello')).toBe('World');
		lab.run('curve off');
		await lab.sees('peer-opened', {peer: 'client-3'});
		await everybodyMeets(lab);
		await workersAreReady(lab);
		expect(locks(lab, 'client-1', 'worker-1', 'broker')).toEqual(['plain', 'plain', 'plain']);
		expect(await lab.asks('Again')).toBe('World');
	});
});

/** What libzmq's monitor says at the broker and at its clients, and how their panes name it. The workers are as their broker is. */
const wrongOnes: ReadonlyArray<{readonly name: string; readonly broker: string; readonly client: string; readonly locks: readonly [client: string, worker: string, broker: string]}> = [
	{name: 'wrong-server-key', broker: 'protocol ERR_ZMTP_CRYPTOGRAPHIC', client: 'other EPIPE', locks: ['CURVE: wrong keys?', 'CURVE', 'CURVE: wrong keys?']},
	{name: 'wrong-client-keys', broker: 'protocol ERR_ZMTP_CRYPTOGRAPHIC', client: 'other EPIPE', locks: ['CURVE: wrong keys?', 'CURVE', 'CURVE: wrong keys?']},
	{name: 'no-client-keys', broker: 'protocol ERR_ZMTP_CRYPTOGRAPHIC', client: 'other EPIPE', locks: ['CURVE: wrong keys?', 'CURVE', 'CURVE: wrong keys?']},
	{name: 'plain-client', broker: 'protocol ERR_ZMTP_MECHANISM_MISMATCH', client: 'protocol ERR_ZMTP_MECHANISM_MISMATCH', locks: ['plain: the other has CURVE', 'CURVE', 'CURVE: the other is plain']},
	{name: 'plain-server', broker: 'protocol ERR_ZMTP_MECHANISM_MISMATCH', client: 'protocol ERR_ZMTP_MECHANISM_MISMATCH', locks: ['CURVE: the other is plain', 'plain', 'plain: the other has CURVE']},
	{name: 'stranger', broker: 'auth ZAP 400', client: 'auth ZAP 400', locks: ['CURVE: not allowed', 'CURVE', 'CURVE, lets in worker-1, worker-2']},
];

test('every wrong arrangement is tried here', () => {
	expect(wrongOnes.map(({name}) => name)).toEqual(curveArrangements.map(({name}) => name).filter(name => name !== 'on' && name !== 'off'));
});

test.each(wrongOnes)('/curve $name is wrong with the clients alone, and mended by /curve on', async ({name, broker, client, locks: seen}) => {
	const lab = await openBroker();
	lab.run(`curve ${name}`);
	const frontend = peerNamed(lab.snapshot, 'broker').broker?.sides.frontend;
	const atBroker = await lab.sees('handshake-failed', {peer: 'broker'});
	expect(`${atBroker.kind} ${atBroker.code} ${atBroker.endpoint}`).toBe(`${broker} ${frontend}`);
	for (const peer of clients) {
		// Of three that come at once, one may be hung up on before it has read what the broker speaks (EPIPE); its next try tells.
		await lab.until(event => event.type === 'handshake-failed' && event.peer === peer && `${event.kind} ${event.code}` === client, `${peer} hears ${client}`);
	}

	await lab.comesTo(({peers}) => workers.every(worker => peers[worker]?.links.some(({status}) => status === 'connected')), 'the workers have shaken hands');
	expect(locks(lab, 'client-1', 'worker-1', 'broker')).toEqual(seen);
	for (const peer of ['broker', 'client-1']) {
		const troubles = lab.since.flatMap(event => 'peer' in event && event.peer === peer ? chatRow(event, lab.journal) ?? [] : []).filter(({kind}) => kind === 'refused');
		expect(troubles.map(({more = []}) => more.join(' '))).toContainEqual(expect.stringMatching(/\/(?:curve|allow)/v));
	}

	lab.run('curve on');
	await allAreLetIn(lab);
	expect(await lab.asks('Hello')).toBe('World');
});

test('a worker that comes when the list is closed for strangers is let in', async () => {
	const lab = await openBroker();
	lab.run('curve stranger');
	await lab.comesTo(({peers}) => workers.every(worker => peers[worker]?.links.some(({status}) => status === 'connected')), 'the workers have shaken hands');
	lab.run('worker add');
	await lab.comesTo(({peers}) => peers['worker-3']?.links.some(({status}) => status === 'connected') ?? false, 'the third worker has shaken hands');
	expect(locks(lab, 'worker-3', 'broker')).toEqual(['CURVE', 'CURVE, lets in worker-1, worker-2, worker-3']);
});

test('/curve takes held calls with it: nobody is left to let them go', async () => {
	const lab = await openBroker();
	lab.run('step on', '@client-1 send Hello');
	await lab.sees('step-held', {peer: 'client-1', operation: 'send'});
	lab.run('curve on');
	await lab.sees('option-changed', {peer: 'client-1', option: 'curve'});
	await lab.sees('peer-opened', {peer: 'client-1'});
	expect(lab.snapshot.exchanges.tally.asked).toBe(0);
});

test.each([['wrong-server-key', 'unknown'], ['plain-client', 'no'], ['stranger', 'no']])('/why of a client that has asked under %s: %s', async (name, answer) => {
	const lab = await openBroker();
	lab.run(`curve ${name}`);
	await lab.sees('handshake-failed', {peer: 'client-1'});
	// Where libzmq tries no more there is nothing to send to: it has to be asked before anybody is there.
	lab.run('@broker close', '@client-1 restart', '@client-1 send Hello');
	await lab.sees('sent', {peer: 'client-1'});
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'waits-for-peer', waitsFor: 'broker', ways: [{command: '/@broker open'}]});
	lab.run('@broker open');
	await lab.comesTo(() => diagnosisOf(lab, 'client-1')?.rule === 'no-handshake' && diagnosisOf(lab, 'client-1')?.hope.answer === answer, `/why says that no handshake is done, and ${answer}`);
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({waitsFor: 'broker', ways: name === 'stranger' ? [{command: '/allow client-1'}, {command: '/@client-1 restart'}] : [{command: '/curve on'}]});
});

test('a worker that is not on the list is turned away, its pane says so, and /why knows the way in', async () => {
	const lab = await openLab({scene: 'broker', freePorts: true, curve: {}});
	await allAreLetIn(lab);
	lab.run('deny worker-1');
	expect(await lab.sees('option-changed', {peer: 'broker', option: 'allow'})).toMatchObject({value: 'worker-2, client-1, client-2, client-3'});
	lab.run('@worker-2 close', '@worker-1 restart');
	await lab.sees('zap-request', {peer: 'broker', client: 'worker-1', verdict: 'denied'});
	await lab.sees('handshake-failed', {peer: 'worker-1', kind: 'auth', code: 'ZAP 400'});
	expect(locks(lab, 'worker-1')).toEqual(['CURVE: not allowed']);
	expect(viewPeer(lab.snapshot, peerNamed(lab.snapshot, 'worker-1'), lab.snapshot.t).status).toEqual({text: 'no handshake: nothing gets through', tone: 'bad'});
	await lab.comesTo(({peers}) => peers['broker']?.links[1]?.connections === 0, 'the broker has no worker');
	lab.run('@client-1 send Hello');
	await lab.sees('queued');
	expect(diagnosisOf(lab, 'client-1')?.ways.slice(0, 2).map(({command}) => command)).toEqual(['/allow worker-1', '/@worker-1 restart']);
	lab.run('allow worker-1');
	await lab.sees('option-changed', {peer: 'broker', option: 'allow'});
	lab.run('@worker-1 restart');
	await lab.sees('zap-request', {client: 'worker-1', verdict: 'allowed'});
	await lab.sees('received', {peer: 'client-1', body: 'World'});
});

test('a worker alone can’t know the key of a broker elsewhere', async () => {
	const lab = await openLab({scene: 'worker', endpoint: undefined, actors: [{peer: 'worker-1', role: 'server', places: [{direction: 'connect', endpoint: 'tcp://127.0.0.1:5561'}]}]});
	lab.run('curve on');
	expect(await lab.sees('command-failed')).toMatchObject({reason: expect.stringContaining('broker is outside') as string, next: expect.stringContaining('worker --curve-server-key') as string});
	expect(lab.all('peer-closed')).toEqual([]);
});

test('who is neither a client nor a worker has no key, and a server of a broker is a worker', async () => {
	const lab = await openLab({scene: 'broker', freePorts: true, curve: {}});
	lab.run('allow broker');
	expect(await lab.sees('command-failed')).toMatchObject({reason: expect.stringContaining('“broker” is no client or worker') as string});
	lab.run('server add 2');
	expect(await lab.sees('command-failed')).toMatchObject({next: '/worker add 2'});
});

test('the wire shows the sealed hops on both sides, and the broker the frames in between', async () => {
	const lab = await openLab({scene: 'broker', freePorts: true, tap: true, curve: {}});
	await everybodyMeets(lab);
	lab.run('@client-1 send Margherita');
	const {frames} = await lab.sees('forwarded', {from: 'frontend'});
	expect(frames.at(-1)).toMatchObject({role: 'body', text: 'Margherita'});
	await lab.sees('received', {peer: 'client-1', body: 'World'});
	const sealed = lab.since.filter(event => event.type === 'unit');
	expect(new Set(sealed.map(({peer}) => peer))).toEqual(new Set(['client-1', lab.all('received').find(({peer}) => peer.startsWith('worker'))?.peer]));
	expect(new Set(sealed.map(({kind}) => kind))).toEqual(new Set(['sealed']));
});
