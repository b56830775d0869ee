/** Lessons without a screen: the list, a grade, and the progress that is forgotten. */
import process from 'node:process';
import {nearest} from '../commands/registry.js';
import {courseFiles, findLesson, loadCourse} from '../lessons/load.js';
import {type Lesson} from '../lessons/lesson.js';
import {forgetProgress, noteProgress, readProgress, type LessonProgress} from '../lessons/progress.js';
import {grade, type Grade} from '../lessons/grade.js';
import {explainErrors, explainUnready, short} from '../script/explain.js';
import {loadScript} from '../script/read.js';
import {createOutlets, flushed} from './outlets.js';
import {startProvingLab} from './check-lessons.js';

type Printing = {readonly isJson: boolean; readonly isAscii: boolean};

/** Prints the lessons in their order, with progress. Gives the exit status. */
export async function listLessons({isJson, isAscii}: Printing): Promise<number> {
	const {out, err, isUnread} = createOutlets(() => undefined);
	const {lessons: progress, trouble} = await readProgress();
	if (trouble !== undefined) {
		err(`zmq-playground: ${trouble}`);
	}

	const course = await loadCourse();
	for (const [index, loaded] of course.entries()) {
		if (!loaded.ok) {
			continue;
		}

		const {lesson} = loaded;
		const its = Object.hasOwn(progress, lesson.name) ? progress[lesson.name] : undefined;
		out(isJson ? listedInJson(lesson, index + 1, its) : listedInWords(lesson, index + 1, its, isAscii));
	}

	if (!isJson) {
		out('');
		out('zmq-playground learn <name> begins one');
	}

	await flushed();
	return isUnread() ? 1 : 0;
}

function listedInJson({name, title, summary, minutes, steps}: Lesson, number: number, progress: LessonProgress | undefined): string {
	return JSON.stringify({v: 1, type: 'lesson', number, name, title, summary, minutes, steps: steps.length, step: progress?.step ?? 0, isDone: progress?.isDone ?? false});
}

function listedInWords({name, summary, minutes, steps}: Lesson, number: number, progress: LessonProgress | undefined, isAscii: boolean): string {
	const isBegun = progress !== undefined && progress.step > 0;
	const [done, begun, ahead] = isAscii ? ['*', '@', 'o'] : ['●', '◐', '○'];
	const mark = progress?.isDone ? done : (isBegun ? begun : ahead);
	const where = isBegun ? `step ${progress.step + 1}/${steps.length}` : (progress?.isDone ? 'done' : `${minutes} min`);
	return `${String(number).padStart(2)} ${mark} ${name.padEnd(18)} ${where.padEnd(10)} ${summary}`;
}

/** What is wrong with the name of a lesson; undefined if there is such a lesson. Two lines for stderr. */
export async function problemWithLesson(name: string): Promise<readonly string[] | undefined> {
	const found = await findLesson(name);
	if (found) {
		return found.ok ? undefined : explainErrors(short(found.file), found.errors);
	}

	return noSuchLesson(name, await courseFiles(), 'zmq-playground learn lists them; a file of your own needs its path, as in ./my-lesson.md');
}

/** The same for a class: a lesson that every laptop has. A file is on this machine alone. */
export async function problemWithClassLesson(name: string): Promise<readonly string[] | undefined> {
	const files = await courseFiles();
	if (files.has(name)) {
		return undefined;
	}

	const list = 'choose one that ships with the program: zmq-playground learn lists them';
	return /[.\/\\]/v.test(name)
		? [`zmq-playground: the laptops of the class don’t have the file “${short(name)}”`, list]
		: noSuchLesson(name, files, list);
}

function noSuchLesson(name: string, files: ReadonlyMap<string, string>, list: string): readonly string[] {
	const meant = nearest(name, [...files.keys()]);
	return [`zmq-playground: there is no lesson “${short(name)}”`, meant === undefined ? list : `did you mean ${meant}?`];
}

/** Forgets one lesson's progress, or all. Gives the exit status. */
export async function resetProgress(name: string | undefined): Promise<number> {
	const {out, err} = createOutlets(() => undefined);
	const problem = name === undefined ? undefined : await problemWithLesson(name);
	if (problem) {
		for (const line of problem) {
			err(line);
		}

		return 2;
	}

	const trouble = await (name === undefined ? forgetProgress() : noteProgress(name, undefined));
	if (trouble !== undefined) {
		err(`zmq-playground: ${trouble}`);
		return 1;
	}

	out(name === undefined ? 'all lessons begin anew' : `${name} begins anew`);
	await flushed();
	return 0;
}

/** Grades a script. Gives the exit status: 0 for all points, 1 for fewer, 2 if the lesson or the script can't be read. */
export async function gradeScript({name, script: file, isJson, isAscii}: Printing & {readonly name: string; readonly script: string}): Promise<number> {
	const {out, err, isUnread} = createOutlets(() => undefined);
	const found = await findLesson(name);
	const script = await loadScript(file, new Map(), process.stdin);
	const wrongs = found?.ok ? [] : (await problemWithLesson(name)) ?? [];
	if (!found?.ok || !script.ok) {
		for (const line of [...wrongs, ...(script.ok ? [] : explainUnready(script))]) {
			err(line);
		}

		return 2;
	}

	const result = await grade(found.lesson, script, startProvingLab);
	for (const line of isJson ? [JSON.stringify({v: 1, type: 'grade', script: script.name, ...result})] : gradeLines(result, isAscii)) {
		out(line);
	}

	await flushed();
	return result.isPassed && !isUnread() ? 0 : 1;
}

function gradeLines({lesson, points, of, steps, trouble}: Grade, isAscii: boolean): readonly string[] {
	const [held, failed] = isAscii ? ['+', 'x'] : ['✓', '✗'];
	return [
		`${lesson}: ${points} of ${of} ${of === 1 ? 'point' : 'points'}`,
		...steps.map(({step, title, isDone, reason}) => ` ${isDone ? held : failed} ${step} ${short(title)}${reason === undefined ? '' : `: ${reason}`}`),
		...trouble,
	];
}
