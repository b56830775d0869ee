import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {
	drawDelayMs,
	fixedDelay,
	formatDelay,
	parseDelay,
	stepDelay,
	type Delay,
} from '../../source/core/delay.js';
import {longestMs} from '../../source/core/duration.js';
import {createRandom} from '../../source/core/random.js';

const none: Delay = {type: 'none'};
const fixed = (ms: number): Delay => ({type: 'fixed', ms});
const uniform = (minMs: number, maxMs: number): Delay => ({type: 'uniform', minMs, maxMs});
const around = (ms: number, spreadMs: number): Delay => ({type: 'around', ms, spreadMs});

const anyMs = fc.nat(100_000);
const anyDelay: fc.Arbitrary<Delay> = fc.oneof(
	fc.constant(none),
	fc.integer({min: 1, max: longestMs}).map(ms => fixed(ms)),
	fc.tuple(anyMs, anyMs).map(([one, other]) => uniform(Math.min(one, other), Math.max(one, other))),
	fc.tuple(anyMs, anyMs).map(([one, other]) => around(Math.max(one, other), Math.min(one, other))),
);

describe('parseDelay', () => {
	test.each<[text: string, delay: Delay]>([
		['off', none],
		['0', none],
		['0ms', none],
		['800ms', fixed(800)],
		['1.5s', fixed(1500)],
		[' 1m ', fixed(60_000)],
		['200ms..2s', uniform(200, 2000)],
		['0..2s', uniform(0, 2000)],
		['1.5s..2.5s', uniform(1500, 2500)],
		['2s..2s', uniform(2000, 2000)],
		['1s±200ms', around(1000, 200)],
		['1s+-200ms', around(1000, 200)],
		['1s±1s', around(1000, 1000)],
	])('%j is read', (text, delay) => {
		expect(parseDelay(text)).toEqual(delay);
	});

	test.each([
		'', 'on', '5', '-1s', '1s..', '..1s', '1s..2s..3s', '2s..1s', '1s±', '±1s', '1s±2s', '1s±1s±1s', '1s...2s', 'once 5s', `${longestMs}ms±1ms`,
	])('%j is no delay', text => {
		expect(parseDelay(text)).toBeUndefined();
	});

	test('reads what formatDelay writes', () => {
		fc.assert(fc.property(anyDelay, delay => {
			expect(parseDelay(formatDelay(delay))).toEqual(delay);
		}));
	});
});

describe('formatDelay', () => {
	test.each<[delay: Delay, text: string]>([
		[none, 'off'],
		[fixed(800), '800ms'],
		[fixed(120_000), '2m'],
		[uniform(200, 2000), '200ms..2s'],
		[around(1000, 200), '1s±200ms'],
	])('%o is written %s', (delay, text) => {
		expect(formatDelay(delay)).toBe(text);
	});
});

describe('drawDelayMs', () => {
	test.each<[delay: Delay, least: number, most: number]>([
		[none, 0, 0],
		[fixed(800), 800, 800],
		[uniform(200, 2000), 200, 2000],
		[around(1000, 200), 800, 1200],
		[around(1000, 1000), 0, 2000],
	])('%o lies between %d and %d', (delay, least, most) => {
		const random = createRandom(7);
		const draws = Array.from({length: 1000}, () => drawDelayMs(delay, random));
		expect(Math.min(...draws)).toBeGreaterThanOrEqual(least);
		expect(Math.max(...draws)).toBeLessThanOrEqual(most);
		// And uses the room it has.
		expect(Math.max(...draws) - Math.min(...draws)).toBeGreaterThanOrEqual((most - least) * 0.95);
	});

	test('is never negative and never longer than a timer holds', () => {
		fc.assert(fc.property(anyDelay, fc.integer(), (delay, seed) => {
			const ms = drawDelayMs(delay, createRandom(seed));
			expect(ms).toBeGreaterThanOrEqual(0);
			expect(ms).toBeLessThanOrEqual(longestMs);
		}));
	});

	test('is the same again from the same seed', () => {
		fc.assert(fc.property(fc.array(anyDelay), fc.integer(), (delays, seed) => {
			const drawAll = () => {
				const random = createRandom(seed);
				return delays.map(delay => drawDelayMs(delay, random));
			};

			expect(drawAll()).toEqual(drawAll());
		}));
	});

	test('a delay that does not vary leaves the seeded run where it is', () => {
		const random = createRandom(1);
		drawDelayMs(none, random);
		drawDelayMs(fixed(500), random);
		expect(random()).toBe(createRandom(1)());
	});
});

describe('stepDelay', () => {
	const ladder = [0, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000].map(ms => fixedDelay(ms));

	test('longer climbs the ladder from off to a minute and stays there', () => {
		let delay: Delay = none;
		const climbed = [delay, ...Array.from({length: 11}, () => {
			delay = stepDelay(delay, 1);
			return delay;
		})];
		expect(climbed).toEqual([...ladder, fixed(60_000)]);
	});

	test('shorter comes down again and ends at off', () => {
		let delay = fixed(60_000);
		const descended = [delay, ...Array.from({length: 11}, () => {
			delay = stepDelay(delay, -1);
			return delay;
		})];
		expect(descended).toEqual([...ladder.toReversed(), none]);
	});

	test.each<[from: Delay, direction: 1 | -1, to: Delay]>([
		[fixed(800), 1, fixed(1000)],
		[fixed(800), -1, fixed(500)],
		[fixed(120_000), -1, fixed(60_000)],
		[fixed(120_000), 1, fixed(120_000)],
		[uniform(200, 2000), 1, fixed(5000)],
		[uniform(200, 2000), -1, fixed(1000)],
		[around(1000, 200), 1, fixed(2000)],
	])('from %o, %d steps to %o', (from, direction, to) => {
		expect(stepDelay(from, direction)).toEqual(to);
	});
});
