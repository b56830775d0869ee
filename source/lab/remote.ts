/** A lab in a child process, seen from the parent: the same boundary as a lab in this process. */
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {type Event} from '../core/events.js';
import {
	type FromChild,
	type LabOptions,
	type LabPort,
	type ToChild,
} from '../core/lab-port.js';

/** A lab that may die by itself; `onDeath` is told how, and not when it was ended on purpose. `kill` is a SIGKILL, and resolves when the process is gone. */
export type RemoteLab = LabPort & {readonly onDeath: (listener: (how: string) => void) => void; readonly pid: number | undefined; readonly kill: () => Promise<void>};

/** How long (ms) a child may take to close its sockets before it is killed. */
const endMs = 2000;

/** Starts the child at once; events that arrive before someone listens are kept. */
export function startRemoteLab(options: LabOptions): RemoteLab {
	const child = fork(fileURLToPath(new URL('lab-child.js', import.meta.url)), [JSON.stringify(options)], {
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	let waiting: Event[] | undefined = [];
	let listener: (events: readonly Event[]) => void = events => {
		waiting?.push(...events);
	};

	let lastWords = '';
	let isEnding = false;
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		lastWords = (lastWords + text).slice(-2000);
	});
	child.on('message', ({events}: FromChild) => {
		listener(events);
	});
	const say = (message: ToChild): void => {
		if (child.connected) {
			child.send(message);
		}
	};

	return {
		pid: child.pid,
		execute(line, from) {
			say({type: 'line', line, from});
		},
		subscribe(itsListener) {
			listener = itsListener;
			const kept = waiting ?? [];
			waiting = undefined;
			if (kept.length > 0) {
				itsListener(kept);
			}
		},
		onDeath(itsListener) {
			child.once('exit', (code, signal) => {
				if (isEnding) {
					return;
				}

				const reason = lastWords.trim().split('\n').findLast(line => /error|assert/i.test(line)) ?? '';
				itsListener(`${signal ?? `exit status ${code}`}${reason === '' ? '' : `: ${reason}`}`);
			});
		},
		async kill() {
			isEnding = true;
			if (child.exitCode === null && child.signalCode === null) {
				const exit = once(child, 'exit');
				child.kill('SIGKILL');
				await exit;
			}
		},
		async end() {
			isEnding = true;
			if (child.exitCode !== null || child.signalCode !== null) {
				return;
			}

			const timer = setTimeout(() => {
				child.kill('SIGKILL');
			}, endMs);
			const exit = once(child, 'exit');
			say({type: 'end'});
			await exit;
			clearTimeout(timer);
		},
	};
}

