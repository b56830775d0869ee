// The program under test and the pseudo-terminal it runs in.
import {execFileSync} from 'node:child_process';
import {constants} from 'node:os';
import process from 'node:process';
import {spawn, type IPty} from '@lydell/node-pty';

/**
What to run, and in how large a terminal.
*/
export type TerminalOptions = {
	/**
	The program and its arguments.
	*/
	readonly command: readonly string[];
	readonly columns: number;
	readonly rows: number;
	/**
	On top of the test's own environment; `undefined` removes a variable.
	*/
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly cwd?: string;
};

/**
How the program ended: with a code, or by a signal such as `SIGTERM`; the other one is undefined.
*/
export type ExitStatus = {readonly code: number | undefined; readonly signal: string | undefined};

/**
The line discipline: `cooked` edits lines and turns Ctrl+C into a signal, `raw` hands over each byte.
*/
export type TtyState = {readonly mode: 'cooked' | 'raw'; readonly echo: boolean};

/**
The path of the program's side is public in node-pty's code, though not in its types.
*/
export type Pty = IPty & {readonly ptsName: string};

/**
What would make a program believe that it has no person, no colours, another size, or a developer watching.
*/
const unwantedVariables = [
	'CI', 'CONTINUOUS_INTEGRATION', 'NO_COLOR', 'FORCE_COLOR', 'INK_SCREEN_READER', 'COLUMNS', 'LINES', 'TMUX', 'STY', 'NODE_ENV', 'DEV',
];

/**
Starts the program in a new pseudo-terminal, as the leader of its own process group.
*/
export function startProgram({command, columns, rows, env = {}, cwd = process.cwd()}: TerminalOptions): Pty {
	const [program] = command;
	if (program === undefined || command.some(argument => typeof argument !== 'string')) {
		// `node-pty` hands them to native code unchecked, and Node dies of a segmentation fault.
		throw new TypeError(`A command is a list of one or more strings, not ${JSON.stringify(command)}.`);
	}

	return spawn(program, command.slice(1), {
		cols: columns, rows, cwd, env: childEnvironment(env),
	}) as Pty;
}

/**
Kills the program and the children in its process group.
*/
export function killGroup({pid}: Pty): void {
	// Right after its start the program has no group of its own yet, so that only its own id finds it.
	for (const target of [-pid, pid]) {
		try {
			process.kill(target, 'SIGKILL');
		} catch {
			// Not there: not yet, or no longer.
		}
	}
}

/**
Asks `stty` for the state of the program's tty, which is there for as long as the program runs.
*/
export function readTtyState({ptsName}: Pty): TtyState {
	const deviceFlag = process.platform === 'linux' ? '-F' : '-f';
	const output = execFileSync('stty', [deviceFlag, ptsName, '-a'], {encoding: 'utf8'});
	const settings = new Set(output.split(/[\s;]+/v));
	return {mode: settings.has('icanon') ? 'cooked' : 'raw', echo: settings.has('echo')};
}

/**
Node-pty reports code 0 with a signal, and signal 0 with a code.
*/
export function toExitStatus({exitCode, signal = 0}: {exitCode: number; signal?: number}): ExitStatus {
	if (signal === 0) {
		return {code: exitCode, signal: undefined};
	}

	const name = Object.entries(constants.signals).find(([, number]) => number === signal)?.[0];
	return {code: undefined, signal: name ?? `signal ${signal}`};
}

/**
One sentence for the message of a failed wait.
*/
export function describeExit(status: ExitStatus | undefined): string {
	if (!status) {
		return 'The program is running.';
	}

	return status.signal === undefined ? `The program ended with code ${status.code}.` : `The program was ended by ${status.signal}.`;
}

function childEnvironment(extra: Readonly<Record<string, string | undefined>>): Record<string, string> {
	const variables = new Map<string, string | undefined>([
		...Object.entries(process.env),
		...unwantedVariables.map((name): [string, undefined] => [name, undefined]),
		['TERM', 'xterm-256color'],
		['COLORTERM', 'truecolor'],
		...Object.entries(extra),
	]);
	// Node-pty would pass an undefined value on as the text "undefined".
	return Object.fromEntries([...variables].filter((entry): entry is [string, string] => entry[1] !== undefined));
}
