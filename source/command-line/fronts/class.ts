import {classCommands} from '../../commands/classroom.js';
import {usualDoorPort} from '../../core/class/events.js';
import {looks} from './flags.js';
import {type Front} from './front.js';
import {wrapSentence, wrapUsage} from './wrap.js';

export const classroom: Front = {
	name: 'class',
	usage: 'zmq-playground class [options]',
	summary: 'a server for a room: one line on the wall, and everybody joins',
	details: [
		'It shows the line to type on each laptop: an address and a code. The code is',
		'the invitation, and the fingerprint of the key that everything is encrypted',
		'with.',
		'In a terminal it shows who is here and who waits; you delay, hold, crash, and',
		'answer by hand. In a pipe it prints what happens, and takes commands as lines.',
		'It serves until SIGINT or SIGTERM and exits with 0; with 1 if it could not',
		'listen, 2 if it was called wrongly.',
	],
	flags: [
		{name: 'endpoint', value: 'endpoint', summary: `where it listens, if not at ports ${usualDoorPort} to ${usualDoorPort + 2}`},
		{name: 'lesson', value: 'name', summary: 'a lesson for all; you see who is at which step'},
		{name: 'json', summary: 'no screen: one event a line, as JSON'},
		...looks,
		{name: 'help', summary: 'this help'},
	],
	examples: ['zmq-playground class', 'zmq-playground class --lesson pizza', 'zmq-playground class --endpoint tcp://192.0.2.7:5571'],
	appendix: {title: 'Commands', lines: classCommands.flatMap(({usage, summary}) => [...wrapUsage(usage), ...wrapSentence(summary).map(line => `    ${line}`)])},
};
