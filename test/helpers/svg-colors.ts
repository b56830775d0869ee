/**
What a terminal leaves to its user: the colours of plain text, and of the window around it.
*/
export const theme = {
	foreground: '#d8dee9',
	background: '#16191f',
	title: '#8b949e',
	buttons: ['#ff5f57', '#febc2e', '#28c840'],
} as const;

const basicColors = [
	'#3b4252',
	'#f2777a',
	'#8fce7e',
	'#f0c674',
	'#6cb6ff',
	'#e07fd6',
	'#5ccfe6',
	'#cdd3de',
	'#767e8c',
	'#ff9ea0',
	'#b1e5a3',
	'#ffdf9e',
	'#77a5ff',
	'#e6b8ec',
	'#95e6f5',
	'#ffffff',
];

/**
The five steps above black of each channel in xterm's cube of 6 × 6 × 6 colours.
*/
const cubeLevels = [0, 95, 135, 175, 215, 255];

/**
The 256 colours of SGR 38;5 and 48;5: sixteen of the theme, xterm's cube, and 24 greys.
*/
export const palette: readonly string[] = [
	...basicColors,
	...cubeLevels.flatMap(red => cubeLevels.flatMap(green => cubeLevels.map(blue => hex(red, green, blue)))),
	...Array.from({length: 24}, (_, step) => hex(8 + (10 * step), 8 + (10 * step), 8 + (10 * step))),
];

function hex(...channels: number[]): string {
	return `#${channels.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;
}
