/**
Grades a script against a lesson: the script is run on the lesson's lab, and each step that asks for something gives a point once its check holds.

The steps come in their order: a step's stage is run when the one before is done, just before the script's next command. A prediction asks a person, so
its run just happens, and gives no point.
*/
import {type Step} from '../commands/script.js';
import {explainEnding, short} from '../script/explain.js';
import {type Ending} from '../script/run.js';
import {beginningOf} from './beginning.js';
import {type Lesson} from './lesson.js';
import {onLabOfItsOwn, type StartLab} from './proof.js';
import {type Stagehand} from './stagehand.js';

/** How long (ms) the last check may take once the script is over. */
const usualGraceMs = 5000;

/** One step that gives a point; `reason` says why it gave none. `step` counts from 1. */
export type StepGrade = {readonly step: number; readonly title: string; readonly isDone: boolean; readonly reason?: string};
/** `isPassed`: every point, and the script held to its end; if it did not, `trouble` says why, in lines. */
export type Grade = {readonly lesson: string; readonly points: number; readonly of: number; readonly isPassed: boolean; readonly steps: readonly StepGrade[]; readonly trouble: readonly string[]};

/** Grades a script, whose messages call it `name`, on a lab of its own, which has ended when this resolves. */
export async function grade(lesson: Lesson, script: {readonly name: string; readonly steps: readonly Step[]}, start: StartLab, graceMs = usualGraceMs): Promise<Grade> {
	return onLabOfItsOwn(lesson, start, async stagehand => {
		const beginning = await stagehand.play(beginningOf(lesson));
		const grader = new Grader(lesson, stagehand);
		await grader.advance();
		const ending = beginning.type === 'held'
			? await stagehand.play(script.steps, {before: async step => step.type === 'command' ? grader.advance() : undefined})
			: beginning;
		await grader.finish(graceMs);
		const {steps} = grader;
		const points = steps.filter(({isDone}) => isDone).length;
		const trouble = [...grader.trouble, ...explainEnding(short(script.name), ending)];
		return {lesson: lesson.name, points, of: steps.length, isPassed: points === steps.length && trouble.length === 0, steps, trouble};
	});
}

/** Goes through the steps as they are done. */
class Grader {
	readonly trouble: string[] = [];
	readonly #lesson: Lesson;
	readonly #stagehand: Stagehand;
	readonly #done = new Set<number>();
	/** The step that is to be done; -1 before the first, and the number of steps after the last. */
	#at = -1;
	#since = 0;

	constructor(lesson: Lesson, stagehand: Stagehand) {
		this.#lesson = lesson;
		this.#stagehand = stagehand;
		stagehand.watch(() => {
			this.#look();
		});
	}

	get steps(): readonly StepGrade[] {
		return this.#lesson.steps.flatMap((step, index): readonly StepGrade[] => step.type === 'predict'
			? []
			: [{step: index + 1, title: step.title, isDone: this.#done.has(index), ...(!this.#done.has(index) && {reason: index === this.#at ? `not done: ${short(this.#stagehand.judge(step.check, this.#since).was)}` : 'the script did not get there'})}]);
	}

	/** Makes the lab ready for the next step, if this one is done. */
	async advance(): Promise<void> {
		const {steps} = this.#lesson;
		while (this.#at < steps.length && (this.#at === -1 || this.#done.has(this.#at))) {
			this.#at++;
			const step = steps[this.#at];
			this.#note(await this.#stagehand.play(step?.stage ?? []));
			this.#since = this.#stagehand.n;
			if (step?.type !== 'predict') {
				continue;
			}

			this.#note(await this.#stagehand.play(step.run));
			this.#done.add(this.#at);
		}

		this.#look();
	}

	/** Gives what is under way a moment, and looks whether it does what is left. */
	async finish(graceMs: number): Promise<void> {
		const step = this.#lesson.steps[this.#at];
		if (step?.type === 'do' && !this.#done.has(this.#at)) {
			await this.#stagehand.holds(step.check, {since: this.#since, withinMs: graceMs});
			this.#look();
		}
	}

	#look(): void {
		const step = this.#lesson.steps[this.#at];
		if (step?.type === 'do' && !this.#done.has(this.#at) && this.#stagehand.judge(step.check, this.#since).holds) {
			this.#done.add(this.#at);
		}
	}

	#note(ending: Ending): void {
		this.trouble.push(...explainEnding(this.#lesson.name, ending));
	}
}
