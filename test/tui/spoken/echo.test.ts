/** The echo of what is typed: only what is new is written, and the terminal then shows the line. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {echo, emptyLine, type DrawnLine} from '../../../source/tui/spoken/echo.js';

const line = (text: string, column = text.length): DrawnLine => ({text, column});

test.each<[what: string, before: DrawnLine, after: DrawnLine, written: string]>([
	['a prompt', emptyLine, line('client-1, idle: '), 'client-1, idle: '],
	['a letter at the end', line('a: Hel'), line('a: Hell'), 'l'],
	['Backspace at the end', line('a: Hell'), line('a: Hel'), '\b\u{1B}[K'],
	['nothing new', line('a: Hel'), line('a: Hel'), ''],
	['the cursor a little to the left', line('a: Hello'), line('a: Hello', 6), '\b\b'],
	['the cursor to the beginning', line('a: Hello, world'), line('a: Hello, world', 3), '\u{1B}[12D'],
	['a letter within', line('a: Hllo', 4), line('a: Hello', 5), 'ello\b\b\b'],
	['a wide letter', line('a: '), {text: 'a: 字', column: 5}, '字'],
])('%s', (_, before, after, written) => {
	expect(echo(before, after)).toBe(written);
});

// A command, or a character.
const piecesOf = /\p{Control}\[(?<count>\d*)(?<final>[CDK])|(?<character>.)/gsv;

/** What a row of a terminal shows after this, and where its cursor is. */
function play({text, column}: DrawnLine, written: string): DrawnLine {
	const cells = [...text];
	let at = column;
	for (const {groups: {count, final, character} = {}} of written.matchAll(piecesOf)) {
		if (final === 'K') {
			cells.length = Math.min(cells.length, at);
		} else if (final !== undefined) {
			at += Number(count) * (final === 'C' ? 1 : -1);
		} else if (character === '\b') {
			at--;
		} else {
			cells[at++] = character ?? '';
		}
	}

	return {text: cells.join(''), column: at};
}

test('from any line to any other, the row shows that other one', () => {
	const anyLine = fc.string({unit: fc.constantFrom('a', 'b', ' '), maxLength: 12}).chain(text => fc.nat(text.length).map(column => line(text, column)));
	fc.assert(fc.property(anyLine, anyLine, (before, after) => {
		expect(play(before, echo(before, after))).toEqual(after);
	}));
});
