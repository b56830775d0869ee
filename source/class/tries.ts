/** Wrong tries are told what was wrong only so many times a second, and so many of them wait; the rest hear nothing. Who has the right code never waits. */

const mostWaiting = 200;

export class Tries {
	readonly #pauseMs: number;
	readonly #waiting: Array<() => void> = [];
	#timer: NodeJS.Timeout | undefined;

	constructor(perSecond: number) {
		this.#pauseMs = 1000 / perSecond;
	}

	/** Calls back when it is this one's turn, if ever. */
	take(turn: () => void): void {
		if (this.#waiting.length >= mostWaiting) {
			return;
		}

		this.#waiting.push(turn);
		if (!this.#timer) {
			this.#next();
		}
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#waiting.length = 0;
	}

	#next(): void {
		this.#waiting.shift()?.();
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			if (this.#waiting.length > 0) {
				this.#next();
			}
		}, this.#pauseMs);
	}
}
