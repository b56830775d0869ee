import {looks} from './flags.js';
import {type Front} from './front.js';

export const learn: Front = {
	name: 'learn',
	usage: 'zmq-playground learn [options] [lesson | file]',
	summary: 'lessons that one does on real sockets, and that check themselves',
	details: [
		'In a terminal it opens full screen: a list, or a lesson beside the living lab,',
		'where you were. In a pipe it lists the lessons.',
		'--check reads a lesson’s file, and proves it by running it without a screen:',
		'each check is false before its step and true after its “show me”, and each',
		'prediction has one right answer. Without a file it proves all built-in ones.',
		'It exits with 0 if all was proved, or a script got all points; with 1 if not;',
		'2 if it was called wrongly or a file has mistakes: all are told, by line.',
	],
	flags: [
		{name: 'present', summary: 'for a class: roomier, and each answer at a key'},
		{name: 'grade', value: 'script', summary: 'run a script against the lesson: points, and why not'},
		{name: 'reset', summary: 'begin the lesson anew, or all of them'},
		{name: 'check', summary: 'prove lessons by running them'},
		{name: 'json', summary: 'one line of JSON a lesson, or the grade as one'},
		...looks,
		{name: 'help', summary: 'this help'},
	],
	examples: ['zmq-playground learn pizza', 'zmq-playground learn pizza --grade pizza.zmqp --json', 'zmq-playground learn --check my-lesson.md'],
};
