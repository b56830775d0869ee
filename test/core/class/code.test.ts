/** The code on the wall, and the names in the list. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {codeOf, formatCode, readCode} from '../../../source/core/class/code.js';
import {freeName, isName, nameFrom} from '../../../source/core/class/names.js';

describe('a code', () => {
	test('is forty bits in an alphabet without I, L, O and U', () => {
		expect(codeOf(Uint8Array.of(0, 0, 0, 0, 0))).toBe('00000000');
		expect(codeOf(Uint8Array.of(255, 255, 255, 255, 255))).toBe('ZZZZZZZZ');
		expect(codeOf(Uint8Array.of(0b0000_1000, 0b1000_0110, 0b0100_0010, 0b1001_1000, 0b1110_1000, 99))).toBe('12345678');
	});

	test('any five bytes are read back from what stands on the wall', () => {
		fc.assert(fc.property(fc.uint8Array({minLength: 5, maxLength: 5}), bytes => {
			const code = codeOf(bytes);
			expect(formatCode(code)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/v);
			expect(readCode(formatCode(code))).toBe(code);
			expect(readCode(` ${formatCode(code).toLowerCase()} `)).toBe(code);
		}));
	});

	test.each([
		['k7qm 3tdx', 'K7QM3TDX'],
		['OIL0-1234', '01101234'],
		['K7QM3TDX', 'K7QM3TDX'],
		['K7QM-3TD', undefined],
		['K7QM-3TDXX', undefined],
		['K7QM-3TDU', undefined],
		['', undefined],
		['K7QM-3TD🍕', undefined],
	])('%j is read as %j', (text, code) => {
		expect(readCode(text)).toBe(code);
	});
});

describe('a name', () => {
	test.each([['ana', true], ['Jürgen', true], ['李雷', true], ['a.b-c_d', true], ['x'.repeat(20), true], ['x'.repeat(21), false], ['', false], ['-ana', false], ['ana lu', false], ['all', false], ['a\u{202E}b', false], ['a\u{1B}[31m', false]])('%j: %j', (text, isOne) => {
		expect(isName(text)).toBe(isOne);
	});

	test('is made of any login', () => {
		expect(['ana', String.raw`DOMAIN\ana`, '  ', '🍕', 'x'.repeat(40)].map(login => nameFrom(login))).toEqual(['ana', 'DOMAIN-ana', 'student', 'student', 'x'.repeat(20)]);
		fc.assert(fc.property(fc.string({unit: 'grapheme'}), login => {
			expect(isName(nameFrom(login))).toBe(true);
		}));
	});

	test('gets a number where it is taken', () => {
		const taken = new Set(['student', 'student-2', 'x'.repeat(20)]);
		expect(freeName('student', name => taken.has(name))).toBe('student-3');
		expect(freeName('x'.repeat(20), name => taken.has(name))).toBe(`${'x'.repeat(18)}-2`);
	});
});
