import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {
	bytesOf,
	encodeText,
	frameLimit,
	frameOf,
	isCut,
	sizeOf,
} from '../../source/core/frames.js';

const bytes = (...values: readonly number[]) => Uint8Array.from(values);

describe('frameOf', () => {
	test.each<[what: string, given: Uint8Array, frame: ReturnType<typeof frameOf>]>([
		['nothing', bytes(), {text: '', size: 0}],
		['text', encodeText('Hello'), {text: 'Hello', size: 5}],
		['text of many scripts', encodeText('Grüße 你好 🍕'), {text: 'Grüße 你好 🍕', size: 19}],
		['a zero byte', bytes(0), {text: '\0', size: 1}],
		['a byte order mark, which is evidence', bytes(0xEF, 0xBB, 0xBF), {text: '\u{FEFF}', size: 3}],
		['bytes that are no text', bytes(0x00, 0xFF), {base64: 'AP8=', size: 2}],
		['an unfinished character that was sent so', bytes(0x61, 0xF0, 0x9F), {base64: 'YfCf', size: 3}],
	])('keeps %s', (_, given, frame) => {
		expect(frameOf(given)).toEqual(frame);
	});

	test.each<[what: string, text: string, limit: number, kept: string]>([
		['after a letter', 'abcdef', 4, 'abcd'],
		['before a character of two bytes', 'abcπ', 4, 'abc'],
		['after a character of two bytes', 'abπx', 4, 'abπ'],
		['within one of three bytes, after its first', 'abc你', 4, 'abc'],
		['within one of three bytes, after its second', 'ab你x', 4, 'ab'],
		['within one of four bytes, after its first', 'abc🍕', 4, 'abc'],
		['within one of four bytes, after its third', 'a🍕x', 4, 'a'],
		['after one of four bytes', '🍕x', 4, '🍕'],
		['so short that nothing whole is left', '🍕', 3, ''],
	])('cuts %s', (_, text, limit, kept) => {
		expect(frameOf(encodeText(text), limit)).toEqual({text: kept, size: encodeText(text).length});
	});

	test('cuts bytes that are no text at the limit itself', () => {
		const frame = frameOf(bytes(0xFF, 0xFE, 0xFD, 0xFC), 3);
		expect(frame).toEqual({base64: '//79', size: 4});
		expect([...bytesOf(frame)]).toEqual([0xFF, 0xFE, 0xFD]);
	});

	test('keeps a frame of the limit whole, and the true size of a greater one', () => {
		const whole = frameOf(encodeText('x'.repeat(frameLimit)));
		const cut = frameOf(encodeText('x'.repeat(frameLimit + 1)));
		expect(isCut(whole)).toBe(false);
		expect(isCut(cut)).toBe(true);
		expect(cut.size).toBe(frameLimit + 1);
		expect(bytesOf(cut)).toHaveLength(frameLimit);
	});

	test('an uncut frame gives all its bytes back', () => {
		fc.assert(fc.property(fc.oneof(fc.uint8Array(), fc.string({unit: 'binary'}).map(text => encodeText(text))), given => {
			const frame = frameOf(given);
			expect([...bytesOf(frame)]).toEqual([...given]);
			expect(isCut(frame)).toBe(false);
		}));
	});

	test('a cut never turns text into no text, and loses three bytes at the most', () => {
		fc.assert(fc.property(fc.string({unit: 'binary'}), fc.nat(20), (text, limit) => {
			const given = encodeText(text);
			const frame = frameOf(given, limit);
			expect(frame).toHaveProperty('text');
			expect(frame.size).toBe(given.length);
			const kept = bytesOf(frame);
			expect([...kept]).toEqual([...given.subarray(0, kept.length)]);
			expect(kept.length).toBeGreaterThanOrEqual(Math.min(given.length, limit - 3));
			expect(kept.length).toBeLessThanOrEqual(limit);
		}));
	});
});

test('sizeOf adds the true sizes', () => {
	expect(sizeOf([])).toBe(0);
	expect(sizeOf([frameOf(encodeText('abcdef'), 2), frameOf(bytes(0xFF)), frameOf(bytes())])).toBe(7);
});
