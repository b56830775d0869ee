/** Lines of an appendix that would not fit into a help's 80 columns. */

const width = 70;

/** Breaks a long notation at its bars. */
export const wrapUsage = (usage: string): readonly string[] => breakAt(usage, ' | ').map((line, index) => index === 0 ? line : `  | ${line}`);

/** Breaks a sentence between words. */
export const wrapSentence = (sentence: string): readonly string[] => breakAt(sentence, ' ');

function breakAt(text: string, separator: string): readonly string[] {
	const lines: string[] = [];
	for (const part of text.split(separator)) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + part.length < width) {
			lines[lines.length - 1] = last + separator + part;
		} else {
			lines.push(part);
		}
	}

	return lines;
}
