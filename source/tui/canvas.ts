/** One line of cells on which texts are put at columns, later ones over earlier ones; drawn in the end as runs of one role. */
import {cut, fit, widthOf} from './line.js';
import {type Role, type Theme} from './theme.js';

type Cell = {readonly text: string; readonly role: Role};

export class Canvas {
	readonly #cells: Array<Cell | undefined>;

	constructor(width: number) {
		this.#cells = Array.from({length: width});
	}

	/** Puts a text at a column; what lies outside is left out. */
	put(column: number, text: string, role: Role = 'plain'): void {
		const shown = cut(text, Math.max(0, this.#cells.length - column));
		if (isPlain.test(shown)) {
			for (let index = Math.max(0, -column); index < shown.length; index++) {
				this.#cells[column + index] = {text: shown.charAt(index), role};
			}

			return;
		}

		let at = column;
		for (const {segment} of segmenter.segment(shown)) {
			const width = widthOf(segment);
			if (width > 0 && at >= 0) {
				this.#cells[at] = {text: segment, role};
				// The right half of a wide character is its own.
				for (let half = at + 1; half < Math.min(at + width, this.#cells.length); half++) {
					this.#cells[half] = {text: '', role};
				}
			}

			at += width;
		}
	}

	/** Puts a text so that it has its middle at a column. */
	putCentred(column: number, text: string, role: Role = 'plain'): void {
		this.put(Math.max(0, column - Math.floor(widthOf(text) / 2)), text, role);
	}

	/** The line, exactly as wide as the canvas. */
	draw(theme: Theme): string {
		const spans: Array<{text: string; readonly role: Role}> = [];
		for (const cell of this.#cells) {
			const {text, role} = cell ?? {text: ' ', role: 'plain' as const};
			const last = spans.at(-1);
			if (last?.role === role) {
				last.text += text;
			} else {
				spans.push({text, role});
			}
		}

		return fit(theme, spans, this.#cells.length);
	}
}

/** One column each, and no segmenting to be done: ASCII and what lines are drawn with. */
const isPlain = /^[\u{20}-\u{7E}\u{2500}-\u{259F}]*$/v;
const segmenter = new Intl.Segmenter();
