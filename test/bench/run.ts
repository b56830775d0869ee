/** `npm run bench [-- letters]`: measures, and prints a table and one line of JSON. It asserts nothing: a figure is for a person to read. */
import {cpus} from 'node:os';
import process from 'node:process';
import {classOfMany} from './class.js';
import {type Bench, type Figure, type Missing} from './figure.js';
import {broker} from './broker.js';
import {headless} from './headless.js';
import {idle} from './idle.js';
import {keystrokes} from './keys.js';
import {memory} from './memory.js';
import {otherLanguages} from './other-languages.js';
import {packed} from './package.js';
import {recording} from './recording.js';
import {screen} from './screen.js';
import {start} from './start.js';
import {describe} from './table.js';
import {tap} from './tap.js';
import {tapFloods} from './tap-floods.js';

const benches: readonly Bench[] = [headless, screen, keystrokes, start, packed, memory, idle, tap, tapFloods, broker, recording, classOfMany, otherLanguages];

const asked = process.argv.slice(2);
const unknown = asked.filter(letter => benches.every(bench => bench.letter !== letter));
if (unknown.length > 0) {
	process.stderr.write(`bench: there is no ${unknown.join(', ')}\nchoose from ${benches.map(({letter, title}) => `${letter} (${title})`).join(', ')}\n`);
	process.exitCode = 2;
} else {
	await runAll(asked.length === 0 ? benches : benches.filter(({letter}) => asked.includes(letter)));
}

async function runAll(chosen: readonly Bench[]): Promise<void> {
	const figures: Array<{readonly letter: string} & (Figure | Missing)> = [];
	for (const {letter, title, run} of chosen) {
		process.stdout.write(`(${letter}) ${title}\n`);
		for (const line of await attempt(title, run)) {
			figures.push({letter, ...line});
			process.stdout.write(`    ${describe(line)}\n`);
		}
	}

	const [cpu] = cpus();
	const machine = `${cpus().length} × ${cpu?.model ?? 'unknown'}`;
	process.stdout.write(`${JSON.stringify({at: new Date().toISOString(), machine, node: process.version, figures})}\n`);
}

/** A bench that breaks is told as such, and the others still run. */
async function attempt(title: string, run: Bench['run']): Promise<ReadonlyArray<Figure | Missing>> {
	try {
		return await run();
	} catch (error) {
		return [{type: 'not-run', name: title, why: error instanceof Error ? error.message : String(error)}];
	}
}
