/**
Reads a recording, from its first line to its last, in batches.

	const recording = await openRecording('lesson.jsonl');
	if ('reason' in recording) …                      // no such file, no recording, a newer one
	for await (const {events} of recording.batches()) …

Law: what is read was written elsewhere. Each event is held against the schema; a torn last line is told and left out; a damaged line ends
the reading, unless damaged lines shall be skipped. Memory is bounded by a batch.
*/
import {Buffer} from 'node:buffer';
import {open, type FileHandle} from 'node:fs/promises';
import {type Event} from '../core/events.js';
import {unknownQueues} from '../core/queues.js';
import {emptySnapshot, type Snapshot} from '../core/snapshot.js';
import {fileProblemOf} from '../core/file-problems.js';
import {type Header} from './header.js';
import {Lines, type Line} from './lines.js';
import {isDamage, parseEvent, parseHeader, type NoHeader} from './parse.js';

/** Something about the file that a person has to know: a line left out, or the end of reading. `line` counts from 1. */
export type Finding = {readonly type: 'torn' | 'damaged'; readonly line: number; readonly text: string; readonly isEnd: boolean};

/** What a piece of the file held. `places` are the bytes where the lines of its events begin; `readBytes` is how far the file is read by now. */
export type Batch = {readonly events: readonly Event[]; readonly places: readonly number[]; readonly findings: readonly Finding[]; readonly readBytes: number};

/** A recording that can be read. `header` is undefined for the bare output of `--json`; `sizeBytes` is what it was when it was opened. */
export type Recording = {
	readonly file: string;
	readonly header: Header | undefined;
	/** From what its events are folded. */
	readonly before: Snapshot;
	readonly sizeBytes: number;
	/** The events in order. With `skipsDamaged` it reads on after a damaged line. */
	readonly batches: (options?: {readonly skipsDamaged?: boolean}) => AsyncGenerator<Batch>;
};

/** Small enough that drawing and keys have their turn in between. */
const chunkBytes = 128 * 1024;

/** Opens a recording and reads its first line. Never rejects. */
export async function openRecording(file: string): Promise<Recording | NoHeader> {
	try {
		const handle = await open(file);
		try {
			const {size} = await handle.stat();
			const first = await firstLine(handle);
			const header = parseHeader(first?.text);
			if (first === undefined || (header && 'reason' in header)) {
				return first === undefined ? {reason: 'it is empty', next: 'a recording has at least its header'} : header as NoHeader;
			}

			return {
				file,
				header,
				before: header?.before ? {...header.before, queues: unknownQueues(header.before.peers)} : emptySnapshot,
				sizeBytes: size,
				batches: options => batchesOf(file, {hasHeader: header !== undefined, last: header?.before?.n ?? 0, skipsDamaged: options?.skipsDamaged ?? false}),
			};
		} finally {
			await handle.close();
		}
	} catch (error) {
		const {reason, next} = fileProblemOf(error);
		return {reason, next};
	}
}

async function firstLine(handle: FileHandle): Promise<Line | undefined> {
	const lines = new Lines();
	for await (const chunk of chunksOf(handle)) {
		const [line] = lines.push(chunk);
		if (line) {
			return line;
		}
	}

	return lines.rest();
}

async function * chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
	for (let position = 0; ;) {
		// A new buffer each time: lines are views of it until they are read.
		const buffer = Buffer.allocUnsafe(chunkBytes);
		const {bytesRead} = await handle.read(buffer, 0, chunkBytes, position);
		if (bytesRead === 0) {
			return;
		}

		position += bytesRead;
		yield buffer.subarray(0, bytesRead);
	}
}

type Reading = {readonly hasHeader: boolean; readonly last: number; readonly skipsDamaged: boolean};

/** A file that can't be read any more ends it like a damaged line. */
async function * batchesOf(file: string, reading: Reading): AsyncGenerator<Batch> {
	let readBytes = 0;
	try {
		for await (const batch of wholeBatchesOf(file, reading)) {
			({readBytes} = batch);
			yield batch;
		}
	} catch (error) {
		const {reason, next} = fileProblemOf(error);
		yield {events: [], places: [], findings: [{type: 'damaged', line: 0, text: `the file can’t be read on: ${reason}; ${next}`, isEnd: true}], readBytes};
	}
}

async function * wholeBatchesOf(file: string, {hasHeader, last, skipsDamaged}: Reading): AsyncGenerator<Batch> {
	const handle = await open(file);
	try {
		const lines = new Lines();
		let readBytes = 0;
		let newest = last;
		for await (const chunk of chunksOf(handle)) {
			readBytes += chunk.length;
			const batch = readLines(lines.push(chunk), {hasHeader, last: newest, skipsDamaged});
			newest = batch.events.at(-1)?.n ?? newest;
			yield {...batch, readBytes};
			if (batch.findings.some(({isEnd}) => isEnd)) {
				return;
			}
		}

		const rest = lines.rest();
		if (rest) {
			const batch = readLines([rest], {hasHeader, last: newest, skipsDamaged: true});
			// Whole, but for its newline: then it is a line like any other.
			const findings = batch.findings.map(({line}): Finding => ({type: 'torn', line, text: `line ${line}, the last, is torn: it was being written when something died, or it is being written now. It is left out.`, isEnd: false}));
			yield {...batch, findings, readBytes};
		}
	} finally {
		await handle.close();
	}
}

function readLines(lines: readonly Line[], {hasHeader, last, skipsDamaged}: Reading): Omit<Batch, 'readBytes'> {
	const events: Event[] = [];
	const places: number[] = [];
	const findings: Finding[] = [];
	let newest = last;
	for (const {line, from, text} of lines) {
		if (line === 1 && hasHeader) {
			continue;
		}

		const read = parseEvent(text);
		const damage = isDamage(read) ? read.damage : (read.n <= newest ? `its number ${read.n} comes after ${newest}` : undefined);
		if (damage === undefined && !isDamage(read)) {
			newest = read.n;
			events.push(read);
			places.push(from);
		} else {
			findings.push({type: 'damaged', line, text: `line ${line} is damaged: ${damage}. ${skipsDamaged ? 'It is left out.' : '--skip-damaged reads on after it.'}`, isEnd: !skipsDamaged});
			if (!skipsDamaged) {
				break;
			}
		}
	}

	return {events, places, findings};
}
