/** Single steps through a broker: each of its hops waits until it is let go. */
import {describe, expect, test} from 'vitest';
import {diagnose} from '../../../source/core/diagnosis.js';
import {policyNames, type Policy} from '../../../source/core/policy.js';
import {describeStep} from '../../../source/core/steps.js';
import {peerNamed} from '../../helpers/events.js';
import {type TestLab} from '../../helpers/lab.js';
import {everybodyMeets, openBroker} from './helpers.js';

const heldAt = async (lab: TestLab, step: string): Promise<void> =>
	lab.comesTo(({steps}) => steps?.some(each => describeStep(each) === step) ?? false, `“${step}” is held`);

const why = (lab: TestLab, name: string) => diagnose(lab.snapshot, peerNamed(lab.snapshot, name), lab.snapshot.t);

/** Has a client send, and lets that go. */
async function asks(lab: TestLab, client: string, text: string): Promise<void> {
	lab.run(`@${client} send ${text}`);
	await heldAt(lab, `${client} is about to send`);
	lab.run(`step ${client}`);
	await lab.sees('sent', {peer: client});
}

/** The worker that is about to reply. */
async function replying(lab: TestLab): Promise<string> {
	await lab.comesTo(({steps}) => steps?.some(({peer, operation}) => peer.startsWith('worker') && operation === 'send') ?? false, 'a worker is about to reply');
	return lab.snapshot.steps?.find(({peer, operation}) => peer.startsWith('worker') && operation === 'send')?.peer ?? '';
}

async function openStepping(policy: Policy): Promise<TestLab> {
	const lab = await openBroker(policy);
	lab.run('step on');
	await lab.sees('steps-switched');
	return lab;
}

describe.each(policyNames)('%s', policy => {
	test('a request goes to a worker and its reply back one hop at a time', async () => {
		const lab = await openStepping(policy);
		const worker = policy === 'round-robin' ? 'the next worker' : lab.snapshot.peers['broker']?.broker?.workers[0]?.id ?? '';
		await asks(lab, 'client-1', 'Hello');
		await heldAt(lab, `broker is about to give ana │ Hello to ${worker}`);
		expect(lab.all('forwarded')).toEqual([]);
		expect(why(lab, 'client-1')).toMatchObject({where: {text: `in the broker, which is about to give it to ${worker}`, evidence: 'exact'}, ways: [{command: '/step broker'}]});

		lab.run('step broker');
		await lab.sees('forwarded', {from: 'frontend'});
		const peer = await replying(lab);
		// The next request would wait in libzmq's queue.
		await heldAt(lab, 'broker is about to receive from a client');
		lab.run(`step ${peer}`);
		await heldAt(lab, 'broker is about to give World back to ana');
		expect(lab.all('received', {peer: 'client-1'})).toEqual([]);
		expect(why(lab, 'client-1')).toMatchObject({where: {text: 'its reply is in the broker, which is about to give it back', evidence: 'exact'}, ways: [{command: '/step broker'}]});

		lab.run('step off');
		await lab.sees('received', {peer: 'client-1', body: 'World'});
		expect(lab.snapshot.steps).toBeUndefined();
		lab.run('@client-1 send Again');
		await lab.sees('received', {peer: 'client-1', body: 'World'});
	});
});

test('the next request waits in front of the broker until its receive is let go, and the client’s own receive is the last step', async () => {
	const lab = await openStepping('round-robin');
	await asks(lab, 'client-1', 'one');
	await heldAt(lab, 'broker is about to give ana │ one to the next worker');
	lab.run('step broker');
	await heldAt(lab, 'broker is about to receive from a client');
	await asks(lab, 'client-2', 'two');
	expect(why(lab, 'client-2')).toMatchObject({where: {text: 'on its way, or in the queue of broker'}, ways: [{command: '/step broker', effect: 'lets it receive'}]});
	lab.run('step broker');
	expect(await lab.sees('step-taken', {peer: 'broker'})).toMatchObject({operation: 'receive', side: 'frontend'});
	await heldAt(lab, 'broker is about to give ben │ two to the next worker');

	lab.run(`step ${await replying(lab)}`);
	await heldAt(lab, 'broker is about to give World back to ana');
	// Enter lets the oldest go: whoever waits longer comes first.
	const back = lab.snapshot.steps?.findIndex(step => describeStep(step) === 'broker is about to give World back to ana') ?? -1;
	lab.run(...Array.from({length: back + 1}, () => 'step'));
	await lab.sees('forwarded', {from: 'backend'});
	await lab.sees('received', {peer: 'client-1', body: 'World'});
});

test('all workers are let go with one word, each its oldest call', async () => {
	const lab = await openStepping('round-robin');
	for (const [client, text] of [['client-1', 'one'], ['client-2', 'two']] as const) {
		await asks(lab, client, text);
		await lab.comesTo(({steps}) => steps?.some(({side, operation}) => side === 'backend' && operation === 'send') ?? false, 'the broker has it');
		lab.run('step broker');
		await heldAt(lab, 'broker is about to receive from a client');
		lab.run('step broker');
	}

	await lab.comesTo(({steps}) => steps?.filter(({peer, operation}) => peer.startsWith('worker') && operation === 'send').length === 2, 'both workers are about to reply');
	lab.run('step workers');
	await lab.comesTo(({peers}) => peers['worker-1']?.state === 'replied' && peers['worker-2']?.state === 'replied', 'both have replied');
	expect(lab.since.filter(({type}) => type === 'step-taken').map(event => 'peer' in event ? event.peer : '').toSorted()).toEqual(['worker-1', 'worker-2']);
	lab.run('@workers close', 'step @workers');
	expect(await lab.sees('command-failed')).toMatchObject({reason: 'workers are about to do nothing'});
});

test('a broker that closes drops the hops that it was about to make, and serves once it is open', async () => {
	const lab = await openStepping('round-robin');
	await asks(lab, 'client-1', 'Hello');
	await heldAt(lab, 'broker is about to give ana │ Hello to the next worker');
	lab.run('@broker crash');
	expect(await lab.sees('step-dropped', {peer: 'broker', operation: 'send'})).toMatchObject({side: 'backend'});
	await lab.comesTo(({exchanges}) => exchanges.tally.lost === 1, 'what it had in its hands is lost');
	lab.run('@broker open');
	await heldAt(lab, 'broker is about to receive from a client');
	lab.run('step off');
});

test('another policy is no dead end, whatever is held', async () => {
	const lab = await openStepping('paranoid-pirate');
	await asks(lab, 'client-1', 'Hello');
	await lab.comesTo(({steps}) => steps?.some(({side, operation}) => side === 'backend' && operation === 'send') ?? false, 'the broker has it');
	lab.run('step broker');
	await replying(lab);
	lab.run('policy round-robin', 'step off');
	await lab.sees('steps-switched');
	await everybodyMeets(lab);
	lab.run('@client-2 send Again');
	await lab.sees('received', {peer: 'client-2', body: 'World'});
});
