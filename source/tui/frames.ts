/**
When a screen is drawn: changes are many and frames are few.

Law: what is wanted soon is gathered and drawn at most once in the time between two frames, and less often where drawing is slow: it takes at most
a third of the time, so that events never pile up unread. What is wanted now, as a key's own effect is, is drawn at once, with all that was
gathered. Nothing ticks unless the view changes by itself.
*/

/** The usual time between two frames, in ms. */
export const frameMs = 33;
const restPerFrame = 2;

/** `everyMs` is the time between two frames that nobody waits for. */
export type FrameOptions = {
	readonly clock: () => number;
	readonly everyMs?: number;
	/** In how many ms what was drawn changes by itself; undefined if it does not. */
	readonly nextChangeMs: () => number | undefined;
	/** Called before a frame that shows such a change. */
	readonly advance?: () => void;
};

export class Frames {
	readonly #options: FrameOptions;
	readonly #listeners = new Set<() => void>();
	#version = 0;
	#nextFrame = 0;
	#gathering: NodeJS.Timeout | undefined;
	#ticking: NodeJS.Timeout | undefined;
	#isStopped = false;

	constructor(options: FrameOptions) {
		this.#options = options;
	}

	/** For `useSyncExternalStore`: grows with each frame. */
	readonly version = (): number => this.#version;

	/** For `useSyncExternalStore`. */
	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	/** Draws now, whatever changed. */
	now(): void {
		if (this.#isStopped) {
			return;
		}

		const {clock, everyMs = frameMs} = this.#options;
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		this.#version++;
		const began = clock();
		for (const listener of this.#listeners) {
			listener();
		}

		// React draws in a microtask of its own, which was asked for before this one.
		queueMicrotask(() => {
			const ended = clock();
			this.#nextFrame = Math.max(began + everyMs, ended + ((ended - began) * restPerFrame));
		});
		this.#tickIfNeeded();
	}

	/** Draws with the next frame, in `leastMs` at the earliest. */
	soon(leastMs = 0): void {
		if (this.#isStopped) {
			return;
		}

		this.#gathering ??= setTimeout(() => {
			this.now();
		}, Math.max(leastMs, this.#nextFrame - this.#options.clock()));
	}

	/** Stops every timer, and draws no more. */
	stop(): void {
		this.#isStopped = true;
		clearTimeout(this.#gathering);
		clearTimeout(this.#ticking);
		this.#listeners.clear();
	}

	#tickIfNeeded(): void {
		const {nextChangeMs, advance} = this.#options;
		clearTimeout(this.#ticking);
		const ms = nextChangeMs();
		this.#ticking = ms === undefined
			? undefined
			: setTimeout(() => {
				advance?.();
				this.now();
			}, ms);
	}
}
