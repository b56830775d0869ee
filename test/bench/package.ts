/** (d) What a newcomer downloads, and how long `npx` takes with it when nothing is cached. */
import {execFile, type ExecFileOptions} from 'node:child_process';
import {mkdtemp, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import process from 'node:process';
import {measured, notRun, type Bench, type Figure, type Missing} from './figure.js';
import {machinesPath} from './nodes.js';
import {projectFolder} from './paths.js';

const patienceMs = 120_000;

export const packed: Bench = {
	letter: 'd',
	title: 'npx from a cold cache',
	async run() {
		const folder = await mkdtemp(join(tmpdir(), 'zmq-playground-bench-'));
		try {
			const tarball = await pack(folder);
			const {size} = await stat(tarball);
			return [measured('packed tarball', size, 'B'), await coldStart(tarball, folder)];
		} finally {
			await rm(folder, {recursive: true, force: true});
		}
	},
};

/** Packs what is built now. */
async function pack(folder: string): Promise<string> {
	const text = await output('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {cwd: projectFolder});
	const [{filename}] = JSON.parse(text) as [{readonly filename: string}];
	return join(folder, filename);
}

async function coldStart(tarball: string, folder: string): Promise<Figure | Missing> {
	const start = performance.now();
	try {
		// By its relative path, as a person types it: npx takes an absolute one for a program.
		const text = await output('npx', ['--yes', `./${basename(tarball)}`, '--version'], {
			cwd: folder,
			timeout: patienceMs,
			env: {...process.env, PATH: machinesPath(), npm_config_cache: join(folder, 'cache')},
		});
		return measured('npx with an empty cache, to --version', performance.now() - start, 'ms', {note: `version ${text.trim()}, once, network included`});
	} catch (error) {
		return notRun('npx with an empty cache', complaint(error));
	}
}

/** Runs a program to its end; gives what it printed. */
async function output(program: string, args: readonly string[], options: ExecFileOptions): Promise<string> {
	return new Promise((resolve, reject) => {
		execFile(program, args, {...options, encoding: 'utf8'}, (error, stdout) => {
			if (error) {
				reject(new Error(error.message, {cause: error}));
			} else {
				resolve(stdout);
			}
		});
	});
}

/** What npm says of what went wrong: its first complaint, or the last words of whatever failed. */
function complaint(error: unknown): string {
	const lines = (error instanceof Error ? error.message : String(error)).trim().split('\n');
	return (lines.find(line => line.startsWith('npm error')) ?? lines.at(-1) ?? '').trim();
}
