/** The arguments of the front `learn`: which lesson, and what to do with it. */
import {type Looks} from '../core/looks.js';
import {looksOf, type LooksGiven} from './looks.js';
import {wrong, type Wrong} from './wrong.js';

type Printing = {readonly isJson: boolean; readonly isAscii: boolean};

/** Proves lessons: those in the files, or all built-in ones. */
type CheckRequest = Printing & {readonly what: 'check'; readonly files: readonly string[]};
/** Runs a script against a lesson. */
type GradeRequest = Printing & {readonly what: 'grade'; readonly name: string; readonly script: string};
/** Forgets how far one is, in one lesson or in all. */
type ResetRequest = {readonly what: 'reset'; readonly name?: string};
/** Lists the lessons, or takes one. */
export type TakeRequest = Printing & {readonly what: 'take'; readonly name?: string; readonly isPresenting: boolean; readonly looks: Looks; readonly seed: number};
export type LearnRequest = {readonly type: 'learn'} & (CheckRequest | GradeRequest | ResetRequest | TakeRequest);

/** The flags that only this front has. */
export type LearnFlags = {readonly check: boolean; readonly grade: string | undefined; readonly reset: boolean; readonly present: boolean};
type Flags = LearnFlags & LooksGiven & {readonly json: boolean};

/** So that a lesson goes the same way for everybody. */
const lessonSeed = 1;

/** Reads what to do. */
export function checkLearn({check, grade, reset, present, json, ...looks}: Flags, input: readonly string[]): LearnRequest | Wrong {
	const [name, second] = input;
	const wishes = [check && '--check', grade !== undefined && '--grade', reset && '--reset', present && '--present'].filter(wish => wish !== false);
	if (wishes.length > 1) {
		return wrong(`${wishes.join(' and ')} exclude each other`, 'give one of them');
	}

	const printing = {isJson: json, isAscii: looks.ascii};
	if (check) {
		return {type: 'learn', what: 'check', files: input, ...printing};
	}

	if (second !== undefined) {
		return wrong(`“${second}” is one word too many`, 'learn takes one lesson at a time');
	}

	if (grade !== undefined) {
		return name === undefined ? wrong('the lesson is missing', 'write zmq-playground learn <lesson> --grade script.zmqp') : {type: 'learn', what: 'grade', name, script: grade, ...printing};
	}

	return reset
		? {type: 'learn', what: 'reset', ...(name !== undefined && {name})}
		: {type: 'learn', what: 'take', ...(name !== undefined && {name}), isPresenting: present, looks: looksOf(looks), seed: lessonSeed, ...printing};
}
