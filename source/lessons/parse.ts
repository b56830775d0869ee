/** Reads the text of a lesson. All that is wrong with it is told at once, by line and column; nothing of it is run before it is right. */
import {parseCondition} from '../commands/conditions/parse.js';
import {type Condition} from '../commands/conditions/condition.js';
import {parseScript, type ScriptError, type Step} from '../commands/script.js';
import {readFront} from './front-matter.js';
import {type Lesson, type LessonStep, type Option} from './lesson.js';
import {splitLesson, type Fence, type FenceKind, type Section} from './sections.js';

export type ParsedLesson = {readonly ok: true; readonly lesson: Lesson} | {readonly ok: false; readonly errors: readonly ScriptError[]};

/** More is no lesson that a person has the patience for. */
const mostSteps = 20;
const mostHints = 3;

/** Reads a lesson; `name` is what it is called by. Never throws. */
export function parseLesson(source: string, name: string): ParsedLesson {
	const {front: frontText, frontLine, sections, errors: structure} = splitLesson(source);
	const errors: ScriptError[] = [...structure];
	const front = frontText === undefined ? undefined : readFront(frontText, frontLine);
	if (front && !front.ok) {
		errors.push(...front.errors);
	}

	if (frontText !== undefined && (sections.length === 0 || sections.length > mostSteps)) {
		errors.push({line: source.split('\n').length, column: 1, reason: sections.length === 0 ? 'there is no step' : `there are ${sections.length} steps`, next: sections.length === 0 ? 'write ## and its title, then what is to be done' : `a lesson has at most ${mostSteps}; better 3 to 8`});
	}

	const steps = sections.map(section => readSection(section, errors));
	const setup = front?.ok ? front.front.setup.flatMap(({text, line, column}) => readLines({lines: [text], line, column}, errors)) : [];
	return front?.ok && errors.length === 0
		? {ok: true, lesson: {name, ...front.front, setup, steps: steps.filter(step => step !== undefined)}}
		: {ok: false, errors: errors.toSorted((one, other) => one.line - other.line || one.column - other.column)};
}

function readSection(section: Section, errors: ScriptError[]): LessonStep | undefined {
	const {title, line, prose, after, fences} = section;
	const found = (kind: FenceKind): readonly Fence[] => fences.filter(fence => fence.kind === kind);
	const fail = (reason: string, next: string, at = line): undefined => {
		errors.push({line: at, column: 1, reason, next});
	};

	for (const kind of ['stage', 'check', 'show', 'predict', 'run'] as const) {
		const second = found(kind)[1];
		if (second) {
			fail(`the step has a second ${kind}`, 'a step has one; a further one begins with ## again', second.line - 1);
		}
	}

	const [check] = found('check');
	const [predict] = found('predict');
	const [run] = found('run');
	const [show] = found('show');
	const hints = found('hint');
	const base = {title, line, prose, after, stage: linesOf(found('stage')[0], errors)};
	if (check && predict) {
		return fail('the step has both a check and a prediction', 'make two steps of it', predict.line - 1);
	}

	if (predict) {
		return run && hints.length === 0 && !show
			? {...base, type: 'predict', ...readPrediction(predict, errors), run: linesOf(run, errors)}
			: fail(run ? 'a prediction has no hints, and no show' : 'a prediction without a run', run ? 'leave them out: its run shows what happens' : 'write ```run and the lines that let it happen', predict.line - 1);
	}

	if (!check || !show || run) {
		return fail(check ? (run ? 'a run belongs to a prediction' : 'a check without a show') : 'the step checks nothing', check ? (run ? 'the lines that do the step are a ```show' : 'write ```show and the lines that do the step') : 'write ```check with ```show, or ```predict with ```run', check?.line);
	}

	if (hints.length > mostHints) {
		fail(`the step has ${hints.length} hints`, `${mostHints} are enough: then comes the show`);
	}

	const condition = readCondition(check, errors);
	return condition && {...base, type: 'do', check: condition, checkLine: check.line, hints: hints.map(({lines}) => lines.join(' ').trim()), show: linesOf(show, errors)};
}

