/**
Runs a script against a lab that it reaches by lines and events alone, with a screen or without.

Law: one step at a time. A command is over when the lab says so (`command-done`): sent or refused, bound or failed; what it set going (a reply, a
connection) may still be pending, and `wait` is for that. The first thing that goes wrong ends the script. It never hangs for ever.
*/
import {frameLimit} from '../core/frames.js';
import {type Event} from '../core/events.js';
import {formatElapsed} from '../core/duration.js';
import {judge} from '../commands/conditions/condition.js';
import {Witness} from '../commands/conditions/witness.js';
import {type Step} from '../commands/script.js';

/** How long (ms) the lab may take for one command: to bind takes a few tries at most. */
const commandMs = 30_000;

/** What a script is run on. */
export type Stage = {
	readonly execute: (line: string) => void;
	/** Ms since the epoch, as the events are timed. */
	readonly now: () => number;
	/** Called before each step, and awaited: a screen shows it there. */
	readonly before?: (step: Step) => Promise<void>;
	/** A command for the screen; without one it has no effect. */
	readonly onScreen?: (step: Step) => void;
	/** Called with what became of each step. */
	readonly after: (outcome: Outcome) => void;
	/** Aborted when somebody wants it to end: Ctrl+C, or a key. */
	readonly stop: AbortSignal;
};

/** What became of a step. `was` says what was so, `afterMs` how long it took, `n` is the newest event then. */
export type Outcome = {readonly step: Step; readonly held: boolean; readonly was: string; readonly next?: string; readonly afterMs: number; readonly n: number};

/** How a script ended: all held, something did not, or it was stopped. `expectations` counts those that held. */
export type Ending =
	| {readonly type: 'held'; readonly expectations: number}
	| {readonly type: 'failed'; readonly outcome: Outcome; readonly lastEvents: readonly Event[]}
	| {readonly type: 'stopped'; readonly step: Step};

export class ScriptRun {
	readonly #steps: readonly Step[];
	readonly #stage: Stage;
	readonly #witness = new Witness();
	/** Called with each event, and when it is over. */
	#look: ((event?: Event) => void) | undefined;
	/** The newest event before the newest command. */
	#since = 0;

	constructor(steps: readonly Step[], stage: Stage) {
		this.#steps = steps;
		this.#stage = stage;
	}

	/** Takes the lab's events, in order. */
	take(events: readonly Event[]): void {
		for (const event of events) {
			this.#witness.take(event);
			this.#look?.(event);
		}
	}

	/** Runs it to its end. */
	async run(): Promise<Ending> {
		const {stop, before, after} = this.#stage;
		let expectations = 0;
		for (const step of this.#steps) {
			await before?.(step);
			if (stop.aborted) {
				return {type: 'stopped', step};
			}

			const outcome = await this.#carryOut(step);
			if (stop.aborted && !outcome.held) {
				return {type: 'stopped', step};
			}

			after(outcome);
			if (!outcome.held) {
				return {type: 'failed', outcome, lastEvents: [...this.#witness.lastEvents]};
			}

			expectations += step.type === 'expect' ? 1 : 0;
		}

		return {type: 'held', expectations};
	}

	async #carryOut(step: Step): Promise<Outcome> {
		const began = this.#stage.now();
		const verdict = step.type === 'command' ? await this.#command(step) : await this.#condition(step);
		return {step, ...verdict, afterMs: this.#stage.now() - began, n: this.#witness.snapshot.n};
	}

	async #command({text, record, ...rest}: Extract<Step, {readonly type: 'command'}>): Promise<Verdict> {
		const {execute, onScreen} = this.#stage;
		this.#since = this.#witness.snapshot.n;
		if (record.subject === 'screen') {
			onScreen?.({text, record, ...rest});
			return {held: true, was: ''};
		}

		let number: number | undefined;
		let failure: Verdict | undefined;
		const verdict = this.#until(commandMs, event => {
			if (event?.type === 'command' && event.from === 'script') {
				number = event.n;
			} else if (event?.type === 'command-failed' && event.code === undefined && event.text === text.slice(0, frameLimit)) {
				// What libzmq refuses has its code, and is a fact that a script may expect. Without one, the line itself was wrong.
				failure = {held: false, was: [event.peer, event.reason].filter(Boolean).join(': '), next: event.next};
			} else if (event?.type === 'lab-ended') {
				return {held: false, was: `the lab has ended${event.reason === undefined ? '' : `: ${event.reason}`}`};
			}

			return event?.type === 'command-done' && event.command === number ? failure ?? {held: true, was: ''} : undefined;
		});
		execute(text);
		return await verdict ?? {held: false, was: `it was not carried out within ${formatElapsed(commandMs)}`};
	}

	async #condition({condition, limitMs}: Extract<Step, {readonly type: 'wait' | 'expect'}>): Promise<Verdict> {
		const now = (): Verdict => {
			const {holds, was} = judge(condition, this.#witness.moment(this.#since, this.#stage.now()));
			return {held: holds, was};
		};

		const verdict = now();
		if (verdict.held || limitMs === 0) {
			return verdict;
		}

		return await this.#until(limitMs, () => {
			const later = now();
			return later.held ? later : undefined;
		}) ?? now();
	}

	/** Looks at each event until there is a verdict; undefined when the time is over, or somebody stops it. */
	async #until(ms: number, look: (event?: Event) => Verdict | undefined): Promise<Verdict | undefined> {
		const {stop} = this.#stage;
		return new Promise(resolve => {
			const finish = (verdict?: Verdict): void => {
				clearTimeout(timer);
				stop.removeEventListener('abort', onAbort);
				this.#look = undefined;
				resolve(verdict);
			};

			const onAbort = (): void => {
				finish();
			};

			const timer = setTimeout(onAbort, ms);
			stop.addEventListener('abort', onAbort);
			this.#look = event => {
				const verdict = look(event);
				if (verdict) {
					finish(verdict);
				}
			};
		});
	}
}

type Verdict = {readonly held: boolean; readonly was: string; readonly next?: string};
