/** The notation of the ways out. */
import {describe, expect, test} from 'vitest';
import {
	explainRecovery,
	formatRecovery,
	isRelaxed,
	parseRecovery,
	pauseAfter,
	recoveryExamples,
	type Recovery,
} from '../../source/core/recovery.js';

const all: ReadonlyArray<readonly [string, Recovery]> = [
	['none', {kind: 'none'}],
	['timeout 2s', {kind: 'timeout', timeoutMs: 2000}],
	['relaxed', {kind: 'relaxed'}],
	['relaxed+correlate', {kind: 'relaxed+correlate'}],
	['lazy-pirate 3x 2s', {kind: 'lazy-pirate', tries: 3, timeoutMs: 2000}],
	['lazy-pirate 5x 1s back-off 250ms', {kind: 'lazy-pirate', tries: 5, timeoutMs: 1000, backOffMs: 250}],
];

test.each(all)('%s is read, and written back', (text, recovery) => {
	expect(parseRecovery(text)).toEqual(recovery);
	expect(formatRecovery(recovery)).toBe(text);
	expect(recoveryExamples).toContain(text);
});

test('a lazy pirate tries three times for two seconds unless told otherwise', () => {
	expect(parseRecovery('lazy-pirate')).toEqual(parseRecovery('lazy-pirate 3x 2s'));
	expect(parseRecovery('lazy-pirate 5x')).toEqual(parseRecovery('lazy-pirate 5x 2s'));
});

describe('what is no way out', () => {
	test.each(['', 'prayer', 'none 2s', 'timeout', 'timeout soon', 'timeout 0', 'timeout 1s 2s', 'relaxed 2s', 'lazy-pirate 0x', 'lazy-pirate 3', 'lazy-pirate 3x 0', 'lazy-pirate 1001x 2s', 'lazy-pirate 3x 2s 1', 'lazy-pirate 3x 2s back-off', 'lazy-pirate 3x 2s back-off 0', 'lazy-pirate 3x 2s pause 1s', 'lazy-pirate 3x 2s back-off 1s 1'])('%j', text => {
		expect(parseRecovery(text)).toBeUndefined();
	});
});

test('a back-off doubles with each vain try, up to 64 times', () => {
	expect([1, 2, 3, 7, 8, 1000].map(tries => pauseAfter(tries, 10))).toEqual([10, 20, 40, 640, 640, 640]);
	expect(pauseAfter(1)).toBe(0);
});

test('only the relaxed ones may send while they await a reply', () => {
	expect(all.filter(([text]) => isRelaxed(text)).map(([text]) => text)).toEqual(['relaxed', 'relaxed+correlate']);
	expect(isRelaxed(undefined)).toBe(false);
});

test('each explains itself differently', () => {
	expect(new Set(all.map(([, recovery]) => explainRecovery(recovery))).size).toBe(all.length);
});
