/**
Prose with `code` and **bold** in it, as lines of spans: broken at blanks, each word in the role that it is written in. What is to be typed stays on
one line if it can, so that it is seen whole.
*/
import {widthOf, wrap, type Span} from './line.js';
import {type Role} from './theme.js';

/** `isGlued`: it stands at once after the word before. `isTied`: it stays on the line of the word before. */
type Word = {readonly text: string; readonly role: Role; readonly isGlued: boolean; readonly isTied: boolean};

/** Breaks a text into lines of at most `width` columns. */
export function wrapProse(text: string, width: number): ReadonlyArray<readonly Span[]> {
	const lines: Span[][] = [];
	let line: Span[] = [];
	let used = 0;
	for (const words of chunksOf(wordsOf(text), width)) {
		const length = lengthOf(words);
		if (used > 0 && length <= width && used + gapBefore(words) + length > width) {
			lines.push(line);
			line = [];
			used = 0;
		}

		for (const word of words) {
			for (const [index, piece] of (widthOf(word.text) > width ? wrap(word.text, width) : [word.text]).entries()) {
				const gap = used === 0 ? 0 : (index === 0 ? gapBefore([word]) : 1);
				if (used > 0 && used + gap + widthOf(piece) > width) {
					lines.push(line);
					line = [];
					used = 0;
				}

				const span = {text: (used === 0 ? '' : ' '.repeat(gap)) + piece, role: word.role};
				line.push(span);
				used += widthOf(span.text);
			}
		}
	}

	return line.length > 0 ? [...lines, line] : lines;
}

const gapBefore = ([word]: readonly Word[]): number => word?.isGlued ? 0 : 1;

/** The words that stay together: where that is more than a line, only what has no blank between it. */
const chunksOf = (words: readonly Word[], width: number): ReadonlyArray<readonly Word[]> =>
	grouped(words, ({isTied}) => isTied).flatMap(chunk => lengthOf(chunk) <= width ? [chunk] : grouped(chunk, ({isGlued}) => isGlued));

/** Each word that `joins` goes to the group of the word before. */
function grouped(words: readonly Word[], joins: (word: Word) => boolean): ReadonlyArray<readonly Word[]> {
	const groups: Word[][] = [];
	for (const word of words) {
		const last = groups.at(-1);
		if (last && joins(word)) {
			last.push(word);
		} else {
			groups.push([word]);
		}
	}

	return groups;
}

/** The columns that words take on one line. */
const lengthOf = (words: readonly Word[]): number =>
	words.reduce((sum, word, index) => sum + (index === 0 ? 0 : gapBefore([word])) + widthOf(word.text), 0);

/** Splits at blanks, and where the role changes. A mark without its partner is a character like any other. */
function wordsOf(text: string): readonly Word[] {
	const words: Word[] = [];
	let isAfterBlank = true;
	for (const part of text.split(/(?<marked>`[^`]+`|\*\*[^*]+\*\*)/v)) {
		const isCode = part.length > 2 && part.startsWith('`') && part.endsWith('`');
		const isBold = part.length > 4 && part.startsWith('**') && part.endsWith('**');
		const role: Role = isCode ? 'focus' : (isBold ? 'strong' : 'plain');
		const inner = isCode ? part.slice(1, -1) : (isBold ? part.slice(2, -2) : part);
		let isWithin = false;
		for (const piece of inner.split(/(?<blank>\s+)/v)) {
			if (piece.trim() === '') {
				isAfterBlank ||= piece !== '';
			} else {
				words.push({text: piece, role, isGlued: !isAfterBlank, isTied: !isAfterBlank || (isCode && isWithin)});
				isAfterBlank = false;
				isWithin = true;
			}
		}
	}

	return words;
}
