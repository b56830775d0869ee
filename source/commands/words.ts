/**
Words of a command line: split at blanks, with double quotes for blanks and empty words, and \ before a quote or a backslash.
*/

/** The words, or undefined if a quote is left open. */
export function splitWords(text: string): readonly string[] | undefined {
	const words: string[] = [];
	let word: string | undefined;
	let isQuoted = false;
	for (let index = 0; index < text.length; index++) {
		const character = text.charAt(index);
		if (character === '\\' && /["\\]/.test(text.charAt(index + 1))) {
			word = (word ?? '') + text.charAt(++index);
		} else if (character === '"') {
			isQuoted = !isQuoted;
			word ??= '';
		} else if (!isQuoted && /\s/.test(character)) {
			if (word !== undefined) {
				words.push(word);
			}

			word = undefined;
		} else {
			word = (word ?? '') + character;
		}
	}

	if (isQuoted) {
		return undefined;
	}

	return word === undefined ? words : [...words, word];
}
