/** How a front shows itself to the person at the terminal. Each front with a screen takes the same flags for it. */
export type Looks = {
	readonly hasColor: boolean;
	readonly isAscii: boolean;
	/** Nothing flashes, and no bar or arrow moves: what changes by itself is a word, once a second at most. */
	readonly isCalm: boolean;
	/** Told in words, line after line, for a screen reader; nothing is drawn. */
	readonly isSpoken: boolean;
};
