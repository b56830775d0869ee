/** (d) From the start of the program to the frame that shows listening and connected, in units of `node -e 0`: Node's own start. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {isUp, startApp} from './app.js';
import {measured, notRun, type Bench, type Figure, type Missing} from './figure.js';
import {nodes, type NamedNode} from './nodes.js';
import {interleave, median, ratioOfRounds} from './statistics.js';

const rounds = 20;

export const start: Bench = {
	letter: 'd',
	title: 'start to the frame that shows listening and connected',
	async run() {
		const lines: Array<Figure | Missing> = [];
		for (const node of nodes()) {
			lines.push(node.path === undefined ? notRun(`start under ${node.name}`, 'there is none beside the pinned one') : await measureStart(node.name, node.path));
		}

		return lines;
	},
};

async function measureStart(name: NamedNode['name'], path: string): Promise<Figure> {
	const contestants = {nothing: async () => nothing(path), app: async () => up(path)};
	await interleave(2, contestants);
	const times = await interleave(rounds, contestants);
	return measured(`start under ${name}, of node -e 0`, ratioOfRounds(times.app, times.nothing), '×', {
		floor: {atMost: 7},
		note: `${Math.round(median(times.app))} ms of ${Math.round(median(times.nothing))} ms`,
	});
}

async function nothing(node: string): Promise<number> {
	const startTime = performance.now();
	await once(spawn(node, ['-e', '0'], {stdio: 'ignore', env: {...process.env, NODE_OPTIONS: ''}}), 'exit');
	return performance.now() - startTime;
}

async function up(node: string): Promise<number> {
	const startTime = performance.now();
	const app = startApp(node);
	try {
		await app.waitFor(isUp, {label: 'listening and connected'});
		return performance.now() - startTime;
	} finally {
		await app.close();
	}
}
