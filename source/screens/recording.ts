/** The front `open`. */
import process from 'node:process';
import {type OpenOptions} from '../command-line/open.js';
import {visible} from '../core/text.js';
import {hasScreen, noLab, showScreen} from './on-screen.js';

/** A recording, on the screen or printed. Gives the exit status. */
export async function openRecordedFile(options: OpenOptions): Promise<number> {
	const {as} = options;
	if (as) {
		const {exportRecording} = await import('../headless/export-recording.js');
		return exportRecording({...options, as});
	}

	if (!hasScreen(options)) {
		const {printRecording} = await import('../headless/open.js');
		return printRecording(options);
	}

	const {looks, file, skipsDamaged, speed} = options;
	const {openRecording} = await import('../recording/read.js');
	const opened = await openRecording(file);
	if ('reason' in opened) {
		process.stderr.write(`zmq-playground: ${visible(file)}: ${opened.reason}\n${opened.next}\n`);
		return 1;
	}

	const {GrowingRecording} = await import('../recording/growing.js');
	const recording = new GrowingRecording(opened);
	void recording.read(skipsDamaged);
	return showScreen(noLab, {looks, recording, ...(speed !== undefined && {speed})});
}
