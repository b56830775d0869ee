/** (t) Exchanges a second one after the other through the tap, against a plain proxy of node:net that only copies bytes, and against nothing in between. */
import {measured, type Bench} from './figure.js';
import {startLoop, type Loop} from './loop-program.js';
import {interleave, median, ratioOfRounds} from './statistics.js';

const rounds = 9;
const runMs = 1000;

export const tap: Bench = {
	letter: 't',
	title: 'exchanges through the tap',
	async run() {
		const loops = await Promise.all(['plain', 'tap', 'nothing'].map(async kind => startLoop('proxied-loop.ts', [kind])));
		const [plain, tapped, direct] = loops as [Loop, Loop, Loop];
		const contestants = {plain: async () => plain.ratePerSecond(runMs), tapped: async () => tapped.ratePerSecond(runMs), direct: async () => direct.ratePerSecond(runMs)};
		// To warm up.
		await interleave(2, contestants);
		const rates = await interleave(rounds, contestants);
		for (const loop of loops) {
			loop.end();
		}

		return [
			measured('through the tap, of a plain proxy', ratioOfRounds(rates.tapped, rates.plain), '×', {
				floor: {atLeast: 0.8},
				note: `${Math.round(median(rates.tapped))}/s of ${Math.round(median(rates.plain))}/s; 30 B, sockets and proxy in one process`,
			}),
			measured('through the tap, of no proxy at all', ratioOfRounds(rates.tapped, rates.direct), '×', {note: `of ${Math.round(median(rates.direct))}/s`}),
		];
	},
};
