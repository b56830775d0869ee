import {type Front} from './front.js';

export const learn: Front = {
	name: 'learn',
	usage: 'zmq-playground learn [options] [lesson | file]',
	summary: 'lessons that one does on real sockets, and that check themselves',
	details: [
		'--check reads a lesson’s file, and proves it by running it without a screen:',
		'each check is false before its step and true after its “show me”, and each',
		'prediction has one right answer. Without a file it proves all built-in ones.',
		'It exits with 0 if all was proved, 1 if not, 2 if it was called wrongly or a',
		'file has mistakes: all are told, by line and column.',
	],
	flags: [
		{name: 'check', summary: 'prove lessons by running them'},
		{name: 'json', summary: 'one line of JSON a lesson'},
		{name: 'ascii', summary: 'write with ASCII only'},
		{name: 'help', summary: 'this help'},
	],
	examples: ['zmq-playground learn --check my-lesson.md', 'zmq-playground learn --check'],
};
