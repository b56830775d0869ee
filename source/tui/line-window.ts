/*
The part of the input line that fits on the screen.

Law: never wider than the columns given, and the cursor is always in it. It depends on nothing but the line, so a resize needs no care: the cursor is in the middle where there is text on both sides to show, and nearer an edge at the ends.
*/
import stringWidth from 'string-width';
import {visible} from '../core/text.js';
import {graphemesOf} from './boundaries.js';
import {type LineEditor} from './line-editor.js';

/** What is drawn as one piece, and how many columns it takes. */
type Cell = {readonly text: string; readonly width: number};

/** One side of the cursor, the nearest cell first. */
type Side = {
	readonly cells: readonly Cell[];
	readonly width: number;
	/** Whether there is text beyond the cells listed. */
	readonly isCut: boolean;
};

const ellipsis: Cell = {text: '…', width: 1};
/** Where the cursor stands after the last character. */
const afterEnd: Side = {cells: [{text: '', width: 1}], width: 1, isCut: false};

/** The visible slice of the line, controls drawn as names, `…` where it is cut, and the column of the cursor in it. Measured with Ink's own `string-width`. */
export function window({text, cursor}: Pick<LineEditor, 'text' | 'cursor'>, columns: number): {text: string; cursorColumn: number} {
	if (columns < 1) {
		return {text: '', cursorColumn: 0};
	}

	const before = sideBefore(text, cursor, columns);
	const after = sideFrom(text, cursor, columns);
	// The cursor's own side has first call on one half, and on what the other side leaves free.
	const afterBudget = Math.max(Math.ceil(columns / 2), before.isCut ? 0 : columns - before.width);
	const shownAfter = fit(after, afterBudget);
	const shownBefore = fit(before, columns - (after.isCut ? afterBudget : Math.min(after.width, afterBudget)));
	return {
		text: drawn(shownBefore.toReversed()) + drawn(shownAfter),
		cursorColumn: widthOf(shownBefore),
	};
}

/** Far more text than so many columns can show, and far less than a pasted megabyte. */
function reachOf(columns: number): number {
	return 1024 + (columns * 32);
}

function sideBefore(text: string, cursor: number, columns: number): Side {
	const start = Math.max(0, cursor - reachOf(columns));
	const cells = cellsOf(text.slice(start, cursor)).toReversed();
	return {cells, width: widthOf(cells), isCut: start > 0};
}

function sideFrom(text: string, cursor: number, columns: number): Side {
	if (cursor === text.length) {
		return afterEnd;
	}

	const end = cursor + reachOf(columns);
	const cells = cellsOf(text.slice(cursor, end));
	return {cells, width: widthOf(cells), isCut: end < text.length};
}

/** A grapheme is one cell, or several where it is drawn by name: a `<202e>` may be cut, too. */
function cellsOf(text: string): Cell[] {
	return graphemesOf(visible(text)).map(grapheme => ({text: grapheme, width: stringWidth(grapheme)}));
}

/** The cells that fit into the budget, with an ellipsis outermost if some do not. */
function fit(side: Side, budget: number): readonly Cell[] {
	if (side.width <= budget && !side.isCut) {
		return side.cells;
	}

	if (budget < ellipsis.width) {
		return [];
	}

	let room = budget - ellipsis.width;
	const firstOut = side.cells.findIndex(({width}) => {
		room -= width;
		return room < 0;
	});
	return [...(firstOut === -1 ? side.cells : side.cells.slice(0, firstOut)), ellipsis];
}

function widthOf(cells: readonly Cell[]): number {
	let width = 0;
	for (const cell of cells) {
		width += cell.width;
	}

	return width;
}

function drawn(cells: readonly Cell[]): string {
	return cells.map(cell => cell.text).join('');
}
