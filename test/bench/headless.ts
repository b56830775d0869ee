/** (a) Exchanges a second through our actors, the journal and the fold, without a screen, against bare zeromq.js. */
import {measured, type Bench} from './figure.js';
import {startLoop} from './loop-program.js';
import {interleave, median, ratioOfRounds} from './statistics.js';

const rounds = 9;
const runMs = 1000;

export const headless: Bench = {
	letter: 'a',
	title: 'exchanges without a screen',
	async run() {
		const [bare, lab] = await Promise.all([startLoop('bare-loop.ts'), startLoop('lab-loop.ts')]);
		const contestants = {bare: async () => bare.ratePerSecond(runMs), lab: async () => lab.ratePerSecond(runMs)};
		// To warm up.
		await interleave(2, contestants);
		const rates = await interleave(rounds, contestants);
		bare.end();
		lab.end();
		return [
			measured('actors + journal + fold, of bare zeromq.js', ratioOfRounds(rates.lab, rates.bare), '×', {
				floor: {atLeast: 0.7},
				note: `${Math.round(median(rates.lab))}/s of ${Math.round(median(rates.bare))}/s`,
			}),
		];
	},
};
