/** A program of its own around a lab, to see it end: bundled from the sources, run by the very Node that runs the tests. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {build} from 'rolldown';

/** Where the bundle is, and how to throw it away. */
export type LabProgram = {readonly directory: string; readonly remove: () => Promise<void>};

/** How a program ended: what it wrote, and its exit status, or the signal that killed it. */
export type Ending = {readonly output: string; readonly status: number | string | undefined};

/** Bundles `source/lab/local.ts`, or a program of its own, beside a `node_modules` that has zeromq. */
export async function bundleLab(input = 'source/lab/local.ts'): Promise<LabProgram> {
	const directory = await mkdtemp(path.join(tmpdir(), 'zmq-lab-'));
	await symlink(path.resolve('node_modules'), path.join(directory, 'node_modules'));
	await build({
		input: path.resolve(input),
		platform: 'node',
		external: ['zeromq'],
		logLevel: 'silent',
		output: {file: path.join(directory, 'lab.mjs'), format: 'esm'},
	});
	// A server of its own process is such a child.
	await build({
		input: path.resolve('source/lab/child.ts'),
		platform: 'node',
		external: ['zeromq'],
		logLevel: 'silent',
		output: {file: path.join(directory, 'lab-child.js'), format: 'esm'},
	});
	return {directory, remove: async () => rm(directory, {recursive: true, force: true})};
}

/** Runs a program that finds `startLocalLab` in scope. Nothing in it may end the process by force. */
export const runWithLab = async (program: LabProgram, code: string): Promise<Ending> =>
	runNode(program, ['--input-type=module', '--eval', `import {startLocalLab} from './lab.mjs';\n${code}`], 15_000);

/** Runs a bundled program of its own. */
export const runLab = async (program: LabProgram, flags: readonly string[], argv: readonly string[], timeoutMs: number): Promise<Ending> =>
	runNode(program, [...flags, 'lab.mjs', ...argv], timeoutMs);

async function runNode({directory}: LabProgram, argv: readonly string[], timeout: number): Promise<Ending> {
	const child = spawn(process.execPath, argv, {cwd: directory, stdio: ['ignore', 'pipe', 'pipe'], timeout});
	const chunks: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => {
			chunks.push(text);
		});
	}

	const [status, signal] = await once(child, 'close') as [number | undefined, NodeJS.Signals | undefined];
	return {output: chunks.join(''), status: status ?? signal};
}
