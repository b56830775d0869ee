/** Runs generated programs, each language with its own interpreter, from a directory in which their imports are found. */
import {spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {onTestFinished} from 'vitest';
import {codeOf, languageNamed} from '../../source/code/languages.js';
import {type CodeLanguage} from '../../source/core/export-formats.js';
import {type Snapshot} from '../../source/core/snapshot.js';
import {Waits} from '../helpers/terminal-waits.js';

const patienceMs = 15_000;
const nodeModules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const interpreters: Readonly<Record<CodeLanguage, string>> = {typescript: process.execPath, javascript: process.execPath, python: '/usr/bin/python3'};

/** A directory with the programs of a lab in one language, gone when the test is over. */
export function writePrograms(snapshot: Snapshot, language: CodeLanguage, more: Readonly<Record<string, string>> = {}): string {
	const directory = mkdtempSync(path.join(tmpdir(), 'zmq-code-'));
	onTestFinished(() => {
		rmSync(directory, {recursive: true});
	});
	symlinkSync(nodeModules, path.join(directory, 'node_modules'));
	const record = languageNamed(language);
	const files = record ? codeOf(snapshot, record).map(({name, text}) => [name, text] as const) : [];
	for (const [name, text] of [...files, ...Object.entries(more)]) {
		writeFileSync(path.join(directory, name), text);
	}

	return directory;
}

/** Holds programs against every check of the compiler. */
export function compile(directory: string, files: readonly string[]): {readonly status: number | undefined; readonly stdout: string} {
	const compiler = path.join(nodeModules, '.bin', 'tsc');
	const {status, stdout} = spawnSync(compiler, ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'esnext', '--moduleDetection', 'force', '--skipLibCheck', '--types', 'node', ...files], {cwd: directory, encoding: 'utf8'});
	return {status: status ?? undefined, stdout};
}

/** A running program. */
export class Running {
	output = '';
	readonly #child: ChildProcess;
	readonly #waits = new Waits();
	#status: number | undefined;

	constructor(directory: string, language: CodeLanguage, peer: string, args: readonly string[] = []) {
		const {ending = ''} = languageNamed(language) ?? {};
		this.#child = spawn(interpreters[language], [`${peer}.${ending}`, ...args], {cwd: directory, stdio: ['ignore', 'pipe', 'pipe']});
		onTestFinished(() => {
			this.#child.kill('SIGKILL');
		});
		for (const stream of [this.#child.stdout, this.#child.stderr]) {
			stream?.setEncoding('utf8').on('data', (text: string) => {
				this.output += text;
				this.#waits.check();
			});
		}

		this.#child.once('close', code => {
			this.#status = code ?? -1;
			this.#waits.end();
		});
	}

	/** Ends it as no program can help: SIGKILL. */
	kill(): void {
		this.#child.kill('SIGKILL');
	}

	/** Whether it has yet to end. */
	get isRunning(): boolean {
		return this.#status === undefined;
	}

	/** Waits until it has printed a text. */
	async prints(text: string): Promise<void> {
		const {type} = await this.#waits.until(() => this.output.includes(text) || undefined, patienceMs);
		if (type !== 'found') {
			throw new Error(`It never printed ${JSON.stringify(text)}: ${type}\n${this.output}`);
		}
	}

	/** Waits until it has ended. Gives what it printed, and its exit status. */
	async ends(): Promise<{readonly output: string; readonly status: number | undefined}> {
		await this.#waits.until(() => this.#status, patienceMs);
		return {output: this.output, status: this.#status};
	}
}
