/** What a child process does about the terminal's signals, which go to the whole process group: nothing. Its parent decides what they mean. */
import process from 'node:process';

export function ignoreTerminalSignals(): void {
	for (const signal of ['SIGINT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const) {
		process.on(signal, () => undefined);
	}
}
