/** (c) From a key to the screen that shows it: idle, and while exchanges run as fast as they can. */
import {setTimeout as pause} from 'node:timers/promises';
import {type TestTerminal} from '../helpers/terminal.js';
import {enter, openApp} from './app.js';
import {measured, type Bench} from './figure.js';
import {median, percentile} from './statistics.js';

const keys = 200;
const letters = 'abcdefghij';

export const keystrokes: Bench = {
	letter: 'c',
	title: 'key to changed screen at 120x40',
	async run() {
		const app = await openApp();
		try {
			await latencies(app, 20);
			const idle = await latencies(app, keys);
			await enter(app, '/every 0ms Hello');
			await latencies(app, 20);
			const busy = await latencies(app, keys);
			return [
				measured('key to screen, idle, median', median(idle), 'ms', {floor: {atMost: 20}, note: `p95 ${percentile(idle, 0.95).toFixed(1)} ms`}),
				measured('key to screen, exchanges flat out, p95', percentile(busy, 0.95), 'ms', {floor: {atMost: 50}, note: `median ${median(busy).toFixed(1)} ms`}),
			];
		} finally {
			await app.close();
		}
	},
};

/** Types letters at uneven moments, ten to a line, and times each until the input line shows it. */
export async function latencies(app: TestTerminal, count: number): Promise<readonly number[]> {
	const times: number[] = [];
	for (let index = 0; index < count; index++) {
		// Uneven, so that no beat of the app's own timers is met again and again.
		await pause(40 + (index * 37 % 60));
		const typed = letters.slice(0, (index % letters.length) + 1);
		times.push(await timeToShow(app, typed));
		if (typed === letters) {
			await clearInput(app);
		}
	}

	return times;
}

/** Types the last letter of what the input line will then show. */
async function timeToShow(app: TestTerminal, typed: string): Promise<number> {
	const start = performance.now();
	app.type(typed.slice(-1));
	await app.waitFor(screen => screen.includes(`› ${typed}`), {label: `the input “${typed}”`});
	return performance.now() - start;
}

async function clearInput(app: TestTerminal): Promise<void> {
	app.press('Ctrl+u');
	await app.waitFor(screen => !screen.includes(`› ${letters}`), {label: 'an empty line'});
}
