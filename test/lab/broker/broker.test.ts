/** The scene `broker` on real sockets: three REQs, a broker between, two workers. */
import {describe, expect, test} from 'vitest';
import {diagnose} from '../../../source/core/diagnosis.js';
import {ladderWindow} from '../../../source/core/ladder/window.js';
import {policyNames} from '../../../source/core/policy.js';
import {chatRow} from '../../../source/core/rows.js';
import {event as eventSchema} from '../../../source/recording/schema.js';
import {type TestLab} from '../../helpers/lab.js';
import {peerNamed} from '../../helpers/events.js';
import {everybodyMeets, openBroker} from './helpers.js';

const replied = (count: number) => ({exchanges: {tally}}: TestLab['snapshot']): boolean => tally.replied === count;
const diagnosisOf = (lab: TestLab, name: string) => diagnose(lab.snapshot, peerNamed(lab.snapshot, name), lab.snapshot.t);

describe.each(policyNames)('%s', policy => {
	test('three clients ask at once, two workers answer, and each gets its own reply', async () => {
		const lab = await openBroker(policy);
		lab.run('@workers reply-with re: {request}', '@client-1 send one', '@client-2 send two', '@client-3 send three');
		await lab.comesTo(replied(3), 'all are answered');
		for (const [client, body] of [['client-1', 're: one'], ['client-2', 're: two'], ['client-3', 're: three']] as const) {
			expect(lab.all('received', {peer: client, body})).toHaveLength(1);
		}

		const {broker} = peerNamed(lab.snapshot, 'broker');
		expect(broker).toMatchObject({waiting: 0, requests: 3, replies: 3, dropped: 0});
		expect(lab.all('forwarded', {from: 'frontend'}).map(({frames}) => frames.map(({role}) => role))).toEqual(Array.from({length: 3}, () => ['routing-id', 'delimiter', 'body']));
		expect(lab.all('forwarded', {from: 'backend'})).toHaveLength(3);
	});

	test('without a worker a request waits in the broker, and goes when one comes', async () => {
		const lab = await openBroker(policy);
		lab.run('@workers close');
		await lab.comesTo(({peers}) => peers['broker']?.links.every(({connections}, index) => connections === (index === 0 ? 3 : 0)) ?? false, 'the broker has no worker');
		lab.run('@client-1 send Hello');
		const {waiting} = await lab.sees('queued');
		expect(waiting).toBe(1);
		expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'waits-in-broker', waitsFor: 'a worker', isStuck: false});
		lab.run('worker add');
		await lab.sees('received', {peer: 'client-1', body: 'World'});
		expect(lab.all('received', {peer: 'worker-3'})).toHaveLength(1);
		expect(lab.snapshot.peers['broker']?.broker?.waiting).toBe(0);
	});

	test('the broker crashes with a request in it, and serves again once it is open', async () => {
		const lab = await openBroker(policy);
		lab.run('@workers close');
		await lab.comesTo(({peers}) => peers['broker']?.links.every(({connections}, index) => connections === (index === 0 ? 3 : 0)) ?? false, 'the broker has no worker');
		lab.run('@client-1 send Hello');
		await lab.sees('queued');
		lab.run('@broker crash');
		await lab.comesTo(({exchanges}) => exchanges.tally.lost === 1, 'the request is lost');
		expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'lost-with-server', waitsFor: 'broker', isStuck: true});
		// Whoever said READY to the old socket, while that closes, would not say it again.
		lab.run('@broker open');
		await lab.sees('bound', {side: 'backend'});
		lab.run('@workers open');
		await everybodyMeets(lab);
		lab.run('@client-2 send Again');
		await lab.sees('received', {peer: 'client-2', body: 'World'});
	});
});

