import {truncateSync, writeFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {eventsPerCheckpoint} from '../../source/core/archive.js';
import {type Journal} from '../../source/core/journal.js';
import {type Event} from '../../source/core/events.js';
import {GrowingRecording} from '../../source/recording/growing.js';
import {
	closes,
	crowd,
	foldAll,
	journalOf,
	numbered,
	opens,
	receives,
	sends,
	type Telling,
} from '../helpers/events.js';
import {randomStory} from '../helpers/random-stories.js';
import {fileOf, linesOf, opened, recordingOf} from './helpers.js';

async function grown(file: string, skipsDamaged = false): Promise<GrowingRecording> {
	const recording = new GrowingRecording(await opened(file));
	await recording.read(skipsDamaged);
	return recording;
}

const round = [sends('client-1', 'Hello'), receives('server-1', 'Hello'), sends('server-1', 'World'), receives('client-1', 'World')];
/** Several stretches of a file, and one peer who is only in the first of them. */
const long: readonly Telling[] = [...crowd(2), ...Array.from({length: eventsPerCheckpoint}, () => round).flat(), closes('server-1'), opens('server-1')];

const numbersOf = (events: Iterable<Event>): readonly number[] => [...events].map(({n}) => n);

/** Whether two journals say the same of a moment. */
function expectSame(one: Journal, other: Journal, from: number): void {
	expect(one.snapshot).toEqual(other.snapshot);
	expect([one.at(from), one.settledBy(from)]).toEqual([other.at(from), other.settledBy(from)]);
	expect(numbersOf(one.newestFirst(from)).slice(0, 50)).toEqual(numbersOf(other.newestFirst(from)).slice(0, 50));
	expect(numbersOf(one.oldestFirst(from)).slice(0, 50)).toEqual(numbersOf(other.oldestFirst(from)).slice(0, 50));
	for (const peer of ['client-1', 'client-2', 'server-1', 'nobody']) {
		expect(numbersOf(one.newestOf(peer, from)).slice(0, 50)).toEqual(numbersOf(other.newestOf(peer, from)).slice(0, 50));
	}
}

test('a recording says of every moment what the living journal said', async () => {
	await fc.assert(fc.asyncProperty(randomStory, async story => {
		const {journal} = await grown(recordingOf(numbered(story)));
		const living = journalOf(story);
		expect([journal.horizon, journal.length]).toEqual([living.horizon, living.length]);
		expect(journal.landmarks.all('trouble')).toEqual(living.landmarks.all('trouble'));
		expect(journal.landmarks.all('exchange')).toEqual(living.landmarks.all('exchange'));
		for (let n = 1; n <= story.length; n++) {
			expectSame(journal.asOf(n), living.asOf(n), n);
		}
	}), {numRuns: 15});
});

describe('a long recording', () => {
	test('says the same of moments far apart', async () => {
		const {journal} = await grown(recordingOf(numbered(long)));
		const living = journalOf(long);
		for (const n of [1, 6, 1999, 2000, 2001, 2002, 4000, 4003, 8006, 8007, long.length]) {
			expectSame(journal.asOf(n), living.asOf(n), n);
			expectSame(journal, living, n);
		}

		expect(journal.at(long.length + 1)).toBeUndefined();
	});

	test('can be looked at while it is read', async () => {
		const recording = new GrowingRecording(await opened(recordingOf(numbered(long))));
		const seen: number[] = [];
		recording.onChange(() => {
			const {journal, progress} = recording;
			const {n} = journal.snapshot;
			seen.push(progress ?? 1);
			expect(journal.asOf(n).snapshot).toEqual(journal.snapshot);
			expect(numbersOf(journal.newestFirst()).slice(0, 3)).toEqual([n, n - 1, n - 2]);
		});
		await recording.read(false);
		expect(seen.length).toBeGreaterThan(3);
		expect(seen).toEqual(seen.toSorted((one, other) => one - other));
		expect(recording.progress).toBeUndefined();
	});

	test('that is cut short or overwritten behind our back tells less, and nothing false', async () => {
		const file = recordingOf(numbered(long));
		const {journal} = await grown(file);
		truncateSync(file, 1000);
		const left = numbersOf(journal.newestFirst());
		expect(left.length).toBeGreaterThan(1);
		expect(left.length).toBeLessThan(20);
		expect(left.toReversed()).toEqual(left.map((_, index) => index + 1));
		writeFileSync(file, 'x'.repeat(2_000_000));
		expect(journal.asOf(4321).snapshot.n).toBeLessThanOrEqual(4321);
		// What has just been looked at may still be known.
		expect(numbersOf(journal.newestFirst(7000)).filter(n => !left.includes(n))).toEqual([]);
	});
});

test('a gap where damaged lines were is stepped over', async () => {
	const events = numbered(long);
	const lines = linesOf(events).with(2100, '{').with(2101, 'x');
	const recording = await grown(fileOf(lines.map(line => `${line}\n`).join('')), true);
	const {journal} = recording;
	expect(recording.trouble).toContain('line 2101');
	expect(journal.at(2099)?.n).toBe(2099);
	expect(journal.at(2100)).toBeUndefined();
	expect(numbersOf(journal.newestFirst(2102)).slice(0, 2)).toEqual([2102, 2099]);
	expect(numbersOf(journal.oldestFirst(2100)).slice(0, 1)).toEqual([2102]);
	expect(journal.asOf(2105).snapshot).toEqual(foldAll(events.filter(({n}) => n <= 2105 && n !== 2100 && n !== 2101)));
});
