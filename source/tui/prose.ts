/** Prose with `code` and **bold** in it, as lines of spans: broken at blanks, each word in the role that it is written in. */
import {widthOf, wrap, type Span} from './line.js';
import {type Role} from './theme.js';

type Word = {readonly text: string; readonly role: Role; /** Whether it stands at once after the word before. */ readonly isGlued: boolean};

/** Breaks a text into lines of at most `width` columns. */
export function wrapProse(text: string, width: number): ReadonlyArray<readonly Span[]> {
	const lines: Span[][] = [];
	let line: Span[] = [];
	let used = 0;
	for (const {text: word, role, isGlued} of wordsOf(text)) {
		for (const [index, piece] of (widthOf(word) > width ? wrap(word, width) : [word]).entries()) {
			const gap = used === 0 || (isGlued && index === 0) ? 0 : 1;
			if (used > 0 && used + gap + widthOf(piece) > width) {
				lines.push(line);
				line = [];
				used = 0;
			}

			const span = {text: (used === 0 ? '' : ' '.repeat(gap)) + piece, role};
			line.push(span);
			used += widthOf(span.text);
		}
	}

	return line.length > 0 ? [...lines, line] : lines;
}

/** Splits at blanks, and where the role changes. A mark without its partner is a character like any other. */
function wordsOf(text: string): readonly Word[] {
	const words: Word[] = [];
	let isAfterBlank = true;
	for (const part of text.split(/(?<marked>`[^`]+`|\*\*[^*]+\*\*)/v)) {
		const isCode = part.length > 2 && part.startsWith('`') && part.endsWith('`');
		const isBold = part.length > 4 && part.startsWith('**') && part.endsWith('**');
		const role: Role = isCode ? 'focus' : (isBold ? 'strong' : 'plain');
		const inner = isCode ? part.slice(1, -1) : (isBold ? part.slice(2, -2) : part);
		for (const piece of inner.split(/(?<blank>\s+)/v)) {
			if (piece.trim() === '') {
				isAfterBlank ||= piece !== '';
			} else {
				words.push({text: piece, role, isGlued: !isAfterBlank});
				isAfterBlank = false;
			}
		}
	}

	return words;
}
