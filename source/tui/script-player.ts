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
import {Typist} from './typist.js';

/** A script for the screen. `pauses`: each line waits for a key. `ended` hears how it ended, if it did. */
export type PlayableScript = {readonly name: string; readonly steps: readonly Step[]; readonly pauses: boolean; readonly ended: (ending: Ending) => void};

export class ScriptPlayer {
	readonly #script: PlayableScript;
	readonly #stopping = new AbortController();
	readonly #run: ScriptRun;
	#playground: Playground | undefined;
	#typist: Typist | undefined;
	#line = 0;
	#last: {readonly text: string; readonly held: boolean} | undefined;

	constructor(script: PlayableScript) {
		this.#script = script;
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
		this.#typist = new Typist(playground, {
			pauses: this.#script.pauses,
			stop: this.#stopping.signal,
			paused: isPausing => {
				this.#showBar(isPausing);
			},
		});
		playground.dispatch({type: 'mode', mode: 'playing'});
		void this.#play(playground);
	}

	/** Lets the next line go; while the script plays by itself, it pauses from now on. */
	readonly next = (): void => {
		this.#typist?.next();
	};

	/** Ends the script where it is. */
	readonly stop = (): void => {
		this.#stopping.abort();
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

		this.#line = step.line;
		await this.#typist?.type(short(step.type === 'command' ? `/${step.text}` : step.text), step.type === 'command' ? step.address : undefined);
		if (step.type === 'command') {
			playground.dispatch({type: 'submitted', input: editorOf(playground.state).text});
		}
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
