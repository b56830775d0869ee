import {test, expect, describe} from 'vitest';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {
	visible,
	decodeUtf8,
	hex,
	describeBytes,
	formatSize,
} from '../../source/core/text.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const acute = '\u{301}';

describe('visible', () => {
	const unchanged: ReadonlyArray<[what: string, text: string]> = [
		['nothing', ''],
		['plain ASCII', 'Hello, World! ~'],
		['accents', 'Grüße, Ångström'],
		['accents as marks', `re${acute}sume${acute}`],
		['Chinese and Japanese', '你好，世界。こんにちは'],
		['Korean, composed and by letters', '한국어 \u{1112}\u{1161}\u{11AB}'],
		['Arabic and Hebrew', 'مرحبا שלום'],
		['Hindi, Thai', 'नमस्ते क्षि สวัสดีน้ำ'],
		['an emoji', '🚀'],
		['a skin tone', '👍🏽'],
		['a family, joined', '👨‍👩‍👧‍👦'],
		['the longest joined emoji', '👨🏻‍❤️‍💋‍👨🏻'],
		['joined after a selector', '🏳️‍🌈 🏴‍☠️'],
		['a selector', '❤️ ☺️'],
		['a keycap', '1️⃣'],
		['a flag', '🇦🇹🇯🇵'],
		['no-break and ideographic space', 'a\u{A0}b\u{3000}c'],
		['eight marks', `e${acute.repeat(8)}`],
		['names already given', '␛[31m<202e>'],
	];

	test.each(unchanged)('leaves %s alone', (_, text) => {
		expect(visible(text)).toBe(text);
	});

	const shown: ReadonlyArray<[what: string, text: string, expected: string]> = [
		['a colour', '\u{1B}[31mred\u{1B}[0m', '␛[31mred␛[0m'],
		['a link', '\u{1B}]8;;http://evil\u{7}here\u{1B}]8;;\u{7}', '␛]8;;http://evil␇here␛]8;;␇'],
		['an OSC without an end', 'a\u{1B}]0;title', 'a␛]0;title'],
		['C1 as CSI', '\u{9B}31m', '<9b>31m'],
		['the first and last C1', '\u{80}\u{85}\u{9F}', '<80><85><9f>'],
		['NUL to US', '\u{0}\u{8}\u{1F}', '␀␈␟'],
		['DEL', 'a\u{7F}', 'a␡'],
		['line ends', 'one\r\ntwo\nthree\r', 'one␍␊two␊three␍'],
		['a tab', 'a\tb', 'a␉b'],
		['line and paragraph separators', 'a\u{2028}b\u{2029}', 'a<2028>b<2029>'],
		['a right-to-left override', 'exe.\u{202E}gpj', 'exe.<202e>gpj'],
		['bidi marks and isolates', '\u{61C}\u{200E}\u{200F}\u{2066}\u{2069}', '<61c><200e><200f><2066><2069>'],
		['zero-width characters', 'a\u{200B}b\u{200C}c\u{2060}d', 'a<200b>b<200c>c<2060>d'],
		['a byte order mark', '\u{FEFF}a', '<feff>a'],
		['a soft hyphen', 'so\u{AD}ft', 'so<ad>ft'],
		['a joiner between letters', 'a\u{200D}b', 'a<200d>b'],
		['a joiner at either end', '\u{200D}👍\u{200D}', '<200d>👍<200d>'],
		['a selector where there is no emoji', 'a\u{FE0F}', 'a<fe0f>'],
		['a second selector', '❤\u{FE0F}\u{FE0F}', '❤\u{FE0F}<fe0f>'],
		['selectors that can carry hidden bytes', '😀\u{E0100}\u{FE01}', '😀<e0100><fe01>'],
		['tag characters', 'hi\u{E0068}\u{E0069}', 'hi<e0068><e0069>'],
		['a Hangul filler', 'a\u{3164}b\u{115F}', 'a<3164>b<115f>'],
		['lone surrogates', 'a\u{D83D}b\u{DE00}', 'a<d83d>b<de00>'],
		['what is no character', '\u{FFFF}\u{1FFFE}', '<ffff><1fffe>'],
		['zalgo', `e${acute.repeat(12)}x`, `e${acute.repeat(8)}<+4 marks>x`],
		['zalgo on an emoji', `🚀${acute.repeat(9)}`, `🚀${acute.repeat(8)}<+1 marks>`],
		['a mark with no base', `${acute}a`, '<301>a'],
		['a mark on a control', `a\n${acute}`, 'a␊<301>'],
		['zalgo with no base', acute.repeat(10), `${'<301>'.repeat(8)}<+2 marks>`],
		['a run of leading consonants', '\u{1100}\u{1100}가', '<1100><1100>가'],
		['a skin tone with nothing to colour', '\n🏽', '␊<1f3fd>'],
		['spacing marks on an emoji', '🚀\u{903}\u{E33}x', '🚀<903><e33>x'],
		['spacing marks on a syllable', '가\u{301}\u{903}\u{301}', '가\u{301}<903><301>'],
		['a Kirat Rai vowel on a syllable', '가\u{16D63}', '가<16d63>'],
		['a run of Kirat Rai vowels', '\u{16D63}\u{16D67}', '\u{16D63}<16d67>'],
		['a chain of joined emoji', Array.from({length: 7}, () => '👩').join('\u{200D}'), '👩‍👩‍👩‍👩‍👩<200d>👩<200d>👩'],
	];

	test.each(shown)('shows %s', (_, text, expected) => {
		expect(visible(text)).toBe(expected);
	});

	// Anything a string can hold, and far more of what hurts than chance would give.
	const nasty = fc.constantFrom(...shown.flatMap(([, text]) => [...text]), ...unchanged.flatMap(([, text]) => [...text]));
	const anyText = fc.array(fc.oneof(
		nasty,
		fc.string({unit: 'binary', maxLength: 3}),
		fc.integer({min: 0, max: 0xFF_FF}).map(unit => String.fromCodePoint(unit)),
		fc.integer({min: 0, max: 20}).map(count => acute.repeat(count)),
	)).map(pieces => pieces.join(''));

	test('never lets through what acts, reorders or breaks lines', () => {
		const forbidden = /[\p{Bidi_Control}\p{Control}\p{Surrogate}\u{AD}\u{200B}\u{200C}\u{2028}\u{2029}\u{2060}-\u{2064}\u{FEFF}\u{FFF9}-\u{FFFB}\u{E0000}-\u{E0FFF}]|\p{Mark}{10}/v;
		fc.assert(fc.property(anyText, text => {
			expect(visible(text)).not.toMatch(forbidden);
		}), {numRuns: 2000});
	});

	test('applied twice changes nothing more', () => {
		fc.assert(fc.property(anyText, text => {
			expect(visible(visible(text))).toBe(visible(text));
		}), {numRuns: 2000});
	});

	test('leaves printable text unchanged', () => {
		const printable = /^[\p{Letter}\p{Number}\p{Punctuation}\p{Symbol} ]$/v;
		const joining = /[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\u{E33}\u{EB3}\u{1100}-\u{115E}\u{A960}-\u{A97C}\u{FF9E}\u{FF9F}]/v;
		const character = fc.oneof(
			fc.string({unit: 'grapheme-ascii', minLength: 1, maxLength: 1}),
			fc.string({unit: 'binary', minLength: 1, maxLength: 1}).filter(one => printable.test(one) && !joining.test(one)),
		);
		fc.assert(fc.property(fc.string({unit: character}), text => {
			expect(visible(text)).toBe(text);
		}));
	});

	test('is no wider in a terminal that joins nothing than Ink thinks, emoji aside', () => {
		// Inner letters of a Korean syllable have no width in terminals.
		const notCompared = /[\p{Emoji_Modifier}\p{Join_Control}\p{Regional_Indicator}\u{1160}-\u{11FF}\u{D7B0}-\u{D7FB}]/gv;
		fc.assert(fc.property(anyText, text => {
			const line = visible(text.replaceAll(notCompared, ''));
			let width = 0;
			for (const character of line) {
				width += stringWidth(character);
			}

			expect(stringWidth(line)).toBeGreaterThanOrEqual(width);
		}), {numRuns: 2000});
	});

	test('leaves nothing without a width', () => {
		fc.assert(fc.property(anyText.filter(text => text !== ''), text => {
			expect(stringWidth(visible(text))).toBeGreaterThan(0);
		}));
	});
});

