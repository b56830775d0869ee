/**
How roles look: SGR codes for colours, symbols for shapes. Nothing is told by colour alone: each state has a symbol and a word too.
The colours are the terminal's own 16, so that they fit its theme. Good is blue and not green: yellow and green are one colour to eyes without red cones,
and red and green to eyes without green ones (test/tui/colours.test.ts measures it).
*/
import {type Lock} from '../core/lock.js';
import {type Bar} from '../core/ladder/model.js';
import {type State} from '../core/machines.js';
import {type RowKind} from '../core/rows.js';
import {type Tone} from '../core/view.js';

/** What a piece of text is, not how it looks. */
export type Role = 'plain' | 'quiet' | 'strong' | 'focus' | 'request' | 'reply' | 'good' | 'busy' | 'bad' | 'lit' | 'selected' | 'key';

/** The shapes that the panes are drawn with. */
export type Symbols = {
	readonly states: Readonly<Record<State, string>>;
	readonly request: string;
	readonly reply: string;
	readonly refused: string;
	readonly held: string;
	readonly warning: string;
	readonly note: string;
	readonly bar: readonly [full: string, empty: string];
	readonly border: {readonly topLeft: string; readonly topRight: string; readonly bottomLeft: string; readonly bottomRight: string; readonly horizontal: string; readonly vertical: string; readonly dividerLeft: string; readonly dividerRight: string};
	readonly arrow: {readonly right: string; readonly both: string; readonly up: string; readonly line: string; readonly cornerLeft: string; readonly cornerRight: string; readonly flying: string; readonly arrived: string; readonly left: string};
	readonly dot: string;
	readonly lock: Readonly<Record<Lock['state'], string>>;
	/** Lifelines of the ladder. */
	readonly lifelines: Readonly<Record<Bar, string>>;
};

/** `isCalm`: nothing may flash, fill up or fly. */
export type Theme = {readonly symbols: Symbols; readonly isCalm: boolean; readonly paint: (role: Role, text: string) => string};

const codes: Readonly<Record<Role, readonly [open: string, close: string]>> = {
	plain: ['', ''],
	quiet: ['\u{1B}[2m', '\u{1B}[22m'],
	strong: ['\u{1B}[1m', '\u{1B}[22m'],
	focus: ['\u{1B}[36m', '\u{1B}[39m'],
	request: ['\u{1B}[36m', '\u{1B}[39m'],
	reply: ['\u{1B}[35m', '\u{1B}[39m'],
	good: ['\u{1B}[94m', '\u{1B}[39m'],
	busy: ['\u{1B}[33m', '\u{1B}[39m'],
	bad: ['\u{1B}[31m', '\u{1B}[39m'],
	lit: ['\u{1B}[1m\u{1B}[7m', '\u{1B}[27m\u{1B}[22m'],
	selected: ['\u{1B}[7m', '\u{1B}[27m'],
	key: ['\u{1B}[1m', '\u{1B}[22m'],
};

const unicode: Symbols = {
	states: {idle: '○', 'awaiting-reply': '◐', replied: '●'},
	request: '▸',
	reply: '◂',
	refused: '✗',
	held: '✓',
	warning: '⚠',
	note: '·',
	bar: ['▰', '▱'],
	border: {
		topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯', horizontal: '─', vertical: '│', dividerLeft: '├', dividerRight: '┤',
	},
	arrow: {
		right: '▸', both: '⇄', up: '▴', line: '─', cornerLeft: '╰', cornerRight: '╯', flying: '╌', arrived: '━', left: '◂',
	},
	dot: '·',
	lock: {plain: '◇', curve: '◆', failed: '✗'},
	lifelines: {
		closed: ' ', idle: '│', waiting: '┊', serving: '┃', delaying: '▒', holding: '█',
	},
};

const ascii: Symbols = {
	states: {idle: 'o', 'awaiting-reply': '@', replied: '*'},
	request: '>',
	reply: '<',
	refused: 'x',
	held: '+',
	warning: '!',
	note: '-',
	bar: ['#', '.'],
	border: {
		topLeft: '+', topRight: '+', bottomLeft: '+', bottomRight: '+', horizontal: '-', vertical: '|', dividerLeft: '+', dividerRight: '+',
	},
	arrow: {
		right: '>', both: '~', up: '^', line: '-', cornerLeft: '\'', cornerRight: '\'', flying: '.', arrived: '=', left: '<',
	},
	dot: '-',
	lock: {plain: '_', curve: '#', failed: 'x'},
	lifelines: {
		closed: ' ', idle: '|', waiting: ':', serving: 'I', delaying: '%', holding: '#',
	},
};

/** What the words are written with, in ASCII of the same width. A terminal without them can't show a peer's own either. */
const asciiFor: Readonly<Record<string, string>> = {
	'·': '-', '›': '>', '…': '~', '“': '"', '”': '"', '‘': '\'', '’': '\'', '↑': '^', '↓': 'v', '←': '<', '→': '>', '±': '~', '×': 'x', '–': '-', '␡': '?',
};

const spellInAscii = (text: string): string =>
	text.replaceAll(/[±·×–‘’“”…›←↑→↓␀-␡]/gv, character => asciiFor[character] ?? '?');

/** A theme with or without colours, in Unicode or ASCII. */
export function createTheme({hasColor, isAscii, isCalm = false}: {readonly hasColor: boolean; readonly isAscii: boolean; readonly isCalm?: boolean}): Theme {
	return {
		symbols: isAscii ? ascii : unicode,
		isCalm,
		paint(role, written) {
			const text = isAscii ? spellInAscii(written) : written;
			if (role === 'plain' || text === '' || (!hasColor && role !== 'lit' && role !== 'selected')) {
				return text;
			}

			const [open, close] = codes[role];
			return open + text + close;
		},
	};
}

export const roleOfTone: Readonly<Record<Tone, Role>> = {
	good: 'good', busy: 'busy', bad: 'bad', quiet: 'quiet',
};
export const roleOfState: Readonly<Record<State, Role>> = {idle: 'strong', 'awaiting-reply': 'busy', replied: 'good'};
export const roleOfRow: Readonly<Record<RowKind, Role>> = {
	request: 'request', reply: 'reply', refused: 'bad', warning: 'busy', note: 'quiet',
};

export const roleOfLock: Readonly<Record<Lock['state'], Role>> = {plain: 'quiet', curve: 'good', failed: 'bad'};

/** The symbol at the beginning of a row. */
export const symbolOfRow = ({symbols}: Theme, kind: RowKind): string => symbols[kind];
