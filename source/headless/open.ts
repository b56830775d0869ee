/** A recording without a screen: its events, or its exchanges, printed as a living lab's are. */
import process from 'node:process';
import {type OpenOptions} from '../command-line/open.js';
import {Journal} from '../core/journal.js';
import {Memory} from '../core/memory.js';
import {visible} from '../core/text.js';
import {openRecording} from '../recording/read.js';
import {jsonPrinter, rowPrinter} from './printer.js';
import {createOutlets, flushed} from './outlets.js';

/** How much is remembered while it is printed: rows look back only a little. */
const remembered = {events: 20_000, bytes: 8 * 1024 * 1024};

/** Prints it to the end and gives the exit status: 1 if something in it could not be read. */
export async function printRecording({file, skipsDamaged, isJson, looks: {isAscii}}: OpenOptions): Promise<number> {
	const recording = await openRecording(file);
	if ('reason' in recording) {
		process.stderr.write(`zmq-playground: ${visible(file)}: ${recording.reason}\n${recording.next}\n`);
		return 1;
	}

	const outlets = createOutlets(() => undefined);
	const print = isJson ? jsonPrinter(outlets) : rowPrinter(outlets, {isAscii});
	const journal = new Journal(new Memory(remembered, recording.before));
	for await (const {events, findings} of recording.batches({skipsDamaged})) {
		for (const event of events) {
			journal.append(event);
			print(event, journal);
		}

		for (const {text, isEnd} of findings) {
			outlets.err(`${visible(file)}: ${text}`);
			if (isEnd) {
				return 1;
			}
		}

		// A pipe that is read slowly must not fill the memory.
		await flushed();
		if (outlets.isUnread()) {
			return 1;
		}
	}

	return 0;
}
