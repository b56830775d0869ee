import {describe, expect, test} from 'vitest';
import {keyBytes, pasteBytes} from './terminal-keys.js';

const normal = {applicationCursorKeys: false};

describe('a key is the bytes that xterm sends', () => {
	test.each([
		['a', 'a'],
		['é', 'é'],
		['+', '+'],
		['Shift+a', 'A'],
		['Space', ' '],
		['Enter', '\r'],
		['Tab', '\t'],
		['Shift+Tab', '\u{1B}[Z'],
		['Escape', '\u{1B}'],
		['Backspace', '\u{7F}'],
		['Ctrl+Backspace', '\b'],
		['Alt+Backspace', '\u{1B}\u{7F}'],
		['Delete', '\u{1B}[3~'],
		['Up', '\u{1B}[A'],
		['Down', '\u{1B}[B'],
		['Right', '\u{1B}[C'],
		['Left', '\u{1B}[D'],
		['Shift+Up', '\u{1B}[1;2A'],
		['Shift+Down', '\u{1B}[1;2B'],
		['Alt+Left', '\u{1B}[1;3D'],
		['Ctrl+Left', '\u{1B}[1;5D'],
		['Ctrl+Alt+Right', '\u{1B}[1;7C'],
		['Home', '\u{1B}[H'],
		['End', '\u{1B}[F'],
		['Ctrl+End', '\u{1B}[1;5F'],
		['PageUp', '\u{1B}[5~'],
		['PageDown', '\u{1B}[6~'],
		['Ctrl+PageUp', '\u{1B}[5;5~'],
		['F1', '\u{1B}OP'],
		['Shift+F1', '\u{1B}[1;2P'],
		['F5', '\u{1B}[15~'],
		['Ctrl+a', '\u{1}'],
		['Ctrl+Z', '\u{1A}'],
		['Ctrl+Space', '\0'],
		['Ctrl+_', '\u{1F}'],
		['Alt+x', '\u{1B}x'],
		['Alt+1', '\u{1B}1'],
		['Alt+Enter', '\u{1B}\r'],
		['Ctrl+Alt+c', '\u{1B}\u{3}'],
	])('%s', (key, bytes) => {
		expect(keyBytes(key, normal)).toBe(bytes);
	});

	test.each([
		['Up', '\u{1B}OA'], ['Home', '\u{1B}OH'], ['Ctrl+Up', '\u{1B}[1;5A'], ['Delete', '\u{1B}[3~'], ['F1', '\u{1B}OP'],
	])('%s with application cursor keys', (key, bytes) => {
		expect(keyBytes(key, {applicationCursorKeys: true})).toBe(bytes);
	});

	test.each(['', 'Return', 'enter', 'Ctrl+', 'Ctrl+1', 'Ctrl+é', 'Meta+a'])('"%s" is none', key => {
		expect(() => keyBytes(key, normal)).toThrow(`Unknown key "${key}"`);
	});
});

test.each([
	[false, 'a\nb\r\nc', 'a\rb\rc'],
	[true, 'a\nb', '\u{1B}[200~a\rb\u{1B}[201~'],
])('a paste, with brackets %s', (bracketedPaste, text, bytes) => {
	expect(pasteBytes(text, {bracketedPaste})).toBe(bytes);
});
