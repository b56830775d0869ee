/** A lesson beside the lab, or over it on a small screen. Drawn from how far the person is; it decides nothing. */
import {visible} from '../core/text.js';
import {type Step} from '../commands/script.js';
import {type DoStep, type PredictStep, type Prose} from '../lessons/lesson.js';
import {awaitsChoice, stateOf, stepOf, type Session, type StepState} from '../lessons/session.js';
import {type Size} from './layout.js';
import {fit, spread, wrap, type Span} from './line.js';
import {wrapProse} from './prose.js';
import {createTheme, type Role, type Theme} from './theme.js';

/** What is shown of a lesson. `isHidden`: a class has yet to be told the answer. `next` is the lesson after it. */
export type LessonView = {readonly session: Session; readonly isPresenting: boolean; readonly isHidden: boolean; readonly next?: {readonly name: string; readonly title: string}};

type Place = {readonly width: number; readonly height: number; readonly top: number; readonly isBeside: boolean};
type Rows = ReadonlyArray<readonly Span[]>;

/** Beside the lab where its panes have the width of the usual terminal still: they need it for their machines. */
const roomForLab = 80;
const narrowest = 40;
export const lessonWidth = (columns: number): number => columns < roomForLab + narrowest ? 0 : Math.max(narrowest, Math.min(64, Math.floor(columns * 0.35), columns - roomForLab));

/** The longest line that reads well. */
const longestLine = 76;

/** Draws exactly `height` lines of `width` columns, from row `top` on. */
export function drawLesson(theme: Theme, view: LessonView, {width, height, top, isBeside}: Place): readonly string[] {
	const edge: Span = {text: '  '};
	const rows = rowsIn(theme, view, width, height, isBeside);
	const from = Math.max(0, Math.min(top, rows.length - height));
	return Array.from({length: height}, (_, index) => {
		const isCutAbove = index === 0 && from > 0;
		const isCutBelow = index === height - 1 && rows.length - from > height;
		return fit(theme, isCutAbove || isCutBelow ? [edge, {text: `… ${isCutAbove ? 'PgUp' : 'PgDn'}`, role: 'key'}] : [edge, ...(rows[from + index] ?? [])], width);
	});
}

/** How far it can be scrolled. */
export const lastLessonTop = (view: LessonView, place: Omit<Place, 'top'>): number =>
	Math.max(0, rowsIn(createTheme({hasColor: false, isAscii: true}), view, place.width, place.height, place.isBeside).length - place.height);

/** All of it in words, for a screen reader: lines that stand alone, without marks. */
export const lessonText = (view: LessonView): readonly string[] => rowsOf(createTheme({hasColor: false, isAscii: false}), view, 10_000)
	.map(row => row.map(({text}) => text).join('').replace(/^[^\p{Letter}\p{Number}\/]+/v, '').trimEnd().replaceAll(/ {2,}/gv, ', '))
	.filter(line => line !== '');

/** Airy where there is room. Else as many blank lines go as have to, the first ones first: what is new stands at the end. */
function rowsIn(theme: Theme, view: LessonView, width: number, height: number, isBeside: boolean): Rows {
	const columns = Math.min(width - (isBeside ? 3 : 4), longestLine);
	const airy = rowsOf(theme, view, columns, !isBeside);
	let over = airy.length - height;
	return airy.filter(row => row.length > 0 || over-- <= 0);
}

/** From so many rows on, the strip has some for what is to be done. */
const roomForTask = 20;
const linesOfTask = 2;

/** What stands in for the lesson while the lab is shown on a small screen: where one is, and what is to be done. */
export function drawLessonStrip(theme: Theme, {session, isHidden}: LessonView, {columns: width, rows}: Size): readonly string[] {
	const {lesson, at} = session;
	const step = stepOf(session);
	const {phase} = stateOf(session);
	const isDone = phase === 'done' && !isHidden;
	const left: readonly Span[] = step
		? [{text: ` ${isDone ? theme.symbols.held : theme.symbols.states[phase === 'open' ? 'idle' : 'awaiting-reply']} `, role: isDone ? 'good' : 'busy'}, {text: `${at + 1}/${lesson.steps.length} ${visible(step.title)}`, role: 'strong'}, {text: isDone ? ': done' : ''}]
		: [{text: ` ${theme.symbols.held} ${visible(lesson.title)}`, role: 'good'}];
	const first = fit(theme, spread(left, [{text: isDone ? 'Enter: read on  ' : '', role: 'key'}, {text: 'Ctrl+O: the lesson ', role: 'quiet'}], width), width);
	const toDo = step?.type === 'do' && !isDone && rows >= roomForTask ? shortened(visible(taskOf(step)), width - 3) : [];
	return [first, ...toDo.slice(0, linesOfTask).map((line, index) => fit(theme, [{text: ' '.repeat(3)}, ...line, {text: index === linesOfTask - 1 && toDo.length > linesOfTask ? ' …' : ''}], width))];
}

