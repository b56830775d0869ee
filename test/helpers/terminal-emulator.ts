// The terminal that the program believes to be in: xterm without a window, set up as the tests need it.
import graphemes from '@xterm/addon-unicode-graphemes';
import headless, {type Terminal} from '@xterm/headless';
import {
	normalBufferText,
	paddedRows,
	readCells,
	screenRows,
	type Cell,
} from './terminal-cells.js';

/**
The switches a full-screen program must put back when it leaves.
*/
export type TerminalModes = {
	readonly bracketedPaste: boolean;
	readonly cursorVisible: boolean;
	readonly applicationCursorKeys: boolean;
	readonly mouseTracking: Terminal['modes']['mouseTrackingMode'];
};

const scrollbackRows = 10_000;
const cursorMode = 25;

/**
What a terminal shows. Rows and columns count from 0.
*/
export class EmulatedTerminal {
	readonly #isCursorVisible: () => boolean;
	protected readonly xterm: Terminal;

	constructor({columns, rows}: {readonly columns: number; readonly rows: number}) {
		this.xterm = new headless.Terminal({
			cols: columns, rows, scrollback: scrollbackRows, allowProposedApi: true,
		});
		// Without it an emoji is one column wide, and everything to its right is off by one.
		this.xterm.loadAddon(new graphemes.UnicodeGraphemesAddon());
		this.#isCursorVisible = trackCursorVisibility(this.xterm);
	}

	/**
	The visible rows, each without the spaces at its end, joined by newlines.
	*/
	screen(): string {
		return screenRows(this.xterm).join('\n');
	}

	/**
	One visible row without the spaces at its end.
	*/
	row(index: number): string {
		return screenRows(this.xterm)[index] ?? '';
	}

	/**
	The visible cells, row by row: for pictures, and for tests of colour and width.
	*/
	cells(): Cell[][] {
		return readCells(this.xterm);
	}

	/**
	Where the cursor is. After a character in the last column it is just outside, at `columns`.
	*/
	cursor(): {column: number; row: number} {
		const {cursorX, cursorY} = this.xterm.buffer.active;
		return {column: cursorX, row: cursorY};
	}

	/**
	Which of its two buffers the terminal shows.
	*/
	buffer(): 'alternate' | 'normal' {
		return this.xterm.buffer.active.type;
	}

	/**
	All text of the normal buffer, scrolled off or not, also while the alternate one shows: what a program leaves behind.
	Rows that the terminal wrapped are one line again.
	*/
	scrollback(): string {
		return normalBufferText(this.xterm);
	}

	/**
	The switches the program has thrown, such as bracketed paste and a hidden cursor.
	*/
	modes(): TerminalModes {
		const {bracketedPasteMode, applicationCursorKeysMode, mouseTrackingMode} = this.xterm.modes;
		return {
			bracketedPaste: bracketedPasteMode,
			cursorVisible: this.#isCursorVisible(),
			applicationCursorKeys: applicationCursorKeysMode,
			mouseTracking: mouseTrackingMode,
		};
	}

	/**
	The whole screen in a box under its size, for the message of a failed wait.
	*/
	drawing(): string {
		const {cols, rows} = this.xterm;
		const edge = '─'.repeat(cols);
		const boxed = paddedRows(this.xterm).map(row => `│${row}│`);
		return [`The ${this.buffer()} screen, ${cols}x${rows}:`, `┌${edge}┐`, ...boxed, `└${edge}┘`].join('\n');
	}
}

function trackCursorVisibility({parser}: Terminal): () => boolean {
	let isVisible = true;
	// False means "not handled": xterm's own handlers must see the sequences too.
	const watchMode = (final: string, willBeVisible: boolean): void => {
		parser.registerCsiHandler({prefix: '?', final}, parameters => {
			isVisible = parameters.includes(cursorMode) ? willBeVisible : isVisible;
			return false;
		});
	};

	watchMode('h', true);
	watchMode('l', false);
	// A full reset, RIS, shows it as well.
	parser.registerEscHandler({final: 'c'}, () => {
		isVisible = true;
		return false;
	});

	return () => isVisible;
}
