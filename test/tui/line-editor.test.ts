import {test, expect, describe} from 'vitest';
import fc from 'fast-check';
import {
	edit,
	emptyEditor,
	historyLimit,
	type LineAction,
	type LineEditor,
} from '../../source/tui/line-editor.js';

/**
`at('ab|c')` is the line `abc` with the cursor before the `c`.
*/
const at = (line: string): LineEditor => ({text: line.replace('|', ''), cursor: line.indexOf('|'), history: []});
const draw = ({text, cursor}: LineEditor) => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

function run(editor: LineEditor, ...actions: LineAction[]): LineEditor {
	let state = editor;
	for (const action of actions) {
		state = edit(state, action);
	}

	return state;
}

const remembering = (...texts: string[]) => run(emptyEditor, ...texts.map(text => ({type: 'remember', text} as const)));

const family = '👨‍👩‍👧‍👦';
const flag = '🇦🇹';
const accented = 'e\u{301}';

describe('motions and deletions', () => {
	test.each<[type: Exclude<LineAction, {text: string}>['type'], before: string, after: string]>([
		['left', 'ab|', 'a|b'],
		['left', '|ab', '|ab'],
		['left', `${family}|`, `|${family}`],
		['left', `${flag}${flag}|`, `${flag}|${flag}`],
		['left', `x${accented}|`, `x|${accented}`],
		['right', '|ab', 'a|b'],
		['right', 'ab|', 'ab|'],
		['right', `|${family}x`, `${family}|x`],
		['right', `|${flag}${flag}`, `${flag}|${flag}`],
		['right', `|${accented}x`, `${accented}|x`],
		['home', 'ab|c', '|abc'],
		['end', 'ab|c', 'abc|'],

		['word-left', 'one two|', 'one |two'],
		['word-left', 'one two  |', 'one |two  '],
		['word-left', 'one tw|o', 'one |two'],
		['word-left', '  |one', '|  one'],
		['word-left', 'wait!!!|', 'wait|!!!'],
		['word-left', `one ${family}${flag}|`, `one |${family}${flag}`],
		['word-left', 'localhost:5555|', 'localhost:|5555'],
		['word-left', 'one\ntwo|', 'one\n|two'],
		['word-right', '|one two', 'one| two'],
		['word-right', 'one| two', 'one two|'],
		['word-right', 'one|  ', 'one  |'],
		['word-right', '|tcp://host', 'tcp|://host'],
		['word-right', 'tcp|://host', 'tcp://|host'],

		['delete-back', 'ab|c', 'a|c'],
		['delete-back', '|abc', '|abc'],
		['delete-back', `a${family}|`, 'a|'],
		['delete-back', `${flag}${flag}|`, `${flag}|`],
		['delete-back', `x${accented}|`, 'x|'],
		['delete-back', 'a\n|b', 'a|b'],
		['delete-forward', 'a|bc', 'a|c'],
		['delete-forward', 'abc|', 'abc|'],
		['delete-forward', `|${family}a`, '|a'],
		['delete-word-back', 'one two|', 'one |'],
		['delete-word-back', 'one two |three', 'one |three'],
		['delete-word-forward', '|one two', '| two'],
		['delete-word-forward', 'one| two', 'one|'],
		['delete-to-start', 'one |two', '|two'],
		['delete-to-end', 'one| two', 'one|'],
		['clear', 'one| two', '|'],

		// What the deletion brings together is one grapheme: the cursor goes behind it.
		['delete-back', '🇦x|🇹', `${flag}|`],
	])('%s: %s gives %s', (type, before, after) => {
		const editor = edit(at(before), {type});
		expect(draw(editor)).toBe(after);
	});

	test('deletions and moves that change nothing return the same editor', () => {
		for (const type of ['left', 'home', 'word-left', 'delete-back', 'delete-word-back', 'delete-to-start', 'older', 'newer'] as const) {
			const editor = at('|abc');
			expect(edit(editor, {type})).toBe(editor);
		}

		for (const type of ['right', 'end', 'word-right', 'delete-forward', 'delete-word-forward', 'delete-to-end'] as const) {
			const editor = at('abc|');
			expect(edit(editor, {type})).toBe(editor);
		}

		expect(edit(emptyEditor, {type: 'clear'})).toBe(emptyEditor);
		expect(edit(emptyEditor, {type: 'insert', text: ''})).toBe(emptyEditor);
	});
});

describe('text', () => {
	test.each<[before: string, text: string, after: string]>([
		['|', 'Hello', 'Hello|'],
		['a|c', 'b', 'ab|c'],
		['|', `${family}${flag}`, `${family}${flag}|`],
		['|', 'one\r\ntwo\rthree\n', 'one\ntwo\nthree\n|'],
		['|', '\u{1B}[31m', '\u{1B}[31m|'],
		['e|', '\u{301}', `${accented}|`],
		['|\u{301}x', 'e', `${accented}|x`],
	])('insert into %j: %j', (before, text, after) => {
		const editor = edit(at(before), {type: 'insert', text});
		expect(draw(editor)).toBe(after);
	});

	test('set replaces the line', () => {
		const editor = edit(at('/de|l'), {type: 'set', text: '/delay '});
		expect(draw(editor)).toBe('/delay |');
	});
});

