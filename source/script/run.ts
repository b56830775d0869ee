/**
Runs a script against a lab that it reaches by lines and events alone, with a screen or without.

Law: one step at a time. A command is over when the lab says so (`command-done`): sent or refused, bound or failed; what it set going (a reply, a
connection) may still be pending, and `wait` is for that. The waits and expectations after a command are judged from that very event on, however
slowly they are shown. The first thing that goes wrong ends the script. It never hangs for ever.
*/
import {frameLimit} from '../core/frames.js';
import {type Event} from '../core/events.js';
import {formatElapsed} from '../core/duration.js';
import {judge} from '../commands/conditions/condition.js';
import {Witness} from '../commands/conditions/witness.js';
import {type Step} from '../commands/script.js';
import {Chain, type ConditionStep} from './chain.js';

/** How long (ms) the lab may take for one command: to bind takes a few tries at most. */
const commandMs = 30_000;

/** What a script is run on. */
export type Stage = {
	readonly execute: (line: string) => void;
	/** Ms since the epoch, as the events are timed. */
	readonly now: () => number;
	/** Called before a command is carried out or a judgement is told, and awaited: a screen shows the step there. */
	readonly before?: (step: Step) => Promise<void>;
	/** A command for the screen; without one it has no effect. */
	readonly onScreen?: (step: Step) => void;
	/** Called with what became of each step. */
	readonly after: (outcome: Outcome) => void;
	/** Aborted when somebody wants it to end: Ctrl+C, or a key. */
	readonly stop: AbortSignal;
};

/** What became of a step. `was` says what was so, `afterMs` how long it took, `n` is the newest event then, and `lastEvents` end with it. */
export type Outcome = {readonly step: Step; readonly held: boolean; readonly was: string; readonly next?: string; readonly afterMs: number; readonly n: number; readonly lastEvents: readonly Event[]};

/** How a script ended: all held, something did not, or it was stopped. `expectations` counts those that held. */
export type Ending =
	| {readonly type: 'held'; readonly expectations: number}
	| {readonly type: 'failed'; readonly outcome: Outcome}
	| {readonly type: 'stopped'; readonly step: Step};

type CommandStep = Extract<Step, {readonly type: 'command'}>;
type Verdict = {readonly held: boolean; readonly was: string; readonly next?: string};

export class ScriptRun {
	readonly #steps: readonly Step[];
	readonly #stage: Stage;
	readonly #witness: Witness;
	/** Called with each event while a command is under way. */
	#look: ((event: Event) => void) | undefined;
	#chain: Chain<Outcome> | undefined;
	/** When the newest step began. */
	#began = 0;
	/** The newest event before the newest command. */
	#since: number;

	/** `witness` is one that has followed the lab so far, for lines in the middle of its life; whoever owns it feeds it, and calls `see` then. */
	constructor(steps: readonly Step[], stage: Stage, witness = new Witness()) {
		this.#steps = steps;
		this.#stage = stage;
		this.#witness = witness;
		this.#since = witness.snapshot.n;
	}

	/** Takes the lab's events, in order. */
	take(events: readonly Event[]): void {
		for (const event of events) {
			this.#witness.take(event);
			this.see(event);
		}
	}

	/** Goes on by an event that the witness has taken. */
	see(event: Event): void {
		this.#look?.(event);
		this.#chain?.advance();
	}

	/** Runs it to its end. */
	async run(): Promise<Ending> {
		const {stop, before, after} = this.#stage;
		const giveUp = (): void => {
			this.#chain?.stop();
		};

		stop.addEventListener('abort', giveUp);
		this.#expect(0);
		this.#chain?.begin();
		let expectations = 0;
		let inChain = 0;
		for (const [index, step] of this.#steps.entries()) {
			await before?.(step);
			if (stop.aborted) {
				return {type: 'stopped', step};
			}

			const outcome = await (step.type === 'command' ? this.#command(step, index + 1) : this.#chain?.outcomes[inChain]);
			inChain = step.type === 'command' ? 0 : inChain + 1;
			if (!outcome || (stop.aborted && !outcome.held)) {
				return {type: 'stopped', step};
			}

			after(outcome);
			if (!outcome.held) {
				return {type: 'failed', outcome};
			}

			expectations += step.type === 'expect' ? 1 : 0;
		}

		return {type: 'held', expectations};
	}

	/** Makes ready the waits and expectations from `index` up to the next command. */
	#expect(index: number): void {
		const next = this.#steps.findIndex((step, each) => each >= index && step.type === 'command');
		const steps = this.#steps.slice(index, next === -1 ? undefined : next).filter((step): step is ConditionStep => step.type !== 'command');
		this.#chain = new Chain(
			steps,
			({condition}) => judge(condition, this.#witness.moment(this.#since, this.#stage.now())),
			(step, {holds, was}) => this.#outcome(step, {held: holds, was}),
		);
		this.#began = this.#stage.now();
	}

	#outcome(step: Step, verdict: Verdict): Outcome {
		const now = this.#stage.now();
		const afterMs = now - this.#began;
		this.#began = now;
		return {step, ...verdict, afterMs, n: this.#witness.snapshot.n, lastEvents: [...this.#witness.lastEvents]};
	}

	/** Carries out a command; what is expected next is judged from the moment when it is over. */
	async #command(step: CommandStep, next: number): Promise<Outcome> {
		const {execute, onScreen} = this.#stage;
		this.#since = this.#witness.snapshot.n;
		this.#expect(next);
		if (step.record.subject === 'screen') {
			onScreen?.(step);
			this.#chain?.begin();
			return this.#outcome(step, {held: true, was: ''});
		}

		const verdict = this.#untilDone(step.text);
		execute(step.text);
		return this.#outcome(step, await verdict);
	}

	/** Waits until the lab has carried out a line, or can't any more, or somebody stops it. */
	async #untilDone(line: string): Promise<Verdict> {
		const {stop} = this.#stage;
		return new Promise(resolve => {
			const finish = (verdict: Verdict): void => {
				clearTimeout(timer);
				stop.removeEventListener('abort', onAbort);
				this.#look = undefined;
				if (verdict.held) {
					this.#chain?.begin();
				}

				resolve(verdict);
			};

			const onAbort = (): void => {
				finish({held: false, was: 'stopped'});
			};

			const timer = setTimeout(() => {
				finish({held: false, was: `it was not carried out within ${formatElapsed(commandMs)}`});
			}, commandMs);
			stop.addEventListener('abort', onAbort);
			let command: number | undefined;
			let failure: Verdict | undefined;
			this.#look = event => {
				if (event.type === 'command' && event.from === 'script') {
					command = event.n;
				} else if (event.type === 'command-failed' && event.code === undefined && event.text === line.slice(0, frameLimit)) {
					// What libzmq refuses has its code, and is a fact that a script may expect. Without one, the line itself was wrong.
					failure = {held: false, was: [event.peer, event.reason].filter(Boolean).join(': '), next: event.next};
				} else if (event.type === 'lab-ended') {
					finish({held: false, was: `the lab has ended${event.reason === undefined ? '' : `: ${event.reason}`}`});
				} else if (event.type === 'command-done' && event.command === command) {
					finish(failure ?? {held: true, was: ''});
				}
			};
		});
	}
}
