import {test, expect} from 'vitest';
import fc from 'fast-check';
import {splitInput} from '../../source/tui/keys-of-input.js';

test.each<[input: string, expected: string[]]>([
	['', []],
	['a', ['a']],
	['Hello', ['Hello']],
	['one\r', ['one', '\r']],
	['one\rtwo\r', ['one', '\r', 'two', '\r']],
	['ab\u{7F}', ['ab', '\u{7F}']],
	['\u{7F}\u{7F}', ['\u{7F}', '\u{7F}']],
	['/de\tlay', ['/de', '\t', 'lay']],
	['a\u{1}b\u{17}', ['a', '\u{1}', 'b', '\u{17}']],
	['a\r\nb', ['a', '\r', '\n', 'b']],
	['\u{1B}', ['\u{1B}']],
	['\u{9B}x', ['\u{9B}', 'x']],
	['👩‍🚀 é 你好\r', ['👩‍🚀 é 你好', '\r']],
])('%j', (input, expected) => {
	expect(splitInput(input)).toEqual(expected);
});

test('loses and adds nothing, and mixes no control with text', () => {
	const input = fc.string({unit: fc.oneof(fc.constantFrom('\r', '\n', '\t', '\u{7F}', '\u{1}', '\u{85}'), fc.string({unit: 'binary', minLength: 1, maxLength: 1}))});
	fc.assert(fc.property(input, text => {
		const pieces = splitInput(text);
		expect(pieces.join('')).toBe(text);
		for (const piece of pieces) {
			expect(piece).toMatch(/^(?:\p{Control}|\P{Control}+)$/v);
		}
	}));
});