type Written = {readonly lines: readonly string[]; readonly line: number; readonly column?: number};

const linesOf = (fence: Fence | undefined, errors: ScriptError[]): readonly Step[] => fence ? readLines(fence, errors) : [];

/** Lines of the scripts' language, without expectations: what a lesson expects is its check. */
function readLines({lines, line: first, column: from = 1}: Written, errors: ScriptError[]): readonly Step[] {
	const parsed = parseScript(lines.join('\n'));
	const place = (line: number, column: number): {readonly line: number; readonly column: number} => ({line: first + line - 1, column: column + from - 1});
	if (!parsed.ok) {
		errors.push(...parsed.errors.map(error => ({...error, ...place(error.line, error.column)})));
		return [];
	}

	for (const step of parsed.steps) {
		if (step.type === 'expect' || (step.type === 'command' && step.record.subject === 'screen')) {
			errors.push({...place(step.line, 1), reason: step.type === 'expect' ? 'a lesson expects nothing here' : 'no socket hears of what the screen shows', next: step.type === 'expect' ? 'write wait, or put it into the check' : 'name it in the prose'});
		}
	}

	return parsed.steps.map(step => ({...step, line: first + step.line - 1}));
}

/** One condition, on as many lines as it takes. */
function readCondition({lines, line}: Written, errors: ScriptError[]): Condition | undefined {
	const source = lines.join('\n');
	const parsed = parseCondition(source);
	if (parsed.ok) {
		return parsed.condition;
	}

	const before = source.slice(0, parsed.at).split('\n');
	errors.push({line: line + before.length - 1, column: (before.at(-1)?.length ?? 0) + 1, reason: parsed.reason, next: parsed.next});
	return undefined;
}

const longestQuestion = 160;
const longestOption = 100;

/** `? question`, then `- what may happen :: condition`, two or three times. */
function readPrediction({lines, line: first}: Fence, errors: ScriptError[]): {readonly question: string; readonly options: readonly Option[]} {
	let question = '';
	const options: Option[] = [];
	const fail = (line: number, column: number, reason: string, next: string): void => {
		errors.push({line, column, reason, next});
	};

	for (const [index, written] of lines.entries()) {
		const line = first + index;
		const [mark] = written.trimStart();
		const text = written.trimStart().slice(1).trim();
		if (mark === '?' && question === '') {
			question = text;
		} else if (mark === '-') {
			const option = readOption(written, line, errors);
			options.push(...(option ? [option] : []));
		} else if (mark !== undefined) {
			fail(line, 1, mark === '?' ? 'a second question' : 'this is neither a question nor an answer', 'write ? before the question, and - before each answer, with :: and its condition behind it');
		}
	}

	const count = lines.filter(text => text.trimStart().startsWith('-')).length;
	if (question === '' || question.length > longestQuestion) {
		fail(first, 1, question === '' ? 'the question is missing' : `the question has ${question.length} characters`, question === '' ? 'write ? and what is asked' : `${longestQuestion} are enough`);
	}

	if (count < 2 || count > 3) {
		fail(first, 1, `there ${count === 1 ? 'is 1 answer' : `are ${count} answers`} to choose from`, 'write two or three');
	}

	return {question, options};
}

function readOption(written: string, line: number, errors: ScriptError[]): Option | undefined {
	const [head = '', ...rest] = written.split('::');
	const text = head.trim().slice(1).trim();
	const condition = rest.join('::').trimStart();
	if (text === '' || condition === '' || text.length > longestOption) {
		const isLong = text.length > longestOption;
		errors.push({line, column: 1, reason: isLong ? `the answer has ${text.length} characters` : 'the answer has no condition', next: isLong ? `${longestOption} are enough` : 'write - what may happen :: the condition that holds if it did'});
		return undefined;
	}

	const parsed = parseCondition(condition);
	if (!parsed.ok) {
		errors.push({line, column: written.length - condition.length + parsed.at + 1, reason: parsed.reason, next: parsed.next});
		return undefined;
	}

	return {text, condition: parsed.condition, line};
}
