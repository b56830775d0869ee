/** The command that keeps what happens in a file. */
import {done, problem, type CommandRecord, type Read} from './record.js';

const again = / again$/;

function readRecord(rest: string): Read {
	const text = rest.trim();
	if (text === 'off') {
		return done({verb: 'record-off'});
	}

	const file = text.replace(again, '').trim();
	return file === '' || file === 'again'
		? problem('a file name is missing', 'write /record lesson.jsonl, or /record off')
		: done({verb: 'record', file, again: text.endsWith(' again')});
}

export const recordingCommands: readonly CommandRecord[] = [
	{
		name: 'record',
		subject: 'lab',
		usage: 'record <file> | <file> again | off',
		summary: 'keep all that happened and happens in a file; again overwrites one',
		read: readRecord,
		suggest: snapshot => snapshot.recording === undefined ? ['lab.jsonl'] : ['off'],
	},
];
