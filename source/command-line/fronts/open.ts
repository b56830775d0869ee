import {looks} from './flags.js';
import {type Front} from './front.js';

export const open: Front = {
	name: 'open',
	usage: 'zmq-playground open [options] <file>',
	summary: 'a recording: step through it, or replay it',
	details: [
		'In a terminal it opens full screen: ← and → step, ? shows all keys.',
		'In a pipe its exchanges are printed, or its events with --json.',
		'It exits with 0; 1 if the file is no recording or is damaged, 2 if it was',
		'called wrongly. A torn last line is told, and is no damage.',
	],
	flags: [
		{name: 'speed', value: 'factor', summary: 'replay it: 1 as it happened, 4 four times as fast'},
		{name: 'as', value: 'format', summary: 'mermaid svg csv text typescript javascript python'},
		{name: 'skip-damaged', summary: 'read on after a damaged line'},
		{name: 'json', summary: 'no screen: one event a line, as JSON'},
		...looks,
		{name: 'help', summary: 'this help'},
	],
	examples: ['zmq-playground open lesson.jsonl', 'zmq-playground open lesson.jsonl --speed 4', 'zmq-playground open lesson.jsonl --as svg > lesson.svg'],
};
