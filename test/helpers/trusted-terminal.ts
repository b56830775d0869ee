/**
A terminal that outlives the program in it, as a person's does: the program runs under a shell, and what it leaves behind is looked at afterwards.
*/
import {expect} from 'vitest';
import {freePort, program, quoted} from './program.js';
import {brokenBorders} from './panes.js';
import {onlyChildOf} from './processes.js';
import {type TestTerminal} from './terminal.js';
import {watch, type WatchedTerminal} from './watched-terminal.js';

/** A roomy screen: the log of events is shown. */
const size = {columns: 100, rows: 30};

/** A pair at any free port whose server answers at once. */
export const quickPair: readonly string[] = [...freePort, '--delay', 'off'];

/** Runs a command line in a script that says its status and then waits. */
export const runInScript = (line: string, env: Readonly<Record<string, string>> = {}): WatchedTerminal =>
	watch({command: ['bash', '-c', `echo before; ${line}; echo "STATUS $?"; read`], ...size, env});

/** Starts the playground in a script, and waits until its pair is connected. */
export async function startInScript({command = program(...quickPair), env = {}}: {readonly command?: readonly string[]; readonly env?: Readonly<Record<string, string>>} = {}): Promise<WatchedTerminal> {
	const terminal = runInScript(quoted(command), env);
	await isUp(terminal);
	return terminal;
}

/** An interactive shell with job control; without line editing, which would itself switch bracketed paste on. */
export async function openJobShell(): Promise<WatchedTerminal> {
	const terminal = watch({command: ['bash', '--norc', '--noprofile', '--noediting', '-i'], ...size, env: {PS1: 'shell> '}});
	await hasPrompt(terminal);
	return terminal;
}

/** Waits until the shell waits for a line: its prompt is the last thing on the screen. */
export async function hasPrompt(terminal: TestTerminal): Promise<void> {
	await terminal.waitFor(/shell>\s*$/v, {label: 'the prompt of the shell'});
}

/** Waits until the playground shows a connected pair. */
export async function isUp(terminal: TestTerminal): Promise<void> {
	await terminal.waitFor(/client-1 {2}REQ {2}connected/v);
}

/** Waits until nothing but the playground is on the screen, and every border is whole. */
export async function isDrawnWhole(terminal: TestTerminal): Promise<void> {
	await terminal.waitFor(screen => screen.startsWith(' zmq-playground') && !screen.includes('shell>') && brokenBorders(terminal.cells()).length === 0, {label: 'the whole screen'});
}

/** The program under the shell. */
export const programIn = (terminal: TestTerminal): number => onlyChildOf(terminal.pid);

/** The process of its lab. */
export const labIn = (terminal: TestTerminal): number => onlyChildOf(programIn(terminal));

/** Waits for the end of the program, and gives its exit status. */
export async function statusOf(terminal: TestTerminal): Promise<number> {
	await terminal.waitFor(/STATUS \d+/v, {label: 'the program to end'});
	return Number(/STATUS (?<status>\d+)/v.exec(terminal.screen())?.groups?.['status']);
}

/** The terminal is as it was before. */
export function expectTerminalBack(terminal: TestTerminal): void {
	expect({...terminal.modes(), ...terminal.ttyState(), buffer: terminal.buffer()}).toEqual({
		bracketedPaste: false,
		cursorVisible: true,
		applicationCursorKeys: false,
		mouseTracking: 'none',
		mode: 'cooked',
		echo: true,
		buffer: 'normal',
	});
}

/** What the program left on the main screen: the lines between what was there before and its status. */
export const leftBehind = (terminal: TestTerminal): readonly string[] =>
	terminal.scrollback().split('\n').filter(line => line !== 'before' && !line.startsWith('STATUS'));
