/** Recordings for tests: files in a directory of their own, which goes with the test. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import {type Event} from '../../source/core/events.js';
import {recordingVersion, type Header} from '../../source/recording/header.js';
import {eventLine, headerLine} from '../../source/recording/line.js';
import {openRecording, type Finding, type Recording} from '../../source/recording/read.js';
import {beginning} from '../helpers/events.js';

export const header: Header = {
	type: 'recording', version: recordingVersion, at: beginning, versions: {'zmq-playground': '0.1.0', libzmq: '4.3.5'}, seed: 1, scene: 'pair',
};

/** A directory that is gone after the test. */
export function temporaryDirectory(): string {
	const directory = mkdtempSync(path.join(tmpdir(), 'zmq-recording-'));
	onTestFinished(() => {
		rmSync(directory, {recursive: true, force: true});
	});
	return directory;
}

/** A file with this content; gives its path. */
export function fileOf(content: string | Uint8Array): string {
	const file = path.join(temporaryDirectory(), 'lab.jsonl');
	writeFileSync(file, content);
	return file;
}

/** The lines of a recording of these events. */
export const linesOf = (events: readonly Event[], first: Header = header): readonly string[] => [headerLine(first), ...events.map(event => eventLine(event))];

/** A recording of these events. */
export const recordingOf = (events: readonly Event[], first: Header = header): string => fileOf(linesOf(events, first).map(line => `${line}\n`).join(''));

/** Opens what a test knows to be a recording. */
export async function opened(file: string): Promise<Recording> {
	const recording = await openRecording(file);
	if ('reason' in recording) {
		throw new Error(`${recording.reason}; ${recording.next}`);
	}

	return recording;
}

/** All that a recording holds, and all that was found about it. */
export async function readAll(file: string, options?: {readonly skipsDamaged?: boolean}): Promise<{readonly events: readonly Event[]; readonly findings: readonly Finding[]}> {
	const recording = await opened(file);
	const events: Event[] = [];
	const findings: Finding[] = [];
	for await (const batch of recording.batches(options)) {
		events.push(...batch.events);
		findings.push(...batch.findings);
	}

	return {events, findings};
}
