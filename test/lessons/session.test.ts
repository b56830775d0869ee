/** How far one is in a lesson: each move as a table, on a lesson of three steps. */
import {expect, test} from 'vitest';
import {parseLesson} from '../../source/lessons/parse.js';
import {
	awaitsChoice,
	beginSession,
	isComplete,
	reduceSession,
	stateOf,
	type LessonAction,
	type Session,
	type Transition,
} from '../../source/lessons/session.js';
import {deepFreeze} from '../helpers/events.js';
import {doing, lessonOf, predicting} from '../helpers/lessons.js';

const hinted = (check: string): string => doing(check, 'send Hello').replace('```show', '```hint\nFirst.\n```\n```hint\nSecond.\n```\n```show');
const parsed = parseLesson(lessonOf(hinted('client-1 is replied'), predicting('client-1 is stuck', 'client-1 is replied'), hinted('client-1 is stuck')), 'test');
const lesson = parsed.ok ? parsed.lesson : undefined;

const verdict = [{holds: false, was: 'client-1 is replied'}, {holds: true, was: 'client-1 is replied'}];
const choose = (index: number): LessonAction => ({type: 'choose', index});
const judged: LessonAction = {type: 'judged', verdict};
const [staged, ticked, shown, next, back, hint, show, again] = (['staged', 'ticked', 'shown', 'next', 'back', 'hint', 'show', 'again'] as const).map((type): LessonAction => ({type})) as [LessonAction, LessonAction, LessonAction, LessonAction, LessonAction, LessonAction, LessonAction, LessonAction];

/** The session after these actions, and what the last one wants to be done. */
function after(...actions: readonly LessonAction[]): Transition {
	if (!lesson) {
		throw new Error(JSON.stringify(parsed));
	}

	let transition = beginSession(lesson);
	for (const action of actions) {
		transition = reduceSession(deepFreeze(transition.session), action);
	}

	return transition;
}

const brief = ({at, reached, steps}: Session): string => `${at + 1} of ${reached + 1}: ${steps.map(({phase}) => phase).join(', ')}`;
const done = [staged, ticked];
const predicted = [...done, next, staged, choose(1), judged];

test.each<[what: string, actions: readonly LessonAction[], stands: string, effects: readonly string[]]>([
	['it begins with a lab to be made ready', [], '1 of 1: staging', ['bring 0']],
	['then it is open', [staged], '1 of 1: open', []],
	['nothing is ticked before', [ticked, staged], '1 of 1: done', []],
	['a step ticks', done, '1 of 1: done', []],
	['one may not go on before', [staged, next], '1 of 1: open', []],
	['the next step is staged', [...done, next], '2 of 2: done, staging', ['stage 1']],
	['one may read the step before', [...done, next, staged, back], '1 of 2: done, open', []],
	['and come back without anything being done', [...done, next, staged, back, next], '2 of 2: done, open', []],
	['before the first there is none', [staged, back], '1 of 1: open', []],
	['the third hint is the show', [staged, hint, hint, hint], '1 of 1: playing', ['show 0']],
	['a show at once', [staged, show], '1 of 1: playing', ['show 0']],
	['nothing is shown twice at once', [staged, show, show], '1 of 1: playing', []],
	['what is shown ticks as well', [staged, show, ticked, shown], '1 of 1: done', []],
	['a show in vain leaves the step open', [staged, show, shown], '1 of 1: open', []],
	['a choice lets it happen', [...done, next, staged, choose(0)], '2 of 2: done, playing', ['run 1']],
	['a choice that is none does nothing', [...done, next, staged, choose(2)], '2 of 2: done, open', []],
	['no choice before the lab is ready', [...done, next, choose(0)], '2 of 2: done, staging', []],
	['a prediction does not tick', [...done, next, staged, ticked], '2 of 2: done, open', []],
	['it is judged', predicted, '2 of 2: done, done', []],
	['begun anew', [...predicted, again], '2 of 2: done, staging', ['bring 1']],
	['the last step, and the page at the end', [...predicted, next, staged, ticked, next], '4 of 3: done, done, done', []],
	['from which one may go back', [...predicted, next, staged, ticked, next, back], '3 of 3: done, done, done', []],
])('%s', (_, actions, stands, effects) => {
	const transition = after(...actions);
	expect(brief(transition.session)).toBe(stands);
	expect(transition.effects.map(({type, step}) => `${type} ${step}`)).toEqual(effects);
});

test('what can’t be done gives back the very same session', () => {
	const {session} = after(staged);
	for (const action of [next, back, choose(0)]) {
		expect(reduceSession(session, action).session).toBe(session);
	}
});

test('hints, what was shown, the choice and the verdict are remembered', () => {
	expect(stateOf(after(staged, hint).session)).toEqual({phase: 'open', hints: 1});
	expect(stateOf(after(staged, hint, show, ticked).session)).toEqual({phase: 'done', hints: 1, wasShown: true});
	expect(stateOf(after(...predicted).session)).toEqual({phase: 'done', hints: 0, choice: 1, verdict});
	expect(stateOf(after(...predicted, again).session)).toEqual({phase: 'staging', hints: 0});
});

test('a show in vain and a lab that fails say so, and the next thing that goes well takes it away', () => {
	expect(after(staged, show, shown).session.trouble).toContain('did not do it');
	expect(after(staged, show, {type: 'failed', trouble: 'no lab'}).session).toMatchObject({trouble: 'no lab', steps: [{phase: 'open'}]});
	expect(after(staged, show, shown, ticked).session.trouble).toBeUndefined();
	expect(after(staged, show, shown, show).session.trouble).toBeUndefined();
});

test('it goes on where one was, and a step that is no more is the last one', () => {
	if (!lesson) {
		throw new Error('no lesson');
	}

	expect(beginSession(lesson, 1)).toMatchObject({session: {at: 1, reached: 1, steps: [{phase: 'done'}, {phase: 'staging'}]}, effects: [{type: 'bring', step: 1}]});
	expect(beginSession(lesson, 99).session.at).toBe(2);
	expect(beginSession(lesson, -1).session.at).toBe(0);
});

test('a choice is awaited only where one looks, and complete is when all is done', () => {
	expect(awaitsChoice(after(...done, next, staged).session)).toBe(true);
	expect(awaitsChoice(after(...done, next, staged, back).session)).toBe(false);
	expect(isComplete(after(...predicted).session)).toBe(false);
	expect(isComplete(after(...predicted, next, staged, ticked).session)).toBe(true);
});
