/** The built app in a terminal of 120x40, as a person has it, without a delay. */
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {openTerminal, type TerminalOptions, type TestTerminal} from '../helpers/terminal.js';
import {builtProgram} from './paths.js';

export const screenSize = {columns: 120, rows: 40};

/** Whether both panes say that the pair is there. */
export const isUp = (screen: string): boolean => screen.includes('listening · 1 peer') && /REQ {2}connected/.test(screen);

/** Starts the app; does not wait for it. `node` is the path of the Node to run it. */
export const startApp = ({node = process.execPath, env = {}}: {readonly node?: string; readonly env?: TerminalOptions['env']} = {}): TestTerminal =>
	openTerminal({command: [node, builtProgram, '--delay', 'off', '--seed', '1', '--endpoint', 'tcp://127.0.0.1:*'], env, ...screenSize});

/** Starts the app and waits until it is up. */
export async function openApp(): Promise<TestTerminal> {
	const app = startApp();
	await app.waitFor(isUp, {label: 'listening and connected'});
	return app;
}

/** Types a line and waits until the input line is empty again. */
export async function enter(app: TestTerminal, line: string): Promise<void> {
	app.type(line);
	await app.waitFor(screen => screen.includes(`› ${line}`), {label: `the line “${line}”`});
	app.press('Enter');
	await app.waitFor(screen => !screen.includes(`› ${line}`), {label: 'the line to be taken'});
}

/** How many exchanges the header says were asked. */
export const askedIn = (screen: string): number => Number(/ (?<asked>\d+) asked/.exec(screen)?.groups?.['asked'] ?? NaN);

/** What is asked a second, by the header alone, over at least `ms`: from one change of it to another. */
export async function askedPerSecond(app: TestTerminal, ms: number): Promise<number> {
	const first = await nextAsked(app);
	await pause(ms);
	const last = await nextAsked(app);
	return (last.asked - first.asked) * 1000 / (last.at - first.at);
}

/** Waits until the header has said the same for half a second; gives how many ms it went on changing. */
export async function settled(app: TestTerminal): Promise<number> {
	const start = performance.now();
	let lastChange = start;
	let asked = askedIn(app.screen());
	while (performance.now() - lastChange < 500) {
		await pause(20);
		const now = askedIn(app.screen());
		if (now === asked) {
			continue;
		}

		asked = now;
		lastChange = performance.now();
	}

	return lastChange - start;
}

async function nextAsked(app: TestTerminal): Promise<{readonly asked: number; readonly at: number}> {
	const before = askedIn(app.screen());
	const screen = await app.waitFor(now => askedIn(now) !== before, {label: 'the header to change'});
	return {asked: askedIn(screen), at: performance.now()};
}
