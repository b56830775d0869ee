/** What every run without a screen has around it: the signals that stop it, and the two outlets for lines. */
import process from 'node:process';
import {type Outlets} from './printer.js';

/** `finish` gives the exit status once every line is written: 1 if nobody read them. */
export type ProcessSurroundings = {readonly outlets: Outlets; readonly stop: AbortSignal; readonly finish: (status: number) => Promise<number>};

/** Listens to the signals from now on. */
export function openSurroundings(): ProcessSurroundings {
	const stopping = new AbortController();
	const stop = (): void => {
		stopping.abort();
	};

	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
	process.on('SIGHUP', stop);
	// Nobody reads any more (`| head -1`): there is no one left to serve or to ask for.
	let isUnread = false;
	process.stdout.on('error', () => {
		isUnread = true;
		stop();
	});
	process.stderr.on('error', () => {
		// Nobody hears what went wrong; the exit status says it.
	});
	return {
		outlets: {
			out(line) {
				if (!isUnread) {
					process.stdout.write(`${line}\n`);
				}
			},
			err(line) {
				process.stderr.write(`${line}\n`);
			},
		},
		stop: stopping.signal,
		async finish(status) {
			await flushed();
			return isUnread ? 1 : status;
		},
	};
}

const flushed = async (): Promise<void> => new Promise(resolve => {
	process.stdout.write('', () => {
		resolve();
	});
});
