/** Types lines where a person would type them, visibly: a class reads along. Keys can make it wait before a line is carried out, or end it. */
import {type Playground} from './playground.js';

/** How long (ms) a keystroke takes, and how many there are at most in a line: a megabyte is not typed for an hour. */
const keystrokeMs = 20;
const mostKeystrokes = 40;
/** How long (ms) a line stands before it is carried out, if no key is waited for. */
const restMs = 400;

/** `paused` is told when a line waits for a key, and when it does no more. */
export type TypistOptions = {readonly pauses: boolean; readonly stop: AbortSignal; readonly paused: (isPausing: boolean) => void};

export class Typist {
	readonly #playground: Playground;
	readonly #options: TypistOptions;
	#isPausing: boolean;
	/** Lets the line that stands in the input line go. */
	#release: (() => void) | undefined;

	constructor(playground: Playground, options: TypistOptions) {
		this.#playground = playground;
		this.#options = options;
		this.#isPausing = options.pauses;
		options.stop.addEventListener('abort', () => {
			this.#release?.();
		});
	}

	/** Types a text into the pane of `peer`, if that is somebody, and resolves when it may be carried out. */
	async type(text: string, peer: string | undefined): Promise<void> {
		const playground = this.#playground;
		const {stop, paused} = this.#options;
		if (peer !== undefined && Object.hasOwn(playground.journal.snapshot.peers, peer)) {
			playground.dispatch({type: 'focus', peer});
		}

		paused(false);
		const letters = [...text];
		const stride = Math.ceil(letters.length / mostKeystrokes);
		playground.dispatch({type: 'edit', action: {type: 'clear'}});
		for (let at = 0; at < letters.length && !stop.aborted; at += stride) {
			await this.#rest(keystrokeMs);
			playground.dispatch({type: 'edit', action: {type: 'insert', text: letters.slice(at, at + stride).join('')}});
		}

		if (!this.#isPausing) {
			await this.#rest(restMs);
		}

		if (this.#isPausing && !stop.aborted) {
			paused(true);
			await new Promise<void>(resolve => {
				this.#release = resolve;
			});
			this.#release = undefined;
			paused(false);
		}
	}

	/** Lets the next line go; while it types by itself, it pauses from now on. */
	next(): void {
		if (this.#isPausing) {
			this.#release?.();
		} else {
			this.#isPausing = true;
		}
	}

	async #rest(ms: number): Promise<void> {
		return new Promise(resolve => {
			setTimeout(resolve, this.#options.stop.aborted ? 0 : ms);
		});
	}
}
