import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {Journal} from '../../source/core/journal.js';
import {Memory} from '../../source/core/memory.js';
import {stepFrom, type Step} from '../../source/core/travel.js';
import {
	crashes,
	crowd,
	foldAll,
	isRefused,
	journalOf,
	numbered,
	receives,
	sends,
} from '../helpers/events.js';
import {randomStory} from '../helpers/random-stories.js';

describe('a journal as it was', () => {
	test('at any event is what was known then, and shows nothing that came later', () => {
		fc.assert(fc.property(randomStory, story => {
			const events = numbered(story);
			const journal = journalOf(story);
			for (const {n} of events) {
				const then = journal.asOf(n);
				expect(then.snapshot).toEqual(foldAll(events.slice(0, n)));
				expect([...then.newestFirst()]).toEqual([...journal.newestFirst(n)]);
				expect([...then.newestFirst(n + 5)]).toEqual([...journal.newestFirst(n)]);
				expect(then.at(n + 1)).toBeUndefined();
				expect(then.settledBy(n)).toEqual(journal.settledBy(n));
			}
		}), {numRuns: 30});
	});

	test('stays as it is while the lab goes on, and takes no event itself', () => {
		const journal = journalOf(crowd(1));
		const then = journal.asOf(3);
		const before = [...then.newestFirst()];
		const [next] = numbered([sends('client-1', 'Hello')], 6);
		journal.append(next ?? expect.fail());
		expect([...then.newestFirst()]).toEqual(before);
		expect(() => {
			then.append(next ?? expect.fail());
		}).toThrow('living lab');
	});

	test('before the horizon is as it was at the horizon, sums included', () => {
		const story = [...crowd(1), ...Array.from({length: 9000}, (_, index) => index % 2 === 0 ? sends('client-1', 'Hello') : receives('client-1', 'World'))];
		const events = numbered(story);
		const journal = new Journal(new Memory({events: 5000, bytes: 1e9}));
		for (const event of events) {
			journal.append(event);
		}

		const {horizon} = journal;
		expect(horizon).toBeGreaterThan(2001);
		expect(journal.asOf(1).snapshot).toEqual(foldAll(events.slice(0, horizon)));
		expect(journal.asOf(horizon + 2500).snapshot).toEqual(foldAll(events.slice(0, horizon + 2500)));
		expect(journal.landmarks.all('exchange')[0]).toBeGreaterThanOrEqual(horizon);
	});
});

describe('a step', () => {
	// 1 to 5 open the lab; questions at 6 and 10, trouble at 7 and 11.
	const journal = journalOf([
		...crowd(1), sends('client-1', 'Hello'), isRefused('client-1', 'send', 'EFSM'), receives('server-1', 'Hello'), receives('client-1', 'World'), sends('client-1', 'Again'), crashes('server-1'), receives('client-1', 'late'),
	]);

	test.each<[from: number | undefined, step: Step, to: number | undefined]>([
		[undefined, 'back', 11],
		[11, 'forth', undefined],
		[2, 'back', 1],
		[1, 'back', 1],
		[undefined, 'forth', undefined],
		[5, 'start', 1],
		[5, 'now', undefined],
		[undefined, 'previous-exchange', 10],
		[10, 'previous-exchange', 6],
		[6, 'previous-exchange', 6],
		[6, 'next-exchange', 10],
		[10, 'next-exchange', 10],
		[undefined, 'previous-trouble', 11],
		[11, 'previous-trouble', 7],
		[7, 'previous-trouble', 7],
		[1, 'next-trouble', 7],
		[undefined, 'next-trouble', undefined],
	])('from %s, %s, leads to %s', (from, step, to) => {
		expect(stepFrom(journal, from, step)).toBe(to);
	});

	test('back and forth again is where one was', () => {
		fc.assert(fc.property(randomStory, fc.nat(), (story, where) => {
			const any = journalOf(story);
			const n = 2 + (where % (story.length - 2));
			expect(stepFrom(any, stepFrom(any, n, 'back'), 'forth')).toBe(n);
		}));
	});
});
