/** (b) Exchanges a second with the screen, counted by what its header says, against bare zeromq.js in a process of its own. */
import {setTimeout as pause} from 'node:timers/promises';
import {askedPerSecond, enter, openApp, settled} from './app.js';
import {measured, type Bench} from './figure.js';
import {startLoop} from './loop-program.js';
import {interleave, median, ratioOfRounds} from './statistics.js';

const rounds = 7;
const runMs = 2000;
const warmUpMs = 500;

export const screen: Bench = {
	letter: 'b',
	title: 'exchanges with the screen at 120x40',
	async run() {
		const [bare, app] = await Promise.all([startLoop('bare-loop.ts'), openApp()]);
		const lags: number[] = [];
		const contestants = {
			bare: async () => bare.ratePerSecond(runMs),
			async app() {
				await enter(app, '/every 0ms Hello');
				await pause(warmUpMs);
				const rate = await askedPerSecond(app, runMs);
				await enter(app, '/every off');
				lags.push(await settled(app));
				return rate;
			},
		};
		try {
			await interleave(2, contestants);
			lags.length = 0;
			const rates = await interleave(rounds, contestants);
			return [
				measured('app with its screen, of bare zeromq.js', ratioOfRounds(rates.app, rates.bare), '×', {
					floor: {atLeast: 0.5},
					note: `${Math.round(median(rates.app))}/s of ${Math.round(median(rates.bare))}/s`,
				}),
				measured('the screen catches up after /every off', median(lags), 'ms'),
			];
		} finally {
			bare.end();
			await app.close();
		}
	},
};
