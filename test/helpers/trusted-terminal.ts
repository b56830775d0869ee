/**
A terminal that outlives the program in it, as a person's does: the program runs under a shell, and what it leaves behind is looked at afterwards.
*/
import {expect, onTestFinished} from 'vitest';
import {program, quoted} from './program.js';
import {onlyChildOf} from './processes.js';
import {openTerminal, type TestTerminal} from './terminal.js';

/** A roomy screen: the log of events is shown. */
const size = {columns: 100, rows: 30};

const openShell = (command: readonly string[], env: Readonly<Record<string, string>> = {}): TestTerminal => {
	const terminal = openTerminal({command, ...size, env});
	onTestFinished(async () => terminal.close());
	return terminal;
};

/** Runs a command line in a script that says its status and waits. Whatever the shell itself says about signals goes nowhere. */
export const runInScript = (line: string, env?: Readonly<Record<string, string>>): TestTerminal =>
	openShell(['bash', '-c', `echo before; ${line}; echo "STATUS $?"; read`], env);

/** Starts the playground in a script, and waits until its pair is connected. */
export async function startInScript({command = program('--endpoint', 'tcp://127.0.0.1:*'), env = {}}: {readonly command?: readonly string[]; readonly env?: Readonly<Record<string, string>>} = {}): Promise<TestTerminal> {
	const terminal = runInScript(quoted(command), env);
	await isUp(terminal);
	return terminal;
}

/** An interactive shell with job control; without line editing, which would itself switch bracketed paste on. */
export async function openJobShell(): Promise<TestTerminal> {
	const terminal = openShell(['bash', '--norc', '--noprofile', '--noediting', '-i'], {PS1: 'shell> '});
	await terminal.waitFor('shell>');
	return terminal;
}

/** Waits until the playground shows a connected pair. */
export async function isUp(terminal: TestTerminal): Promise<void> {
	await terminal.waitFor(/client-1 {2}REQ {2}connected/v);
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

/** Types a line and presses Enter. */
export function enter(terminal: TestTerminal, line: string): void {
	terminal.type(line);
	terminal.press('Enter');
}
