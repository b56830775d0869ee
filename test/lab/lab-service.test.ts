/** How a server answers: by itself or by hand, at once, later, or when it is let. */
import {describe, expect, test} from 'vitest';
import {bodyOf, openPair, type TestLab} from '../helpers/lab.js';

/** What the server did since the newest line, in order. */
const serverStory = (lab: TestLab): readonly string[] =>
	lab.since.filter(event => 'peer' in event && event.peer === 'server-1').map(({type}) => type);

/** The delays drawn so far. */
const delaysOf = (lab: TestLab): readonly number[] => lab.all('delay-started').map(({ms}) => ms);

describe('a delay', () => {
	test('stands between a request and its reply', async () => {
		const lab = await openPair({delay: '15ms'});
		expect(await lab.asks('Hello')).toBe('World');
		expect(serverStory(lab)).toEqual(['received', 'delay-started', 'delay-ended', 'sent']);
		expect(delaysOf(lab)).toEqual([15]);
	});

	test('can be changed from the next request on, and taken away', async () => {
		const lab = await openPair({delay: '15ms'});
		lab.run('delay 10ms');
		await lab.sees('option-changed', {option: 'delay', value: '10ms'});
		await lab.asks('one');
		lab.run('delay off');
		await lab.sees('option-changed', {option: 'delay', value: 'off'});
		await lab.asks('two');
		expect(serverStory(lab)).toEqual(['received', 'sent']);
		expect(delaysOf(lab)).toEqual([10]);
	});

	test('may be for once', async () => {
		const lab = await openPair({delay: '10ms'});
		lab.run('delay once 20ms');
		await lab.sees('option-changed', {option: 'delay-once', value: '20ms'});
		await lab.asks('one');
		await lab.asks('two');
		expect(delaysOf(lab)).toEqual([20, 10]);
		expect(lab.snapshot.peers['server-1']?.options).toMatchObject({delay: '10ms', 'delay-once': 'off'});
	});

	test('counts down in the snapshot while it lasts', async () => {
		const lab = await openPair({delay: '1h'});
		lab.run('send Hello');
		await lab.sees('delay-started', {ms: 3_600_000});
		expect(lab.snapshot.peers['server-1']?.waiting).toMatchObject({type: 'delay', ms: 3_600_000});
		lab.run('reply Now');
		await lab.sees('received', {peer: 'client-1', body: 'Now'});
		expect(lab.snapshot.peers['server-1']?.waiting).toBeUndefined();
		expect(lab.all('delay-ended')).toHaveLength(1);
	});

	test.each([
		['around', '10ms±4ms', 6, 14],
		['from one to another', '2ms..8ms', 2, 8],
	])('%s: the same seed draws the same, another one does not', async (_, delay, least, most) => {
		const runs: Array<readonly number[]> = [];
		for (const seed of [42, 42, 43]) {
			const lab = await openPair({delay, seed});
			for (let asked = 0; asked < 8; asked++) {
				await lab.asks('Hello');
			}

			runs.push(delaysOf(lab));
		}

		const [first, second, other] = runs;
		expect(first).toHaveLength(8);
		expect(second).toEqual(first);
		expect(other).not.toEqual(first);
		expect(Math.min(...runs.flat())).toBeGreaterThanOrEqual(least);
		expect(Math.max(...runs.flat())).toBeLessThanOrEqual(most);
	});
});

test('each step to a longer or a shorter delay counts, however quickly they come', async () => {
	const lab = await openPair({delay: '1s'});
	lab.run('delay longer', 'delay longer', 'delay longer', 'delay shorter');
	await lab.comesTo(() => lab.all('option-changed', {option: 'delay'}).length === 4, 'four steps');
	expect(lab.all('option-changed', {option: 'delay'}).map(({value}) => value)).toEqual(['2s', '5s', '10s', '5s']);
});

describe('a hold', () => {
	test('keeps the reply until it is released, and every later one too', async () => {
		const lab = await openPair();
		lab.run('hold');
		await lab.sees('option-changed', {option: 'hold', value: 'on'});
		lab.run('send Hello');
		await lab.sees('held');
		expect(lab.snapshot.peers['server-1']).toMatchObject({state: 'awaiting-reply', waiting: {type: 'hold'}});
		lab.run('release');
		await lab.sees('received', {peer: 'client-1', body: 'World'});
		expect(serverStory(lab)).toEqual(['option-changed', 'released', 'sent']);
		expect(lab.snapshot.peers['server-1']?.waiting).toBeUndefined();
		await lab.asks('Hello again');
	});

	test('stops a delay that runs', async () => {
		const lab = await openPair({delay: '1h'});
		lab.run('send Hello');
		await lab.sees('delay-started');
		lab.run('hold');
		await lab.sees('held');
		expect(serverStory(lab)).toEqual(['option-changed', 'delay-ended', 'held']);
		lab.run('release');
		await lab.sees('received', {peer: 'client-1', body: 'World'});
	});

	test('is not hindered by a reply by hand', async () => {
		const lab = await openPair();
		lab.run('hold', 'send Hello');
		await lab.sees('held');
		lab.run('reply Pizza');
		await lab.sees('received', {peer: 'client-1', body: 'Pizza'});
		lab.run('send Hello again');
		await lab.sees('held');
	});

	test('is on or off, and says so when asked twice', async () => {
		const lab = await openPair();
		lab.run('release');
		await lab.sees('command-failed', {peer: 'server-1'});
		lab.run('hold');
		await lab.sees('option-changed', {option: 'hold'});
		lab.run('hold');
		await lab.sees('command-failed', {peer: 'server-1'});
	});
});

