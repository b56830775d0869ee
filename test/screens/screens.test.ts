/**
The readme's pictures, drawn from the grid of a real terminal in which the built program runs.

What differs from run to run is replaced by fixed text of the same width before a picture is drawn: times of day, the free port, the numbers of
events, and measured durations. Everything else is as the program drew it. `UPDATE_PICTURES=1` draws them anew.
*/
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {expect, test} from 'vitest';
import {freePort} from '../helpers/program.js';
import {openPlayground, type Playground} from '../helpers/playground.js';
import {screenToSvg} from '../helpers/svg.js';
import {type Cell} from '../helpers/terminal-cells.js';

const folder = new URL('../../.pictures/', import.meta.url);

/** What a measured text is shown as. Each replacement is as long as what it replaces. */
const fixed: ReadonlyArray<readonly [measured: RegExp, shown: string]> = [
	[/\d\d:\d\d:\d\d\.\d{3}/gv, '12:03:05.118'],
	[/\d\d:\d\d:\d\d(?!\.)/gv, '12:03:05'],
	[/127\.0\.0\.1:\d{5}/gv, '127.0.0.1:55600'],
	[/#\d\d/gv, '#23'],
	[/\d\.\d{3} s(?! until)/gv, '3.002 s'],
];

function withFixedText(rows: readonly Cell[][]): Cell[][] {
	let eventNumber = 20;
	return rows.map(cells => {
		let text = cells.map(({character}) => character).join('');
		const {length} = text;
		for (const [measured, shown] of fixed) {
			text = text.replaceAll(measured, () => shown);
		}

		text = text.replace(/(?<=^│ {3})\d\d(?= )/v, () => String(eventNumber++));
		expect(text).toHaveLength(length);
		return cells.map((cell, column) => ({...cell, character: text.charAt(column)}));
	});
}

function expectPicture(name: string, playground: Playground, title: string): void {
	const drawn = screenToSvg(withFixedText(playground.cells()), {title});
	const file = new URL(`${name}.svg`, folder);
	if (process.env['UPDATE_PICTURES'] !== undefined) {
		mkdirSync(folder, {recursive: true});
		writeFileSync(file, drawn);
	}

	expect(readFileSync(file, 'utf8'), 'the screen has changed: look at it, and run npm test with UPDATE_PICTURES=1').toBe(drawn);
}

test('a client that waits while the delay counts down, and a refusal that explains itself', async () => {
	const playground = await openPlayground({columns: 100, rows: 28, flags: [...freePort, '--delay', '3s', '--seed', '7']});
	await playground.ask('Hello', 1);
	playground.submit('A margherita, please');
	await playground.sees('server-1', '▰▰▰▰▱▱▱▱▱▱');
	expectPicture('waiting', playground, 'zmq-playground');

	playground.submit('Are you there?');
	await playground.sees('client-1', 'EFSM');
	await playground.sees('server-1', '▰▰▰▰▰▰▱▱▱▱');
	expectPicture('refusal', playground, 'zmq-playground');
});
