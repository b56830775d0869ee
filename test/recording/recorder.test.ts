/** Labs of real sockets that are recorded while they live: what is in the file is what was lived through. */
import {existsSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {startLocalLab} from '../../source/lab/local.js';
import {noQueues} from '../../source/core/queues.js';
import {foldAll} from '../helpers/events.js';
import {openLab, openPair} from '../helpers/lab.js';
import {Journal} from '../../source/core/journal.js';
import {type Event} from '../../source/core/events.js';
import {fileOf, opened, readAll, temporaryDirectory} from './helpers.js';

const newFile = (): string => path.join(temporaryDirectory(), 'lab.jsonl');

test('/record in mid-lab keeps all that happened before, and happens until /record off', async () => {
	const file = newFile();
	const lab = await openPair();
	await lab.asks('Hello');
	lab.run(`record ${file}`);
	await lab.sees('recording-started', {file});
	expect(lab.snapshot.recording).toBe(file);
	await lab.asks('Again');
	lab.run('record off');
	const {n} = await lab.sees('recording-stopped', {file});
	expect(lab.snapshot.recording).toBeUndefined();
	await lab.asks('Off the record');

	const {events, findings} = await readAll(file);
	expect(findings).toEqual([]);
	expect(events).toEqual(lab.events.slice(0, n));
	expect(foldAll(events)).toEqual(lab.journal.asOf(n).snapshot);
	const {header} = await opened(file);
	expect(header).toMatchObject({version: 1, scene: 'pair', seed: 1, versions: {libzmq: lab.snapshot.versions['libzmq']}});
});

test('--record keeps everything from the first event to the end of the lab', async () => {
	const file = newFile();
	const lab = await openPair({record: {file, again: false}, program: '0.1.0'});
	await lab.asks('Hello');
	lab.run('reset');
	await lab.sees('lab-started');
	expect(lab.snapshot.recording).toBe(file);
	await lab.isConnected();
	await lab.end();
	const {events} = await readAll(file);
	expect(events).toEqual(lab.events);
	expect(events.at(-1)?.type).toBe('lab-ended');
	expect(foldAll(events)).toEqual(lab.snapshot);
	const {header} = await opened(file);
	expect(header?.versions['zmq-playground']).toBe('0.1.0');
});

test('what has happened is in the file before anything else does', async () => {
	const file = newFile();
	const seen: boolean[] = [];
	const port = await startLocalLab({scene: 'pair', seed: 1, endpoint: 'tcp://127.0.0.1:*', record: {file, again: false}});
	let last: Event | undefined;
	port.subscribe(events => {
		for (const event of events) {
			// A listener hears of an event just before it is written: all before it is there.
			seen.push(last === undefined || readFileSync(file, 'utf8').includes(`"n":${last.n},`));
			last = event;
		}
	});
	await port.end();
	expect(seen.length).toBeGreaterThan(5);
	expect(seen.every(Boolean)).toBe(true);
});

describe('a recording that can’t be', () => {
	test('overwrites nothing unless told', async () => {
		const file = fileOf('precious');
		const lab = await openPair();
		lab.run(`record ${file}`);
		await lab.sees('command-failed', {code: 'EEXIST', reason: `${file}: the file is there already, and nothing was overwritten`});
		expect(readFileSync(file, 'utf8')).toBe('precious');
		lab.run(`record ${file} again`);
		await lab.sees('recording-started', {file});
		lab.run('record other.jsonl');
		await lab.sees('command-failed', {reason: `the lab is being recorded to ${file}`, next: '/record off ends that'});
		lab.run('record off');
		await lab.sees('recording-stopped');
		lab.run('record off');
		await lab.sees('command-failed', {reason: 'nothing is being recorded'});
	});

	test('stops when its directory vanishes, and the lab goes on', async () => {
		const file = newFile();
		const lab = await openPair();
		lab.run(`record ${file}`);
		await lab.sees('recording-started');
		rmSync(path.dirname(file), {recursive: true});
		lab.run('send Hello');
		await lab.sees('recording-stopped', {file, code: 'ENOENT'});
		await lab.sees('received', {peer: 'client-1'});
		expect(lab.snapshot.recording).toBeUndefined();
		expect(existsSync(file)).toBe(false);
	});

	test.runIf(process.platform === 'linux')('stops on a full disk, and the lab goes on', async () => {
		const lab = await openPair({record: {file: '/dev/full', again: true}});
		expect(lab.all('command-failed', {code: 'ENOSPC'})).toHaveLength(1);
		expect(await lab.asks('Hello')).toBe('World');
	});
});

test('what a lab has forgotten stands in the header as a sum', async () => {
	const file = newFile();
	const lab = await openLab();
	await lab.isConnected();
	// Each refused line is two events: more of them than a lab remembers.
	lab.run(...Array.from({length: 28_000}, () => 'pizza'), `record ${file}`);
	const {n} = await lab.sees('recording-started');
	await lab.asks('Hello');
	await lab.end();
	const recording = await opened(file);
	expect(recording.before.n).toBeGreaterThan(1000);
	const {events} = await readAll(file);
	expect(events[0]?.n).toBe(recording.before.n + 1);
	expect(events.some(event => event.n === n)).toBe(true);
	// Who is served next is inferred, and not written down.
	expect(Object.values(recording.before.queues.senders).some(({isKnown}) => isKnown)).toBe(false);
	expect({...foldAll(events, recording.before), queues: noQueues}).toEqual({...lab.snapshot, queues: noQueues});
});

const line = fc.oneof(
	fc.constantFrom('send Hello', 'reply World', '@all receive', '@all crash', '@all open', '@client-1 restart', '@server-1 restart', 'hold', 'release', 'by-hand', 'reply-with {request}', 'timeout 5ms', 'delay 3ms', 'delay off', 'reset', 'scene both-connect', 'scene pair', 'pizza', 'recover relaxed', '@client-1 disconnect', '@server-1 unbind'),
	fc.string().map(text => `send ${text}`),
);

test('folding a recording gives the same snapshot as living through it, whatever was done and whenever it began', async () => {
	await fc.assert(fc.asyncProperty(fc.array(line, {maxLength: 25}), fc.nat(25), async (lines, when) => {
		const file = newFile();
		const journal = new Journal();
		const lived: Event[] = [];
		const port = await startLocalLab({scene: 'pair', seed: 1, endpoint: 'tcp://127.0.0.1:*', delay: 'off'});
		port.subscribe(events => {
			for (const event of events) {
				journal.append(event);
				lived.push(event);
			}
		});
		for (const [index, each] of lines.toSpliced(Math.min(when, lines.length), 0, `record ${file}`).entries()) {
			port.execute(each, 'pipe');
			if (index % 3 === 0) {
				// The sockets have their turn.
				await new Promise(resolve => {
					setImmediate(resolve);
				});
			}
		}

		const recorded = new Promise<void>(resolve => {
			port.execute('record off', 'pipe');
			const look = (): void => {
				if (lived.some(({type}) => type === 'recording-stopped')) {
					resolve();
				} else {
					setImmediate(look);
				}
			};

			look();
		});
		await recorded;
		const n = lived.findLast(({type}) => type === 'recording-stopped')?.n ?? 0;
		await port.end();
		const {events, findings} = await readAll(file);
		expect(findings).toEqual([]);
		expect(events).toEqual(lived.filter(event => event.n <= n));
		expect(foldAll(events)).toEqual(journal.asOf(n).snapshot);
	}), {numRuns: 25});
});
