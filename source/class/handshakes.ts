/** How often each key shakes hands: who connects again and again is denied until ten seconds have passed. */

const windowMs = 10_000;

export class Handshakes {
	readonly #most: number;
	readonly #made = new Map<string, {readonly since: number; count: number}>();

	constructor(most: number) {
		this.#most = most;
	}

	/** Counts one of this key, and tells whether it is not too many. Only keys that are known already are asked about, so that there are never more than these. */
	isFine(key: string): boolean {
		const now = performance.now();
		const known = this.#made.get(key);
		if (!known || now - known.since > windowMs) {
			this.#made.set(key, {since: now, count: 1});
			return true;
		}

		known.count++;
		return known.count <= this.#most;
	}
}
