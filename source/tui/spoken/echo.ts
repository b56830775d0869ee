/**
The input line as a screen reader wants it: of what is typed only what is new is written, as a plain terminal echoes it. A line written
anew at each key would be read anew at each key.
*/
import stringWidth from 'string-width';
import {graphemesOf} from '../boundaries.js';

/** A line as it stands on one row of the terminal, and the column of the cursor in it. */
export type DrawnLine = {readonly text: string; readonly column: number};

export const emptyLine: DrawnLine = {text: '', column: 0};

const eraseToEnd = '\u{1B}[K';

/** What to write so that the first line becomes the second. Both fit into their row. */
export function echo(before: DrawnLine, after: DrawnLine): string {
	const [old, fresh] = [graphemesOf(before.text), graphemesOf(after.text)];
	const firstOther = fresh.findIndex((grapheme, index) => grapheme !== old[index]);
	const same = firstOther === -1 ? Math.min(fresh.length, old.length) : firstOther;
	const rest = fresh.slice(same).join('');
	if (rest === '' && old.length === same) {
		return moved(before.column, after.column);
	}

	const begin = stringWidth(fresh.slice(0, same).join(''));
	const end = begin + stringWidth(rest);
	const isShorter = stringWidth(before.text) > end;
	return moved(before.column, begin) + rest + (isShorter ? eraseToEnd : '') + moved(end, after.column);
}

/** The cursor from one column to another: by backspaces while they are few, which speak least. */
function moved(from: number, to: number): string {
	if (to < from) {
		return from - to <= 4 ? '\b'.repeat(from - to) : `\u{1B}[${from - to}D`;
	}

	return to === from ? '' : `\u{1B}[${to - from}C`;
}
