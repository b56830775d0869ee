/** Waits for what is true of a state, looked at again whenever it changes. */
export class Condition {
	readonly #waiting = new Set<{readonly isTrue: () => boolean; readonly resolve: () => void}>();

	/** Resolves at once if it holds, else after the change that makes it hold. */
	async until(isTrue: () => boolean): Promise<void> {
		if (!isTrue()) {
			await new Promise<void>(resolve => {
				this.#waiting.add({isTrue, resolve});
			});
		}
	}

	/** Something has changed. */
	changed(): void {
		for (const each of this.#waiting) {
			if (!each.isTrue()) {
				continue;
			}

			this.#waiting.delete(each);
			each.resolve();
		}
	}
}
