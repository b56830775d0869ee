/** (k) A class of 300 in one driver: how long until all are in, what it takes, and whether the teacher's keys still answer. */
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {joinCrowd} from '../helpers/class-crowd.js';
import {openClassScreen, say} from '../helpers/class-screen.js';
import {childrenOf} from '../helpers/processes.js';
import {measured, type Bench} from './figure.js';
import {latencies} from './keys.js';
import {builtProgram} from './paths.js';
import {median, percentile} from './statistics.js';

const size = 300;
const requests = 20;

export const classOfMany: Bench = {
	letter: 'k',
	title: `a class of ${size}`,
	async run() {
		const {screen, door, code} = await openClassScreen({command: [process.execPath, builtProgram, 'class', '--endpoint', 'tcp://127.0.0.1:*']});
		try {
			await say(screen, '/reply-with {upper}');
			await say(screen, '/delay off');
			const began = performance.now();
			const crowd = await joinCrowd({door, code, size});
			const joinMs = performance.now() - began;
			await screen.waitFor(`${size} of ${size} here`, {timeoutMs: 60_000});
			const [child = 0] = childrenOf(screen.pid);
			const idleBytes = residentOf(child);
			const askingBegan = performance.now();
			let isAsking = true;
			const asking = crowd.ask(requests).then(right => {
				isAsking = false;
				return {right, ms: performance.now() - askingBegan};
			});
			const busy: number[] = [];
			while (isAsking) {
				busy.push(...await latencies(screen, 10));
			}

			const {right, ms} = await asking;
			const bytes = residentOf(child);
			await crowd.leave();
			return [
				measured(`until ${size} have joined, from one driver`, joinMs / 1000, 's'),
				measured(`of ${size * requests} requests, answered rightly`, right, '', {floor: {atLeast: size * requests}, note: `${Math.round(size * requests * 1000 / ms)} a second`}),
				measured('memory of the class\'s process with all in it', idleBytes / 1024, 'MB', {note: `${Math.round(bytes / 1024)} MB after the requests`}),
				measured('key to screen while all ask, p95', percentile(busy, 0.95), 'ms', {floor: {atMost: 50}, note: `median ${median(busy).toFixed(1)} ms of ${busy.length}`}),
			];
		} finally {
			await screen.close();
		}
	},
};

/** Resident memory of a process in KB. */
const residentOf = (pid: number): number => Number(/VmRSS:\s+(?<kb>\d+)/v.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.groups?.['kb'] ?? NaN);
