import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {splitWords} from '../../source/commands/words.js';

const quote = (word: string): string => `"${word.replaceAll(/["\\]/gv, String.raw`\$&`)}"`;

describe('splitWords', () => {
	test.each<[line: string, words: readonly string[] | undefined]>([
		['', []],
		[' \t\n ', []],
		['a', ['a']],
		['a b  c', ['a', 'b', 'c']],
		['  a\tb\nc  ', ['a', 'b', 'c']],
		['""', ['']],
		['a "" b', ['a', '', 'b']],
		['"two words"', ['two words']],
		['one"two three"four', ['onetwo threefour']],
		['"a""b"', ['ab']],
		['"a" "b"', ['a', 'b']],
		[String.raw`\"`, ['"']],
		[String.raw`"say \"hi\""`, ['say "hi"']],
		[String.raw`\\`, ['\\']],
		[String.raw`"\\"`, ['\\']],
		[String.raw`C:\new`, [String.raw`C:\new`]],
		['a\\', ['a\\']],
		['it\'s', ['it\'s']],
		['"', undefined],
		['a "b c', undefined],
		[String.raw`"a\"`, undefined],
	])('%j gives %j', (line, words) => {
		expect(splitWords(line)).toEqual(words);
	});

	test('reads back any words, once they are quoted', () => {
		fc.assert(fc.property(fc.array(fc.string({unit: 'binary'})), words => {
			expect(splitWords(words.map(word => quote(word)).join(' '))).toEqual(words);
		}));
	});

	test('never throws', () => {
		fc.assert(fc.property(fc.string({unit: fc.constantFrom('"', '\\', ' ', 'a', '\n')}), line => {
			expect(() => splitWords(line)).not.toThrow();
		}));
	});
});
