/** A recording made into a file for another tool, on stdout. */
import process from 'node:process';
import {type ExportFormat} from '../core/export-formats.js';
import {Journal} from '../core/journal.js';
import {journalLimits, Memory} from '../core/memory.js';
import {visible} from '../core/text.js';
import {exportAs} from '../exports/export.js';
import {openRecording} from '../recording/read.js';

export type ExportOptions = {readonly file: string; readonly as: ExportFormat; readonly skipsDamaged: boolean};

/** Reads it to the end, prints the export, and gives the exit status: 1 if something in it could not be read. */
export async function exportRecording({file, as, skipsDamaged}: ExportOptions): Promise<number> {
	const recording = await openRecording(file);
	if ('reason' in recording) {
		return tell(file, `${recording.reason}\n${recording.next}`);
	}

	const journal = new Journal(new Memory(journalLimits, recording.before));
	let count = 0;
	let labs = 0;
	for await (const {events, findings} of recording.batches({skipsDamaged})) {
		for (const event of events) {
			journal.append(event);
			labs += event.type === 'lab-started' ? 1 : 0;
		}

		count += events.length;
		for (const {text, isEnd} of findings) {
			tell(file, text);
			if (isEnd) {
				return 1;
			}
		}
	}

	if (journal.length < count) {
		tell(file, `only its newest ${journal.length} of ${count} events are in the export`);
	}

	if (labs > 1) {
		tell(file, `it holds ${labs} labs, one after the other (/scene, /reset): the last is in the export; open it, go back to another, and /export writes that one`);
	}

	return print(exportAs(as, journal));
}

/** Resolves when the last of it has been taken; 1 if whoever reads has gone. */
const print = async (text: string): Promise<number> => new Promise(resolve => {
	process.stdout.once('error', () => {
		resolve(1);
	});
	process.stdout.write(text, () => {
		resolve(0);
	});
});

function tell(file: string, text: string): number {
	process.stderr.write(`zmq-playground: ${visible(file)}: ${text}\n`);
	return 1;
}
