/** Prose of a lesson: broken at blanks, and what is to be typed is seen whole. */
import {expect, test} from 'vitest';
import {wrapProse} from '../../source/tui/prose.js';

const lines = (text: string, width: number): readonly string[] => wrapProse(text, width).map(line => line.map(span => span.text).join(''));

test.each<[what: string, text: string, width: number, drawn: readonly string[]]>([
	['words', 'one two three', 8, ['one two', 'three']],
	['a command that would be broken', 'Then type `/fault drop reply 1`, and ask.', 22, ['Then type', '/fault drop reply 1,', 'and ask.']],
	['a command that has a line to itself', '`/fault drop reply 1`', 19, ['/fault drop reply 1']],
	['a command that no line can take', 'Type `/fault drop reply 1`.', 12, ['Type /fault', 'drop reply', '1.']],
	['what stands at once behind a word', 'a (**bold**) word', 8, ['a (bold)', 'word']],
	['a word that no line can take', 'abcdefghij k', 4, ['abcd', 'efgh', 'ij k']],
])('%s', (_, text, width, drawn) => {
	expect(lines(text, width)).toEqual(drawn);
});
