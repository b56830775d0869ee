/** How a lesson begins, wherever it is taken: a fresh lab in its scene, and what it sets up there. */
import {parseScript, type Step} from '../commands/script.js';
import {type Lesson} from './lesson.js';

/** The lines that make the lab ready for the first step. */
export function beginningOf({scene, setup}: Lesson): readonly Step[] {
	const parsed = parseScript(`scene ${scene}`);
	return parsed.ok ? [...parsed.steps, ...setup] : setup;
}
