/**
Carries out a lesson's lines on a lab, and watches what happens: the same for a person at a screen, for the proof and for the grader.

It reaches the lab by lines and events alone. Events go in one by one, and everything that looks at them does so at each.
*/
import {judge, type Condition, type Judgement} from '../commands/conditions/condition.js';
import {Witness} from '../commands/conditions/witness.js';
import {type Step} from '../commands/script.js';
import {type Event} from '../core/events.js';
import {type Snapshot} from '../core/snapshot.js';
import {ScriptRun, type Ending, type Outcome} from '../script/run.js';

/** How lines reach the lab, and what time it is there (ms since the epoch). */
export type Reach = {readonly execute: (line: string) => void; readonly now: () => number};

/** What may be wanted of lines that are carried out; `before` is awaited before each. */
type Playing = {readonly before?: (step: Step) => Promise<void>; readonly after?: (outcome: Outcome) => void; readonly stop?: AbortSignal};

export class Stagehand {
	readonly #reach: Reach;
	readonly #witness = new Witness();
	readonly #lookers = new Set<(event: Event) => void>();

	constructor(reach: Reach) {
		this.#reach = reach;
	}

	/** The number of the newest event. */
	get n(): number {
		return this.#witness.snapshot.n;
	}

	/** The lab as it is. */
	get snapshot(): Snapshot {
		return this.#witness.snapshot;
	}

	/** The newest events, oldest first. */
	get lastEvents(): readonly Event[] {
		return this.#witness.lastEvents;
	}

	/** Takes the lab's events, in order. */
	take(events: readonly Event[]): void {
		for (const event of events) {
			this.#witness.take(event);
			for (const look of this.#lookers) {
				look(event);
			}
		}
	}

	/** Calls back after each event from now on, until the function that it gives is called. */
	watch(look: (event: Event) => void): () => void {
		this.#lookers.add(look);
		return () => {
			this.#lookers.delete(look);
		};
	}

	/** Judges a condition now; `since`: the event after which `event …` looks. */
	judge(condition: Condition, since: number): Judgement {
		return judge(condition, this.#witness.moment(since, this.#reach.now()));
	}

	/** Resolves with true at the event after which the condition holds; with false after `withinMs`, or when `stop` is aborted. */
	async holds(condition: Condition, {since, withinMs, stop}: {readonly since: number; readonly withinMs: number; readonly stop?: AbortSignal}): Promise<boolean> {
		return new Promise(resolve => {
			const finish = (does: boolean): void => {
				clearTimeout(timer);
				forget();
				stop?.removeEventListener('abort', giveUp);
				resolve(does);
			};

			const look = (): void => {
				if (this.judge(condition, since).holds) {
					finish(true);
				}
			};

			const giveUp = (): void => {
				finish(false);
			};

			const timer = setTimeout(giveUp, withinMs);
			const forget = this.watch(look);
			stop?.addEventListener('abort', giveUp);
			look();
		});
	}

	/** Carries out lines, one after the other, to the end or to the first that can't be done. */
	async play(steps: readonly Step[], {before, after = () => undefined, stop = new AbortController().signal}: Playing = {}): Promise<Ending> {
		const {execute, now} = this.#reach;
		const run = new ScriptRun(steps, {execute, now, after, stop, ...(before && {before})}, this.#witness);
		const forget = this.watch(event => {
			run.see(event);
		});
		try {
			return await run.run();
		} finally {
			forget();
		}
	}
}