test('a worker that is a REQ sees the routing id of the client, and a REP sees the body alone', async () => {
	const lab = await openBroker();
	lab.run('@client-1 send Hello');
	const {peer, ...bare} = await lab.until(event => event.type === 'received' && event.peer.startsWith('worker'), 'a worker has it') as unknown as {peer: string; frames: unknown};
	expect(bare.frames).toEqual([{text: 'Hello', size: 5}]);
	await lab.sees('received', {peer: 'client-1'});
	lab.run('policy least-recently-used');
	await lab.comesTo(({peers}) => peers['broker']?.broker?.workers.length === 2, 'both are ready');
	await everybodyMeets(lab);
	lab.run('@client-1 send Hello');
	const {worker = ''} = await lab.sees('forwarded', {from: 'frontend'});
	const {frames, envelope} = await lab.sees('received', {peer: worker});
	expect({frames, envelope}).toEqual({frames: [{text: 'ana', size: 3}, {text: '', size: 0}, {text: 'Hello', size: 5}], envelope: 2});
	expect(lab.snapshot.peers[worker]?.socketType).toBe('REQ');
});

test('paranoid pirate: a worker that crashes with a request is given up, and another one answers it', async () => {
	const lab = await openBroker('paranoid-pirate');
	lab.run('@workers hold', '@client-1 send Hello');
	const {worker = ''} = await lab.sees('forwarded', {from: 'frontend'});
	await lab.sees('held', {peer: worker});
	const other = worker === 'worker-1' ? 'worker-2' : 'worker-1';
	lab.run(`@${other} release`, `@${worker} crash`);
	expect(await lab.sees('worker-lost')).toMatchObject({worker, waiting: 1, frames: [{text: 'ana'}, {role: 'delimiter'}, {text: 'Hello'}]});
	expect(await lab.sees('forwarded', {from: 'frontend'})).toMatchObject({worker: other});
	await lab.sees('received', {peer: 'client-1', body: 'World'});
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 1, replied: 1, lost: 0});
});

test('paranoid pirate: a request that three workers were lost with is dropped, and all that is shown says so', async () => {
	const lab = await openBroker('paranoid-pirate');
	lab.run('@workers hold', '@client-1 send Poison');
	const lostWith: string[] = [];
	for (let life = 1; life <= 3; life++) {
		await lab.comesTo(({peers}) => Object.values(peers).some(({waiting}) => waiting?.type === 'hold'), 'a worker has it');
		const {name = ''} = Object.values(lab.snapshot.peers).find(({waiting}) => waiting?.type === 'hold') ?? {};
		lostWith.push(name);
		// Its READY tells the broker that it has begun anew.
		lab.run(`@${name} restart`);
		expect(await lab.sees('worker-lost')).toMatchObject({worker: name});
	}

	const dropped = await lab.sees('request-dropped');
	expect(dropped).toMatchObject({peer: 'broker', frames: [{text: 'ana'}, {role: 'delimiter'}, {text: 'Poison'}], workers: lostWith});
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 1, lost: 1, pending: 0});
	expect(lab.snapshot.peers['broker']?.broker).toMatchObject({waiting: 0, requestsDropped: 1, lost: 3});
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({
		rule: 'dropped-by-broker', isStuck: true, where: {evidence: 'exact'}, hope: {answer: 'no', evidence: 'exact', text: expect.stringContaining(`a worker was lost with it 3 times (${lostWith.join(', ')})`) as string},
	});
	expect(chatRow(dropped, lab.journal)).toMatchObject({kind: 'warning', text: 'request dropped: ana │ Poison'});
	expect(ladderWindow(lab.journal, {steps: 50}).steps.map(step => step.type === 'mark' ? step.text : '')).toContain(`request dropped: a worker was lost with it 3 times (${lostWith.join(', ')})`);
	expect(eventSchema.parse(dropped)).toEqual(dropped);

	lab.run('@workers release', '@client-2 send Wholesome');
	await lab.sees('received', {peer: 'client-2', body: 'World'});
});

