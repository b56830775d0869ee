/** Tells of what may come in floods: the first at once, the others by number, at most once a second for each kind. */

const everyMs = 1000;

export class Tally<Kind extends string> {
	readonly #tell: (kind: Kind, count: number) => void;
	readonly #counts = new Map<Kind, number>();
	readonly #timers = new Map<Kind, NodeJS.Timeout>();

	constructor(tell: (kind: Kind, count: number) => void) {
		this.#tell = tell;
	}

	add(kind: Kind): void {
		if (this.#timers.has(kind)) {
			this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
			return;
		}

		this.#tell(kind, 1);
		this.#rest(kind);
	}

	stop(): void {
		for (const timer of this.#timers.values()) {
			clearTimeout(timer);
		}

		this.#timers.clear();
	}

	#rest(kind: Kind): void {
		this.#timers.set(kind, setTimeout(() => {
			this.#timers.delete(kind);
			const count = this.#counts.get(kind) ?? 0;
			this.#counts.delete(kind);
			if (count > 0) {
				this.#tell(kind, count);
				this.#rest(kind);
			}
		}, everyMs));
	}
}
