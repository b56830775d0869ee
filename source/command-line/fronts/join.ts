import {looks, timeout} from './flags.js';
import {type Front} from './front.js';

export const join: Front = {
	name: 'join',
	usage: 'zmq-playground join [options] <host> <code>',
	summary: 'joins a class as one client of it, over CURVE',
	details: [
		'Type the line from the wall. The key of the class is checked against the code,',
		'and this laptop makes a pair of keys of its own for as long as it runs.',
		'If the class has a lesson it opens beside sockets of your own, and the teacher',
		'sees which step you are at.',
		'In a pipe each line of its input is a request, and each exchange is printed.',
		'It exits with 0 if all was answered, 1 if not or if it was not let in, 2 if it',
		'was called wrongly.',
	],
	flags: [
		{name: 'name', value: 'name', summary: 'what the teacher calls you, if not your login'},
		timeout,
		{name: 'json', summary: 'no screen: one event a line, as JSON'},
		...looks,
		{name: 'help', summary: 'this help'},
	],
	examples: ['zmq-playground join 192.0.2.7 K7QM-3TDX', 'echo Hello | zmq-playground join 192.0.2.7 K7QM-3TDX --name ana'],
};
