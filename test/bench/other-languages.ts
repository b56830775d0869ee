/** (s) For scale: the same exchange by pyzmq and by libzmq from C, on this machine, beside bare zeromq.js. */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {measured, notRun, type Bench, type Figure, type Missing} from './figure.js';
import {startForeignLoop, startLoop, type Loop} from './loop-program.js';
import {programsFolder} from './paths.js';
import {interleave, median, ratioOfRounds} from './statistics.js';

const rounds = 7;
const runMs = 1000;
/** Debian's, which has Debian's `python3-zmq`. */
const python = '/usr/bin/python3';

export const otherLanguages: Bench = {
	letter: 's',
	title: 'for scale: the same exchange in other languages',
	async run() {
		const folder = mkdtempSync(join(tmpdir(), 'zmq-playground-bench-'));
		const bare = await startLoop('bare-loop.ts');
		try {
			return [
				await compare('pyzmq', bare, startPython),
				await compare('C with libzmq', bare, async () => startC(join(folder, 'exchange'))),
			];
		} finally {
			bare.end();
			rmSync(folder, {recursive: true, force: true});
		}
	},
};

async function compare(name: string, bare: Loop, start: () => Promise<Loop>): Promise<Figure | Missing> {
	let other: Loop;
	try {
		other = await start();
	} catch (error) {
		return notRun(name, reasonOf(error));
	}

	const contestants = {bare: async () => bare.ratePerSecond(runMs), other: async () => other.ratePerSecond(runMs)};
	await interleave(1, contestants);
	const rates = await interleave(rounds, contestants);
	other.end();
	return measured(`${name}, of bare zeromq.js`, ratioOfRounds(rates.other, rates.bare), '×', {
		note: `${Math.round(median(rates.other))}/s of ${Math.round(median(rates.bare))}/s; it blocks in each call, with no event loop`,
	});
}

async function startPython(): Promise<Loop> {
	execFileSync(python, ['-c', 'import zmq'], {encoding: 'utf8', stdio: 'pipe'});
	return startForeignLoop(python, [`${programsFolder}exchange.py`]);
}

/** Linked by the library's own file name: the link without a version belongs to the headers' package. */
async function startC(program: string): Promise<Loop> {
	execFileSync('cc', ['-O2', '-o', program, `${programsFolder}exchange.c`, '-l:libzmq.so.5'], {encoding: 'utf8', stdio: 'pipe'});
	return startForeignLoop(program, []);
}

/** The last line of what a tool said, which names what it missed. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1) ?? '';
