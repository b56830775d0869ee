/** Lessons in files: the built-in ones, which ship beside the program, and anybody's own. */
import {readdir} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {readText} from '../script/read.js';
import {type ScriptError} from '../commands/script.js';
import {type Lesson} from './lesson.js';
import {parseLesson} from './parse.js';

/** A lesson ready to be taken, or what is wrong with its file. `file` is how messages call it. */
export type LoadedLesson =
	| {readonly ok: true; readonly file: string; readonly lesson: Lesson}
	| {readonly ok: false; readonly file: string; readonly errors: readonly ScriptError[]};

/** Beside this module, in the sources as in the bundle: the build copies it there. */
const course = fileURLToPath(new URL('course/', import.meta.url));

/** Loads a lesson from its file. What can't be read is told as a mistake in its first line. */
export async function loadLesson(file: string): Promise<LoadedLesson> {
	const text = await readText(file, process.stdin, 'a lesson is a text file: front matter, and steps that begin with ##');
	return text.ok
		? {file, ...parseLesson(text.source, nameOfFile(file))}
		: {ok: false, file, errors: [{line: 1, column: 1, reason: text.reason, next: text.next}]};
}

/** `course/04-efsm.md` holds `efsm`. */
const nameOfFile = (file: string): string => path.basename(file).replace(/\.[^.]*$/v, '').replace(/^\d+-/v, '');

/** The files of the built-in lessons, in order, by their names. */
export async function courseFiles(): Promise<ReadonlyMap<string, string>> {
	const names = await readdir(course);
	return new Map(names.filter(name => name.endsWith('.md')).toSorted().map(name => [nameOfFile(name), path.join(course, name)]));
}

/** The built-in lessons, in order. */
export async function loadCourse(): Promise<readonly LoadedLesson[]> {
	const files = await courseFiles();
	return Promise.all([...files.values()].map(async file => loadLesson(file)));
}

/** A built-in lesson by its name, or any by its file; undefined if there is none of that name. */
export async function findLesson(nameOrFile: string): Promise<LoadedLesson | undefined> {
	const files = await courseFiles();
	const file = files.get(nameOrFile) ?? (/[.\/\\]/v.test(nameOrFile) ? nameOrFile : undefined);
	return file === undefined ? undefined : loadLesson(file);
}
