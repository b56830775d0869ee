/** When a screen is drawn, by a clock that stands still unless it is moved. */
import {afterEach, beforeEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {Frames} from '../../source/tui/frames.js';

beforeEach(() => {
	vi.useFakeTimers();
});

afterEach(() => {
	vi.useRealTimers();
});

/** Frames and the times (ms from the beginning) at which they were drawn; each takes `drawMs`. */
function draw({drawMs = 0, everyMs, nextChangeMs}: {readonly drawMs?: number; readonly everyMs?: number; readonly nextChangeMs?: number} = {}): {readonly frames: Frames; readonly drawn: readonly number[]} {
	const began = Date.now();
	const drawn: number[] = [];
	const frames = new Frames({clock: () => Date.now(), nextChangeMs: () => nextChangeMs, ...(everyMs !== undefined && {everyMs})});
	frames.subscribe(() => {
		drawn.push(Date.now() - began);
		vi.setSystemTime(Date.now() + drawMs);
	});
	onTestFinished(() => {
		frames.stop();
	});
	return {frames, drawn};
}

describe('frames', () => {
	test('the first is drawn at once, what comes meanwhile with the next', async () => {
		const {frames, drawn} = draw();
		frames.soon();
		await vi.advanceTimersByTimeAsync(1);
		expect(drawn).toHaveLength(1);
		for (let count = 0; count < 1000; count++) {
			frames.soon();
		}

		await vi.advanceTimersByTimeAsync(31);
		expect(drawn).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(2);
		expect(drawn).toHaveLength(2);
		expect(frames.version()).toBe(2);
	});

	test('what is wanted now is drawn now, with all that was gathered', async () => {
		const {frames, drawn} = draw({everyMs: 100});
		frames.now();
		await vi.advanceTimersByTimeAsync(10);
		frames.soon();
		frames.now();
		expect(drawn).toEqual([0, 10]);
		await vi.advanceTimersByTimeAsync(1000);
		expect(drawn).toEqual([0, 10]);
	});

	test('drawing takes at most a third of the time', async () => {
		const {frames, drawn} = draw({drawMs: 40});
		frames.now();
		await vi.advanceTimersByTimeAsync(0);
		frames.soon();
		await vi.advanceTimersByTimeAsync(79);
		expect(drawn).toEqual([0]);
		await vi.advanceTimersByTimeAsync(1);
		expect(drawn).toEqual([0, 120]);
	});

	test('what moves by itself is drawn again when it has moved, and not after the end', async () => {
		const {frames, drawn} = draw({nextChangeMs: 500});
		frames.now();
		await vi.advanceTimersByTimeAsync(1000);
		expect(drawn).toEqual([0, 500, 1000]);
		frames.soon();
		frames.stop();
		await vi.advanceTimersByTimeAsync(1000);
		expect(drawn).toEqual([0, 500, 1000]);
	});
});