test('least recently used: what a worker has is lost with it, and nobody else gets it', async () => {
	const lab = await openBroker('least-recently-used');
	lab.run('@workers hold', '@client-1 send Hello');
	const {worker = ''} = await lab.sees('forwarded', {from: 'frontend'});
	await lab.sees('held', {peer: worker});
	lab.run(`@${worker} crash`);
	await lab.comesTo(({exchanges}) => exchanges.tally.lost === 1, 'the request is lost');
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'lost-with-server', waitsFor: worker, isStuck: true});
});

test('a second client with the same routing id is ignored, unless the broker hands over', async () => {
	const lab = await openBroker();
	lab.run('handover off', '@client-2 id ana');
	await lab.comesTo(({peers}) => peers['client-2']?.options.id === 'ana' && peers['client-2'].links.some(({status}) => status === 'connected'), 'client-2 is there again');
	lab.run('@client-2 send Me too', '@client-1 send Hello');
	await lab.sees('received', {peer: 'client-1'});
	expect(lab.all('forwarded').some(({frames}) => JSON.stringify(frames).includes('Me too'))).toBe(false);
	expect(diagnosisOf(lab, 'client-2')).toMatchObject({rule: 'same-routing-id', waitsFor: 'client-1', isStuck: true, ways: [{command: '/handover on'}, {command: '/@client-2 restart'}, {command: '/@client-2 id off'}]});
	lab.run('handover on', '@client-2 restart');
	await lab.sees('handshake-done', {peer: 'client-2'});
	lab.run('@client-2 send Me too');
	await lab.sees('received', {peer: 'client-2'});

	lab.run('@client-1 send Hello again');
	await lab.sees('sent', {peer: 'client-1', body: 'Hello again'});
	const client = peerNamed(lab.snapshot, 'client-1');
	expect(diagnose(lab.snapshot, client, client.since + 1500)).toMatchObject({
		rule: 'place-taken', isStuck: true, where: {text: 'not read: client-2 has its place', evidence: 'inferred'}, ways: [{command: '/@client-1 restart'}, {command: '/@client-1 id off'}],
	});
});

test.each([['', 'mismatched'], ['relaxed+correlate', 'replied']])('what a client asked before its restart is answered to the socket that has its id now: with recovery “%s” the next question is %s', async (recovery, outcome) => {
	const lab = await openBroker();
	lab.run('@workers reply-with re {request}', '@workers hold', ...(recovery === '' ? [] : [`@client-1 recover ${recovery}`]));
	await lab.comesTo(({peers}) => peers['client-1']?.links.some(({status}) => status === 'connected') ?? false, 'client-1 is connected');
	lab.run('@client-1 send first');
	const {peer: holder} = await lab.sees('held');
	lab.run('@client-1 restart');
	await lab.sees('handshake-done', {peer: 'client-1'});
	lab.run('@client-1 send second');
	const other = holder === 'worker-1' ? 'worker-2' : 'worker-1';
	await lab.sees('held', {peer: other});
	lab.run(`@${holder} release`);
	await lab.sees('forwarded', {from: 'backend'});
	lab.run(`@${other} release`);
	await lab.sees('received', {peer: 'client-1'});
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 2, abandoned: 1, [outcome]: 1});
});

test('a reply to what was given up while the broker held it is not the answer to the next question', async () => {
	const lab = await openBroker('least-recently-used');
	lab.run('@workers reply-with re {request}', '@workers hold', '@client-2 send a', '@client-3 send b');
	await lab.sees('held', {peer: 'worker-1'});
	await lab.sees('held', {peer: 'worker-2'});
	lab.run('@client-1 timeout 100ms', '@client-1 send first');
	await lab.sees('timed-out', {peer: 'client-1'});
	lab.run('@client-1 timeout off', '@client-1 restart');
	await lab.sees('handshake-done', {peer: 'client-1'});
	lab.run('@client-1 send second', '@workers release');
	const {frames} = await lab.sees('received', {peer: 'client-1'});
	expect(frames).toMatchObject([{text: 're first'}]);
	expect(lab.snapshot.exchanges.tally).toMatchObject({'timed-out': 1, mismatched: 1, late: 0});
});