/** The paragraph that says what to do: the last one that names something to type, or else the last. */
function taskOf({prose}: DoStep): string {
	return (prose.findLast(({text}) => text.includes('`')) ?? prose.at(-1))?.text ?? '';
}

/** Without its first sentences, as long as it is too long and they name nothing to type: what is to be typed has to be seen. */
function shortened(text: string, width: number): Rows {
	const lines = wrapProse(text, width);
	const first = /^[^`]+?[.:] (?=.)/v;
	return lines.length > linesOfTask && first.test(text) ? shortened(text.replace(first, ''), width) : lines;
}

/** `isOver`: it covers the lab, to which a key leads. */
function rowsOf(theme: Theme, view: LessonView, width: number, isOver = false): Rows {
	const {session, isPresenting} = view;
	const {lesson, at, trouble} = session;
	const step = stepOf(session);
	const gap: Rows = isPresenting ? [[], []] : [[]];
	return [
		spread([{text: visible(lesson.title), role: 'strong'}], [{text: `${step ? `step ${at + 1} of ${lesson.steps.length}` : 'the end'}${isOver ? '  Ctrl+O: the lab' : ''}`, role: 'quiet'}], width),
		marks(theme, session),
		...gap,
		...(step
			? [
				[{text: visible(step.title), role: 'strong' as const}],
				...prose(step.prose, width, gap),
				...gap,
				...(step.type === 'do' ? task(theme, step, view, width, gap) : prediction(theme, step, view, width, gap)),
			]
			: theEnd(view, width, gap)),
		...(trouble === undefined ? [] : [...gap, ...wrap(visible(trouble), width).map(text => [{text, role: 'bad' as const}])]),
	];
}

/** One mark a step: done, where one is, ahead. */
const marks = ({symbols}: Theme, {lesson, steps, at}: Session): readonly Span[] => lesson.steps.map((_, index) => ({
	text: `${symbols.states[steps[index]?.phase === 'done' ? 'replied' : (index === at ? 'awaiting-reply' : 'idle')]} `,
	role: index === at ? 'busy' : (steps[index]?.phase === 'done' ? 'good' : 'quiet'),
}));

const prose = (blocks: readonly Prose[], width: number, gap: Rows): Rows => blocks.flatMap(({type, text}, index) => {
	const before = type === 'paragraph' || blocks[index - 1]?.type !== 'item' ? gap : [];
	return type === 'paragraph'
		? [...before, ...wrapProse(visible(text), width)]
		: [...before, ...wrapProse(visible(text), width - 2).map((row, line): readonly Span[] => [{text: line === 0 ? '- ' : '  '}, ...row])];
});

/** Something to do: whether it has happened, the hints so far, and what it means. */
function task(theme: Theme, step: DoStep, view: LessonView, width: number, gap: Rows): Rows {
	const {session} = view;
	const state = stateOf(session);
	const hints = step.hints.slice(0, state.hints).flatMap((hint, index) => [...gap, ...hanging(`hint ${index + 1}  `, 'key', hint, width)]);
	const help = state.hints < step.hints.length ? (state.hints === 0 ? 'a hint' : 'another hint') : 'show me';
	return state.phase === 'done'
		? [[{text: `${theme.symbols.held} done`, role: 'good'}, {text: state.wasShown ? ': it was shown' : '', role: 'quiet'}], ...(state.wasShown ? lines(step.show, width) : []), ...prose(step.after, width, gap), ...gap, onwards(session)]
		: [[statusOf(theme, state)], ...(state.phase === 'playing' ? lines(step.show, width) : []), ...hints, ...(state.phase === 'open' ? [...gap, [{text: 'Ctrl+T', role: 'key' as const}, {text: ` ${help}`, role: 'quiet' as const}]] : [])];
}

function statusOf({symbols}: Theme, {phase}: StepState): Span {
	switch (phase) {
		case 'staging': {
			return {text: `${symbols.states['awaiting-reply']} the lab is being made ready …`, role: 'busy'};
		}

		case 'playing': {
			return {text: `${symbols.states['awaiting-reply']} watch …`, role: 'busy'};
		}

		default: {
			return {text: `${symbols.states.idle} to do: this ticks by itself`, role: 'plain'};
		}
	}
}

/** A question, its answers, and after the run which of them was right. */
function prediction(theme: Theme, step: PredictStep, view: LessonView, width: number, gap: Rows): Rows {
	const {session, isPresenting, isHidden} = view;
	const state = stateOf(session);
	const verdict = isHidden ? undefined : state.verdict;
	const between: Rows = isPresenting ? [[]] : [];
	const answers = step.options.flatMap(({text}, index) => {
		const {mark, role} = markOf(theme, verdict?.[index]?.holds, state.choice === index, verdict !== undefined);
		return [...between, ...hanging(`${mark} ${index + 1}  `, role, text, width)];
	});
	return [
		...wrap(visible(step.question), width).map(text => [{text, role: 'strong' as const}]),
		...(isPresenting ? [] : gap),
		...answers,
		...gap,
		...(state.phase === 'done' ? [...judged(theme, view, {state, isTold: step.after.length > 0}, {width, gap}), ...(isHidden || !state.verdict ? [] : lines(step.run, width)), ...(isHidden ? [] : prose(step.after, width, gap)), ...(isHidden ? [] : [...gap, onwards(session)])] : [...waiting(theme, session, state), ...(state.phase === 'playing' ? lines(step.run, width) : [])]),
	];
}

/** The commands that are or were carried out. */
const lines = (steps: readonly Step[], width: number): Rows =>
	steps.flatMap(({type, text}) => type === 'command' ? hanging('  ', 'quiet', `\`/${text}\``, width) : []);

