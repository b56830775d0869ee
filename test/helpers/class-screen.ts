/** A class on a teacher's screen, in a real terminal. */
import {readCode} from '../../source/core/class/code.js';
import {program} from './program.js';
import {openTerminal, type TestTerminal} from './terminal.js';

export type ClassScreen = {readonly screen: TestTerminal; readonly door: string; readonly code: string; readonly line: readonly string[]};

/** Opens it at a free port, and waits for the line on the wall. */
export async function openClassScreen({columns = 120, rows = 40, command = program('class', '--endpoint', 'tcp://127.0.0.1:*')}: {readonly columns?: number; readonly rows?: number; readonly command?: readonly string[]} = {}): Promise<ClassScreen> {
	const screen = openTerminal({command, columns, rows});
	const shown = await screen.waitFor(/zmq-playground join \S+ [0-9A-Z]{4}-[0-9A-Z]{4}/v);
	const {place = '', code = ''} = /join (?<place>\S+) (?<code>\S+)/v.exec(shown)?.groups ?? {};
	return {screen, door: `tcp://${place}`, code: readCode(code) ?? '', line: ['join', place, code]};
}

/** Types a line of the teacher, and waits until it is taken. */
export async function say(screen: TestTerminal, line: string): Promise<void> {
	screen.type(line);
	await screen.waitFor(`› ${line}`);
	screen.press('Enter');
	await screen.waitFor(text => !text.includes(`› ${line}`), {label: `“${line}” to be taken`});
}
