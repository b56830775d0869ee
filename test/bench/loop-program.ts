/** A program that exchanges as fast as it can for as long as it is told to, again and again: both ends, the program's and the bench's. */
import {fork, spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {programsFolder, projectFolder} from './paths.js';

/** How much was done, in how many ms. */
export type Run = {readonly count: number; readonly ms: number};

/** A running loop program: exchanges a second over the next `ms`. */
export type Loop = {readonly ratePerSecond: (ms: number) => Promise<number>; readonly end: () => void};

/** How much longer (ms) than it was told to a program may take, for its last replies. One that takes longer has stalled. */
const patienceMs = 20_000;

/** The program's end: says that it is ready, and then answers each number of ms with what was done in them. Ends with its bench, however that ends. */
export function answerRuns(run: (ms: number) => Promise<Run>): void {
	const answer = async (ms: number): Promise<void> => {
		process.send?.(await run(ms));
	};

	process.on('message', (ms: number) => {
		void answer(ms);
	});
	process.on('disconnect', () => {
		process.exit();
	});
	process.send?.('ready');
}

/** Starts one of our own programs in `programs/`, under the Node that runs this. */
export async function startLoop(name: string, args: readonly string[] = []): Promise<Loop> {
	const program = fork(programsFolder + name, args, {cwd: projectFolder, stdio: ['ignore', 'ignore', 'inherit', 'ipc']});
	await nextMessage(program);
	return {
		async ratePerSecond(ms) {
			program.send(ms);
			let isStalled = false;
			const patience = setTimeout(() => {
				isStalled = program.kill();
			}, ms + patienceMs);
			try {
				const run = await nextMessage(program) as Run;
				return run.count * 1000 / run.ms;
			} catch (error) {
				throw isStalled ? new Error(`${name} ${args.join(' ')} stalled: no answer ${patienceMs / 1000} s after its time`) : error;
			} finally {
				clearTimeout(patience);
			}
		},
		end() {
			program.kill();
		},
	};
}

/** Starts a program in another language: a line with a number of ms in, a line with count and ms out. */
export async function startForeignLoop(command: string, args: readonly string[]): Promise<Loop> {
	const program = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']});
	const lines = createInterface({input: program.stdout})[Symbol.asyncIterator]();
	return {
		async ratePerSecond(ms) {
			program.stdin.write(`${ms}\n`);
			const {value} = await lines.next();
			const [count = NaN, itsMs = NaN] = String(value).split(' ').map(Number);
			return count * 1000 / itsMs;
		},
		end() {
			program.kill();
		},
	};
}

/** What the program says next. Rejects if it ends instead. */
async function nextMessage(program: ChildProcess): Promise<unknown> {
	const over = new AbortController();
	const message: Promise<unknown[]> = once(program, 'message', {signal: over.signal});
	const exit: Promise<unknown[]> = once(program, 'exit', {signal: over.signal});
	try {
		const [said] = await Promise.race([message, exit]);
		if (program.exitCode !== null || program.signalCode !== null) {
			throw new Error(`the program ended with ${program.exitCode ?? program.signalCode}`);
		}

		return said;
	} finally {
		over.abort();
	}
}