describe('decodeUtf8', () => {
	test.each<[what: string, bytes: number[], text: string | undefined]>([
		['nothing', [], ''],
		['plain letters', [0x48, 0x69], 'Hi'],
		['four bytes', [0xF0, 0x9F, 0x9A, 0x80], '🚀'],
		['a byte order mark, which stays', [0xEF, 0xBB, 0xBF, 0x61], '\u{FEFF}a'],
		['NUL', [0], '\0'],
		['a byte that never occurs', [0xFF], undefined],
		['a lone continuation', [0x80], undefined],
		['a character cut short', [0x61, 0xE2, 0x82], undefined],
		['an overlong slash', [0xC0, 0xAF], undefined],
		['a surrogate', [0xED, 0xA0, 0x80], undefined],
		['beyond Unicode', [0xF4, 0x90, 0x80, 0x80], undefined],
	])('%s', (_, bytes, text) => {
		expect(decodeUtf8(Uint8Array.from(bytes))).toBe(text);
	});

	test('a failure leaves nothing behind for the next call', () => {
		expect(decodeUtf8(Uint8Array.of(0xE2, 0x82))).toBeUndefined();
		expect(decodeUtf8(Uint8Array.of(0x61))).toBe('a');
	});

	test('gives back what was encoded', () => {
		fc.assert(fc.property(fc.string({unit: 'binary'}), text => {
			expect(decodeUtf8(bytesOf(text))).toBe(text);
		}));
	});
});