describe('history', () => {
	const older = {type: 'older'} as const;
	const newer = {type: 'newer'} as const;

	test('goes to older lines and stops at the oldest', () => {
		const editor = remembering('one', 'two');
		expect(draw(run(editor, older))).toBe('two|');
		expect(draw(run(editor, older, older))).toBe('one|');
		expect(draw(run(editor, older, older, older))).toBe('one|');
	});

	test('comes back to the draft, with its cursor', () => {
		const drafting = {...remembering('one', 'two'), text: 'draft', cursor: 2};
		expect(draw(run(drafting, older, older, newer))).toBe('two|');
		expect(run(drafting, older, older, newer, newer)).toEqual(drafting);
		expect(run(drafting, older, newer, newer)).toEqual(drafting);
	});

	test('a cursor move keeps the draft, a change makes a new one', () => {
		const drafting = {...remembering('one', 'two'), text: 'draft', cursor: 5};
		expect(run(drafting, older, {type: 'home'}, newer)).toEqual(drafting);

		const changed = run(drafting, older, {type: 'insert', text: '!'});
		expect(changed.browsing).toBeUndefined();
		expect(draw(run(changed, newer))).toBe('two!|');
		expect(draw(run(changed, older, newer))).toBe('two!|');
	});

	test.each<[texts: string[], history: string[]]>([
		[['one', 'two'], ['one', 'two']],
		[['one', 'one'], ['one']],
		[['one', 'two', 'one'], ['one', 'two', 'one']],
		[['', ' ', '\n'], []],
		[['one', '', 'one'], ['one']],
		[[' one'], [' one']],
	])('remembers of %j: %j', (texts, history) => {
		expect(remembering(...texts).history).toEqual(history);
	});

	test('remembering leaves the line, and ends browsing', () => {
		const sent = run(remembering('one', 'two'), older, {type: 'remember', text: 'two'});
		expect(draw(sent)).toBe('two|');
		expect(sent).toEqual({text: 'two', cursor: 3, history: ['one', 'two']});
		expect(draw(run(sent, {type: 'clear'}, older, older))).toBe('one|');
	});

	test('forgets the oldest beyond the limit', () => {
		const texts = Array.from({length: historyLimit + 2}, (_, index) => `line ${index}`);
		expect(remembering(...texts).history).toEqual(texts.slice(2));
	});
});

describe('whatever is done', () => {
	const letters = ['a', 'Z', '7', ' ', '.', '\n', '\u{1B}', '你', '한', '\u{1100}', 'क', '\u{D83D}', '\u{DE00}'];
	const joining = ['\u{301}', '\u{200D}', '\u{FE0F}', '👩', '👍', '🏽', '🇦', '🇹', '\u{94D}', '\u{E33}', '\u{600}'];
	const piece = fc.constantFrom(...letters, ...joining);
	const text = fc.oneof(fc.array(piece, {maxLength: 8}).map(pieces => pieces.join('')), fc.string({unit: 'binary', maxLength: 5}));
	const plainAction = fc.constantFrom(...([
		'left',
		'right',
		'word-left',
		'word-right',
		'home',
		'end',
		'delete-back',
		'delete-forward',
		'delete-word-back',
		'delete-word-forward',
		'delete-to-start',
		'delete-to-end',
		'older',
		'newer',
		'clear',
	] as const)).map((type): LineAction => ({type}));
	// Insertions twice as often, or most lines would stay empty.
	const textType = fc.constantFrom('insert', 'insert', 'set', 'remember');
	const textAction = fc.record({type: textType, text});
	const actions = fc.array(fc.oneof(plainAction, textAction), {maxLength: 30});
	const editor = actions.map(list => run(emptyEditor, ...list));

	const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});
	const graphemes = (line: string) => Array.from(segmenter.segment(line), ({segment}) => segment);
	const boundaries = (line: string) => [...Array.from(segmenter.segment(line), ({index}) => index), line.length];

	test('the cursor is on a grapheme boundary', () => {
		fc.assert(fc.property(actions, list => {
			let state = emptyEditor;
			for (const action of list) {
				state = edit(state, action);
				expect(boundaries(state.text)).toContain(state.cursor);
			}
		}), {numRuns: 1000});
	});

	test('moves make progress until the end', () => {
		fc.assert(fc.property(editor, state => {
			for (const type of ['left', 'word-left'] as const) {
				expect(edit(state, {type}).cursor < state.cursor || state.cursor === 0).toBe(true);
			}

			for (const type of ['right', 'word-right'] as const) {
				expect(edit(state, {type}).cursor > state.cursor || state.cursor === state.text.length).toBe(true);
			}
		}), {numRuns: 1000});
	});

	test('deleting takes back what was inserted', () => {
		const grapheme = text.map(line => graphemes(line)[0] ?? 'x').filter(inserted => inserted !== '\r' && inserted !== '\r\n');
		fc.assert(fc.property(editor, grapheme, (state, inserted) => {
			const before = state.text.slice(0, state.cursor);
			const after = state.text.slice(state.cursor);
			// What joins its neighbours is one grapheme with them and goes with them.
			fc.pre(graphemes(before + inserted + after).join('|') === [...graphemes(before), inserted, ...graphemes(after)].join('|'));
			const {text: line, cursor} = run(state, {type: 'insert', text: inserted}, {type: 'delete-back'});
			expect({line, cursor}).toEqual({line: state.text, cursor: state.cursor});
		}), {numRuns: 1000});
	});

	test('older and as many times newer gives the draft back', () => {
		fc.assert(fc.property(editor, fc.integer({min: 1, max: 8}), (state, steps) => {
			const start = edit(state, {type: 'insert', text: '!'});
			const there = run(start, ...Array.from({length: steps}, (): LineAction => ({type: 'older'})));
			const back = run(there, ...Array.from({length: steps}, (): LineAction => ({type: 'newer'})));
			expect(back).toEqual(start);
		}));
	});
});
