import {describe, expect, test} from 'vitest';
import {brokenBorders, paneIn} from './panes.js';
import {EmulatedTerminal} from './terminal-emulator.js';

class Screen extends EmulatedTerminal {
	async show(rows: readonly string[]): Promise<void> {
		await new Promise<void>(resolve => {
			this.xterm.write(rows.join('\r\n'), resolve);
		});
	}
}

const sideBySide = [
	'╭ one ─╮ ╭ two ─╮',
	'│ 日本 │ │ left │',
	'├──────┤ ├──────┤',
	'╰──────╯ ╰──────╯',
];
// As on the smallest screen: no lower edge, and three rows below.
const stacked = ['╭ one ─╮', '│ a    │', '╭ two ─╮', '│ b    │', 'hint', 'input', 'footer'];

/** The cells of a screen that shows these rows. */
async function cellsOf(rows: readonly string[]) {
	const screen = new Screen({columns: 17, rows: rows.length});
	await screen.show(rows);
	return screen.cells();
}

const changed = (rows: readonly string[], row: number, text: string) => rows.with(row, text);

test('a pane is read inside its borders', async () => {
	expect(paneIn(await cellsOf(sideBySide), 'one')).toBe(' one ─\n 日本\n──────');
	expect(paneIn(await cellsOf(sideBySide), 'two')).toBe(' two ─\n left\n──────');
	expect(paneIn(await cellsOf(stacked), 'one')).toBe(' one ─\n a');
	expect(paneIn(await cellsOf(stacked), 'two')).toBe(' two ─\n b');
	expect(paneIn(await cellsOf(stacked), 'three')).toBe('');
});

describe('broken borders', () => {
	test.each([['side by side', sideBySide], ['stacked', stacked]])('none, %s', async (_, rows) => {
		expect(brokenBorders(await cellsOf(rows))).toEqual([]);
	});

	test.each<[what: string, rows: readonly string[]]>([
		['no pane at all', ['hint']],
		['a corner that the title has pushed out, beside another pane', changed(sideBySide, 0, '╭ one two ╭ two ─╮')],
		['a corner that the title has pushed out', changed(sideBySide, 0, '╭ one ─╮ ╭ two th…')],
		['a side moved by a wide character', changed(sideBySide, 1, '│ 日本語 │ │ left │')],
		['a side missing', changed(sideBySide, 1, '│ 日本   │ left │')],
		['a lower corner missing', changed(sideBySide, 3, '╰──────╯ ╰───────')],
		['a row of another screen between stacked panes', changed(stacked, 3, 'ghost')],
	])('%s', async (_, rows) => {
		expect(brokenBorders(await cellsOf(rows))).not.toEqual([]);
	});
});
