import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {type Options} from '../../source/core/events.js';
import {freshMs, nextChangeMs, viewPeer, type PeerView} from '../../source/core/view.js';
import {
	beginning,
	closes,
	crashes,
	failsHandshake,
	failsToBind,
	isAdded,
	isRefused,
	labStarts,
	link,
	opens,
	pair,
	peerNamed,
	place,
	receives,
	retries,
	sends,
	sets,
	snapshotOf,
	timesOut,
	type Telling,
} from '../helpers/events.js';
import {randomStory} from '../helpers/random-stories.js';

/** A peer's view, `ms` after the last of these events. */
function viewAfter(ms: number, name: string, ...tellings: readonly Telling[]): PeerView {
	const snapshot = snapshotOf(...tellings);
	return viewPeer(snapshot, peerNamed(snapshot, name), snapshot.t + ms);
}

const asks = sends('client-1', 'Hello');
const arrives = receives('server-1', 'Hello');
const answers = sends('server-1', 'World');
const isAnswered = receives('client-1', 'World');
const isDelayed = (ms: number) => ({type: 'delay-started', peer: 'server-1', ms} as const);
const isHeld = {type: 'held', peer: 'server-1'} as const;

/** Both connect to the same endpoint, and nobody listens there. */
const bothConnect = [
	labStarts('both-connect'),
	isAdded('server-1', 'server'),
	opens('server-1'),
	link('connecting', 'server-1'),
	isAdded('client-1', 'client'),
	opens('client-1'),
	link('connecting', 'client-1'),
];

describe('health', () => {
	const client = [isAdded('client-1', 'client'), opens('client-1')];
	const server = [isAdded('server-1', 'server'), opens('server-1')];
	const connects = link('connecting', 'client-1');
	const tcp = link('bound', 'server-1');

	test.each<[story: readonly Telling[], name: string, text: string, tone: string]>([
		[pair, 'client-1', 'connected', 'good'],
		[pair, 'server-1', 'listening · 1 peer', 'good'],
		[[...pair, link('accepted', 'server-1'), link('handshake-done', 'server-1')], 'server-1', 'listening · 2 peers', 'good'],
		[[...server, tcp], 'server-1', 'listening', 'good'],
		[server, 'server-1', 'no endpoint', 'bad'],
		[[...server, tcp, crashes('server-1'), opens('server-1'), failsToBind('server-1', 'EADDRINUSE')], 'server-1', 'not listening (EADDRINUSE)', 'bad'],
		[[...client, connects], 'client-1', 'connecting', 'busy'],
		[[...client, connects, retries('client-1', 3, beginning)], 'client-1', 'nobody there, retrying', 'bad'],
		[[...client, connects, failsHandshake('client-1', 'EPIPE')], 'client-1', 'no handshake (EPIPE)', 'bad'],
		[[...client, connects, failsHandshake('client-1', 'EPIPE'), retries('client-1', 1, beginning)], 'client-1', 'no handshake (EPIPE), retrying', 'bad'],
		[[...client, connects, link('connected', 'client-1'), link('disconnected', 'client-1')], 'client-1', 'no handshake', 'bad'],
		[[...client, link('connecting', 'client-1', 'inproc://pizza')], 'client-1', 'inproc, tells no events', 'quiet'],
		[[...pair, link('connecting', 'client-1', 'ipc:///tmp/pizza')], 'client-1', 'connected', 'good'],
		[[...pair, crashes('client-1')], 'client-1', 'crashed', 'bad'],
		[[...pair, closes('client-1')], 'client-1', 'closed', 'quiet'],
		[[...pair, crashes('client-1'), opens('client-1')], 'client-1', 'closed', 'busy'],
	])('%# %j', (story, name, text, tone) => {
		expect(viewAfter(0, name, ...story).health).toEqual({text, tone});
	});
});