test.each<[bytes: number[], limit: number, expected: string]>([
	[[], 4, ''],
	[[0, 255, 16], 4, '00 ff 10'],
	[[0, 255, 16], 3, '00 ff 10'],
	[[0, 255, 16], 2, '00 ff …'],
	[[0], 0, '…'],
])('hex %j, at most %i: %s', (bytes, limit, expected) => {
	expect(hex(Uint8Array.from(bytes), limit)).toBe(expected);
});

describe('describeBytes', () => {
	test.each<[what: string, bytes: Uint8Array, trueSize: number, expected: string]>([
		['text', bytesOf('Hello'), 5, 'Hello'],
		['an empty frame', bytesOf(''), 0, '(empty)'],
		['text with controls', bytesOf('a\u{1B}[31m\n'), 7, 'a␛[31m␊'],
		['cut text', bytesOf('aaaa'), 1_048_576, 'aaaa… (1,048,576 B)'],
		['nothing kept', bytesOf(''), 12, '… (12 B)'],
		['bytes', Uint8Array.of(0, 0xFF, 0x10), 3, '00 ff 10 (3 B)'],
		['many bytes', new Uint8Array(4096).fill(0xFE), 4096, `${'fe '.repeat(16)}… (4,096 B)`],
		['cut bytes', Uint8Array.of(0xFE, 0xFF), 70_000, 'fe ff … (70,000 B)'],
		['many cut bytes', new Uint8Array(17).fill(0xFE), 18, `${'fe '.repeat(16)}… (18 B)`],
		['a character cut in two', bytesOf('a€').subarray(0, 3), 4, 'a… (4 B)'],
		['a whole frame that ends in half a character', bytesOf('a€').subarray(0, 3), 3, '61 e2 82 (3 B)'],
		['cut after an ending that no text can have', Uint8Array.of(0x61, 0xE0, 0x80), 4, '61 e0 80 … (4 B)'],
	])('%s', (_, bytes, trueSize, expected) => {
		expect(describeBytes(bytes, trueSize)).toBe(expected);
	});

	test('text cut at any byte is still text', () => {
		const bytes = bytesOf('aé€🚀');
		for (let kept = 0; kept < bytes.length; kept++) {
			const whole = ['a', 'é', '€', '🚀'].filter((_, index, all) => bytesOf(all.slice(0, index + 1).join('')).length <= kept).join('');
			expect(describeBytes(bytes.subarray(0, kept), bytes.length)).toBe(`${whole}… (10 B)`);
		}
	});
});

test.each<[bytes: number, expected: string]>([
	[0, '0 B'],
	[20, '20 B'],
	[1023, '1023 B'],
	[1024, '1.0 KB'],
	[1536, '1.5 KB'],
	[65_536, '64.0 KB'],
	[1_048_575, '1.0 MB'],
	[1_048_576, '1.0 MB'],
	[5 * (1024 ** 3), '5.0 GB'],
	[3 * (1024 ** 5), '3072.0 TB'],
])('formatSize %i: %s', (bytes, expected) => {
	expect(formatSize(bytes)).toBe(expected);
});
