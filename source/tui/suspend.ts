/** Ctrl+Z: gives the terminal back to the shell, stops this process, and takes the terminal again after `fg`. */
import process from 'node:process';
import {type useApp} from 'ink';

/** Without something to keep it alive, Node would end on `fg`. */
const keepAliveMs = 1_000_000;
let isAway = false;

/** Whether the terminal is given away on purpose, and will be taken back by whoever gave it. */
export const isSuspended = (): boolean => isAway;

/** Resolves when the person is back. */
export async function suspendProcess(suspendTerminal: ReturnType<typeof useApp>['suspendTerminal']): Promise<void> {
	isAway = true;
	await suspendTerminal(async () => {
		const keepAlive = setInterval(() => undefined, keepAliveMs);
		const continued = new Promise<void>(resolve => {
			process.once('SIGCONT', () => {
				resolve();
			});
		});
		process.kill(process.pid, 'SIGSTOP');
		await continued;
		clearInterval(keepAlive);
	});
	isAway = false;
}
