/** (r) Requests a second through a broker of ours, against zeromq.js's own Proxy in the same run, with 1, 4 and 16 workers. */
import {measured, type Bench, type Figure} from './figure.js';
import {startLoop, type Loop} from './loop-program.js';
import {interleave, median, ratioOfRounds} from './statistics.js';

const rounds = 5;
const runMs = 1000;

export const broker: Bench = {
	letter: 'q',
	title: 'requests through a broker',
	async run() {
		const figures: Figure[] = [];
		for (const workers of [1, 4, 16]) {
			figures.push(...await measure(workers));
		}

		return figures;
	},
};

async function measure(workers: number): Promise<readonly Figure[]> {
	const start = async (kind: string) => startLoop('brokered-loop.ts', [kind, String(workers)]);
	const loops = [await start('proxy'), await start('broker'), await start('ready')] as const;
	try {
		return await compare(workers, loops);
	} finally {
		for (const loop of loops) {
			loop.end();
		}
	}
}

async function compare(workers: number, [proxy, ours, ready]: readonly [Loop, Loop, Loop]): Promise<readonly Figure[]> {
	const contestants = {proxy: async () => proxy.ratePerSecond(runMs), ours: async () => ours.ratePerSecond(runMs), ready: async () => ready.ratePerSecond(runMs)};
	// To warm up.
	await interleave(1, contestants);
	const rates = await interleave(rounds, contestants);
	const who = `${workers} ${workers === 1 ? 'worker' : 'workers'}`;
	return [
		measured(`round-robin, ${who}, of zeromq.js’s Proxy`, ratioOfRounds(rates.ours, rates.proxy), '×', {
			floor: {atLeast: 0.5}, note: `${Math.round(median(rates.ours))}/s of ${Math.round(median(rates.proxy))}/s; 8 clients with 32 requests each under way, 30 B`,
		}),
		measured(`least-recently-used, ${who}, of the same`, ratioOfRounds(rates.ready, rates.proxy), '×', {note: `${Math.round(median(rates.ready))}/s: a worker has one request at a time, so each hop waits for a process to wake`}),
	];
}
