import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {type Event} from '../../source/core/events.js';
import {frameLimit, frameOf} from '../../source/core/frames.js';
import {Memory} from '../../source/core/memory.js';
import {Journal, journalLimits} from '../../source/core/journal.js';
import {
	crowd,
	foldAll,
	journalOf,
	link,
	numbered,
	receives,
	sends,
	type Telling,
} from '../helpers/events.js';
import {randomStory} from '../helpers/random-stories.js';

const numbersOf = (events: Iterable<Event>) => [...events].map(({n}) => n);
const upTo = (n: number) => Array.from({length: n}, (_, index) => index + 1);
const round = [sends('client-1', 'Hello'), receives('server-1', 'Hello'), sends('server-1', 'World'), receives('client-1', 'World')];
const rounds = (count: number) => Array.from({length: count}, () => round).flat();
const byCount = (events: number) => ({events, bytes: journalLimits.bytes});

describe('a young journal', () => {
	test('is empty', () => {
		const journal = new Journal();
		expect(journal.length).toBe(0);
		expect(journal.horizon).toBe(0);
		expect(journal.at(0)).toBeUndefined();
		expect(journal.at(1)).toBeUndefined();
		expect(journal.settledBy(1)).toBeUndefined();
		expect(numbersOf(journal.newestFirst())).toEqual([]);
		expect(numbersOf(journal.newestOf('client-1'))).toEqual([]);
	});

	test('gives each event by its number', () => {
		const events = numbered(crowd(1));
		const journal = journalOf(crowd(1));
		expect(events.map(({n}) => journal.at(n))).toEqual(events);
		expect(journal.at(0)).toBeUndefined();
		expect(journal.at(events.length + 1)).toBeUndefined();
	});

	test('may begin at any number', () => {
		const journal = new Journal();
		for (const event of numbered(crowd(1), 100)) {
			journal.append(event);
		}

		expect(journal.horizon).toBe(100);
		expect(journal.at(100)?.type).toBe('lab-started');
		expect(numbersOf(journal.newestOf('client-1'))).toEqual([104, 103]);
	});

	test('knows the snapshot of all that it was told', () => {
		fc.assert(fc.property(randomStory, story => {
			expect(journalOf(story).snapshot).toEqual(foldAll(numbered(story)));
		}));
	});

	test('knows which event closed which exchange', () => {
		const journal = journalOf([...crowd(1), ...round]);
		expect(journal.settledBy(9)).toMatchObject({client: 'client-1', outcome: 'replied', sent: 6, closed: 9});
		expect([6, 7, 8, 10].map(n => journal.settledBy(n))).toEqual([undefined, undefined, undefined, undefined]);
	});
});