describe('by hand', () => {
	test('the server owes its reply until the person gives it', async () => {
		const lab = await openPair({delay: '1ms'});
		lab.run('by-hand');
		await lab.sees('option-changed', {option: 'service', value: 'by-hand'});
		lab.run('send Margherita');
		await lab.sees('received', {peer: 'server-1'});
		expect(lab.stateOf('server-1')).toBe('awaiting-reply');
		lab.run('reply --frames one "" two');
		const reply = await lab.sees('received', {peer: 'client-1'});
		expect(reply.frames.map(frame => bodyOf({frames: [frame]}))).toEqual(['one', '', 'two']);
		expect(delaysOf(lab)).toEqual([]);
	});

	test('the person takes over a reply that is under way', async () => {
		const lab = await openPair({delay: '1h'});
		lab.run('send Hello');
		await lab.sees('delay-started');
		lab.run('by-hand');
		await lab.sees('delay-ended');
		lab.run('reply Pizza');
		await lab.sees('received', {peer: 'client-1', body: 'Pizza'});
	});

	test('the person hands back a reply that is owed', async () => {
		const lab = await openPair();
		lab.run('by-hand', 'send Hello');
		await lab.sees('received', {peer: 'server-1'});
		lab.run('reply-with {upper}, no. {count}');
		await lab.sees('received', {peer: 'client-1', body: 'HELLO, no. 1'});
		expect(await lab.asks('and now')).toBe('AND NOW, no. 2');
	});

	test('a hold gives way to the person', async () => {
		const lab = await openPair();
		lab.run('hold', 'send Hello');
		await lab.sees('held');
		lab.run('by-hand');
		await lab.sees('option-changed', {option: 'service', value: 'by-hand'});
		expect(lab.snapshot.peers['server-1']?.waiting).toBeUndefined();
		lab.run('reply Pizza');
		await lab.sees('received', {peer: 'client-1', body: 'Pizza'});
	});
});

describe('asking again and again', () => {
	test('each time once the reply is there, until told to stop', async () => {
		const lab = await openPair({replyWith: '{count}'});
		lab.run('every 1ms Hello');
		await lab.sees('received', {peer: 'client-1', body: '5'});
		lab.run('every off');
		await lab.sees('option-changed', {option: 'every', value: 'off'});
		await lab.comesTo(({exchanges}) => exchanges.tally.pending === 0, 'the last reply is there');
		const asked = lab.all('sent', {peer: 'client-1'}).length;
		expect(Number(await lab.asks('Last'))).toBe(asked + 1);
		expect(lab.all('refused')).toEqual([]);
	});

	test('goes on after a restart of either side', async () => {
		const lab = await openPair({timeout: '1h'});
		lab.run('every 1ms Hello');
		await lab.sees('received', {peer: 'client-1'});
		lab.run('@client-1 restart');
		await lab.sees('peer-opened', {peer: 'client-1'});
		await lab.sees('received', {peer: 'client-1'});
		lab.run('@server-1 restart');
		await lab.sees('handshake-done', {peer: 'client-1'});
		// What was asked of the old server is lost with it.
		lab.run('@client-1 restart');
		await lab.sees('received', {peer: 'client-1'});
	});

	test('without a pause: as fast as the replies come', async () => {
		const lab = await openPair({replyWith: '{count}'});
		lab.run('every 0 Hello');
		await lab.sees('received', {peer: 'client-1', body: '200'});
		lab.run('every off');
		await lab.sees('option-changed', {option: 'every', value: 'off'});
	});

	test('never asks while a reply is due', async () => {
		const lab = await openPair({delay: '30ms', replyWith: '{count}'});
		lab.run('every 1ms Hello');
		await lab.sees('received', {peer: 'client-1', body: '3'});
		expect(lab.all('refused')).toEqual([]);
		const story = lab.since.filter(event => (event.type === 'sent' || event.type === 'received') && event.peer === 'client-1');
		expect(story.map(({type}) => type).slice(0, 6)).toEqual(['sent', 'received', 'sent', 'received', 'sent', 'received']);
	});
});
