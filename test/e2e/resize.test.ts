/** Resizes at any moment, while exchanges run flat out: no ghost is left, no border broken. `RESIZE_SEED` repeats a run. */
import process from 'node:process';
import {expect, test} from 'vitest';
import {createRandom} from '../../source/core/random.js';
import {openPlayground, type Playground, type Size} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';

const rounds = 10;
const resizesPerRound = 50;
const seed = Number(process.env['RESIZE_SEED'] ?? 1);

const random = createRandom(seed);
const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));

/** Any size that the playground works in, often at its limits. */
const anySize = (): Size => ({
	columns: random() < 0.1 ? 60 : between(60, 200),
	rows: random() < 0.1 ? 16 : between(16, 60),
});

/** A size that is too small one way or the other. */
const tooSmall = (): Size => random() < 0.5 ? {columns: between(50, 59), rows: between(10, 40)} : {columns: between(60, 120), rows: between(3, 15)};

/** Resizes, and sometimes waits until a frame has come that tells of something new; most often the next resize comes first. */
async function resize(playground: Playground, {columns, rows}: Size): Promise<void> {
	playground.resize(columns, rows);
	if (random() < 0.2) {
		await exchangesGoOn(playground);
	}
}

/** Waits for a frame that counts more exchanges than the one on the screen. */
async function exchangesGoOn(playground: Playground): Promise<void> {
	const asked = playground.asked();
	await playground.waitFor(() => Number.isNaN(asked) ? playground.asked() > 0 : playground.asked() > asked, {label: 'exchanges to go on'});
}

/** Below the smallest size there is nothing but a line that says so. */
async function saysThatItIsTooSmall(playground: Playground, {columns, rows}: Size): Promise<void> {
	playground.resize(columns, rows);
	const line = `zmq-playground needs 60x16; this is ${columns}x${rows}`;
	await playground.waitFor(screen => screen.trim() === line, {label: `nothing but “${line}”`});
}

/** Stops the exchanges, and gives the screen as it stands and as it is when drawn anew. */
async function settle(playground: Playground): Promise<{readonly before: string; readonly after: string}> {
	playground.submit('/every off');
	await playground.sees('client-1', 'asks no more by itself');
	for (;;) {
		const screens = await playground.redrawn();
		if (numberOf(screens.before) === numberOf(screens.after)) {
			return screens;
		}
	}
}

/** The number of the newest event that a screen knew of. */
const numberOf = (screen: string): string | undefined => /#(?<n>\d+)/v.exec(screen)?.groups?.['n'];

test(`${rounds * resizesPerRound} resizes leave no ghost (seed ${seed})`, {timeout: 120_000}, async () => {
	const playground = await openPlayground({columns: 100, rows: 30, flags: [...freePort, '--delay', 'off']});
	for (let round = 0; round < rounds; round++) {
		playground.submit('/every 0ms Hello');
		await exchangesGoOn(playground);
		for (let count = 2; count < resizesPerRound; count++) {
			await resize(playground, anySize());
		}

		await saysThatItIsTooSmall(playground, tooSmall());
		const size = anySize();
		playground.resize(size.columns, size.rows);
		const {before, after} = await settle(playground);
		expect(before, `round ${round}, ${size.columns}x${size.rows}`).toBe(after);
		await playground.hasWholeBorders();
	}
});
