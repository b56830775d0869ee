/**
Makes a screen the same in every run, so that a picture of it can be compared: what the clock, the kernel or the machine's speed decided
is replaced by something fixed, each character by one, so that nothing moves. All else is as the program drew it.

- times of day: the given ones, row by row
- event numbers: counted back from the given newest one
- the port of the server, which is any free one: 5560, as a person would see it
- durations: `3.002 s` for a round trip, `3.000 s` at the server, or `1.7 ms` and `0.2 ms` where nobody delays; a countdown stands at 2 s left and
  1 s waited, its bar at 4 of 10; who is stuck is so for 2 s
*/
import {type Cell} from './terminal-cells.js';

type Row = readonly Cell[];

/** What a picture shows instead: the time of each row that has one, from the top, and the number of the newest event. */
export type Moment = {readonly times: readonly string[]; readonly newest: number};

/** The same screen at a fixed moment. */
export function steadyCells(grid: readonly Row[], {times, newest}: Moment): readonly Row[] {
	const last = Number(/#(?<n>\d+)/v.exec(textOf(grid[0] ?? []))?.groups?.['n']);
	const remaining = [...times];
	return grid.map(row => {
		let steady = row;
		for (const {pattern, to} of rules) {
			steady = replaced(steady, pattern, to);
		}

		steady = replaced(steady, /#\d+/gv, () => `#${newest}`);
		steady = replaced(steady, /\b\d+(?= {2}\d\d:\d\d:\d\d\.)/gv, n => String(newest - (last - Number(n))));
		return withTime(withSteadyBar(steady), remaining);
	});
}

/** The cells as text; each is one column wide. */
const textOf = (row: Row): string => row.map(cell => cell.character).join('');

type Rule = {readonly pattern: RegExp; readonly to: (match: string) => string};

const rules: readonly Rule[] = [
	// A port of four digits leaves a blank over: before the header's facts, which end at the right, and behind an endpoint in a pane.
	{pattern: / libzmq \S+ · tcp:\/\/127\.0\.0\.1:\d{5}/gv, to: facts => ` ${facts.replace(/\d{5}$/v, '5560')}`},
	{pattern: /127\.0\.0\.1:\d{5};?/gv, to: match => `127.0.0.1:5560${match.endsWith(';') ? ';' : ''} `},
	{pattern: /after \d\.\d{3} s/gv, to: () => 'after 3.000 s'},
	{pattern: /(?<!after )\d\.\d{3} s(?! until)/gv, to: () => '3.002 s'},
	// Blanks stand before them: a longer one takes some of those.
	{pattern: / {2}(?:after )?\d+(?:\.\d)? ms/gv, to: match => (match.includes('after') ? 'after 0.2 ms' : '1.7 ms').padStart(match.length)},
	{pattern: /waits \d s/gv, to: () => 'waits 1 s'},
	{pattern: /\d s left/gv, to: () => '2 s left'},
	{pattern: /stuck for \d s/gv, to: () => 'stuck for 2 s'},
];

/** The row with each match replaced by a text of the same width, in the style that was there. */
function replaced(row: Row, pattern: RegExp, to: (match: string) => string): Row {
	const text = textOf(row);
	const steady = text.replaceAll(pattern, match => {
		const replacement = to(match);
		if (replacement.length !== match.length) {
			throw new Error(`${JSON.stringify(replacement)} is not as wide as ${JSON.stringify(match)}`);
		}

		return replacement;
	});
	return steady === text ? row : row.map((cell, column) => ({...cell, character: steady.charAt(column)}));
}

/** The row at the next of the times, if it has one. The log says milliseconds. */
function withTime(row: Row, times: string[]): Row {
	const pattern = /\d\d:\d\d:\d\d(?:\.\d{3})?/gv;
	if (!pattern.test(textOf(row))) {
		return row;
	}

	const time = times.shift() ?? '';
	return replaced(row, pattern, () => time);
}

const barFull = 4;

/** The row with its bar at a fixed length: full cells look like the first one, empty ones like the last one. */
function withSteadyBar(row: Row): Row {
	const bar = /(?<!▰)▰+▱+/v.exec(textOf(row));
	if (!bar) {
		return row;
	}

	const end = bar.index + bar[0].length;
	const [full, empty] = [row[bar.index], row[end - 1]];
	return row.map((cell, column) => {
		const isBar = column >= bar.index && column < end;
		return isBar ? (column < bar.index + barFull ? full : empty) ?? cell : cell;
	});
}
