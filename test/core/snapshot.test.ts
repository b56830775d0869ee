import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {type State} from '../../source/core/machines.js';
import {emptySnapshot, fold} from '../../source/core/snapshot.js';
import {
	beginning,
	closes,
	crashes,
	crowd,
	deepFreeze,
	foldAll,
	isAdded,
	isRefused,
	labStarts,
	link,
	numbered,
	oneOfEach,
	opens,
	pair,
	peerNamed,
	receives,
	sends,
	sets,
	snapshotOf,
	timesOut,
	type Telling,
} from '../helpers/events.js';
import {randomStory} from '../helpers/random-stories.js';

const asks = sends('client-1', 'Hello');
const arrives = receives('server-1', 'Hello');
const answers = sends('server-1', 'World');
const isAnswered = receives('client-1', 'World');
const peerAfter = (name: string, ...tellings: readonly Telling[]) => peerNamed(snapshotOf(...pair, ...tellings), name);

describe('states follow completed operations', () => {
	test.each<[what: string, story: readonly Telling[], client: State | undefined, server: State | undefined]>([
		['new sockets', [], 'idle', 'idle'],
		['a request sent', [asks], 'awaiting-reply', 'idle'],
		['a request arrived', [asks, arrives], 'awaiting-reply', 'awaiting-reply'],
		['a reply sent', [asks, arrives, answers], 'awaiting-reply', 'replied'],
		['a reply arrived', [asks, arrives, answers, isAnswered], 'replied', 'replied'],
		['a second round begun', [asks, arrives, answers, isAnswered, asks], 'awaiting-reply', 'replied'],
		['a refusal out of turn', [asks, isRefused('client-1', 'send', 'EFSM')], 'awaiting-reply', 'idle'],
		['a time-out', [asks, timesOut('client-1')], 'awaiting-reply', 'idle'],
		['a late reply', [asks, arrives, timesOut('client-1'), answers, isAnswered], 'replied', 'replied'],
		['a closed client', [asks, closes('client-1')], undefined, 'idle'],
		['a crashed server', [asks, arrives, crashes('server-1')], 'awaiting-reply', undefined],
		['a new server: empty, while the client waits on', [asks, arrives, crashes('server-1'), opens('server-1')], 'awaiting-reply', 'idle'],
	])('%s', (_, story, client, server) => {
		const snapshot = snapshotOf(...pair, ...story);
		expect(peerNamed(snapshot, 'client-1').state).toBe(client);
		expect(peerNamed(snapshot, 'server-1').state).toBe(server);
	});

	test('a move is remembered with where it came from', () => {
		const {since, moved} = peerAfter('client-1', asks);
		const n = pair.length + 1;
		expect({since, moved}).toEqual({since: beginning + n, moved: {from: 'idle', n, t: beginning + n}});
	});

	test('a refusal that moves nothing leaves the last move as it was', () => {
		expect(peerAfter('client-1', asks, isRefused('client-1', 'send', 'EFSM')).moved).toEqual(peerAfter('client-1', asks).moved);
	});

	test('every socket of a peer is counted', () => {
		expect(peerAfter('client-1').sockets).toBe(1);
		expect(peerAfter('client-1', crashes('client-1'), opens('client-1')).sockets).toBe(2);
	});
});

describe('what a server does before it replies', () => {
	const isDelayed = {type: 'delay-started', peer: 'server-1', ms: 800} as const;
	const isHeld = {type: 'held', peer: 'server-1'} as const;
	const since = beginning + pair.length + 3;

	test('a delay counts from its event', () => {
		expect(peerAfter('server-1', asks, arrives, isDelayed).waiting).toEqual({type: 'delay', since, ms: 800});
	});

	test('a hold counts from its event', () => {
		expect(peerAfter('server-1', asks, arrives, isHeld).waiting).toEqual({type: 'hold', since});
	});

	test.each<[what: string, over: Telling]>([
		['its end', {type: 'delay-ended', peer: 'server-1'}],
		['a release', {type: 'released', peer: 'server-1'}],
		['a reply by hand', answers],
		['a close', closes('server-1')],
	])('it is over with %s', (_, over) => {
		expect(peerAfter('server-1', asks, arrives, isDelayed, over)).not.toHaveProperty('waiting');
	});
});

describe('the lab', () => {
	test('options change one at a time', () => {
		const story = [isAdded('server-1', 'server', {delay: '1s', hold: 'off'}), sets('server-1', 'delay', '2s')];
		expect(peerNamed(snapshotOf(...story), 'server-1').options).toEqual({delay: '2s', hold: 'off'});
	});

	test('starts anew: no peer, no sum, no end is left of the one before', () => {
		const before = snapshotOf(...pair, asks, {type: 'lab-ended', reason: 'quit'});
		const [event] = numbered([labStarts('both-connect')], before.n + 1);
		const after = event && fold(before, event);
		expect(after).toEqual({...emptySnapshot, n: before.n + 1, beganAt: before.n + 1, t: beginning + 1, scene: 'both-connect', seed: 1, versions: {libzmq: '4.3.5'}});
	});

	test('starts anew but goes on with its transcripts where it says so', () => {
		const {beganAt} = snapshotOf(...pair, asks, {...labStarts('both-connect'), continues: true});
		expect(beganAt).toBe(1);
	});

	test('ends, with a reason or without', () => {
		expect(snapshotOf(...pair, {type: 'lab-ended'}).ended).toEqual({});
		expect(snapshotOf(...pair, {type: 'lab-ended', reason: 'quit'}).ended).toEqual({reason: 'quit'});
	});

	test('an event about a peer that nobody introduced changes nothing but the number and the time', () => {
		const before = snapshotOf(...pair, asks);
		const facts = Object.values(oneOfEach('ipc:///tmp/pizza')).filter(fact => 'peer' in fact && fact.type !== 'peer-added');
		for (const event of numbered(facts.map(fact => ({...fact, peer: 'stranger'})), before.n + 1)) {
			const {n, t, ...rest} = fold(before, event);
			const {n: _n, t: _t, ...expected} = before;
			expect(rest).toEqual(expected);
			expect([n, t]).toEqual([event.n, event.t]);
		}
	});
});

describe('the fold is pure', () => {
	test('it changes nothing that it was given, and gives the same again', () => {
		fc.assert(fc.property(randomStory, story => {
			let snapshot = deepFreeze(snapshotOf());
			const events = deepFreeze(numbered(story));
			for (const event of events) {
				snapshot = deepFreeze(fold(snapshot, event));
			}

			expect(snapshot).toEqual(foldAll(events));
		}));
	});

	test('folding in two parts is folding at once', () => {
		fc.assert(fc.property(randomStory, fc.nat(40), (story, at) => {
			const events = numbered(story);
			expect(foldAll(events.slice(at), foldAll(events.slice(0, at)))).toEqual(foldAll(events));
		}));
	});

	test('a snapshot survives the way to another process', () => {
		fc.assert(fc.property(randomStory, story => {
			const snapshot = snapshotOf(...story);
			expect(structuredClone(snapshot)).toEqual(snapshot);
		}));
	});

	test('it stays small, however much happens', () => {
		const rounds = Array.from({length: 500}, () => [asks, arrives, answers, isAnswered, link('accepted', 'server-1'), link('disconnected', 'server-1')]).flat();
		const size = (...tellings: readonly Telling[]) => JSON.stringify(snapshotOf(...crowd(1), ...tellings)).length;
		expect(size(...rounds)).toBeLessThan(size(...rounds.slice(0, 6)) + 100);
	});
});
