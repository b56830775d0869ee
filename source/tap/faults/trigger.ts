/** When a fault strikes: always, at the nth, at every nth, or with a probability; at most so many times. Randomness is handed in, so that a seed repeats a run. */
import {type Random} from '../../core/random.js';

export type When =
	| {readonly type: 'always'}
	| {readonly type: 'nth'; readonly n: number}
	| {readonly type: 'every'; readonly n: number}
	| {readonly type: 'probability'; readonly p: number};

/** Counts what comes by. */
export class Trigger {
	#count = 0;
	#timesLeft: number;
	readonly #when: When;
	readonly #random: Random;

	constructor(when: When, times: number, random: Random) {
		this.#when = when;
		this.#timesLeft = times;
		this.#random = random;
	}

	/** One more has come: is it struck? One that may not be struck is only counted. */
	next(mayStrike = true): boolean {
		this.#count++;
		if (!mayStrike || this.#timesLeft === 0 || !this.#isStruck()) {
			return false;
		}

		this.#timesLeft--;
		return true;
	}

	#isStruck(): boolean {
		switch (this.#when.type) {
			case 'always': {
				return true;
			}

			case 'nth': {
				return this.#count === this.#when.n;
			}

			case 'every': {
				return this.#count % this.#when.n === 0;
			}

			case 'probability': {
				return this.#random() < this.#when.p;
			}
		}
	}
}
