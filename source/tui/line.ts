/** A line of the screen: pieces of text with roles, made exactly as wide as the place that it is for. */
import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import {type Role, type Theme} from './theme.js';

/** A piece of a line. */
export type Span = {readonly text: string; readonly role?: Role};

// Printable ASCII, Latin letters, typographic marks, arrows, frames and our own symbols take one column a character, and are nearly all that is drawn.
const isPlain = (text: string): boolean => /^[ -~¡-¬®-ÿ‐-‧←-⇿─-▟■-●⚠✓✗]*$/.test(text);

/** The columns that a text takes. */
export const widthOf = (text: string): number => isPlain(text) ? text.length : stringWidth(text);

/** The longest beginning of a text that fits, by whole graphemes. */
export function cut(text: string, width: number): string {
	if (widthOf(text) <= width) {
		return text;
	}

	if (width <= 0) {
		return '';
	}

	return isPlain(text) ? `${text.slice(0, width - 1)}…` : cliTruncate(text, width);
}

/** Draws the spans into exactly `width` columns: cut with `…`, filled with blanks. */
export function fit(theme: Theme, spans: readonly Span[], width: number): string {
	let drawn = '';
	let left = width;
	for (const {text, role = 'plain'} of spans) {
		if (left <= 0) {
			break;
		}

		const piece = cut(text, left);
		drawn += theme.paint(role, piece);
		left -= widthOf(piece);
	}

	return left > 0 ? drawn + ' '.repeat(left) : drawn;
}

/** One span at the left, one at the right, as far apart as `width` allows; the left one gives way. */
export function spread(left: readonly Span[], right: readonly Span[], width: number): readonly Span[] {
	const rightWidth = widthOfSpans(right);
	const room = width - rightWidth - 1;
	const kept: Span[] = [];
	let used = 0;
	for (const span of left) {
		const text = cut(span.text, Math.max(0, room - used));
		kept.push({...span, text});
		used += widthOf(text);
	}

	return [...kept, {text: ' '.repeat(Math.max(1, width - used - rightWidth))}, ...right];
}

/** The columns of several spans together. */
export const widthOfSpans = (spans: readonly Span[]): number => spans.reduce((sum, {text}) => sum + widthOf(text), 0);

/** Breaks a text into lines of at most `width` columns, at blanks where there are some. */
export const wrap = (text: string, width: number): readonly string[] =>
	widthOf(text) <= width ? [text] : wrapAnsi(text, width, {hard: true, trim: false}).split('\n').map((line, index) => index === 0 ? line : line.trimStart());
