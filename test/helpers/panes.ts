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
	return grid.flatMap((row, top) => row.flatMap((cell, left) => {
		if (cell.character !== '╭') {
			return [];
		}

		const right = row.findIndex((other, column) => column > left && other.character === '╮');
		return [{left, right: right === -1 ? row.length - 1 : right, top, bottom: bottomOf(grid, top, left)}];
	}));
}

const rowsUnderPanes = 3;

function bottomOf(grid: Grid, top: number, left: number): number {
	const next = grid.findIndex((row, index) => index > top && /[╭╰]/v.test(row[left]?.character ?? ''));
	return next === -1 ? grid.length - rowsUnderPanes - 1 : next - 1;
}

function complaintsAbout(grid: Grid, {left, right, top, bottom}: Place): readonly string[] {
	const complaints: string[] = [];
	const expectAt = (row: number, column: number, pattern: RegExp): void => {
		const character = grid[row]?.[column]?.character ?? '';
		if (!pattern.test(character)) {
			complaints.push(`row ${row}, column ${column}: ${pattern} was due, there is ${JSON.stringify(character)}`);
		}
	};

	expectAt(top, right, /╮/v);
	for (let row = top + 1; row <= bottom; row++) {
		expectAt(row, left, sides);
		expectAt(row, right, sides);
	}

	if (grid[bottom + 1]?.[left]?.character === '╰') {
		expectAt(bottom + 1, right, /╯/v);
	}

	return complaints;
}

const textOf = (grid: Grid, row: number, from: number, to: number): string =>
	(grid[row] ?? []).slice(from, to).map(cell => cell.character).join('');
