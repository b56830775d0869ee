import {Buffer} from 'node:buffer';
import {appendFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {openRecording} from '../../source/recording/read.js';
import {longestLine} from '../../source/recording/lines.js';
import {noQueues} from '../../source/core/queues.js';
import {foldAll, numbered, oneOfEach, pair, sends} from '../helpers/events.js';
import {randomStory} from '../helpers/random-stories.js';
import {fileOf, header, linesOf, readAll, recordingOf} from './helpers.js';

const events = numbered(pair);
const lines = linesOf(events);
const join = (all: readonly string[]): string => all.map(line => `${line}\n`).join('');
/** The recording with its line `number` (counting from 1) put another way. */
const withLine = (number: number, line: string): string => join(lines.with(number - 1, line));
const hostile = '\u{1B}[2J\u{1B}]52;c;aGk=\u{7}\u{202E}';

test('what was written is read, and folds to the same', async () => {
	await fc.assert(fc.asyncProperty(randomStory, async story => {
		const told = numbered(story);
		const read = await readAll(recordingOf(told));
		expect(read).toEqual({events: told, findings: []});
		expect(foldAll(read.events)).toEqual(foldAll(told));
	}), {numRuns: 30});
});

test('one event of each type is written and read', async () => {
	const all = numbered(Object.values(oneOfEach(`text ${hostile}`)));
	expect(await readAll(recordingOf(all))).toEqual({events: all, findings: []});
});

test('what is told by --json, without a header, is a recording too', async () => {
	expect(await readAll(fileOf(join(lines.slice(1))))).toEqual({events, findings: []});
});

test('Windows may have put carriage returns into it', async () => {
	expect(await readAll(fileOf(lines.map(line => `${line}\r\n`).join('')))).toEqual({events, findings: []});
});

test('lines are found wherever a chunk of the file ends', async () => {
	// Several chunks, and lines of every length from a few bytes to more than one chunk.
	const many = numbered(Array.from({length: 1500}, (_, index) => sends('client-1', 'x'.repeat(index % 97), 'é'.repeat((index * 37) % 4096))));
	expect(await readAll(recordingOf(many))).toEqual({events: many, findings: []});
});

describe('the last line', () => {
	test('is whole though its newline is missing', async () => {
		expect(await readAll(fileOf(join(lines).trimEnd()))).toEqual({events, findings: []});
	});

	test('torn anywhere is left out, told, and no damage', async () => {
		const last = lines.at(-1) ?? '';
		for (let length = 1; length < last.length; length++) {
			const read = await readAll(fileOf(join(lines.slice(0, -1)) + last.slice(0, length)));
			expect(read.events).toEqual(events.slice(0, -1));
			expect(read.findings).toMatchObject([{type: 'torn', line: lines.length, isEnd: false}]);
		}
	});
});

describe('a damaged line', () => {
	test.each<[what: string, line: string, damage: string]>([
		['is no JSON', '{"v":1,', 'it is no JSON'],
		['is empty', '', 'it is empty'],
		['is no event', '[]', 'no event that this version knows'],
		['is of a type that nobody knows', '{"v":1,"n":4,"t":1,"type":"pizza"}', 'no event that this version knows (pizza)'],
		['is of another version', '{"v":2,"n":4,"t":1,"type":"lab-ended"}', 'no event that this version knows (lab-ended)'],
		['has a field too many', '{"v":1,"n":4,"t":1,"type":"lab-ended","x":1}', 'no event that this version knows'],
		['is hostile', JSON.stringify({v: 1, n: 4, t: 1, type: hostile}), '␛[2J␛]52;c;aGk=␇<202e>'],
		['comes twice', lines[3] ?? '', 'its number 3 comes after 3'],
		['is far too long', `"${'x'.repeat(longestLine)}"`, 'it is far too long'],
	])('that %s ends the reading, by its number; skipped when asked', async (_, line, damage) => {
		const file = fileOf(withLine(5, line));
		const stopped = await readAll(file);
		expect(stopped.events).toEqual(events.slice(0, 3));
		expect(stopped.findings).toMatchObject([{type: 'damaged', line: 5, isEnd: true}]);
		expect(stopped.findings[0]?.text).toContain('line 5 is damaged: ');
		expect(stopped.findings[0]?.text).toContain(damage);
		expect(stopped.findings[0]?.text).not.toContain('\u{1B}');

		const skipped = await readAll(file, {skipsDamaged: true});
		expect(skipped.events).toEqual(events.filter(({n}) => n !== 4));
		expect(skipped.findings).toMatchObject([{type: 'damaged', line: 5, isEnd: false}]);
	});

	test('random bytes anywhere are never more than damage', async () => {
		const whole = Buffer.from(join(lines));
		await fc.assert(fc.asyncProperty(fc.nat(whole.length), fc.uint8Array({minLength: 1, maxLength: 20}), async (at, bytes) => {
			const file = fileOf(Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at)]));
			const recording = await openRecording(file);
			if ('reason' in recording) {
				expect(recording.next).not.toBe('');
				return;
			}

			const {events: read} = await readAll(file, {skipsDamaged: true});
			expect(read.length).toBeGreaterThanOrEqual(events.length - 2);
		}), {numRuns: 50});
	});
});

describe('no recording', () => {
	test.each<[what: string, content: string, reason: string]>([
		['another file', 'root:x:0:0::/root:/bin/sh\n', 'it is no recording of zmq-playground'],
		['other JSON', '{"name": "zmq-playground"}\n', 'it is no recording of zmq-playground'],
		['bytes', `\u{0}\u{1}${hostile}\n`, 'it is no recording of zmq-playground'],
		['one endless line', 'x'.repeat(longestLine + 1), 'it is no recording of zmq-playground'],
		['an empty file', '', 'it is empty'],
		['a newer one', `${JSON.stringify({...header, version: 2, versions: {'zmq-playground': `9.0 ${hostile}`}})}\n`, 'it was written by a newer zmq-playground (9.0 ␛[2J␛]52;c;aGk=␇<202e>): version 2 of the form, and this one reads 1'],
		['a damaged header', `${JSON.stringify({...header, seed: 'x'})}\n`, 'its first line is damaged'],
		['a header of a sum that is none', `${JSON.stringify({...header, before: {n: 3}})}\n`, 'its first line is damaged'],
	])('%s', async (_, content, reason) => {
		const recording = await openRecording(fileOf(content));
		expect(recording).toMatchObject({reason: expect.stringContaining(reason) as unknown});
		expect(JSON.stringify(recording)).not.toContain(String.raw`\u001b`);
	});

	test.each([
		['nowhere/lab.jsonl', 'there is no such file or directory'],
		['.', 'it is a directory'],
	])('%s', async (file, reason) => {
		expect(await openRecording(file)).toMatchObject({reason});
	});
});

test('a sum in the header is what the events are folded from', async () => {
	// Who is served next is inferred, and not written down.
	const {queues: _inferred, ...before} = foldAll(events.slice(0, 8));
	const file = recordingOf(events.slice(8), {...header, before});
	const recording = await openRecording(file);
	expect('before' in recording && recording.before.n).toBe(8);
	const read = await readAll(file);
	expect({...foldAll(read.events, 'before' in recording ? recording.before : undefined), queues: noQueues}).toEqual({...foldAll(events), queues: noQueues});
});

test('what is appended while it is read is read as well', async () => {
	const file = recordingOf(events.slice(0, 6));
	const recording = await openRecording(file);
	appendFileSync(file, join(lines.slice(7)));
	expect('reason' in recording).toBe(false);
	expect(await readAll(file)).toEqual({events, findings: []});
});
