/** How a front shows itself: by its flags (`fronts/flags.ts`), and by what the environment asks for. */
import {type Looks} from '../core/looks.js';

/** What meow makes of them. */
export type LooksGiven = {readonly ascii: boolean; readonly color: boolean; readonly reducedMotion: boolean; readonly screenReader: boolean};

export const looksOf = ({ascii, color, reducedMotion, screenReader}: LooksGiven): Looks =>
	({hasColor: color, isAscii: ascii, isCalm: reducedMotion, isSpoken: screenReader});

/** What the environment asks for besides: no-color.org's word, and Ink's own for a screen reader. */
export const withWishes = (looks: Looks, env: Readonly<Record<string, string | undefined>>): Looks => ({
	...looks,
	hasColor: looks.hasColor && (env['NO_COLOR'] ?? '') === '',
	isSpoken: looks.isSpoken || env['INK_SCREEN_READER'] === 'true',
});
