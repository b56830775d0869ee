// Draws what a terminal shows as a picture for the readme. Each run of equal style is a `text` element of its own, and not
// a `tspan` in one, because Firefox ignores `textLength` on a `tspan`; with it, columns stay aligned whatever the font.
import {palette, theme} from './svg-colors.js';
import {type Cell, type CellColor} from './terminal-cells.js';

/**
Sizes in the units of the picture, which are pixels unless it is scaled.
*/
const cellWidth = 8.4;
// Box-drawing characters of the usual fonts are about 1.17 em high: taller rows would tear vertical lines apart.
const cellHeight = 16;
const fontSize = 14;
const baseline = 12.25;
const padding = 14;
const titleHeight = 34;
const cornerRadius = 8;
const dimOpacity = 0.55;
const fontFamily = 'ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', \'Liberation Mono\', monospace';

/**
How a cell looks, with the defaults filled in and inverse video carried out.
*/
type Style = {
	readonly ink: string;
	readonly paper: string;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly italic: boolean;
	readonly decoration: string;
};

/**
Neighbouring cells of one style; wide cells run with wide ones only, or stretching would misplace them.
*/
type Run = {readonly column: number; readonly style: Style; readonly cellWidth: number; text: string; width: number};

/**
Draws a grid of cells as a standalone SVG document: the same cells give the same text.

@param cells Row by row, as `terminal.cells()` gives them.
@param options The caption.
@param options.title Shown in the window's title bar, and read out by screen readers.
*/
export function screenToSvg(cells: ReadonlyArray<readonly Cell[]>, {title}: {readonly title: string}): string {
	const columns = Math.max(0, ...cells.map(row => row.length));
	const width = coordinate((columns * cellWidth) + (2 * padding));
	const height = coordinate((cells.length * cellHeight) + titleHeight + padding);
	const runs = cells.map(row => toRuns(row));
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
		`<title>${escaped(title)}</title>`,
		`<rect width="${width}" height="${height}" rx="${cornerRadius}" fill="${theme.background}"/>`,
		...windowButtons(),
		`<g font-family="${fontFamily}" font-size="${fontSize}" xml:space="preserve">`,
		`<text x="${coordinate(Number(width) / 2)}" y="22" text-anchor="middle" fill="${theme.title}">${escaped(title)}</text>`,
		...runs.flatMap((row, index) => row.flatMap(run => drawPaper(run, index))),
		...runs.flatMap((row, index) => row.flatMap(run => drawText(run, index))),
		'</g>',
		'</svg>',
		'',
	].join('\n');
}

function toRuns(row: readonly Cell[]): Run[] {
	const runs: Run[] = [];
	for (const [column, cell] of row.entries()) {
		// The right half of a wide character: its left half has counted it.
		if (cell.width === 0) {
			continue;
		}

		const style = toStyle(cell);
		const last = runs.at(-1);
		if (last?.cellWidth === cell.width && isSameStyle(last.style, style)) {
			last.text += cell.character;
			last.width += cell.width;
		} else {
			runs.push({
				column, style, cellWidth: cell.width, text: cell.character, width: cell.width,
			});
		}
	}

	return runs;
}

function toStyle(cell: Cell): Style {
	const foreground = toHex(cell.foreground, theme.foreground);
	const background = toHex(cell.background, theme.background);
	return {
		ink: cell.inverse ? background : foreground,
		paper: cell.inverse ? foreground : background,
		bold: cell.bold,
		dim: cell.dim,
		italic: cell.italic,
		decoration: [cell.underline ? 'underline' : '', cell.strikethrough ? 'line-through' : ''].filter(Boolean).join(' '),
	};
}

function isSameStyle(one: Style, other: Style): boolean {
	return (Object.keys(one) as Array<keyof Style>).every(key => one[key] === other[key]);
}

function toHex(color: CellColor, fallback: string): string {
	switch (color.type) {
		case 'default': {
			return fallback;
		}

		case 'palette': {
			return palette[color.index] ?? fallback;
		}

		case 'rgb': {
			return color.hex;
		}
	}
}

function drawPaper({column, style, width}: Run, row: number): string[] {
	if (style.paper === theme.background) {
		return [];
	}

	const {x, y} = position(column, row);
	return [`<rect x="${x}" y="${y}" width="${coordinate(width * cellWidth)}" height="${cellHeight}" fill="${style.paper}"/>`];
}

function drawText(run: Run, row: number): string[] {
	const {column, style, text, width} = run.style.decoration === '' ? withoutOuterSpaces(run) : run;
	if (text === '') {
		return [];
	}

	const {x, y} = position(column, row, baseline);
	const attributes = [
		`x="${x}" y="${y}" textLength="${coordinate(width * cellWidth)}" lengthAdjust="spacingAndGlyphs" fill="${style.ink}"`,
		style.bold ? 'font-weight="bold"' : '',
		style.italic ? 'font-style="italic"' : '',
		style.dim ? `fill-opacity="${dimOpacity}"` : '',
		style.decoration === '' ? '' : `text-decoration="${style.decoration}"`,
	].filter(Boolean).join(' ');
	// Viewers collapse ordinary spaces in spite of `xml:space`, which some of them no longer know.
	return [`<text ${attributes}>${escaped(text).replaceAll(' ', '\u{A0}')}</text>`];
}

function withoutOuterSpaces(run: Run): Run {
	const left = run.text.length - run.text.trimStart().length;
	const text = run.text.trim();
	return {
		...run, text, column: run.column + left, width: run.width - (run.text.length - text.length),
	};
}

function position(column: number, row: number, below = 0): {x: string; y: string} {
	return {x: coordinate(padding + (column * cellWidth)), y: coordinate(titleHeight + (row * cellHeight) + below)};
}

function windowButtons(): string[] {
	return theme.buttons.map((color, index) => `<circle cx="${20 + (index * 18)}" cy="17" r="5.5" fill="${color}"/>`);
}

/**
At most two decimals, so that sums of fractions look the same everywhere.
*/
function coordinate(value: number): string {
	return String(Math.round(value * 100) / 100);
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
