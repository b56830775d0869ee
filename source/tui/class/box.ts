/** A frame with a title, filled from above, exactly as large as its place. */
import {fit, widthOfSpans, type Span} from '../line.js';
import {type Role, type Theme} from '../theme.js';

export type Box = {readonly title: readonly Span[]; readonly width: number; readonly height: number; readonly role?: Role};

export function boxed(theme: Theme, {title, width, height, role = 'quiet'}: Box, lines: ReadonlyArray<readonly Span[]>): readonly string[] {
	const {border} = theme.symbols;
	const inner = width - 2;
	const shown = title.length === 0 ? [] : [{text: ' '}, ...title, {text: ' '}];
	const used = Math.min(widthOfSpans(shown), inner);
	const edge = theme.paint(role, border.vertical);
	return [
		theme.paint(role, border.topLeft) + fit(theme, shown, used) + theme.paint(role, border.horizontal.repeat(inner - used) + border.topRight),
		...Array.from({length: height - 2}, (_, index) => edge + fit(theme, lines[index] ?? [], inner) + edge),
		theme.paint(role, border.bottomLeft + border.horizontal.repeat(inner) + border.bottomRight),
	];
}
