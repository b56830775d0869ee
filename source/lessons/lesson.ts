/**
A lesson: steps that are done, not read, on real sockets. Each is checked by what really happened, or asks for a prediction which the run judges.

Law: a lesson is data. What it shows, stages and checks is in its file; nothing about it is known to the program but the format.
*/
import {type Condition} from '../commands/conditions/condition.js';
import {type Step} from '../commands/script.js';
import {type SceneName} from '../core/scenes.js';

/** A paragraph, or an item of a list. `code` and **bold** are still marked in it. */
export type Prose = {readonly type: 'paragraph' | 'item'; readonly text: string};

/** What every step has. `line` is where it stands in the file; `stage` is run when it begins; `after` is shown when it is done. */
type StepBase = {readonly title: string; readonly line: number; readonly prose: readonly Prose[]; readonly after: readonly Prose[]; readonly stage: readonly Step[]};

/** Something to do: `check` is false when the step begins and true when it is done; `show` does it. */
export type DoStep = StepBase & {readonly type: 'do'; readonly check: Condition; readonly checkLine: number; readonly hints: readonly string[]; readonly show: readonly Step[]};

/** One thing that may happen; it did if `condition` holds after the run. */
export type Option = {readonly text: string; readonly condition: Condition; readonly line: number};

/** A question about what will happen: then `run` lets it happen, and the one option that holds afterwards was right. */
export type PredictStep = StepBase & {readonly type: 'predict'; readonly question: string; readonly options: readonly Option[]; readonly run: readonly Step[]};

export type LessonStep = DoStep | PredictStep;

export type Lesson = {
	/** From the file's name, without the number before it. */
	readonly name: string;
	readonly title: string;
	readonly summary: string;
	readonly minutes: number;
	readonly scene: SceneName;
	/** Run after the scene is staged, before the first step. */
	readonly setup: readonly Step[];
	/** The sentence to remember. */
	readonly remember: string;
	readonly steps: readonly LessonStep[];
};
