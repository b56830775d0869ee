/** (k) A class of 300, driven by one process: how long until all are in, what it takes, and whether the teacher's keys still answer. */
import {spawn} from 'node:child_process';
import {on} from 'node:events';
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {openClassScreen, say} from '../helpers/class-screen.js';
import {childrenOf} from '../helpers/processes.js';
import {measured, type Bench} from './figure.js';
import {latencies} from './keys.js';
import {builtProgram} from './paths.js';
import {processorMs} from './processor-time.js';
import {median, percentile} from './statistics.js';

const size = 300;
const requests = 20;
const keys = 60;

export const classOfMany: Bench = {
	letter: 'k',
	title: `a class of ${size}`,
	async run() {
		const {screen, door, code} = await openClassScreen({command: [process.execPath, builtProgram, 'class', '--endpoint', 'tcp://127.0.0.1:*']});
		const driver = spawn(process.execPath, ['--import', pathOf('source-imports.ts'), pathOf('programs/class-crowd.ts'), door, code, String(size)], {stdio: ['pipe', 'pipe', 'inherit']});
		const lines = on(createInterface({input: driver.stdout}), 'line');
		const hear = async (): Promise<readonly number[]> => {
			const {value} = await lines.next();
			return String(value?.[0]).split(' ').slice(1).map(Number);
		};

		try {
			await say(screen, '/reply-with {upper}');
			await say(screen, '/delay off');
			const [joinMs = NaN] = await hear();
			await screen.waitFor(`${size} of ${size} here`, {timeoutMs: 60_000});
			const [child = 0] = childrenOf(screen.pid);
			const bytes = residentOf(child);
			driver.stdin.write(`${requests}\n`);
			const [right = NaN, ms = NaN] = await hear();
			// Often enough that it lasts longer than the keys do, each about once a second: people don't ask flat out.
			driver.stdin.write('1000 1000\n');
			const began = performance.now();
			const pids = [screen.pid, child];
			const before = pids.map(pid => processorMs([pid]));
			const busy = await latencies(screen, keys);
			const [screenMs = NaN, classMs = NaN] = pids.map((pid, index) => (processorMs([pid]) - (before[index] ?? NaN)) * 1000 / (performance.now() - began));
			return [
				measured(`until ${size} have joined, from one driver`, joinMs / 1000, 's'),
				measured(`of ${size * requests} requests, answered rightly`, right, '', {floor: {atLeast: size * requests}, note: `${Math.round(size * requests * 1000 / ms)} a second`}),
				measured('memory of the class\'s process with all in it', bytes / 1024, 'MB', {note: `${Math.round(residentOf(child) / 1024)} MB after some thousand requests`}),
				measured('key to screen while each asks once a second, p95', percentile(busy, 0.95), 'ms', {floor: {atMost: 50}, note: `median ${median(busy).toFixed(1)} ms`}),
				measured('processor time of the screen meanwhile, a second', screenMs, 'ms', {note: `${Math.round(classMs)} ms of the class's process`}),
			];
		} finally {
			driver.kill('SIGKILL');
			await screen.close();
		}
	},
};

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Resident memory of a process in KB. */
const residentOf = (pid: number): number => Number(/VmRSS:\s+(?<kb>\d+)/v.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.groups?.['kb'] ?? NaN);
