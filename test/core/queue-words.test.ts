import {describe, expect, test} from 'vitest';
import {placesInLine, queueWords} from '../../source/core/queue-words.js';
import {viewQueue} from '../../source/core/queues.js';
import {
	closes,
	crashes,
	crowd,
	isAdded,
	later,
	link,
	opens,
	peerNamed,
	place,
	receives,
	sends,
	sets,
	snapshotOf,
	type Telling,
} from '../helpers/events.js';

const names = (count: number): readonly string[] => Array.from({length: count}, (_, index) => `client-${index + 1}`);

/** Three clients, all connected to one server. */
const connected: readonly Telling[] = [
	...crowd(3),
	link('bound', 'server-1'),
	...names(3).flatMap(name => [link('connecting', name), link('handshake-done', name)]),
];
const arrives = receives('server-1', 'Hello');
const answers = sends('server-1', 'World');
const asks = (client: string, body = 'Hello') => later(100, sends(client, body));
const after = (ms: number, fact: Parameters<typeof later>[1]) => later(ms, fact);

const wordsOf = (name: string, ...tellings: readonly Telling[]): string | undefined => {
	const snapshot = snapshotOf(...tellings);
	return queueWords(snapshot, peerNamed(snapshot, name));
};

describe('of a server', () => {
	test.each<[what: string, story: readonly Telling[], words: string | undefined]>([
		['nobody has asked', [], undefined],
		['one has', [asks('client-2'), arrives], 'to client-2'],
		['two have, and one is served', [asks('client-2'), arrives, asks('client-1', 'Hi')], 'to client-2 · next client-1'],
		['two with the same text, of whom one came long before', [asks('client-2'), after(50, arrives), asks('client-1')], 'to client-2 · next client-1'],
		['two with the same text in the same moment', [sends('client-1', 'Hello'), sends('client-2', 'Hello'), arrives], 'to client-1 or client-2, by turns client-1 · next client-2'],
		['three in the same moment', [...names(3).map(name => sends(name, 'Hello')), arrives], 'to client-1 or client-2 or client-3, by turns client-1 · next client-3 or client-2'],
		['three, and a reply has shown how they came', [...names(3).map(name => sends(name, 'Hello')), arrives, after(50, answers), arrives, receives('client-1', 'World'), after(50, answers), arrives, receives('client-2', 'World')], 'to client-3'],
		['a stranger has', [receives('server-1', 'Who?')], 'to a client that is not known here'],
		['one who waits in line leaves', [asks('client-2'), arrives, asks('client-1', 'Hi'), asks('client-3', 'Ho'), closes('client-1')], 'to client-2 · 1 waits; its turn can’t be known'],
	])('%s', (_, story, words) => {
		expect(wordsOf('server-1', ...connected, ...story)).toBe(words);
	});

	test('with a single client there is no line', () => {
		expect(wordsOf('server-1', ...crowd(1), link('bound', 'server-1'), link('connecting', 'client-1'), link('handshake-done', 'client-1'), asks('client-1'), arrives)).toBeUndefined();
	});
});

test('predictions are counted: right, wrong, and none where there was none', () => {
	const story = [...connected, asks('client-1', '1'), receives('server-1', '1'), asks('client-2', '2'), asks('client-3', '3'), after(50, answers), receives('client-1', 'World')];
	expect(viewQueue(snapshotOf(...story).queues, 'server-1')).toMatchObject({order: ['client-3', 'client-2'], right: 1, wrong: 0});
	const asForetold = [...story, receives('server-1', '3'), answers, receives('client-3', 'World')];
	expect(viewQueue(snapshotOf(...asForetold).queues, 'server-1')).toMatchObject({order: ['client-2'], right: 2, wrong: 0});
	const otherwise = [...story, receives('server-1', '2'), answers, receives('client-2', 'World')];
	expect(viewQueue(snapshotOf(...otherwise).queues, 'server-1')).toBeUndefined();
	expect(snapshotOf(...otherwise).queues.servers['server-1']).toMatchObject({right: 1, wrong: 1});
});

test('each has its place in the line', () => {
	const story = [...connected, asks('client-1', '1'), receives('server-1', '1'), asks('client-2', '2'), asks('client-3', '3')];
	expect([...placesInLine(snapshotOf(...story))]).toEqual([['client-1', 'now'], ['client-3', 'next'], ['client-2', '2nd']]);
	expect([...placesInLine(snapshotOf(...story, crashes('server-1')))]).toEqual([]);
});

describe('of a client with two servers', () => {
	const other = 'tcp://127.0.0.1:5570';
	const pool: readonly Telling[] = [
		...crowd(1),
		link('bound', 'server-1'),
		isAdded('server-2', 'server'),
		opens('server-2'),
		link('bound', 'server-2', other),
		link('connecting', 'client-1', place),
		link('connecting', 'client-1', other),
		link('handshake-done', 'client-1', place),
		link('handshake-done', 'client-1', other),
	];

	test.each<[what: string, story: readonly Telling[], words: string | undefined]>([
		['the first is asked first', [], 'by turns server-1 is asked next'],
		['it waits for the first', [sends('client-1', 'Hello')], 'asked server-1 by turns'],
		['then the second is asked', [sends('client-1', 'Hello'), arrives, answers, receives('client-1', 'World')], 'by turns server-2 is asked next'],
		['dead or not', [sends('client-1', 'Hello'), arrives, answers, receives('client-1', 'World'), crashes('server-2')], 'by turns server-2 is asked next, though it is closed'],
		['and there it sticks', [sends('client-1', 'Hello'), arrives, answers, receives('client-1', 'World'), crashes('server-2'), sends('client-1', 'Hello')], 'asked server-2 by turns, though it is closed'],
		['unless only those who are there are asked', [sets('client-1', 'immediate', 'on'), sends('client-1', 'Hello')], undefined],
		['a new socket begins anew', [sends('client-1', 'Hello'), closes('client-1'), opens('client-1'), link('connecting', 'client-1', other), link('connecting', 'client-1', place)], 'by turns server-2 is asked next'],
	])('%s', (_, story, words) => {
		expect(wordsOf('client-1', ...pool, ...story)).toBe(words);
	});
});
