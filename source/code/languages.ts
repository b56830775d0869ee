/** The languages that a lab can be had in: one record each. */
import {type Snapshot} from '../core/snapshot.js';
import {fileOf, programsOf, type Program} from './program.js';
import {pyzmqProgram} from './pyzmq.js';
import {zeromqJsProgram} from './zeromq-js.js';

/** A file of a program in some language: complete, and to be run as its first lines say. */
export type CodeFile = {readonly name: string; readonly text: string};

type Language = {readonly name: string; readonly ending: string; readonly comment: string; readonly write: (program: Program) => string};

export const languages: readonly Language[] = [
	{name: 'typescript', ending: 'mts', comment: '//', write: program => zeromqJsProgram(program, 'typescript')},
	{name: 'javascript', ending: 'mjs', comment: '//', write: program => zeromqJsProgram(program, 'javascript')},
	{name: 'python', ending: 'py', comment: '#', write: pyzmqProgram},
];

/** The language of that name. */
export const languageNamed = (name: string): Language | undefined => languages.find(each => each.name === name);

/** The programs of a lab in one language, servers first. */
export const codeOf = (snapshot: Snapshot, {ending, write}: Language): readonly CodeFile[] =>
	programsOf(snapshot).map(program => ({name: `${fileOf(program)}.${ending}`, text: write(program)}));

/** All of them in one text, each under a line with its name. */
export const joinedCode = (snapshot: Snapshot, language: Language): string =>
	codeOf(snapshot, language).map(({name, text}) => `${language.comment} ==== ${name} ====\n${text}`).join('\n');
