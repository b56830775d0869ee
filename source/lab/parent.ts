/**
What a child process of the screen says to its parent and hears from it, over Node's IPC: `{line, from}` and `{end}` in, batches of events out.
A terminal that stalls freezes the process that writes to it, and must not freeze the sockets: hence the process of their own.
*/
import process from 'node:process';
import {type Origin} from '../core/events.js';
import {type FromChild, type ToChild} from '../core/lab-port.js';
import {ignoreTerminalSignals} from './child-signals.js';

/** How long (ms) events are gathered after a batch, if not said otherwise: far less than a frame, and it saves a third of what a flood costs the parent. The first event after a rest goes at once, and so does what a line brings about. */
const usualGatherMs = 5;
const mostWaiting = 100;

/** Gathers events for the parent. */
export class Parent<Happening> {
	readonly #gatherMs: number;
	#batch: Happening[] = [];
	#lastFlush = 0;
	/** Batches that the screen's process has yet to take: it may stand still for hours (Ctrl+S), while others talk through the tap. */
	#waiting = 0;

	constructor(gatherMs = usualGatherMs) {
		this.#gatherMs = gatherMs;
	}

	/** Whether so much waits for the parent that it should be told less. */
	get isBehind(): boolean {
		return this.#waiting > mostWaiting;
	}

	/** Options as the parent gave them: nothing secret is among them, as a command line can be seen. */
	get options(): unknown {
		return JSON.parse(process.argv[2] ?? '{}') as unknown;
	}

	tell(event: Happening): void {
		this.#batch.push(event);
		if (this.#batch.length === 1) {
			this.#flushSoon();
		}
	}

	/** Carries out what the parent asks, and ends when it says so or is no more. */
	obey(child: {readonly execute: (line: string, from: Origin) => Promise<void>; readonly end: () => Promise<void>}): void {
		process.on('message', (message: ToChild) => {
			if (message.type === 'end') {
				void this.#end(child.end());
			} else {
				void child.execute(message.line, message.from);
				this.#flush();
			}
		});

		// The parent's death, however it came, ends it all: no socket is left behind.
		process.on('disconnect', () => {
			void child.end();
			process.exit(0);
		});

		// While the parent is stopped the sockets go on.
		ignoreTerminalSignals();
	}

	async #end(isGone: Promise<void>): Promise<void> {
		this.#flush();
		await isGone;
		this.#flush();
		process.disconnect();
	}

	#flush(): void {
		const events = this.#batch;
		this.#batch = [];
		this.#lastFlush = performance.now();
		if (events.length > 0 && process.connected) {
			this.#waiting++;
			process.send?.({events} satisfies FromChild<Happening>, () => {
				this.#waiting--;
			});
		}
	}

	#flushSoon(): void {
		const ms = this.#gatherMs - (performance.now() - this.#lastFlush);
		if (ms > 0) {
			setTimeout(() => {
				this.#flush();
			}, ms);
		} else {
			setImmediate(() => {
				this.#flush();
			});
		}
	}
}
