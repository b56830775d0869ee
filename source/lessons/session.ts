/**
How far a person is in a lesson: which step, which hints, what is ticked, what was predicted. Pure: a transition gives the next session and what is
to be done on the lab, as data.

Law: the lab is where the furthest step is (`reached`); whoever goes back reads again, and changes nothing. A step that is done stays done.
A prediction is judged by what its run brought about, and by nothing else.
*/
import {type Judgement} from '../commands/conditions/condition.js';
import {type Lesson, type LessonStep} from './lesson.js';

/**
Where a step stands. `staging`: the lab is being made ready for it. `open`: to be done, or a prediction to be made. `playing`: its show or its run
is being carried out.
*/
export type Phase = 'staging' | 'open' | 'playing' | 'done';

/** What became of a prediction: each answer judged after the run, in words. */
export type Verdict = readonly Judgement[];

/** One step that has begun. `choice` is the answer that was chosen, from 0. */
export type StepState = {readonly phase: Phase; readonly hints: number; readonly wasShown?: true; readonly choice?: number; readonly verdict?: Verdict};

/** `at` is the step that is looked at, from 0; the number of steps for the page at the end. `trouble` is why the lab could not be made ready, or a show did not do it. */
export type Session = {readonly lesson: Lesson; readonly at: number; readonly reached: number; readonly steps: readonly StepState[]; readonly trouble?: string};

export type LessonAction =
	/** What the person asks for. */
	| {readonly type: 'next' | 'back' | 'hint' | 'show' | 'again'}
	| {readonly type: 'choose'; readonly index: number}
	/** What became of the lab. */
	| {readonly type: 'staged' | 'ticked' | 'shown'}
	| {readonly type: 'judged'; readonly verdict: Verdict}
	| {readonly type: 'failed'; readonly trouble: string};

/** What is to be done on the lab for step `step`: bring a fresh lab there, run its stage, its show, its run. */
export type LessonEffect = {readonly type: 'bring' | 'stage' | 'show' | 'run'; readonly step: number};
export type Transition = {readonly session: Session; readonly effects: readonly LessonEffect[]};

const fresh: StepState = {phase: 'staging', hints: 0};
const past: StepState = {phase: 'done', hints: 0};

/** Begins a lesson at a step (from 0): those before it count as done. */
export function beginSession(lesson: Lesson, at = 0): Transition {
	const step = Math.max(0, Math.min(at, lesson.steps.length - 1));
	const steps = [...Array.from({length: step}, () => past), fresh];
	return {session: {lesson, at: step, reached: step, steps}, effects: [{type: 'bring', step}]};
}

/** The step that is looked at; undefined on the page at the end. */
export const stepOf = ({lesson, at}: Session): LessonStep | undefined => lesson.steps[at];

/** Where the step stands that is looked at. */
export const stateOf = ({steps, at}: Session): StepState => steps[at] ?? past;

/** Whether every step is done. */
export const isComplete = ({lesson, steps}: Session): boolean => steps.length === lesson.steps.length && steps.every(({phase}) => phase === 'done');

/** Whether the lab waits for a prediction, and that is what the person looks at. */
export const awaitsChoice = (session: Session): boolean => stepOf(session)?.type === 'predict' && stateOf(session).phase === 'open';

/** What is asked for may not be possible: then the very same session comes back. */
export function reduceSession(session: Session, action: LessonAction): Transition {
	const {at, reached, lesson} = session;
	const step = stepOf(session);
	const state = stateOf(session);
	const isHere = at === reached && step !== undefined;
	const isOpen = isHere && state.phase === 'open';
	switch (action.type) {
		case 'next': {
			return step && state.phase === 'done' ? goOn(session) : stay(session);
		}

		case 'back': {
			return at > 0 ? stay({...session, at: at - 1}) : stay(session);
		}

		case 'hint': {
			return isOpen && step.type === 'do' ? (state.hints < step.hints.length ? stay(withState(session, {...state, hints: state.hints + 1})) : play(session, 'show')) : stay(session);
		}

		case 'show': {
			return isOpen && step.type === 'do' ? play(session, 'show') : stay(session);
		}

		case 'choose': {
			return isOpen && step.type === 'predict' && action.index < step.options.length ? play(withState(session, {...state, choice: action.index}), 'run') : stay(session);
		}

		case 'again': {
			return {session: {...withoutTrouble(session), at: reached, steps: [...session.steps.slice(0, reached), fresh]}, effects: [{type: 'bring', step: reached}]};
		}

		case 'staged': {
			return stay(withReached(session, before => before.phase === 'staging' ? {...before, phase: 'open'} : before));
		}

		case 'ticked': {
			return stay(withReached(withoutTrouble(session), before => lesson.steps[reached]?.type === 'do' ? {...before, phase: 'done'} : before));
		}

		case 'shown': {
			const wasInVain = session.steps[reached]?.phase === 'playing';
			const next = withReached(session, before => before.phase === 'playing' ? {...before, phase: 'open'} : before);
			return stay(wasInVain ? {...next, trouble: 'this did not do it here: /lesson again begins the step anew'} : next);
		}

		case 'judged': {
			return stay(withReached(session, before => ({...before, phase: 'done', verdict: action.verdict})));
		}

		case 'failed': {
			return stay({...withReached(session, before => before.phase === 'playing' ? {...before, phase: 'open'} : before), trouble: action.trouble});
		}
	}
}

const stay = (session: Session): Transition => ({session, effects: []});

/** To the next step, which begins if the lab has not been there yet; behind the last one is the page at the end. */
function goOn(session: Session): Transition {
	const at = session.at + 1;
	return at <= session.reached || at === session.lesson.steps.length
		? stay({...session, at})
		: {session: {...withoutTrouble(session), at, reached: at, steps: [...session.steps, fresh]}, effects: [{type: 'stage', step: at}]};
}

function play(session: Session, type: 'show' | 'run'): Transition {
	const next = withReached(withoutTrouble(session), before => ({...before, phase: 'playing', ...(type === 'show' && {wasShown: true as const})}));
	return {session: next, effects: [{type, step: session.reached}]};
}

const withState = (session: Session, state: StepState): Session => withReached(session, () => state);

const withReached = (session: Session, change: (before: StepState) => StepState): Session =>
	({...session, steps: session.steps.map((each, index) => index === session.reached ? change(each) : each)});

function withoutTrouble(session: Session): Session {
	const {trouble: _over, ...rest} = session;
	return rest;
}