/** What stands before an answer: whether it happened, and whether it was chosen. */
function markOf({symbols}: Theme, didHappen: boolean | undefined, isChosen: boolean, isJudged: boolean): {readonly mark: string; readonly role: Role} {
	if (didHappen) {
		return {mark: symbols.held, role: 'good'};
	}

	const chosen = isJudged ? {mark: symbols.refused, role: 'bad' as const} : {mark: symbols.request, role: 'busy' as const};
	return isChosen ? chosen : {mark: ' ', role: 'key'};
}

const waiting = (theme: Theme, session: Session, state: StepState): Rows => awaitsChoice(session)
	? [[{text: '1 2 3', role: 'key'}, {text: ' choose: then it happens', role: 'quiet'}]]
	: [[statusOf(theme, state)]];

/** What really happened; in words, unless the lesson's own prose tells it. */
function judged({symbols}: Theme, {isHidden}: LessonView, {state: {choice, verdict = []}, isTold}: {readonly state: StepState; readonly isTold: boolean}, {width, gap}: {readonly width: number; readonly gap: Rows}): Rows {
	if (isHidden) {
		return [[{text: 'Enter', role: 'key'}, {text: ' what was it?', role: 'quiet'}]];
	}

	const happened = verdict.flatMap(({holds}, index) => holds ? [index] : []);
	const [only, another] = happened;
	const isPlain = only !== undefined && another === undefined;
	const isRight = isPlain && choice === only;
	const missed = isPlain ? `it was ${only + 1}` : 'this time it went another way';
	const said = verdict.length === 0 ? 'done before' : (isRight ? 'right' : missed);
	const told = isPlain ? [verdict[only]?.was ?? ''] : verdict.map(({was}) => was);
	return [
		[{text: `${verdict.length === 0 || isRight ? symbols.held : symbols.refused} ${said}`, role: verdict.length === 0 || isRight ? 'good' : 'bad'}],
		...(verdict.length === 0 || (isPlain && isTold) ? [] : [...gap, ...hanging('what happened: ', 'quiet', told.join('; '), width)]),
	];
}

/** The sentence to remember, and the next lesson. */
function theEnd({session: {lesson}, next}: LessonView, width: number, gap: Rows): Rows {
	return [
		[{text: 'To remember', role: 'strong'}],
		...gap,
		...wrapProse(visible(lesson.remember), width),
		...gap,
		...(next
			? [[{text: 'Next: ', role: 'quiet' as const}, {text: visible(next.title), role: 'strong' as const}], ...gap, [{text: 'Enter', role: 'key' as const}, {text: ' begins it · ', role: 'quiet' as const}, {text: '/lesson', role: 'key' as const}, {text: ' lists all', role: 'quiet' as const}]]
			: [[{text: '/lesson', role: 'key' as const}, {text: ' lists all lessons', role: 'quiet' as const}]]),
	];
}

const onwards = ({lesson, at}: Session): readonly Span[] => [{text: 'Enter', role: 'key'}, {text: at === lesson.steps.length - 1 ? ' to the end' : ' to the next step', role: 'quiet'}];

/** A few words in a role, and prose that hangs behind them. */
const hanging = (head: string, role: Span['role'] & string, text: string, width: number): Rows =>
	wrapProse(visible(text), Math.max(10, width - head.length)).map((row, line): readonly Span[] => [line === 0 ? {text: head, role} : {text: ' '.repeat(head.length)}, ...row]);
