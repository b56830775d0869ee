import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {RoundTrips} from '../../source/tap/round-trips.js';

function summaryOf(times: readonly number[]) {
	const roundTrips = new RoundTrips();
	for (const time of times) {
		roundTrips.add(time);
	}

	return roundTrips.summary();
}

describe('round trips', () => {
	test('have no figures while there is none', () => {
		expect(summaryOf([])).toBeUndefined();
	});

	test('are right to 1 %, the greatest exactly', () => {
		fc.assert(fc.property(fc.array(fc.double({min: 0.002, max: 1e6, noNaN: true}), {minLength: 1, maxLength: 200}), times => {
			const summary = summaryOf(times)!;
			const sorted = times.toSorted((one, other) => one - other);
			for (const [part, got] of [[0.5, summary.p50], [0.95, summary.p95], [0.99, summary.p99]] as const) {
				const exact = sorted[Math.ceil(sorted.length * part) - 1]!;
				expect(Math.abs(got - exact)).toBeLessThanOrEqual(exact * 0.0101 + 0.001);
			}

			expect(summary.max).toBeCloseTo(sorted.at(-1)!, 2);
		}));
	});

	test('take a clock that was set back for no time at all', () => {
		expect(summaryOf([-5])).toEqual({count: 1, p50: 0, p95: 0, p99: 0, max: 0});
	});
});
