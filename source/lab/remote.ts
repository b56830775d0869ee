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

/** What runs in a process of its own, and gives events of its kind. */
export type RemotePort<Happening> = Omit<LabPort, 'subscribe'> & {readonly subscribe: (listener: (events: readonly Happening[]) => void) => void};

/** One that may die by itself; `onDeath` is told how, and not when it was ended on purpose. `kill` is a SIGKILL, and resolves when the process is gone. */
export type Remote<Happening> = RemotePort<Happening> & {readonly onDeath: (listener: (how: string) => void) => void; readonly pid: number | undefined; readonly kill: () => Promise<void>};
export type RemoteLab = Remote<Event>;

/** How long (ms) a child may take to close its sockets before it is killed. */
const endMs = 2000;

/** Starts the child at once; events that arrive before someone listens are kept. */
export const startRemoteLab = (options: LabOptions): RemoteLab => startRemote<Event>('lab-child.js', options);

/** The same for any program of ours that speaks as a lab's process does (`parent.ts`). */
export function startRemote<Happening>(file: string, options: unknown): Remote<Happening> {
	const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(options)], {
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	let waiting: Happening[] | undefined = [];
	let listener: (events: readonly Happening[]) => void = events => {
		waiting?.push(...events);
	};

	let lastWords = '';
	let isEnding = false;
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		lastWords = (lastWords + text).slice(-2000);
	});
	child.on('message', ({events}: FromChild<Happening>) => {
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

