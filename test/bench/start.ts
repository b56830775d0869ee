/** (d) From the start of the program to the frame that shows listening and connected, in units of `node -e 0`: Node's own start. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {type TerminalOptions} from '../helpers/terminal.js';
import {enter, isUp, startApp} from './app.js';
import {measured, notRun, type Bench, type Figure, type Missing} from './figure.js';
import {nodes} from './nodes.js';
import {interleave, median, ratioOfRounds} from './statistics.js';

const rounds = 20;

export const start: Bench = {
	letter: 'd',
	title: 'start to the frame that shows listening and connected',
	async run() {
		const lines: Array<Figure | Missing> = [];
		for (const node of nodes()) {
			lines.push(...(node.path === undefined ? [notRun(`start under ${node.name}`, 'there is none beside the pinned one')] : await measureStart(node.name, node.path)));
		}

		return lines;
	},
};

async function measureStart(name: string, path: string): Promise<ReadonlyArray<Figure | Missing>> {
	const contestants = {
		nothing: async () => nothing(path),
		app: async () => up(path),
		first: async () => up(path, {NODE_DISABLE_COMPILE_CACHE: '1'}),
	};
	await interleave(2, contestants);
	const times = await interleave(rounds, contestants);
	const note = (of: readonly number[]): string => `${Math.round(median(of))} ms of ${Math.round(median(times.nothing))} ms`;
	return [
		measured(`start under ${name}, of node -e 0`, ratioOfRounds(times.app, times.nothing), '×', {floor: {atMost: 7}, note: note(times.app)}),
		measured('the same without Node’s compile cache', ratioOfRounds(times.first, times.nothing), '×', {note: `${note(times.first)}: the very first start`}),
	];
}

async function nothing(node: string): Promise<number> {
	const startTime = performance.now();
	await once(spawn(node, ['-e', '0'], {stdio: 'ignore'}), 'exit');
	return performance.now() - startTime;
}

/** Leaves the app as a person does: Node keeps its compiled code only when a program ends in good order. */
async function up(node: string, env: TerminalOptions['env'] = {}): Promise<number> {
	const startTime = performance.now();
	const app = startApp({node, env});
	try {
		await app.waitFor(isUp, {label: 'listening and connected'});
		const time = performance.now() - startTime;
		await enter(app, '/quit');
		await app.waitForExit();
		return time;
	} finally {
		await app.close();
	}
}
