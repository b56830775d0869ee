/** How much is said: a few lines at once, then about two a second. What is too much is counted, and the count is said. */

const mostAtOnce = 12;
const lineMs = 500;
const countEveryMs = 3000;

export class Pace {
	#budget = mostAtOnce;
	#since = 0;
	#left = 0;
	#counted = 0;

	/** Of these lines those that may be said at `now` (ms), and how many more there were, once in a while. */
	take(lines: readonly string[], now: number): readonly string[] {
		const earned = Math.floor((now - this.#since) / lineMs);
		if (earned > 0) {
			this.#budget = Math.min(mostAtOnce, this.#budget + earned);
			this.#since = now;
		}

		const said = lines.slice(0, this.#budget);
		this.#budget -= said.length;
		this.#left += lines.length - said.length;
		return this.#left > 0 && this.#budget === 0 && now - this.#counted >= countEveryMs ? [...said, this.#count(now)] : said;
	}

	/** Somebody has asked for something, and wants to hear what comes of it. */
	refill(): void {
		this.#budget = mostAtOnce;
	}

	/** What was counted and not yet said, once it is quiet; undefined for nothing. */
	rest(now: number): string | undefined {
		return this.#left > 0 ? this.#count(now) : undefined;
	}

	#count(now: number): string {
		const left = this.#left;
		this.#left = 0;
		this.#counted = now;
		return `and ${left.toLocaleString('en')} more ${left === 1 ? 'event' : 'events'} meanwhile`;
	}
}
