/**
Watches how much memory this process has: a message whose frames never end counts as none for libzmq's high-water mark, and would fill it.

The memory that is freed is not always given back, so growth counts from where it stood after the last alarm.
*/
import process from 'node:process';

const everyMs = 250;
/** A second alarm so soon (ms) after one means that the first did not help. */
const soonMs = 5000;

export class MemoryWatch {
	#timer: NodeJS.Timeout | undefined;
	#base = 0;
	#lastAlarm = -Infinity;

	/** `alarm` is told whether it is one more, so soon after the last. */
	start(growth: number, alarm: (isAgain: boolean) => void): void {
		this.#base = process.memoryUsage.rss();
		this.#timer = setInterval(() => {
			const bytes = process.memoryUsage.rss();
			this.#base = Math.min(this.#base, bytes);
			if (bytes - this.#base > growth) {
				const now = performance.now();
				const isAgain = now - this.#lastAlarm < soonMs;
				this.#lastAlarm = now;
				this.#base = bytes;
				alarm(isAgain);
			}
		}, everyMs);
	}

	stop(): void {
		clearInterval(this.#timer);
	}
}