describe('a client’s status', () => {
	test.each<[what: string, ms: number, story: readonly Telling[], text: string, tone: string]>([
		['connected', 0, pair, 'may send a request', 'good'],
		['alone', 0, [isAdded('client-1', 'client'), opens('client-1')], 'nowhere to send to: /connect', 'quiet'],
		['before its server', 0, [isAdded('client-1', 'client'), opens('client-1'), link('connecting', 'client-1')], 'may send; queued till a server comes', 'quiet'],
		['before its server, set to be told at once', 0, [isAdded('client-1', 'client', {immediate: 'on'}), opens('client-1'), link('connecting', 'client-1')], 'may send; refused till a server comes', 'quiet'],
		['that listens before its server', 0, [isAdded('client-1', 'client'), opens('client-1'), link('bound', 'client-1')], 'nobody has connected to it yet', 'quiet'],
		['closed', 0, [...pair, closes('client-1')], '/open makes a new socket', 'quiet'],
		['just asked', 300, [...pair, asks], 'waits 0.3 s for a reply', 'busy'],
		['asked a while ago', 12_345, [...pair, asks], 'waits 12 s for a reply', 'busy'],
		['asked long ago', 720_000, [...pair, asks], 'waits 12 min for a reply', 'busy'],
		['refused a second request', 2000, [...pair, asks, isRefused('client-1', 'send', 'EFSM')], 'waits 2 s for a reply', 'busy'],
		['timed out', 2000, [...pair, asks, timesOut('client-1')], 'a late reply may come: /receive · waits 2 s', 'bad'],
		['timed out, and its connection gone since', 2000, [...pair, asks, timesOut('client-1'), link('disconnected', 'client-1'), link('handshake-done', 'client-1')], 'reply may never come: /restart · waits 2 s', 'bad'],
		['left by a crashed server', 3000, [...pair, asks, arrives, crashes('server-1')], 'stuck for 3 s: no reply can come', 'bad'],
		['answered', 0, [...pair, asks, arrives, answers, isAnswered], 'may send a request', 'good'],
		['where nobody listens', 0, bothConnect, 'both connect, nobody listens', 'bad'],
		['that asked where nobody listens', 5000, [...bothConnect, asks], 'both connect, nobody listens · waits 5 s for a reply', 'bad'],
	])('%s', (_, ms, story, text, tone) => {
		expect(viewAfter(ms, 'client-1', ...story).status).toEqual({text, tone});
	});
});

describe('a server’s status', () => {
	const byHand = sets('server-1', 'service', 'by-hand');

	test.each<[what: string, ms: number, story: readonly Telling[], text: string, tone: string]>([
		['new', 0, pair, 'receives the next request', 'good'],
		['closed', 0, [...pair, closes('server-1')], '/open makes a new socket', 'quiet'],
		['that has replied', 0, [...pair, asks, arrives, answers], 'receives the next request', 'good'],
		['that counts down', 300, [...pair, asks, arrives, isDelayed(1000)], 'owes a reply · 0.7 s left', 'busy'],
		['that begins to count down', 30, [...pair, asks, arrives, isDelayed(3000)], 'owes a reply · 3 s left', 'busy'],
		['whose time is up', 3000, [...pair, asks, arrives, isDelayed(1000)], 'owes a reply · 0.0 s left', 'busy'],
		['that holds', 4000, [...pair, asks, arrives, isHeld], 'owes a reply · held 4 s · /release', 'busy'],
		['by hand', 4000, [...pair, byHand, asks, arrives], 'owes a reply for 4 s · type it here', 'busy'],
		['by hand, though it held before', 4000, [...pair, asks, arrives, isHeld, byHand], 'owes a reply for 4 s · type it here', 'busy'],
		['between request and reply', 400, [...pair, asks, arrives], 'owes a reply for 0.4 s', 'busy'],
		['where nobody listens', 0, bothConnect, 'both connect, nobody listens', 'bad'],
	])('%s', (_, ms, story, text, tone) => {
		expect(viewAfter(ms, 'server-1', ...story).status).toEqual({text, tone});
	});

	test('nobody listens no longer, once one does', () => {
		expect(viewAfter(0, 'client-1', ...bothConnect, link('bound', 'server-1', 'tcp://127.0.0.1:6000')).status.text).not.toContain('nobody listens');
		expect(viewAfter(0, 'client-1', ...bothConnect, link('handshake-done', 'client-1')).status.text).toBe('may send a request');
	});
});

describe('progress', () => {
	const story = [...pair, asks, arrives, isDelayed(1000)];

	test.each<[ms: number, progress: number]>([[-50, 0], [0, 0], [250, 0.25], [1000, 1], [5000, 1]])('%d ms into a delay of a second it is %d', (ms, progress) => {
		expect(viewAfter(ms, 'server-1', ...story).progress).toBeCloseTo(progress);
	});

	test('is there only while a delay counts down', () => {
		expect(viewAfter(0, 'server-1', ...pair, asks, arrives, isHeld)).not.toHaveProperty('progress');
		expect(viewAfter(0, 'server-1', ...story, answers)).not.toHaveProperty('progress');
		expect(viewAfter(0, 'client-1', ...story)).not.toHaveProperty('progress');
	});
});

describe('a state just reached', () => {
	test.each<[ms: number, isFresh: boolean]>([[0, true], [freshMs - 1, true], [freshMs, false], [60_000, false]])('after %d ms: %s', (ms, isFresh) => {
		expect(viewAfter(ms, 'client-1', ...pair, asks).isFresh).toBe(isFresh);
	});

	test('a new socket has moved nowhere yet', () => {
		expect(viewAfter(0, 'client-1', ...pair).isFresh).toBe(false);
	});
});

