/**
Recordings that were written by earlier versions, and must open in every later one, and mean what they meant. A fixture is never changed: what
is new is in one of its own (see `make-fixtures.ts`).
*/
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {parseScript} from '../../source/commands/script.js';
import {type Event} from '../../source/core/events.js';
import {Journal} from '../../source/core/journal.js';
import {noQueues} from '../../source/core/queues.js';
import {event as eventSchema} from '../../source/recording/schema.js';
import {ScriptRun, type Ending} from '../../source/script/run.js';
import {foldAll} from '../helpers/events.js';
import {run} from '../helpers/shell.js';
import {opened, readAll, temporaryDirectory} from './helpers.js';
import {fixtureOf, scriptOf, stories} from './stories.js';

test('version 1: every event is known, and means what it meant', async () => {
	const file = 'test/recording/fixtures/version-1.jsonl';
	const {header} = await opened(file);
	expect(header).toMatchObject({version: 1, seed: 7, scene: 'pair', versions: {'zmq-playground': '0.1.0', libzmq: '4.3.5'}});
	const {events, findings} = await readAll(file);
	expect(findings).toEqual([]);
	expect(events.map(({n}) => n)).toEqual(Array.from({length: 167}, (_, index) => index + 1));

	const journal = new Journal();
	for (const event of events) {
		journal.append(event);
	}

	expect(events.flatMap(({n}) => journal.settledBy(n)?.outcome ?? [])).toEqual(['replied', 'replied', 'replied', 'replied', 'timed-out', 'replied', 'abandoned']);
	// The end of its first lab, whose client tried again as a lazy pirate.
	expect(journal.asOf(120).snapshot).toMatchObject({
		scene: 'pair',
		exchanges: {tally: {asked: 6, replied: 5, 'timed-out': 1, late: 1}},
		peers: {'client-1': {sockets: 4, options: {recover: 'relaxed+correlate'}}, 'server-1': {sockets: 2, options: {'reply-with': '{upper}'}}},
	});
	expect(journal.snapshot).toMatchObject({scene: 'pair', ended: {}, peers: {'client-1': {socketType: 'REQ', closedHow: 'end'}, 'server-1': {socketType: 'REP', closedHow: 'end'}}});
});

/** Runs a story on its recording instead of on a lab: a command is over when what was recorded up to the next one has happened again. */
async function runOn(events: readonly Event[], source: string, file: string): Promise<Ending> {
	const parsed = parseScript(source, new Map([['file', file]]));
	const told: Event[] = [];
	const script: ScriptRun = new ScriptRun(parsed.ok ? parsed.steps : [], {
		execute() {
			happen();
		},
		now: () => told.at(-1)?.t ?? 0,
		after() {
			// What became of each step is in the ending.
		},
		stop: new AbortController().signal,
	});
	const happen = (): void => {
		const rest = events.slice(told.length);
		const next = rest.findIndex(({type}, index) => index > 0 && type === 'command');
		const batch = rest.slice(0, next === -1 ? undefined : next);
		told.push(...batch);
		script.take(batch);
	};

	happen();
	return script.run();
}

describe.each(stories)('the story %s', story => {
	const source = readFileSync(scriptOf(story), 'utf8');

	test('is in a recording, where all holds that held on the sockets', async () => {
		const file = fixtureOf(story);
		const {events, findings} = await readAll(file);
		expect(findings).toEqual([]);
		expect(await runOn(events, source, file)).toEqual({type: 'held', expectations: source.match(/^expect /gmv)?.length});
	});

	test('can be lived through today', async () => {
		const directory = temporaryDirectory();
		const file = path.join(directory, 'story.jsonl');
		const socket = source.includes('$socket') ? ['--set', `socket=${directory}/socket`] : [];
		expect(await run(['run', scriptOf(story), '--set', `file=${file}`, ...socket])).toMatchObject({status: 0, stderr: ''});
		const {header} = await opened(file);
		expect(header?.versions).toMatchObject({'zmq-playground': expect.any(String) as string, libzmq: expect.any(String) as string});
		const {findings} = await readAll(file);
		expect(findings).toEqual([]);
	});
});

test('a tap between programs of others: its lanes are there again', async () => {
	const {events} = await readAll('test/recording/fixtures/version-1-tap.jsonl');
	const {lanes, tap} = foldAll(events);
	expect(lanes?.open).toEqual([]);
	expect(lanes?.past.map(({link}) => link).toSorted((one, other) => one - other)).toEqual([1, 2, 3]);
	expect(lanes?.past.find(({link}) => link === 1)).toMatchObject({ends: {connector: 'REQ', listener: 'REP'}, asked: 2, replied: 1, lost: 1});
	expect(lanes?.figures).toMatchObject({links: 3, exchanges: {replied: 1, lost: 1}, roundTrips: {count: 1}});
	expect(tap.faults).toMatchObject([{fault: 'drop reply 2', struck: 1, last: {link: 1, exchange: 2}}]);
});

test('a header that has a sum in it comes to the same', async () => {
	const [whole, later] = await Promise.all(['wire', 'sum'].map(async name => readAll(fixtureOf(name))));
	const {before} = await opened(fixtureOf('sum'));
	expect(before.n).toBeGreaterThan(50);
	expect({...foldAll(later?.events ?? [], before), queues: noQueues}).toEqual({...foldAll(whole?.events ?? []), queues: noQueues});
});

test('every type of event is in a fixture', async () => {
	const files = readdirSync('test/recording/fixtures').map(name => `test/recording/fixtures/${name}`);
	const kept = new Set<string>();
	for (const file of files) {
		const {events, findings} = await readAll(file);
		expect(findings, file).toEqual([]);
		for (const {type} of events) {
			kept.add(type);
		}
	}

	expect(eventSchema.options.map(({shape}) => shape.type.value).filter(type => !kept.has(type))).toEqual([]);
});
