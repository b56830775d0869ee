import {
	describe,
	expect,
	onTestFinished,
	test,
} from 'vitest';
import {openTerminal, type TestTerminal} from './terminal.js';

/**
Runs a shell script in a small terminal that goes away with the test.
*/
function bash(script: string, {columns = 40, rows = 6} = {}): TestTerminal {
	const terminal = openTerminal({command: ['bash', '-c', script], columns, rows});
	onTestFinished(async () => terminal.close());
	return terminal;
}

describe('what is shown', () => {
	test('switches buffers, cursor and modes, and back', async () => {
		const terminal = bash(String.raw`echo before; printf '\e[?1049h\e[?25l\e[?2004h\e[Hinside'; read; printf '\e[?1049l\e[?25h\e[?2004l'; echo after; read`);
		await terminal.waitFor('inside');
		expect(terminal.buffer()).toBe('alternate');
		expect(terminal.modes()).toMatchObject({bracketedPaste: true, cursorVisible: false});
		expect(terminal.screen()).not.toContain('before');
		expect(terminal.scrollback()).toBe('before');

		terminal.press('Enter');
		await terminal.waitFor('after');
		expect(terminal.buffer()).toBe('normal');
		expect(terminal.modes()).toMatchObject({bracketedPaste: false, cursorVisible: true});
		expect(terminal.scrollback()).toBe('before\nafter');
	});

	test('joins wrapped rows in the scrollback', async () => {
		const terminal = bash('echo 0123456789abc; echo next', {columns: 10});
		await terminal.waitForExit();
		expect(terminal.screen()).toMatch(/^0123456789\nabc\nnext\n/v);
		expect(terminal.scrollback()).toBe('0123456789abc\nnext');
	});

	test('gives wide characters two cells', async () => {
		const terminal = bash('printf "漢🚀👩‍🚀é|"; read', {columns: 12, rows: 1});
		await terminal.waitFor('|');
		const shown = terminal.cells()[0]?.map(({character, width}) => `${character}${width}`);
		expect(shown?.slice(0, 8)).toEqual(['漢2', '0', '🚀2', '0', '👩‍🚀2', '0', 'é1', '|1']);
		expect(terminal.cursor()).toEqual({column: 8, row: 0});
	});

	test('gives colours and styles', async () => {
		const terminal = bash(String.raw`printf '\e[1;31ma\e[0;2;38;5;200mb\e[0;7;48;2;1;2;255mc\e[0md'; read`, {columns: 5, rows: 1});
		await terminal.waitFor('d');
		const defaults = {foreground: {type: 'default'}, background: {type: 'default'}, bold: false, dim: false, inverse: false};
		expect(terminal.cells()[0]).toMatchObject([
			{...defaults, character: 'a', foreground: {type: 'palette', index: 1}, bold: true},
			{...defaults, character: 'b', foreground: {type: 'palette', index: 200}, dim: true},
			{...defaults, character: 'c', background: {type: 'rgb', hex: '#0102ff'}, inverse: true},
			{...defaults, character: 'd'},
			{...defaults, character: ' '},
		]);
	});
});
