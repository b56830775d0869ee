/** The teacher's grammar. */
import {describe, expect, test} from 'vitest';
import {classCommands, parseClassLine} from '../../../source/commands/classroom.js';

const names = ['ana', 'Bo', 'student-2'];

describe('a line of the teacher', () => {
	test.each<[line: string, verb: string, who: string | undefined]>([
		['lock', 'lock', undefined],
		['rotate', 'rotate', undefined],
		['delay 2s', 'delay', undefined],
		['@all delay 2s', 'delay', undefined],
		['@ana hold', 'hold', 'ana'],
		['@bo crash', 'crash', 'Bo'],
		['out ana', 'out', 'ana'],
		['out @student-2', 'out', 'student-2'],
		['reply-with {upper}', 'reply-with', undefined],
		['@ana reply World', 'reply', 'ana'],
		['@all reply World', 'reply', undefined],
		['show ana', 'show', 'ana'],
		['show off', 'show', undefined],
	])('%j is %s for %s', (line, verb, who) => {
		expect(parseClassLine(line, names)).toMatchObject({ok: true, action: {verb}, ...(who !== undefined && {who})});
	});

	test.each<[line: string, reason: string, next: string]>([
		['lokc', 'there is no command /lokc', 'did you mean /lock?'],
		['@an hold', 'nobody is called an', 'did you mean ana?'],
		['out', 'who shall go?', 'write /out ana'],
		['delay soon', '“soon” is no delay', 'write /delay'],
		['delay once 5s', 'a class has no single delays', '/delay off'],
		['reply World', 'whom shall /reply go to?', '@ana reply'],
		['lock now', '/lock takes no argument', 'alone'],
		['', 'there is no command /', ''],
	])('%j is refused: %s', (line, reason, next) => {
		const parsed = parseClassLine(line, names);
		expect(parsed.ok ? parsed : `${parsed.reason}: ${parsed.next}`).toContain(reason);
		expect(parsed.ok ? parsed : parsed.next).toContain(next);
	});

	test('every command is found by its own name', () => {
		const example: Readonly<Record<string, string>> = {reply: '@ana reply x', 'reply-with': 'reply-with x', delay: 'delay 1s', out: 'out ana'};
		expect(classCommands.map(({name}) => parseClassLine(example[name] ?? name, names))).toEqual(classCommands.map(command => expect.objectContaining({ok: true, command}) as unknown));
	});
});
