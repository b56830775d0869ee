/** Whatever is typed: the lab takes any line, says what it was, and always says what became of it. */
import process from 'node:process';
import {expect, test} from 'vitest';
import fc from 'fast-check';
import {commands} from '../../source/commands/registry.js';
import {openPair, type TestLab} from '../helpers/lab.js';

const seed = Number(process.env['ZMQ_TEST_SEED'] ?? Date.now() % 0x7F_FF_FF_FF);

/** A fresh lab takes a moment, and the usual one listens at the tutorial's port; `why` is answered by whoever prints, and `record` would write files named at random: they have tests of their own. */
const verbs = commands.map(({name}) => name).filter(name => name !== 'scene' && name !== 'reset' && name !== 'why' && name !== 'record');
const anyText = fc.oneof(fc.string(), fc.string({unit: 'binary'}), fc.constantFrom('', ' ', '\n', 'off', '--', '--frames', '--frames "', '--hex 0', 'once', '10ms', '0', '1h'));
const addresses = fc.constantFrom('', '', '@all ', '@clients ', '@servers ', '@client-1 ', '@server-1 ', '@nobody ', '@ ', '@client-1');
const anyLine = fc.oneof(
	{weight: 1, arbitrary: fc.oneof(fc.string(), fc.string({unit: 'binary'}))},
	{weight: 3, arbitrary: fc.tuple(addresses, fc.constantFrom(...verbs), fc.constantFrom('', ' ', '  '), anyText).map(parts => parts.join(''))},
);

/** Hands over a line and waits until something has become of it. */
async function isAnswered(lab: TestLab, line: string): Promise<void> {
	lab.run(line);
	const {n} = await lab.sees('command', {text: line, from: 'pipe'});
	await lab.until(event => event.n > n, `something becomes of ${JSON.stringify(line)}`);
}

test(`any line is taken and answered (ZMQ_TEST_SEED=${seed})`, async () => {
	const lab = await openPair();
	await fc.assert(fc.asyncProperty(anyLine, async line => isAnswered(lab, line)), {seed, numRuns: 500, endOnFailure: true});
	lab.run('reset');
	await lab.sees('lab-started');
	await lab.isConnected();
	expect(await lab.asks('Hello')).toBe('World');
});

test.each([
	...verbs,
	...verbs.map(verb => `@all ${verb}`),
	'every off',
	'every 1h',
	'timeout off',
	'delay off',
	'delay once off',
])('%s is answered, by an open and by a closed peer', async line => {
	const lab = await openPair();
	await isAnswered(lab, line);
	lab.run('@all close');
	await lab.comesTo(({peers}) => Object.values(peers).every(({state}) => state === undefined), 'both are closed');
	await isAnswered(lab, line);
});

test.each(['bind tcp://127.0.0.1:*', 'connect tcp://127.0.0.1:1', 'unbind', 'disconnect'])('a closed peer answers %s', async line => {
	const lab = await openPair();
	lab.run('@server-1 close');
	lab.run(`@server-1 ${line}`);
	expect(await lab.sees('command-failed', {peer: 'server-1'})).toMatchObject({reason: 'server-1 is closed', next: '/open makes a new socket'});
});

test.each([
	['snd Hello', 'did you mean /send?'],
	['@client-2 send Hello', 'did you mean @client-1?'],
	['@server-1 send Hello', 'try @client-1'],
	['close', 'name one: @server-1 @client-1'],
	['delay soon', 'write /delay 800ms'],
	['reset now', 'type /reset alone'],
	['scene opera', 'choose one of: pair, both-connect'],
])('%s: the answer says what would do', async (line, next) => {
	const lab = await openPair();
	lab.run(line);
	expect(await lab.sees('command-failed', {text: line})).toMatchObject({next: expect.stringContaining(next) as string});
});

test('a line longer than the journal keeps is cut there, not in the message', async () => {
	const lab = await openPair({replyWith: '{request}'});
	lab.run(`send ${'x'.repeat(100_000)}`);
	expect(await lab.sees('command')).toMatchObject({text: `send ${'x'.repeat(4091)}`});
	expect(await lab.sees('received', {peer: 'client-1'})).toMatchObject({frames: [{size: 100_000}]});
});
