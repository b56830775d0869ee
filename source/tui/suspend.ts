/** Ctrl+Z: gives the terminal back to the shell, stops, and takes the terminal again after `fg`. */
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {type useApp} from 'ink';

/** How long (ms) the stop may take. It takes microseconds, and this pause lasts as long as the stop does. */
const stopMs = 100;
let isAway = false;

/** Whether the terminal is given away on purpose, and will be taken back by whoever gave it. */
export const isSuspended = (): boolean => isAway;

/** Resolves when the person is back. */
export async function suspendProcess(suspendTerminal: ReturnType<typeof useApp>['suspendTerminal']): Promise<void> {
	// Windows knows no stop; pressed twice in a row, one stop is meant.
	if (process.platform === 'win32' || isAway) {
		return;
	}

	isAway = true;
	await suspendTerminal(async () => {
		// As the terminal's own Ctrl+Z, to the whole group: a shell that started `npx` waits for that, and not for us.
		// Where no shell could ever continue us, the kernel ignores it, and the screen comes back by itself.
		process.kill(0, 'SIGTSTP');
		await pause(stopMs);
	});
	isAway = false;
}
