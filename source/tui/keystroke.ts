/** What Ink tells of a key, as one word: `enter`, `shift+tab`, `alt+1`, `ctrl+w`, or the text that was typed. */
import {type Key} from 'ink';
import {splitInput} from './keys-of-input.js';

/** One key press, or a run of typed text. */
export type Keystroke = {readonly type: 'key'; readonly name: string} | {readonly type: 'text'; readonly text: string};

const named: ReadonlyArray<readonly [flag: keyof Key, name: string]> = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'page-up'],
	['pageDown', 'page-down'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'escape'],
	['tab', 'tab'],
	['backspace', 'backspace'],
	['delete', 'delete'],
];

/** Raw control characters that a burst of input can hold, by the key that sends them. */
const controls: Readonly<Record<string, string>> = {
	'\r': 'enter', '\n': 'enter', '\t': 'tab', '\b': 'backspace', '\u{7F}': 'backspace', '\u{1B}': 'escape',
};

/** The key presses in one call of Ink's `useInput`: usually one, several in a burst. */
export function keystrokesOf(input: string, key: Key): readonly Keystroke[] {
	const flag = named.find(([name]) => key[name]);
	if (flag) {
		return [{type: 'key', name: modified(flag[1], key)}];
	}

	if (key.ctrl || key.meta) {
		return input === '' ? [] : [{type: 'key', name: modified(input.toLowerCase(), {...key, shift: false})}];
	}

	return splitInput(input).map(piece => /^\p{Control}$/v.test(piece) ? {type: 'key', name: controlName(piece)} : {type: 'text', text: piece});
}

const modified = (name: string, {ctrl, meta, shift}: Pick<Key, 'ctrl' | 'meta' | 'shift'>): string =>
	// Ink sets meta for a bare Escape too.
	`${ctrl ? 'ctrl+' : ''}${meta && name !== 'escape' ? 'alt+' : ''}${shift ? 'shift+' : ''}${name}`;

const controlName = (control: string): string =>
	controls[control] ?? `ctrl+${String.fromCodePoint((control.codePointAt(0) ?? 0) + 96)}`;
