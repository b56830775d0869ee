/** Asks as fast as it can, and tells what is held each so many exchanges, after a collection. Needs `--expose-gc`. */
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {exchangesBetween, exchangesInAll, type Checkpoint} from '../checkpoint.js';
import {startHeadlessLab} from './headless-lab.js';

const {lab, journal} = await startHeadlessLab();
const replied = (): number => journal.snapshot.exchanges.tally.replied;
for (let target = 0; target <= exchangesInAll; target += exchangesBetween) {
	lab.execute('@client-1 every 0ms Hello', 'flag');
	while (replied() < target) {
		await pause(5);
	}

	lab.execute('@client-1 every off', 'flag');
	await pause(50);
	globalThis.gc?.();
	const {heapUsed, rss} = process.memoryUsage();
	process.send?.({exchanges: replied(), events: journal.length, heapBytes: heapUsed, residentBytes: rss} satisfies Checkpoint);
}

await lab.end();
process.disconnect();
