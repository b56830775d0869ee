// Reads xterm's buffers: as text for conditions, as styled cells for pictures.
import type {Terminal} from '@xterm/headless';

/**
A colour as the program asked for it; what `default` and the palette look like is the picture's choice.
*/
export type CellColor =
	| {readonly type: 'default'}
	| {readonly type: 'palette'; readonly index: number}
	| {readonly type: 'rgb'; readonly hex: string};

/**
One place of the grid. A wide character takes two cells: its own, of width 2, and an empty one of width 0 to its right.
A blank cell holds a space.
*/
export type Cell = {
	readonly character: string;
	readonly width: number;
	readonly foreground: CellColor;
	readonly background: CellColor;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly italic: boolean;
	readonly underline: boolean;
	readonly strikethrough: boolean;
	readonly inverse: boolean;
};

type BufferCell = ReturnType<Terminal['buffer']['active']['getNullCell']>;

/**
The visible rows of the active buffer, each padded with spaces to the full width.
*/
export function paddedRows(terminal: Terminal): string[] {
	const buffer = terminal.buffer.active;
	return Array.from({length: terminal.rows}, (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(false, 0, terminal.cols) ?? '');
}

/**
The visible rows of the active buffer without the spaces at their ends.
*/
export function screenRows(terminal: Terminal): string[] {
	return paddedRows(terminal).map(row => withoutTrailingSpaces(row));
}

/**
Everything in the normal buffer, scrolled off or not: wrapped rows joined again, empty rows at the end left out.
*/
export function normalBufferText(terminal: Terminal): string {
	const buffer = terminal.buffer.normal;
	const lines: string[] = [];
	for (let index = 0; index < buffer.length; index++) {
		const line = buffer.getLine(index);
		const text = line?.translateToString(false, 0, terminal.cols) ?? '';
		if (line?.isWrapped) {
			lines.push((lines.pop() ?? '') + text);
		} else {
			lines.push(text);
		}
	}

	const texts = lines.map(line => withoutTrailingSpaces(line));
	return texts.slice(0, texts.findLastIndex(text => text !== '') + 1).join('\n');
}

/**
The visible cells of the active buffer, row by row.
*/
export function readCells(terminal: Terminal): Cell[][] {
	const buffer = terminal.buffer.active;
	return Array.from({length: terminal.rows}, (_, row) => {
		const line = buffer.getLine(buffer.baseY + row);
		return Array.from({length: terminal.cols}, (__, column) => toCell(line?.getCell(column) ?? buffer.getNullCell()));
	});
}

function toCell(cell: BufferCell): Cell {
	const width = cell.getWidth();
	const isBlank = width > 0 && (cell.getChars() === '' || cell.isInvisible() !== 0);
	return {
		character: isBlank ? ' ' : cell.getChars(),
		width,
		foreground: toColor(cell.getFgColor(), {isRgb: cell.isFgRGB(), isPalette: cell.isFgPalette()}),
		background: toColor(cell.getBgColor(), {isRgb: cell.isBgRGB(), isPalette: cell.isBgPalette()}),
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
		italic: cell.isItalic() !== 0,
		underline: cell.isUnderline() !== 0,
		strikethrough: cell.isStrikethrough() !== 0,
		inverse: cell.isInverse() !== 0,
	};
}

function toColor(value: number, {isRgb, isPalette}: {isRgb: boolean; isPalette: boolean}): CellColor {
	if (isRgb) {
		return {type: 'rgb', hex: `#${value.toString(16).padStart(6, '0')}`};
	}

	return isPalette ? {type: 'palette', index: value} : {type: 'default'};
}

// Only spaces: `trimEnd` would also hide a no-break space that the program drew.
function withoutTrailingSpaces(text: string): string {
	let end = text.length;
	while (text[end - 1] === ' ') {
		end--;
	}

	return text.slice(0, end);
}
