/** The terminal is always given back: main screen, cooked mode, cursor and paste as they were, whatever ends or stops the program. */
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {program, quoted, sabotaged} from '../helpers/program.js';
import {isRunning, isStopped, onlyChildOf} from '../helpers/processes.js';
import {until} from '../helpers/socket-waits.js';
import {
	expectTerminalBack,
	hasPrompt,
	isDrawnWhole,
	isUp,
	labIn,
	leftBehind,
	openJobShell,
	programIn,
	quickPair,
	startInScript,
	statusOf,
} from '../helpers/trusted-terminal.js';

describe('a person leaves', () => {
	test('/quit leaves nothing on the terminal, and no process behind', async () => {
		const terminal = await startInScript();
		const lab = labIn(terminal);
		terminal.submit('/quit');
		expect(await statusOf(terminal)).toBe(0);
		expectTerminalBack(terminal);
		expect(leftBehind(terminal)).toEqual([]);
		expect(isRunning(lab)).toBe(false);
	});

	test('so does Ctrl+C', async () => {
		const terminal = await startInScript();
		terminal.press('Ctrl+c');
		expect(await statusOf(terminal)).toBe(0);
		expectTerminalBack(terminal);
		expect(leftBehind(terminal)).toEqual([]);
	});
});

describe('a signal ends the program, and the status says which', () => {
	test.each([['SIGTERM', 143], ['SIGHUP', 129], ['SIGINT', 130], ['SIGQUIT', 131]] as const)('%s', async (signal, status) => {
		const terminal = await startInScript();
		const lab = labIn(terminal);
		process.kill(programIn(terminal), signal);
		expect(await statusOf(terminal)).toBe(status);
		expectTerminalBack(terminal);
		await until(() => !isRunning(lab), 'the lab has ended too');
	});
});

describe('a mistake of ours is told in two lines on the main screen, and the status is 1', () => {
	test.each([
		['thrown while drawing', 'drawing', ['/hold', 'Hello']],
		['thrown in the fold', 'fold', ['poison']],
		['thrown while a key is handled', 'key', ['poison']],
	])('%s', async (_, place, lines) => {
		const terminal = await startInScript({command: sabotaged('saboteur.js', ...quickPair), env: {SABOTAGE: place}});
		const lab = labIn(terminal);
		for (const line of lines) {
			terminal.submit(line);
		}

		expect(await statusOf(terminal)).toBe(1);
		expectTerminalBack(terminal);
		expect(leftBehind(terminal)).toEqual([
			`zmq-playground: our mistake, not yours: sabotaged in ${place}`,
			'please report it with what you did last',
		]);
		await until(() => !isRunning(lab), 'the lab has ended too');
	});

	test('a promise that nobody awaits', async () => {
		const terminal = await startInScript({command: sabotaged('saboteur.js', ...quickPair), env: {SABOTAGE: 'promise'}});
		process.kill(programIn(terminal), 'SIGUSR2');
		expect(await statusOf(terminal)).toBe(1);
		expectTerminalBack(terminal);
		expect(leftBehind(terminal)).toHaveLength(2);
	});
});

describe('the lab can die: it is said, and /reset starts another with the transcript kept', () => {
	test('killed', async () => {
		const terminal = await startInScript();
		terminal.submit('Hello');
		await terminal.waitFor('◂ World');
		process.kill(labIn(terminal), 'SIGKILL');
		await terminal.waitFor('its process died (SIGKILL)');
		terminal.submit('/reset');
		await isUp(terminal);
		terminal.submit('Again');
		await terminal.waitFor(/Hello.*Again/sv);
		terminal.submit('/quit');
		expect(await statusOf(terminal)).toBe(0);
		expectTerminalBack(terminal);
	});

	test.each([
		['thrown in an actor', 'actor'],
		['thrown while a line is read', 'command'],
	])('%s', async (_, place) => {
		const terminal = await startInScript({command: sabotaged('saboteur.js', ...quickPair, '--reply', '{upper}'), env: {SABOTAGE: place}});
		terminal.submit('Hello');
		await terminal.waitFor('◂ HELLO');
		terminal.submit('poison');
		await terminal.waitFor(`its process died (exit status 1: Error: sabotaged in ${place}`);
		terminal.submit('/reset');
		await isUp(terminal);
		terminal.submit('Again');
		await terminal.waitFor(/Hello.*Again/sv);
		await terminal.waitFor('◂ AGAIN');
		terminal.press('Ctrl+c');
		expect(await statusOf(terminal)).toBe(0);
		expectTerminalBack(terminal);
	});
});

describe('stopped and continued', () => {
	test('Ctrl+Z gives the terminal to the shell, and fg takes it again; the sockets go on meanwhile', async () => {
		const terminal = await openJobShell();
		terminal.submit(quoted(program(...quickPair)));
		await isUp(terminal);
		const lab = labIn(terminal);
		terminal.press('Ctrl+z');
		await terminal.waitFor('Stopped');
		await hasPrompt(terminal);
		expectTerminalBack(terminal);
		expect(isStopped(lab)).toBe(false);
		terminal.submit('fg');
		await isUp(terminal);
		terminal.submit('Hello');
		await terminal.waitFor('◂ World');
		terminal.submit('/quit');
		await hasPrompt(terminal);
		expectTerminalBack(terminal);
	});

	test('Ctrl+Z works where something stands between the shell and the program, as npx does', async () => {
		const terminal = await openJobShell();
		terminal.submit(`bash -c ${quoted([`${quoted(program(...quickPair))}; echo over`])}`);
		await isUp(terminal);
		terminal.press('Ctrl+z');
		await terminal.waitFor('Stopped');
		await hasPrompt(terminal);
		expectTerminalBack(terminal);
		terminal.submit('fg');
		await isUp(terminal);
		terminal.submit('/quit');
		await terminal.waitFor('over');
		expectTerminalBack(terminal);
	});

	test('Ctrl+Z comes to nothing where no shell could continue it: the screen comes back by itself', async () => {
		const terminal = await startInScript();
		terminal.press('Ctrl+z');
		await terminal.waitFor(() => terminal.buffersShown.join(' ') === 'normal alternate normal alternate', {label: 'the screen to come back'});
		await isUp(terminal);
		terminal.submit('Hello');
		await terminal.waitFor('◂ World');
		terminal.submit('/quit');
		expect(await statusOf(terminal)).toBe(0);
		expectTerminalBack(terminal);
	});

	test('a stop from outside can\'t be prepared for; fg draws the screen anew, and the end gives the terminal back', async () => {
		const terminal = await openJobShell();
		terminal.submit(quoted(program(...quickPair)));
		await isUp(terminal);
		process.kill(onlyChildOf(terminal.pid), 'SIGSTOP');
		await hasPrompt(terminal);
		terminal.submit('fg');
		await isDrawnWhole(terminal);
		terminal.submit('Hello');
		await terminal.waitFor('◂ World');
		expect(terminal.modes().bracketedPaste).toBe(true);
		terminal.submit('/quit');
		await hasPrompt(terminal);
		expectTerminalBack(terminal);
	});
});
