import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {formatDuration, formatElapsed, longestMs, parseDuration} from '../../source/core/duration.js';

describe('parseDuration', () => {
	test.each<[text: string, ms: number]>([
		['0', 0],
		['0ms', 0],
		['800ms', 800],
		['1.5s', 1500],
		['1.001s', 1001],
		['0.25ms', 0.25],
		['2m', 120_000],
		['1h', 3_600_000],
		['007s', 7000],
		['5S', 5000],
		[' 0 ', 0],
		[' 3s ', 3000],
		[`${longestMs}ms`, longestMs],
	])('%j is %d ms', (text, ms) => {
		expect(parseDuration(text)).toBe(ms);
	});

	test.each([
		'', ' ', '5', '1.5', '-1s', '+1s', '1 s', '1s2', 's', '.5s', '5.s', '1e3ms', '1d', '1min', '١s', 'off', 'Infinitys', 'constructor',
	])('%j is no duration', text => {
		expect(parseDuration(text)).toBeUndefined();
	});

	test.each([`${longestMs + 1}ms`, '25d', '597h', `${'9'.repeat(400)}s`])('%.20s is longer than a timer holds', text => {
		expect(parseDuration(text)).toBeUndefined();
	});
});

describe('formatDuration', () => {
	test.each<[ms: number, text: string]>([
		[0, '0ms'],
		[0.25, '0.25ms'],
		[800, '800ms'],
		[999, '999ms'],
		[1000, '1s'],
		[1500, '1.5s'],
		[1001, '1.001s'],
		[59_999, '59.999s'],
		[60_000, '1m'],
		[90_000, '90s'],
		[120_000, '2m'],
	])('%d ms is written %s', (ms, text) => {
		expect(formatDuration(ms)).toBe(text);
	});

	test('what it writes is read back, to the ms', () => {
		fc.assert(fc.property(fc.nat(longestMs), ms => {
			expect(parseDuration(formatDuration(ms))).toBe(ms);
		}));
	});
});

describe('formatElapsed', () => {
	test.each<[ms: number, text: string]>([
		[-1, '0.0 ms'],
		[0, '0.0 ms'],
		[0.44, '0.4 ms'],
		[9.94, '9.9 ms'],
		[9.96, '10 ms'],
		[86.4, '86 ms'],
		[999.4, '999 ms'],
		[999.6, '1.000 s'],
		[1002, '1.002 s'],
		[9999.6, '10 s'],
		[12_345, '12 s'],
		[599_000, '599 s'],
		[599_700, '10 min'],
		[720_000, '12 min'],
	])('%d ms reads %s', (ms, text) => {
		expect(formatElapsed(ms)).toBe(text);
	});

	test('stays short', () => {
		fc.assert(fc.property(fc.double({min: 0, max: longestMs, noNaN: true}), ms => {
			expect(formatElapsed(ms).length).toBeLessThanOrEqual('35791 min'.length);
		}));
	});
});