test('a reply that the broker could give to nobody misleads nobody', async () => {
	const lab = await openBroker();
	lab.run('@workers reply-with re {request}', '@workers hold', '@client-1 send first');
	await lab.sees('held');
	lab.run('@client-1 close');
	await lab.sees('disconnected', {peer: 'broker'});
	lab.run('@workers release');
	await lab.sees('dropped');
	lab.run('@client-1 open');
	await lab.sees('handshake-done', {peer: 'client-1'});
	lab.run('@client-1 send second');
	await lab.sees('received', {peer: 'client-1'});
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 2, abandoned: 1, replied: 1, mismatched: 0, late: 0});
});

test('a client that comes again before the ROUTER has let go of its id is ignored: the diagnosis says so, and handover frees it', async () => {
	const lab = await openBroker();
	lab.run('handover off');
	// Whether libzmq has let go of the old connection when the new one comes is a race, and who wins it is chance.
	let isIgnored = false;
	for (let life = 1; life <= 200 && !isIgnored; life++) {
		lab.run('@client-1 restart');
		await lab.sees('handshake-done', {peer: 'client-1'});
		lab.run(`@client-1 send Hello ${life}`);
		await lab.sees('sent', {peer: 'client-1'});
		// What the broker takes of others after that, it would have taken of this one before.
		for (const text of ['a', 'b']) {
			lab.run(`@client-2 send ${text}`);
			await lab.sees('received', {peer: 'client-2'});
		}

		isIgnored = lab.all('forwarded', {from: 'frontend'}).every(({frames}) => !JSON.stringify(frames).includes(`"Hello ${life}"`));
	}

	expect(isIgnored).toBe(true);
	const client = peerNamed(lab.snapshot, 'client-1');
	// At first it may be on its way.
	expect(diagnose(lab.snapshot, client, client.since + 10)).toMatchObject({rule: 'towards-broker', waitsFor: 'broker'});
	expect(diagnose(lab.snapshot, client, client.since + 1500)).toMatchObject({
		rule: 'ignored-by-router', waitsFor: 'broker', isStuck: true,
		where: {text: 'ignored: its id is taken', evidence: 'inferred'},
		ways: [{command: '/handover on'}, {command: '/@client-1 restart'}, {command: '/@client-1 id off'}],
	});

	lab.run('handover on');
	await lab.sees('option-changed', {peer: 'broker', option: 'handover'});
	for (let life = 1; life <= 20; life++) {
		lab.run('@client-1 restart');
		await lab.sees('handshake-done', {peer: 'client-1'});
		lab.run(`@client-1 send Handed over ${life}`);
		await lab.sees('received', {peer: 'client-1', body: 'World'});
	}
});

test('all workers go with one word', async () => {
	const lab = await openBroker();
	lab.run('worker remove @worker-2');
	await lab.sees('peer-removed', {peer: 'worker-2'});
	lab.run('worker add 2', 'worker remove workers');
	await lab.comesTo(({peers}) => Object.keys(peers).every(name => !name.startsWith('worker')), 'no worker is left');
	expect(Object.keys(lab.snapshot.peers)).toEqual(['broker', 'client-1', 'client-2', 'client-3']);
});

test('plain words and what has no broker are refused with a next step', async () => {
	const lab = await openBroker();
	lab.run('@broker bind tcp://127.0.0.1:*');
	expect(await lab.sees('command-failed')).toMatchObject({peer: 'broker', next: expect.stringContaining('/policy') as string});
	lab.run('scene pair');
	await lab.sees('lab-started');
	lab.run('worker add');
	expect(await lab.sees('command-failed')).toMatchObject({next: '/scene broker makes one'});
});
