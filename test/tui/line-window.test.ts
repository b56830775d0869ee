import {test, expect} from 'vitest';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {window} from '../../source/tui/line-window.js';
import {edit, emptyEditor} from '../../source/tui/line-editor.js';

/**
The window with the cursor drawn into it; one that stands on nothing is drawn after the text.
*/
function draw(line: string, columns: number): string {
	const {text, cursorColumn} = window({text: line.replace('|', ''), cursor: line.indexOf('|')}, columns);
	const segments = Array.from(new Intl.Segmenter().segment(text), ({segment}) => segment);
	let column = 0;
	let index = 0;
	while (column < cursorColumn) {
		column += stringWidth(segments[index] ?? '');
		index++;
	}

	return `${segments.slice(0, index).join('')}|${segments.slice(index).join('')}`;
}

test.each<[line: string, columns: number, expected: string]>([
	['|', 10, '|'],
	['Hello|', 10, 'Hello|'],
	['|0123456789', 10, '|0123456789'],
	['012345678|9', 10, '012345678|9'],
	['0123456789|', 10, '…23456789|'],
	['|0123456789abcdef', 10, '|012345678…'],
	['0123456|789abcdef', 10, '…3456|789a…'],
	['0123456789abcde|f', 10, '…789abcde|f'],
	['0123456789abcdef|', 10, '…89abcdef|'],
	['one\ntwo\tthree|', 20, 'one␊two␉three|'],
	['\u{1B}[31m\u{202E}|', 20, '␛[31m<202e>|'],
	['你好|世界', 8, '你好|世界'],
	['你好世界|', 8, '…好世界|'],
	['|你好世界', 7, '|你好世…'],
	['👨‍👩‍👧‍👦🇦🇹|x', 5, '👨‍👩‍👧‍👦🇦🇹|x'],
	['aaaaaaaa\u{202E}|bbbbbbbb', 8, '…2e>|bbb…'],
	['ab|c', 1, '|c'],
	['abc|', 1, '|'],
	['ab|c', 0, '|'],
	['ab|c', -3, '|'],
])('%j in %i columns: %s', (line, columns, expected) => {
	expect(draw(line, columns)).toBe(expected);
});

test('a paste of several lines is one line', () => {
	const editor = edit(emptyEditor, {type: 'insert', text: 'one\r\ntwo\rthree'});
	expect(window(editor, 40)).toEqual({text: 'one␊two␊three', cursorColumn: 13});
});

const letters = ['a', 'b', '1', ' ', '\n', '\t', '\u{1B}', '\u{202E}', '你', '한', '\u{1100}', '\u{1161}', 'क', '\u{D83D}', '\u{DE00}', '\u{E0041}'];
const joining = ['\u{301}', '\u{301}'.repeat(20), '\u{200D}', '\u{FE0F}', '👩', '👍', '🏽', '🇦', '🇹', '\u{94D}', '\u{E33}', '\u{600}', 'ﾞ'];
const piece = fc.constantFrom(...letters, ...joining);
const text = fc.array(fc.oneof(piece, fc.string({unit: 'binary', maxLength: 3})), {maxLength: 40}).map(pieces => pieces.join(''));
const editor = fc.tuple(text, fc.nat(40)).map(([line, steps]) => {
	let state = edit(emptyEditor, {type: 'set', text: line});
	for (let step = 0; step < steps; step++) {
		state = edit(state, {type: 'left'});
	}

	return state;
});

test('is never wider than the columns, and the cursor is in it', () => {
	fc.assert(fc.property(editor, fc.integer({min: 1, max: 60}), (state, columns) => {
		const shown = window(state, columns);
		const isAtEnd = state.cursor === state.text.length;
		expect(stringWidth(shown.text)).toBeLessThanOrEqual(columns);
		expect(shown.cursorColumn).toBeGreaterThanOrEqual(0);
		expect(shown.cursorColumn).toBeLessThan(columns);
		// Past its end there is room for the cursor; elsewhere the cursor stands on something.
		expect(isAtEnd ? shown.cursorColumn === stringWidth(shown.text) : shown.cursorColumn < stringWidth(shown.text)).toBe(true);
		expect(shown.text).not.toMatch(/\p{Control}/v);
	}), {numRuns: 3000});
});

test('a pasted megabyte is cut on both sides, whatever it is made of', () => {
	for (const unit of ['a', '你', '\n', '\u{202E}', '👩\u{200D}']) {
		const line = unit.repeat(1_000_000 / unit.length);
		const shown = window({text: line, cursor: unit.length * 1000}, 40);
		expect(shown.text).toMatch(/^….*…$/v);
		expect(stringWidth(shown.text)).toBeLessThanOrEqual(40);
	}
});

test('shows the whole line where it fits', () => {
	fc.assert(fc.property(editor, state => {
		expect(window(state, 10_000).text).not.toContain('…');
	}));
});