describe('newest first', () => {
	// Numbers 1 to 5 open the lab; 6 and 9 are the client's, 7 and 8 the server's.
	const journal = journalOf([...crowd(1), ...round]);

	test.each<[from: number | undefined, numbers: readonly number[]]>([
		[undefined, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
		[4, [4, 3, 2, 1]],
		[1, [1]],
		[0, []],
		[-5, []],
		[99, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
	])('all, from %s', (from, numbers) => {
		expect(numbersOf(journal.newestFirst(from))).toEqual(numbers);
	});

	test.each<[peer: string, from: number | undefined, numbers: readonly number[]]>([
		['client-1', undefined, [9, 6, 5, 4]],
		['client-1', 8, [6, 5, 4]],
		['client-1', 6, [6, 5, 4]],
		['client-1', 3, []],
		['client-1', 99, [9, 6, 5, 4]],
		['server-1', undefined, [8, 7, 3, 2]],
		['stranger', undefined, []],
	])('those of %s, from %s', (peer, from, numbers) => {
		expect(numbersOf(journal.newestOf(peer, from))).toEqual(numbers);
	});

	test('newestOf is newestFirst with the others left out', () => {
		fc.assert(fc.property(randomStory, fc.nat(60), (story, from) => {
			const whole = journalOf(story);
			const expected = [...whole.newestFirst(from)].filter(event => 'peer' in event && event.peer === 'client-1');
			expect([...whole.newestOf('client-1', from)]).toEqual(expected);
		}));
	});
});

describe('an old journal', () => {
	const limit = 160;
	const stride = 10;
	const story = [...crowd(1), ...rounds(200)];
	const journal = journalOf(story, byCount(limit));
	const {horizon} = journal;

	test('keeps the newest events, and a stride more at the most', () => {
		expect(journal.length).toBeGreaterThanOrEqual(limit);
		expect(journal.length).toBeLessThanOrEqual(limit + stride);
		expect(horizon).toBe(story.length - journal.length + 1);
	});

	test('has forgotten what lies before its horizon', () => {
		expect(journal.at(horizon)?.n).toBe(horizon);
		expect(journal.at(horizon - 1)).toBeUndefined();
		expect(numbersOf(journal.newestFirst()).at(-1)).toBe(horizon);
		expect(numbersOf(journal.newestFirst(horizon - 1))).toEqual([]);
		expect(Math.min(...numbersOf(journal.newestOf('client-1')))).toBeGreaterThanOrEqual(horizon);
	});

	test('has forgotten what those events closed, and knows it of the others', () => {
		const settled = upTo(story.length).filter(n => journal.settledBy(n));
		expect(Math.min(...settled)).toBeGreaterThanOrEqual(horizon);
		expect(settled).toHaveLength(numbersOf(journal.newestOf('client-1')).filter(n => journal.at(n)?.type === 'received').length);
		expect(journal.settledBy(story.length)).toMatchObject({id: 200, outcome: 'replied'});
	});

	test('still counts all of it', () => {
		expect(journal.snapshot.exchanges.tally).toMatchObject({asked: 200, replied: 200});
		expect(journal.snapshot.n).toBe(story.length);
	});

	test('has forgotten a peer that has long been silent', () => {
		const silent = journalOf([...crowd(2), ...rounds(200)], byCount(limit));
		expect(numbersOf(silent.newestOf('client-2'))).toEqual([]);
	});

	test('never holds more than its limit and a stride, at any moment', () => {
		const growing = new Journal(new Memory(byCount(limit)));
		for (const event of numbered(story)) {
			growing.append(event);
			expect(growing.length).toBeLessThanOrEqual(limit + stride);
			expect(growing.at(event.n)).toBe(event);
		}
	});
});

describe('a journal of long messages', () => {
	const long = (letter: string) => ({type: 'sent', peer: 'client-1', frames: [frameOf(new TextEncoder().encode(letter.repeat(frameLimit)))]} as const);
	const bytes = 100_000;
	const keptOf = (tellings: readonly Telling[]) => journalOf(tellings, {events: 1000, bytes}).length;

	test('forgets by size long before it forgets by count', () => {
		const kept = keptOf(Array.from({length: 200}, () => long('x')));
		expect(kept * frameLimit).toBeLessThanOrEqual(bytes);
		expect(kept * frameLimit).toBeGreaterThan(bytes * 0.8);
	});

	test.each<[what: string, telling: Telling]>([
		['bytes that are no text', {type: 'received', peer: 'client-1', frames: [frameOf(new Uint8Array(frameLimit).fill(0xFF))]}],
		['commands', {type: 'command', text: 'x'.repeat(frameLimit), from: 'pipe'}],
	])('counts %s too', (_, telling) => {
		expect(keptOf(Array.from({length: 200}, () => telling)) * frameLimit).toBeLessThanOrEqual(bytes);
	});

	test('short messages are not forgotten for their size', () => {
		expect(keptOf(rounds(50))).toBe(200);
	});

	test('always keeps the newest event, however large', () => {
		const journal = journalOf([...crowd(1), long('x')], {events: 1000, bytes: 1});
		expect(journal.length).toBe(1);
		expect(journal.at(6)?.type).toBe('sent');
	});

	test('what has no frames is counted too', () => {
		expect(keptOf(Array.from({length: 1000}, () => link('accepted', 'server-1')))).toBeLessThan(1000);
	});
});
