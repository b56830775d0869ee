/**
Plays a script in the full interface: each line is typed into the input line of the pane that it is for, and then carried out on the lab as any
script's line is. At its end the person goes on by hand.
*/
import {type Step} from '../commands/script.js';
import {type LabPort} from '../core/lab-port.js';
import {describeHeld, short} from '../script/explain.js';
import {ScriptRun, type Ending, type Outcome} from '../script/run.js';
import {editorOf} from './interface-state.js';
import {type Playground} from './playground.js';

/** A script for the screen. `pauses`: each line waits for a key. `ended` hears how it ended, if it did. */
export type PlayableScript = {readonly name: string; readonly steps: readonly Step[]; readonly pauses: boolean; readonly ended: (ending: Ending) => void};

/** How long (ms) a keystroke takes, and how many there are at most in a line: a class reads along, and a megabyte is not typed for an hour. */
const keystrokeMs = 20;
const mostKeystrokes = 40;
/** How long (ms) a line stands before it is carried out, if no key is waited for. */
const restMs = 400;

export class ScriptPlayer {
	readonly #script: PlayableScript;
	readonly #stopping = new AbortController();
	readonly #run: ScriptRun;
	#playground: Playground | undefined;
	#isPausing: boolean;
	/** Lets the line that stands in the input line go. */
	#release: (() => void) | undefined;
	#line = 0;
	#last: {readonly text: string; readonly held: boolean} | undefined;

	constructor(script: PlayableScript) {
		this.#script = script;
		this.#isPausing = script.pauses;
		this.#run = new ScriptRun(script.steps, {
			execute: line => {
				this.#playground?.execute(line, 'script');
			},
			now: () => this.#playground?.now() ?? 0,
			before: async step => this.#show(step),
			onScreen: () => {
				this.#playground?.dispatch({type: 'events', shows: !(this.#playground.state.showsEvents ?? false)});
			},
			after: outcome => {
				this.#tell(outcome);
			},
			stop: this.#stopping.signal,
		});
	}

	/** The same lab, with the script listening after the screen. */
	listenTo(port: LabPort): LabPort {
		return {
			...port,
			subscribe: listener => {
				port.subscribe(events => {
					listener(events);
					this.#run.take(events);
				});
			},
		};
	}

	/** Begins. */
	play(playground: Playground): void {
		this.#playground = playground;
		playground.player = this;
		playground.dispatch({type: 'mode', mode: 'playing'});
		void this.#play(playground);
	}

	/** Lets the next line go; while the script plays by itself, it pauses from now on. */
	readonly next = (): void => {
		if (this.#isPausing) {
			this.#release?.();
		} else {
			this.#isPausing = true;
		}
	};

	/** Ends the script where it is. */
	readonly stop = (): void => {
		this.#stopping.abort();
		this.#release?.();
	};

	async #play(playground: Playground): Promise<void> {
		const {name, ended} = this.#script;
		const ending = await this.#run.run();
		ended(ending);
		playground.player = undefined;
		playground.dispatch({type: 'mode', mode: 'typing'});
		playground.dispatch({type: 'edit', action: {type: 'clear'}});
		playground.dispatch({type: 'notice', notice: {text: `${describeEnding(name, ending)} · go on by hand`, isProblem: ending.type !== 'held'}});
	}

	/** Types a line where a person would type it, and waits until it may be carried out. */
	async #show(step: Step): Promise<void> {
		const playground = this.#playground;
		if (!playground || this.#stopping.signal.aborted) {
			return;
		}

		const {peers} = playground.journal.snapshot;
		if (step.type === 'command' && step.address !== undefined && Object.hasOwn(peers, step.address)) {
			playground.dispatch({type: 'focus', peer: step.address});
		}

		this.#line = step.line;
		this.#showBar(false);
		const text = [...short(step.type === 'command' ? `/${step.text}` : step.text)];
		const stride = Math.ceil(text.length / mostKeystrokes);
		playground.dispatch({type: 'edit', action: {type: 'clear'}});
		for (let at = 0; at < text.length && !this.#stopping.signal.aborted; at += stride) {
			await this.#rest(keystrokeMs);
			playground.dispatch({type: 'edit', action: {type: 'insert', text: text.slice(at, at + stride).join('')}});
		}

		if (!this.#isPausing) {
			await this.#rest(restMs);
		}

		if (this.#isPausing && !this.#stopping.signal.aborted) {
			this.#showBar(true);
			await new Promise<void>(resolve => {
				this.#release = resolve;
			});
			this.#release = undefined;
			this.#showBar(false);
		}

		if (step.type === 'command') {
			playground.dispatch({type: 'submitted', input: editorOf(playground.state).text});
		}
	}

	async #rest(ms: number): Promise<void> {
		return new Promise(resolve => {
			setTimeout(resolve, this.#stopping.signal.aborted ? 0 : ms);
		});
	}

	#tell({step, held, was}: Outcome): void {
		if (step.type !== 'command') {
			this.#last = {text: held ? short(step.text) : `${short(step.text)}: ${short(was)}`, held};
			this.#showBar(false);
		}
	}

	#showBar(isPausing: boolean): void {
		const last = this.#last;
		this.#playground?.dispatch({type: 'script', script: {name: short(this.#script.name), line: this.#line, isPausing, ...(last && {last})}});
	}
}

function describeEnding(name: string, ending: Ending): string {
	switch (ending.type) {
		case 'held': {
			return `${short(name)}: ${describeHeld(ending.expectations)}`;
		}

		case 'stopped': {
			return `${short(name)}:${ending.step.line}: ended here`;
		}

		case 'failed': {
			const {step, was} = ending.outcome;
			return `${short(name)}:${step.line}: ${step.type === 'command' ? short(was) : `expected ${short(step.condition.text)}; ${short(was)}`}`;
		}
	}
}
