/**
What a gate keeps back of one direction: messages that are held for a time, one that lets the next one go first, and what is due and waits for
the end of the unit that is passing.

Law: bounded. When as much is held as there is room for, the next message is not held.
*/
import {type Rule} from './rule.js';

/** How many bytes are held, whatever is asked for: a flood under a long hold would fill the memory. */
const holdLimit = 16 * 1024 * 1024;

/** Does something later, or at once when the function is called that it gives. */
export type Later = (ms: number, act: () => void) => () => void;

export class Kept {
	readonly #later: Later;
	readonly #isDue: () => void;
	readonly #due: Uint8Array[] = [];
	/** What is held, by the rule that holds it: each function lets go of one message. */
	readonly #held = new Map<() => void, Rule>();
	#heldBytes = 0;
	#swapped: {readonly rule: Rule; readonly bytes: Uint8Array} | undefined;

	/** `isDue` is called when something may go. */
	constructor(later: Later, isDue: () => void) {
		this.#later = later;
		this.#isDue = isDue;
	}

	get isEmpty(): boolean {
		return this.#held.size === 0 && !this.#swapped;
	}

	/** The rule that lets the next message go first. */
	get swapper(): Rule | undefined {
		return this.#swapped?.rule;
	}

	hasRoomFor(size: number): boolean {
		return this.#heldBytes + size <= holdLimit;
	}

	/** Keeps a message for so many ms. */
	hold(rule: Rule, ms: number, bytes: Uint8Array): void {
		this.#heldBytes += bytes.length;
		const letGo = this.#later(ms, () => {
			this.#held.delete(letGo);
			this.#heldBytes -= bytes.length;
			this.#due.push(bytes);
			this.#isDue();
		});
		this.#held.set(letGo, rule);
	}

	/** Keeps a message until the next one has passed; one that is kept so already goes. */
	swap(rule: Rule, bytes: Uint8Array): void {
		this.passSwapped();
		this.#swapped = {rule, bytes};
	}

	/** The message that let another one go first may go. */
	passSwapped(): void {
		const swapped = this.#swapped;
		this.#swapped = undefined;
		if (swapped) {
			this.#due.push(swapped.bytes);
			this.#isDue();
		}
	}

	/** What rules keep that are lifted may go. */
	letGo(inForce: ReadonlySet<Rule>): void {
		if (this.#swapped && !inForce.has(this.#swapped.rule)) {
			this.passSwapped();
		}

		for (const [letGo, rule] of this.#held) {
			if (!inForce.has(rule)) {
				letGo();
			}
		}
	}

	/** Gives what is due, once. */
	takeDue(): readonly Uint8Array[] {
		return this.#due.splice(0);
	}
}
