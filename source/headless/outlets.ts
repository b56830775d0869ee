/** Stdout and stderr, for as long as somebody reads them. */
import process from 'node:process';
import {type Outlets} from './printer.js';

/** The outlets of this process. `onUnread` is called when nobody reads stdout any more (`| head -1`): there is no one left to print for. */
export function createOutlets(onUnread: () => void): Outlets & {readonly isUnread: () => boolean} {
	let isUnread = false;
	process.stdout.on('error', () => {
		isUnread = true;
		onUnread();
	});
	process.stderr.on('error', () => {
		// Nobody hears what went wrong; the exit status says it.
	});
	return {
		isUnread: () => isUnread,
		out(line) {
			if (!isUnread) {
				process.stdout.write(`${line}\n`);
			}
		},
		err(line) {
			process.stderr.write(`${line}\n`);
		},
	};
}

/** Resolves when everything printed so far has been handed over. */
export const flushed = async (): Promise<void> => new Promise(resolve => {
	process.stdout.write('', () => {
		resolve();
	});
});
