/** (f) What the app costs while nothing happens: the processor time of both its processes. */
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {type TestTerminal} from '../helpers/terminal.js';
import {enter, openApp, settled} from './app.js';
import {measured, notRun, type Bench} from './figure.js';
import {processorMs} from './processor-time.js';

const watchedMs = 10_000;
/** The light on the state that was just reached goes out, and start-up's last work is done. */
const calmMs = 2000;

export const idle: Bench = {
	letter: 'f',
	title: 'idle',
	async run() {
		if (process.platform !== 'linux') {
			return [notRun('processor time while idle', 'it is read from /proc, which only Linux has')];
		}

		const app = await openApp();
		try {
			const fresh = await shareOfCore(app);
			await enter(app, '/every 0ms Hello');
			await pause(2000);
			await enter(app, '/every off');
			await settled(app);
			return [
				measured('idle after the start, of one core', fresh, '%', {floor: {atMost: 1}, note: `both processes, over ${watchedMs / 1000} s`}),
				measured('idle after exchanges ran, of one core', await shareOfCore(app), '%', {floor: {atMost: 1}}),
			];
		} finally {
			await app.close();
		}
	},
};

/** Percent of one core that the app's processes took over the next while. */
async function shareOfCore(app: TestTerminal): Promise<number> {
	await pause(calmMs);
	const pids = [app.pid, ...childrenOf(app.pid)];
	const before = processorMs(pids);
	const start = performance.now();
	await pause(watchedMs);
	return (processorMs(pids) - before) * 100 / (performance.now() - start);
}

const childrenOf = (pid: number): readonly number[] =>
	readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
