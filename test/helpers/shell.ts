/**
The built program in a shell: `await run(['--delay', 'off'], {stdin: 'Hello\n'})` to the end, or
`const server = start(['server']); await server.listening()` to talk with it while it runs.

Nothing is waited for by time: a wait ends with the line that it is for, or fails with all that was written.
*/
import {Buffer} from 'node:buffer';
import {spawn, type ChildProcessWithoutNullStreams} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {onTestFinished} from 'vitest';
import {type Event} from '../../source/core/events.js';
import {program, quoted} from './program.js';
import {Waits} from './terminal-waits.js';

/** How long (ms) a line, or the end, may take before the test fails: far longer than it ever does. */
const patienceMs = 15_000;

/** Anything that would make the program behave otherwise than for a person who set nothing. */
const unwantedVariables = ['CI', 'NO_COLOR', 'FORCE_COLOR', 'NODE_OPTIONS', 'NODE_ENV'];

/** How a program ended, by its exit status or by a signal, and all that it wrote. */
export type Outcome = {readonly status: number | NodeJS.Signals; readonly stdout: string; readonly stderr: string};

type Environment = Readonly<Record<string, string>>;

/** Runs the program to its end, with all of `stdin` at once. `limitMs` is for what takes longer than anything else. */
export async function run(argv: readonly string[], {stdin = '', env = {}, limitMs}: {readonly stdin?: string | Uint8Array; readonly env?: Environment; readonly limitMs?: number} = {}): Promise<Outcome> {
	return runCommand(program(...argv), stdin, env, limitMs);
}

/** Starts the program, with a pipe at its stdin that stays open. It is killed with the test, if it is still there. */
export const start = (argv: readonly string[], {env = {}}: {readonly env?: Environment} = {}): Running => startCommand(program(...argv), env);

/** Starts any other program in the same way. */
export function startCommand(command: readonly string[], env: Environment = {}): Running {
	const running = new Running(command, env);
	onTestFinished(() => {
		running.kill('SIGKILL');
	});
	return running;
}

/** Runs a line of bash in which `zmq-playground` is the built program. */
export async function bash(line: string): Promise<Outcome> {
	return runCommand(['bash', '-c', `zmq-playground() { ${quoted(program())} "$@"; }\n${line}`], '', {});
}

async function runCommand(command: readonly string[], stdin: string | Uint8Array, env: Environment, limitMs?: number): Promise<Outcome> {
	const running = new Running(command, env);
	try {
		running.write(stdin);
		running.endInput();
		return await running.end(limitMs);
	} finally {
		running.kill('SIGKILL');
	}
}

/** A program that runs, its lines so far, and ways to wait for the next. */
export class Running {
	#stdout = '';
	#stderr = '';
	#outcome: Outcome | undefined;
	readonly #waits = new Waits();
	readonly #child: ChildProcessWithoutNullStreams;
	readonly #ended: Promise<unknown>;

	constructor(command: readonly string[], env: Environment) {
		const [file = '', ...argv] = command;
		this.#child = spawn(file, argv, {env: environment(env)});
		this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
			this.#stdout += text;
			this.#waits.check();
		});
		this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
			this.#stderr += text;
			this.#waits.check();
		});
		this.#child.stdin.on('error', () => {
			// It has ended before it read all; the test looks at the outcome.
		});
		this.#ended = once(this.#child, 'close');
		void this.#watchEnd();
	}

	/** The number of its process. */
	get pid(): number {
		return this.#child.pid ?? 0;
	}

	/** The whole lines on stdout so far. */
	get lines(): readonly string[] {
		return this.#stdout.split('\n').slice(0, -1);
	}

	/** The events so far, of a program that was started with `--json`. */
	get events(): readonly Event[] {
		return eventsOf(this.#stdout);
	}

	write(input: string | Uint8Array): void {
		this.#child.stdin.write(Buffer.from(input));
	}

	endInput(): void {
		this.#child.stdin.end();
	}

	/** Reads no more of what it writes, as `head` does when it has enough. */
	closeOutput(): void {
		this.#child.stdout.destroy();
	}

	kill(signal: NodeJS.Signals): void {
		this.#child.kill(signal);
	}

	/** Waits for `count` lines on stdout that match, and gives the last of them. */
	async says(pattern: RegExp, count = 1): Promise<string> {
		return this.#until(() => this.lines.filter(line => pattern.test(line))[count - 1], `${count} × ${String(pattern)} on stdout`);
	}

	/** Waits for a line on stderr that matches, and gives it. */
	async complains(pattern: RegExp): Promise<string> {
		return this.#until(() => this.#stderr.split('\n').slice(0, -1).find(line => pattern.test(line)), `${String(pattern)} on stderr`);
	}

	/** Waits for `count` events of a type, of a program that was started with `--json`, and gives the last of them. */
	async sees<Type extends Event['type']>(type: Type, count = 1): Promise<Extract<Event, {readonly type: Type}>> {
		const isOfType = (event: Event): event is Extract<Event, {readonly type: Type}> => event.type === type;
		return this.#until(() => this.events.filter(event => isOfType(event))[count - 1], `${count} × ${type}`);
	}

	/** Waits until it listens, and gives the endpoint. */
	async listening(): Promise<string> {
		const line = await this.complains(/: listens at /v);
		return /listens at (?<endpoint>\S+)/v.exec(line)?.groups?.['endpoint'] ?? '';
	}

	/** Waits until it has ended. */
	async end(limitMs?: number): Promise<Outcome> {
		return this.#until(() => this.#outcome, 'the end', limitMs);
	}

	async #watchEnd(): Promise<void> {
		const [code, signal] = await this.#ended as [number, undefined] | [undefined, NodeJS.Signals];
		this.#outcome = {status: code ?? signal, stdout: this.#stdout, stderr: this.#stderr};
		this.#waits.end();
	}

	async #until<Value>(find: () => Value | undefined, what: string, limitMs = patienceMs): Promise<Value> {
		const outcome = await this.#waits.until(find, limitMs);
		if (outcome.type === 'found') {
			return outcome.value;
		}

		const why = outcome.type === 'ended' ? 'the program has ended' : (outcome.type === 'threw' ? String(outcome.error) : `nothing within ${limitMs} ms`);
		throw new Error(`Waited for ${what}: ${why}.\nstdout:\n${this.#stdout.slice(-4000)}\nstderr:\n${this.#stderr.slice(-4000)}`);
	}
}

/** The events that `--json` wrote. */
export const eventsOf = (stdout: string): readonly Event[] =>
	stdout.split('\n').slice(0, -1).map(line => JSON.parse(line) as Event);

/** The events of one type. */
export const eventsOfType = <Type extends Event['type']>(stdout: string, type: Type): ReadonlyArray<Extract<Event, {readonly type: Type}>> =>
	eventsOf(stdout).filter((event): event is Extract<Event, {readonly type: Type}> => event.type === type);

function environment(extra: Environment): NodeJS.ProcessEnv {
	const variables = {...process.env, ...extra};
	for (const name of unwantedVariables) {
		if (!(name in extra)) {
			// `spawn` leaves such a variable out.
			variables[name] = undefined;
		}
	}

	return variables;
}
