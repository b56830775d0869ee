/**
How much is told: each unit, or above a rate only a number.

Law: pure; time comes in with what is asked. In every window of 100 ms the first units are told one by one, and the rest is counted.
*/

const windowMs = 100;

/** 1,000 units a second can still be read by a program, and far more than anybody reads. */
const toldInWindow = 100;

/** Above this even looking into messages costs too much (40,000 a second): then they are only walked. It ends at an eighth of it. */
const walkedAbove = 4000;
const walkedUntil = walkedAbove / 8;

/** For what is printed, of a whole tap. */
export class Quota {
	readonly #isBehind: () => boolean;
	#start = 0;
	#told = 0;
	#sampled = 0;
	#sampledSince = 0;

	/** `isBehind`: whoever hears has yet to take what was told; then nothing is told one by one. */
	constructor(isBehind: () => boolean = () => false) {
		this.#isBehind = isBehind;
	}

	/** Whether one more unit at `t` (ms) is told; if not, it is counted. */
	allow(t: number): boolean {
		if (t - this.#start >= windowMs || t < this.#start) {
			this.#start = t;
			this.#told = 0;
		}

		if (this.#told < toldInWindow && !this.#isBehind()) {
			this.#told++;
			return true;
		}

		this.count(1, t);
		return false;
	}

	/** So many passed that nobody looked at. */
	count(units: number, t: number): void {
		if (this.#sampled === 0) {
			this.#sampledSince = t;
		}

		this.#sampled += units;
	}

	get hasSampled(): boolean {
		return this.#sampled > 0;
	}

	/** What was counted since the last time. */
	take(t: number): {readonly count: number; readonly ms: number} {
		const taken = {count: this.#sampled, ms: Number(Math.max(0, t - this.#sampledSince).toFixed(3))};
		this.#sampled = 0;
		return taken;
	}
}

/** For what is looked into, of one connection. */
export class Depth {
	isWalking = false;
	#start = 0;
	#units = 0;

	/** So many units have passed by `t` (ms). Gives whether that changes the depth. */
	note(units: number, t: number): boolean {
		this.#units += units;
		const was = this.isWalking;
		if (this.#units > walkedAbove) {
			this.isWalking = true;
		}

		const elapsed = t - this.#start;
		if (elapsed >= windowMs || elapsed < 0) {
			this.isWalking = this.#units > (was ? walkedUntil : walkedAbove) * Math.max(1, elapsed / windowMs);
			this.#start = t;
			this.#units = 0;
		}

		return this.isWalking !== was;
	}
}
