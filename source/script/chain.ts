/**
Waits and expectations that stand one after the other, judged event by event.

Why not one `await` after the other: events come in batches, and a script is played slowly on a screen. Each condition is judged at the very
event that ended the one before, so a script means the same wherever it runs; what is shown of it may lag behind.
*/
import {type Judgement} from '../commands/conditions/condition.js';
import {type Step} from '../commands/script.js';

export type ConditionStep = Extract<Step, {readonly type: 'wait' | 'expect'}>;
type Link = {readonly step: ConditionStep; readonly settle: (judgement: Judgement) => void};

export class Chain<Settled> {
	/** What becomes of each, in order. After one that does not hold, the rest is never judged. */
	readonly outcomes: ReadonlyArray<Promise<Settled>>;
	readonly #judge: (step: ConditionStep) => Judgement;
	readonly #left: Link[] = [];
	#hasBegun = false;
	#isLate = false;
	#timer: NodeJS.Timeout | undefined;

	/** `settled` makes what is told of a step at the moment of its judgement. */
	constructor(steps: readonly ConditionStep[], judge: (step: ConditionStep) => Judgement, settled: (step: ConditionStep, judgement: Judgement) => Settled) {
		this.#judge = judge;
		this.outcomes = steps.map(async step => new Promise(resolve => {
			this.#left.push({
				step,
				settle(judgement) {
					resolve(settled(step, judgement));
				},
			});
		}));
	}

	/** Judges what can be judged now; called when what stands before it is over. */
	begin(): void {
		this.#hasBegun = true;
		this.advance();
	}

	/** Goes on as far as the conditions hold; called after each event. */
	advance(): void {
		for (let link = this.#left[0]; link && this.#hasBegun; link = this.#left[0]) {
			const judgement = this.#judge(link.step);
			if (!judgement.holds && !this.#isLate && link.step.limitMs > 0) {
				this.#timer ??= setTimeout(() => {
					this.#isLate = true;
					this.advance();
				}, link.step.limitMs);
				return;
			}

			this.#left.shift();
			this.#next();
			link.settle(judgement);
			if (!judgement.holds) {
				this.#left.length = 0;
			}
		}
	}

	/** Gives up what is still waited for: it does not hold. */
	stop(): void {
		this.#next();
		for (const {settle} of this.#left.splice(0)) {
			settle({holds: false, was: 'stopped'});
		}
	}

	#next(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#isLate = false;
	}
}
