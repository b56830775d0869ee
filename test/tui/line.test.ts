/** How wide a text is and where it is cut: the short way for what is drawn most must say what the long one says. */
import fc from 'fast-check';
import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {cut, widthOf} from '../../source/tui/line.js';

const characters = Array.from({length: 0x30_00 - 0x20}, (_, index) => String.fromCodePoint(0x20 + index));
/** Those of one column, and a few that make others wider, narrower or join them. */
const drawable = [...characters.filter(character => stringWidth(character) === 1), '\u{FE0F}', '\u{301}', '\u{200D}', '漢', '🚀'];

test('each character below the CJK blocks is as wide as it is', () => {
	expect(characters.filter(character => widthOf(character) !== stringWidth(character))).toEqual([]);
});

test('so is each text, and it is cut where a text of any kind is cut', () => {
	fc.assert(fc.property(fc.array(fc.constantFrom(...drawable), {maxLength: 12}), fc.integer({min: 1, max: 12}), (parts, width) => {
		const text = parts.join('');
		expect(widthOf(text)).toBe(stringWidth(text));
		expect(cut(text, width)).toBe(stringWidth(text) <= width ? text : cliTruncate(text, width));
	}));
});
