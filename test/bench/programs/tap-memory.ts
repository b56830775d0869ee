/** A tap in a process of its own. Told an endpoint, it says where it listens; told anything else, how much more memory (bytes) it took at most than when idle. */
import process from 'node:process';
import {startBetween} from './between.js';

let idle = Infinity;
let most = 0;

process.on('message', (said: string) => {
	void answer(said);
});

async function answer(said: string): Promise<void> {
	if (said.startsWith('tcp://')) {
		process.send?.(await startBetween('tap', said));
		idle = process.memoryUsage.rss();
		setInterval(() => {
			most = Math.max(most, process.memoryUsage.rss());
		}, 2);
		return;
	}

	process.send?.(most - idle);
}
