/**
A log that only grows, and under it the input line: what a screen reader can follow. Nothing that was said is ever touched again;
a new line takes the place of the input line, which is then written once more under it.
*/
import {echo, emptyLine, type DrawnLine} from './echo.js';

const eraseRow = '\r\u{1B}[K';

export class SpokenLog {
	readonly #write: (text: string) => void;
	#line = emptyLine;

	constructor(write: (text: string) => void) {
		this.#write = write;
	}

	/** Says these, and shows the input line as it is now. In one write, so that nothing comes between. */
	update(said: readonly string[], line: DrawnLine): void {
		const text = said.length === 0
			? echo(this.#line, line)
			: (this.#line.text === '' ? '' : eraseRow) + said.map(each => `${each}\r\n`).join('') + echo(emptyLine, line);
		this.#line = line;
		if (text !== '') {
			this.#write(text);
		}
	}

	/** Leaves the input line where it is, as a part of what was said: what was typed has been handed over. */
	endLine(): void {
		if (this.#line.text !== '') {
			this.#write('\r\n');
			this.#line = emptyLine;
		}
	}

	/** The terminal has changed its width or was somebody else's meanwhile: where the line stands is not known. */
	forgetLine(): void {
		this.#write('\r\n');
		this.#line = emptyLine;
	}
}
