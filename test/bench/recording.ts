/** (r) A recording of a million events: its first screen, all of it, any moment of it; and what writing one costs. */
import {mkdtempSync, rmSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {type Event} from '../../source/core/events.js';
import {Journal} from '../../source/core/journal.js';
import {createRandom} from '../../source/core/random.js';
import {GrowingRecording} from '../../source/recording/growing.js';
import {recordingVersion} from '../../source/recording/header.js';
import {eventLine, headerLine} from '../../source/recording/line.js';
import {openRecording} from '../../source/recording/read.js';
import {openWriter, RecordingWriter} from '../../source/recording/writer.js';
import {beginning, numbered, pair, receives, sends} from '../helpers/events.js';
import {openTerminal} from '../helpers/terminal.js';
import {screenSize} from './app.js';
import {measured, notRun, type Bench, type Figure, type Missing} from './figure.js';
import {builtProgram} from './paths.js';
import {median, percentile} from './statistics.js';

const eventsInAll = 1_000_000;
const eventsInJournal = 200_000;
const moments = 400;
/** How many rows a screen shows of a moment. */
const rows = 40;

export const recording: Bench = {
	letter: 'r',
	title: `a recording of ${eventsInAll.toLocaleString('en')} events`,
	async run() {
		const directory = mkdtempSync(path.join(tmpdir(), 'zmq-bench-'));
		try {
			const [long, short] = [path.join(directory, 'long.jsonl'), path.join(directory, 'short.jsonl')];
			const perEvent = [write(long, eventsInAll), write(short, eventsInJournal)];
			return [
				measured('to write an event down, each at once', perEvent[0] ?? NaN, 'µs'),
				...(await onScreen(long)),
				...(await inTime(short)),
			];
		} finally {
			rmSync(directory, {recursive: true, force: true});
		}
	},
};

const round = [sends('client-1', 'Hello'), receives('server-1', 'Hello'), sends('server-1', 'World'), receives('client-1', 'World')];

/** The events of a pair that talks without end. */
function * story(count: number): Generator<Event> {
	yield * numbered(pair);
	for (let n = pair.length + 1; n <= count; n += round.length) {
		for (const [index, event] of numbered(round, n).entries()) {
			yield {...event, t: beginning + n + index};
		}
	}
}

/** Writes a recording as a lab does; gives how many µs an event takes. */
function write(file: string, count: number): number {
	const writer = openWriter({file, again: true});
	if (!(writer instanceof RecordingWriter)) {
		throw new TypeError(writer.reason);
	}

	writer.write([headerLine({type: 'recording', version: recordingVersion, at: beginning, versions: {}, seed: 1, scene: 'pair'})]);
	let spent = 0;
	for (const event of story(count)) {
		const start = performance.now();
		writer.write([eventLine(event)]);
		spent += performance.now() - start;
	}

	writer.close();
	return spent * 1000 / count;
}

/** The built program opens it in a terminal. */
async function onScreen(file: string): Promise<ReadonlyArray<Figure | Missing>> {
	const start = performance.now();
	const terminal = openTerminal({command: [process.execPath, builtProgram, 'open', file], ...screenSize});
	try {
		await terminal.waitFor(screen => screen.includes('RECORDING') && screen.includes('REQ  connected') && /reading .*%/.test(screen), {label: 'the first screen'});
		const first = performance.now() - start;
		await terminal.waitFor(screen => screen.includes('Space: play') && !screen.includes('reading '), {label: 'all of it to be read', timeoutMs: 120_000});
		const all = performance.now() - start;
		const resident = await residentMegabytes(terminal.pid);
		const jumps: number[] = [];
		for (const [key, shown] of [['Home', '#1 of'], ['End', `#${eventsInAll} of`], ['Home', '#1 of'], ['End', `#${eventsInAll} of`]] as const) {
			const pressed = performance.now();
			terminal.press(key);
			await terminal.waitFor(shown);
			jumps.push(performance.now() - pressed);
		}

		return [
			measured('to the first screen, with a bar of what is read', first, 'ms', {floor: {atMost: 2000}}),
			measured('to the end of the file, keys and screen alive', all / 1000, 's', {note: `${Math.round(eventsInAll / all)} events/ms`}),
			resident === undefined ? notRun('resident memory when all is read', 'there is no /proc here') : measured('resident memory when all is read', resident, 'MB'),
			measured('from one end to the other, key to screen', median(jumps), 'ms'),
		];
	} finally {
		await terminal.close();
	}
}

async function residentMegabytes(pid: number): Promise<number | undefined> {
	try {
		const status = await readFile(`/proc/${pid}/status`, 'utf8');
		return Number(/^VmRSS:\s+(?<kilobytes>\d+)/m.exec(status)?.groups?.['kilobytes']) / 1024;
	} catch {
		return undefined;
	}
}

/** Moments all over a journal: the snapshot, and as many rows as a screen shows. */
async function inTime(file: string): Promise<readonly Figure[]> {
	const opened = await openRecording(file);
	if ('reason' in opened) {
		throw new Error(opened.reason);
	}

	const recorded = new GrowingRecording(opened);
	await recorded.read(false);
	const living = new Journal();
	for (const event of story(eventsInJournal)) {
		living.append(event);
	}

	return [['in memory', living] as const, ['in a file', recorded.journal] as const].map(([where, journal]) => {
		const times = timesOf(journal);
		return measured(`any moment of ${eventsInJournal.toLocaleString('en')} events ${where}, p99`, percentile(times, 0.99), 'ms', {
			floor: {atMost: 50}, note: `median ${median(times).toFixed(1)}, most ${Math.max(...times).toFixed(1)}`,
		});
	});
}

function timesOf(journal: Journal): readonly number[] {
	const random = createRandom(1);
	return Array.from({length: moments}, () => {
		const n = 1 + Math.floor(random() * eventsInJournal);
		const start = performance.now();
		const then = journal.asOf(n);
		let left = rows;
		for (const event of then.newestFirst()) {
			then.settledBy(event.n);
			if (--left === 0) {
				break;
			}
		}

		return performance.now() - start;
	});
}
