import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {createRandom} from '../../source/core/random.js';

const draw = (seed: number, count: number) => {
	const random = createRandom(seed);
	return Array.from({length: count}, () => random());
};

describe('createRandom', () => {
	test('gives the same numbers again for the same seed, all in [0, 1)', () => {
		fc.assert(fc.property(fc.integer(), seed => {
			const numbers = draw(seed, 20);
			expect(draw(seed, 20)).toEqual(numbers);
			expect(numbers.every(number => number >= 0 && number < 1)).toBe(true);
		}));
	});

	test('gives other numbers for the next seed', () => {
		fc.assert(fc.property(fc.nat(0xFF_FF_FF), seed => {
			expect(draw(seed, 3)).not.toEqual(draw(seed + 1, 3));
		}));
	});

	// The published mulberry32. A recorded seed must mean the same run in every release.
	test('keeps to its known sequence', () => {
		expect(draw(1, 3)).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
	});

	test('spreads evenly: each tenth gets about its share', () => {
		const shares = Array.from({length: 10}, () => 0);
		for (const number of draw(42, 10_000)) {
			const tenth = Math.floor(number * 10);
			shares[tenth] = (shares[tenth] ?? 0) + 1;
		}

		expect(Math.min(...shares)).toBeGreaterThan(900);
		expect(Math.max(...shares)).toBeLessThan(1100);
	});
});
