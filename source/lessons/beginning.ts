/** How a lesson begins, wherever it is taken: a fresh lab in its scene, and what it sets up there; and how a lab gets to a later step. */
import {parseScript, type Step} from '../commands/script.js';
import {type Snapshot} from '../core/snapshot.js';
import {type Ending} from '../script/run.js';
import {type Lesson} from './lesson.js';
import {type Stagehand} from './stagehand.js';

/** How long (ms) a step that is gone through may take until its check holds. */
const stepMs = 10_000;

/** The lines that make the lab ready for the first step. */
export function beginningOf({scene, setup}: Lesson): readonly Step[] {
	const parsed = parseScript(`scene ${scene}`);
	return parsed.ok ? [...parsed.steps, ...setup] : setup;
}

/** What a lab keeps from scene to scene, and the lesson before may have left: its tap, and single steps. */
function clearing({tap, steps}: Snapshot): readonly Step[] {
	const parsed = parseScript([...(steps ? ['step off'] : []), ...(tap.isOn ? ['tap off'] : [])].join('\n'));
	return parsed.ok ? parsed.steps : [];
}

/** Brings a fresh lab to where a step begins (from 0): each step before is done as its show does it, and its check awaited, as in the proof. */
export async function bringTo(stagehand: Stagehand, lesson: Lesson, step: number, stop: AbortSignal): Promise<Ending> {
	let ending = await stagehand.play([...clearing(stagehand.snapshot), ...beginningOf(lesson)], {stop});
	for (const each of lesson.steps.slice(0, step)) {
		if (ending.type === 'held') {
			ending = await stagehand.play(each.stage, {stop});
		}

		if (ending.type !== 'held') {
			return ending;
		}

		const isDone = each.type === 'do' ? stagehand.holds(each.check, {since: stagehand.n, withinMs: stepMs, stop}) : undefined;
		ending = await stagehand.play(each.type === 'do' ? each.show : each.run, {stop});
		await isDone;
	}

	return ending.type === 'held' ? stagehand.play(lesson.steps[step]?.stage ?? [], {stop}) : ending;
}
