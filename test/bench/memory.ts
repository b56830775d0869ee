/** (e) Memory over half a million exchanges without a screen: once the journal is full, long before half way, it must not grow. */
import {fork} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {exchangesBetween, exchangesInAll, type Checkpoint} from './checkpoint.js';
import {measured, type Bench} from './figure.js';
import {programsFolder, projectFolder} from './paths.js';

export const memory: Bench = {
	letter: 'e',
	title: `memory over ${exchangesInAll.toLocaleString('en')} exchanges`,
	async run() {
		const checkpoints = await collect();
		const middle = checkpoints[Math.floor(checkpoints.length / 2)];
		const last = checkpoints.at(-1);
		if (!middle || last?.exchanges === undefined || last.exchanges < exchangesInAll) {
			throw new Error('the program ended before its time');
		}

		const series = (pick: (checkpoint: Checkpoint) => number): string => checkpoints.map(checkpoint => Math.round(pick(checkpoint) / 1e6)).join(' ');
		return [
			measured('heap at the end, of half way', last.heapBytes / middle.heapBytes, '×', {
				floor: {atMost: 1.05}, note: `MB each ${exchangesBetween.toLocaleString('en')}: ${series(({heapBytes}) => heapBytes)}; the journal holds ${last.events.toLocaleString('en')} events`,
			}),
			measured('resident at the end, of half way', last.residentBytes / middle.residentBytes, '×', {
				floor: {atMost: 1.05}, note: `MB: ${series(({residentBytes}) => residentBytes)}`,
			}),
		];
	},
};

async function collect(): Promise<readonly Checkpoint[]> {
	const program = fork(`${programsFolder}lab-memory.ts`, {
		cwd: projectFolder, execArgv: [...process.execArgv, '--expose-gc'],
	});
	const checkpoints: Checkpoint[] = [];
	program.on('message', (checkpoint: Checkpoint) => {
		checkpoints.push(checkpoint);
	});
	await once(program, 'exit');
	return checkpoints;
}