describe('settings', () => {
	const server = (options: Options) => viewAfter(0, 'server-1', isAdded('server-1', 'server', options)).settings;
	const client = (options: Options) => viewAfter(0, 'client-1', isAdded('client-1', 'client', options)).settings;

	test.each<[options: Options, settings: readonly string[]]>([
		[{delay: '1s', 'reply-with': 'World', service: 'automatic', hold: 'off'}, ['delay 1s', 'replies “World”']],
		[{delay: '1s', 'reply-with': 'World', hold: 'on'}, ['HOLD', 'replies “World”']],
		[{delay: 'off', service: 'by-hand'}, ['by hand', '/reply-with ends it']],
		[{delay: '1s', 'delay-once': '5s', 'reply-with': '{upper}'}, ['delay 1s', 'next 5s', 'replies “{upper}”']],
		[{delay: '1s', 'delay-once': 'off', 'reply-with': 'a\u{1B}[2Jb\nc'}, ['delay 1s', 'replies “a␛[2Jb␊c”']],
	])('of a server: %j', (options, settings) => {
		expect(server(options)).toEqual(settings);
	});

	test.each<[options: Options, settings: readonly string[]]>([
		[{timeout: 'off', every: 'off'}, ['no time-out']],
		[{timeout: '2s', every: '500ms'}, ['time-out 2s', 'asks every 500ms']],
	])('of a client: %j', (options, settings) => {
		expect(client(options)).toEqual(settings);
	});
});

test('where nothing shall move, nothing is lit, fills up or counts tenths, and nothing changes more often than once a second', () => {
	const story = [...pair, asks, arrives, isDelayed(1500)];
	const snapshot = snapshotOf(...story);
	const calm = (name: string, ms: number) => viewPeer(snapshot, peerNamed(snapshot, name), snapshot.t + ms, true);
	expect(calm('server-1', 100)).toMatchObject({isFresh: false, status: {text: 'owes a reply · 2 s left'}});
	expect(calm('server-1', 900).status.text).toBe('owes a reply · under 1 s left');
	expect(calm('server-1', 900)).not.toHaveProperty('progress');
	expect(calm('client-1', 300).status.text).toBe('waits under 1 s for a reply');
	expect(nextChangeMs(snapshot, snapshot.t + 100, true)).toBeGreaterThanOrEqual(1000);
});

describe('nextChangeMs', () => {
	const next = (ms: number, ...tellings: readonly Telling[]) => {
		const snapshot = snapshotOf(...tellings);
		return nextChangeMs(snapshot, snapshot.t + ms);
	};

	test.each<[what: string, story: readonly Telling[]]>([
		['nobody there', []],
		['a pair that has nothing to do', pair],
		['a pair that is done', [...pair, asks, arrives, answers, isAnswered]],
		['closed sockets', [...pair, asks, arrives, isDelayed(5000), crashes('server-1'), closes('client-1')]],
		['a client that finds nobody', [isAdded('client-1', 'client'), opens('client-1'), link('connecting', 'client-1', place), retries('client-1', 1, beginning)]],
	])('%s: nothing ticks', (_, story) => {
		expect(next(freshMs, ...story)).toBeUndefined();
	});

	test.each<[what: string, ms: number, story: readonly Telling[], expected: number]>([
		['the light of a move goes out', 100, [...pair, asks, arrives, answers, isAnswered], freshMs - 100 + 1],
		['an age turns over with the second', 1300, [...pair, asks], 701],
		['in its first second an age counts tenths', 300, [...pair, asks], 100],
		['an age of minutes does so too', 600_400, [...pair, asks], 601],
		['a short delay counts down in tenths of a second', 800, [...pair, asks, arrives, isDelayed(1000)], 100],
		['a long one moves its bar now and then', 2000, [...pair, asks, arrives, isDelayed(60_000)], 1000],
	])('%s', (_, ms, story, expected) => {
		expect(next(ms, ...story)).toBeLessThanOrEqual(expected);
		expect(next(ms, ...story)).toBeGreaterThan(expected * 0.9);
	});

	test('never asks for a tick sooner than 20 ms, or later than a second and a bit', () => {
		fc.assert(fc.property(randomStory, fc.nat(10_000), (story, ms) => {
			const snapshot = snapshotOf(...story);
			const change = nextChangeMs(snapshot, snapshot.t + ms) ?? 20;
			expect(change).toBeGreaterThanOrEqual(20);
			expect(change).toBeLessThanOrEqual(1001);
		}));
	});

	test('where it is undefined, the view stays as it is for ever', () => {
		fc.assert(fc.property(randomStory, fc.nat(2000), fc.nat(1_000_000), (story, ms, longer) => {
			const snapshot = snapshotOf(...story);
			const now = snapshot.t + ms;
			fc.pre(nextChangeMs(snapshot, now) === undefined);
			for (const peer of Object.values(snapshot.peers)) {
				expect(viewPeer(snapshot, peer, now + longer)).toEqual(viewPeer(snapshot, peer, now));
			}
		}));
	});
});
