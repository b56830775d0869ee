/*
Where a cursor may stand in a text, and how far a word goes. Positions are UTF-16 indices.

Each question looks only at the neighbourhood of the position: a pasted megabyte must not be segmented anew at each key.
*/

/** A function from a position in a text to another one. */
export type Motion = (text: string, position: number) => number;

// Segmentation barely depends on the language; a fixed one makes a recorded session repeatable.
const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});
const words = new Intl.Segmenter('en', {granularity: 'word'});

/** The graphemes of a text: an emoji, a flag, a letter with its marks count as one. */
export function graphemesOf(text: string): string[] {
	return Array.from(graphemes.segment(text), ({segment}) => segment);
}

/** The start of the grapheme before the position. */
export const previousGrapheme: Motion = (text, position) => graphemes.segment(text).containing(position - 1)?.index ?? 0;

/** The end of the grapheme at the position. */
export const nextGrapheme: Motion = (text, position) => {
	const segment = graphemes.segment(text).containing(position);
	return segment ? segment.index + segment.segment.length : text.length;
};

/** The nearest place at or after the position where a cursor may stand: an edit can join what was before it and what comes after it into one grapheme. */
export const nextBoundary: Motion = (text, position) => {
	const segment = graphemes.segment(text).containing(position);
	return !segment || segment.index === position ? position : segment.index + segment.segment.length;
};

/** The nearest place at or before the position where a cursor may stand. */
const previousBoundary: Motion = (text, position) => graphemes.segment(text).containing(position)?.index ?? position;

/** A longer word takes several steps. */
const longestWord = 4096;

/** The start of the word before the position. Space is skipped, and a run of punctuation or emoji is a word, too. */
export const previousWord: Motion = (text, position) => {
	const behind = text.slice(Math.max(0, position - longestWord), position);
	const segments = [...words.segment(behind)].toReversed();
	// Words may break inside a grapheme (in Thai, for one); the cursor may not.
	return previousBoundary(text, position - lengthOfWord(segments));
};

/** The end of the word after the position, with words as in `previousWord`. */
export const nextWord: Motion = (text, position) => {
	const ahead = text.slice(position, position + longestWord);
	return nextBoundary(text, position + lengthOfWord(words.segment(ahead)));
};

/** How far it is over space and then one word, in the order of travel. */
function lengthOfWord(segments: Iterable<Intl.SegmentData>): number {
	let length = 0;
	let passed: 'space' | 'sign' = 'space';
	for (const {segment, isWordLike} of segments) {
		const kind = segment.trim() === '' ? 'space' : (isWordLike ? 'word' : 'sign');
		if (passed === 'sign' && kind !== 'sign') {
			return length;
		}

		length += segment.length;
		if (kind === 'word') {
			return length;
		}

		passed = kind;
	}

	return length;
}
