/** Finds the panes on a screen by their borders, and says where a border is broken. */
import {type Cell} from './terminal-cells.js';

type Grid = ReadonlyArray<readonly Cell[]>;

/** Where a pane is: the columns of its two sides, and its first and last row with sides. */
type Place = {readonly left: number; readonly right: number; readonly top: number; readonly bottom: number};

const sides = /[│├┤]/v;

/** What a pane says, row by row, without its sides; empty if there is no such pane. */
export function paneIn(grid: Grid, peer: string): string {
	const place = placesOf(grid).find(({left, right, top}) => textOf(grid, top, left + 1, right).startsWith(` ${peer} `));
	if (!place) {
		return '';
	}

	const {left, right, top, bottom} = place;
	return Array.from({length: bottom - top + 1}, (_, index) => textOf(grid, top + index, left + 1, right).trimEnd()).join('\n');
}

/** Every place where a pane's border is not whole, in words. A whole screen has none, and at least one pane. */
export function brokenBorders(grid: Grid): readonly string[] {
	const places = placesOf(grid);
	const complaints = places.flatMap(place => complaintsAbout(grid, place));
	return places.length === 0 ? ['there is no pane'] : complaints;
}

/** A pane begins at a `╭` and ends at its `╰`, or where the next one begins, or above the hint line. */
function placesOf(grid: Grid): readonly Place[] {
	return grid.flatMap((row, top) => row.flatMap((cell, left) => cell.character === '╭' ? [{left, right: rightOf(row, left), top, bottom: bottomOf(grid, top, left)}] : []));
}

/** The next `╮`; if it is missing, the last place before the next pane, or of the row. */
function rightOf(row: readonly Cell[], left: number): number {
	const next = row.findIndex(({character}, column) => column > left && /[╭╮]/v.test(character));
	return next === -1 ? row.length - 1 : (row[next]?.character === '╮' ? next : next - 1);
}

const rowsUnderPanes = 3;

function bottomOf(grid: Grid, top: number, left: number): number {
	const next = grid.findIndex((row, index) => index > top && /[╭╰]/v.test(row[left]?.character ?? ''));
	return next === -1 ? grid.length - rowsUnderPanes - 1 : next - 1;
}

function complaintsAbout(grid: Grid, {left, right, top, bottom}: Place): readonly string[] {
	const complaints: string[] = [];
	const expectAt = (row: number, column: number, pattern: RegExp): void => {
		const character = textAt(grid, row, column);
		if (!pattern.test(character)) {
			complaints.push(`row ${row}, column ${column}: ${pattern} was due, there is ${JSON.stringify(character)}`);
		}
	};

	expectAt(top, right, /╮/v);
	for (let row = top + 1; row <= bottom; row++) {
		expectAt(row, left, sides);
		expectAt(row, right, sides);
	}

	if (textAt(grid, bottom + 1, left) === '╰') {
		expectAt(bottom + 1, right, /╯/v);
	}

	return complaints;
}

const textAt = (grid: Grid, row: number, column: number): string => grid[row]?.[column]?.character ?? '';

const textOf = (grid: Grid, row: number, from: number, to: number): string =>
	(grid[row] ?? []).slice(from, to).map(cell => cell.character).join('');
