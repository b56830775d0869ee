// What xterm writes for each key. A terminal knows no key names, only these bytes, so a test that
// presses "Up" is honest only if the program reads what a real xterm would have sent.

/**
What the terminal was told that changes the bytes of its keys.
*/
export type KeyboardModes = {
	/**
	DECCKM: unmodified arrows, Home and End are sent as `ESC O x` rather than `ESC [ x`.
	*/
	readonly applicationCursorKeys: boolean;
};

type Modifiers = {readonly shift: boolean; readonly alt: boolean; readonly ctrl: boolean};

const cursorKeys: ReadonlyMap<string, string> = new Map([
	['Up', 'A'], ['Down', 'B'], ['Right', 'C'], ['Left', 'D'], ['End', 'F'], ['Home', 'H'],
]);

const firstFunctionKeys: ReadonlyMap<string, string> = new Map([
	['F1', 'P'], ['F2', 'Q'], ['F3', 'R'], ['F4', 'S'],
]);

const numberedKeys: ReadonlyMap<string, number> = new Map([
	['Insert', 2],
	['Delete', 3],
	['PageUp', 5],
	['PageDown', 6],
	['F5', 15],
	['F6', 17],
	['F7', 18],
	['F8', 19],
	['F9', 20],
	['F10', 21],
	['F11', 23],
	['F12', 24],
]);

const characterKeys: ReadonlyMap<string, string> = new Map([
	['Enter', '\r'], ['Tab', '\t'], ['Escape', '\u{1B}'], ['Backspace', '\u{7F}'], ['Space', ' '],
]);

/**
The keys whose character changes with a modifier; Alt comes on top, as a leading Escape.
*/
const modifiedCharacters: ReadonlyMap<string, string> = new Map([
	['Shift+Tab', '\u{1B}[Z'], ['Ctrl+Backspace', '\b'], ['Ctrl+Space', '\0'],
]);

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/**
The bytes xterm sends for one key.

@param key A name (`Enter`, `Tab`, `Escape`, `Up`, `Home`, `PageDown`, `Backspace`, `Delete`, `Space`, `F1`…) or a single
character, after any of `Shift+`, `Alt+`, `Ctrl+`: `Shift+Tab`, `Ctrl+c`, `Alt+1`, `Ctrl+Alt+Left`.
@param modes The state of the keyboard, which the program may have switched.
@throws When xterm has no such key, so that a misspelt name never turns into typed text.
*/
export function keyBytes(key: string, modes: KeyboardModes): string {
	const {name, modifiers} = parseKey(key);
	const bytes = escapeSequence(name, modifiers, modes) ?? characterBytes(name, modifiers);
	if (bytes === undefined) {
		throw new Error(`Unknown key "${key}": use a name such as Enter, Shift+Tab, Ctrl+c or Alt+Left, or one character.`);
	}

	return bytes;
}

/**
What a terminal writes when text is pasted: line ends as the Enter key, in brackets if the program asked for them.
*/
export function pasteBytes(text: string, {bracketedPaste}: {readonly bracketedPaste: boolean}): string {
	const typed = text.replaceAll(/\r?\n/gv, '\r');
	return bracketedPaste ? `\u{1B}[200~${typed}\u{1B}[201~` : typed;
}

function parseKey(key: string): {name: string; modifiers: Modifiers} {
	const {prefix = '', name = ''} = /^(?<prefix>(?:(?:Shift|Alt|Ctrl)\+)*)(?<name>.+)$/sv.exec(key)?.groups ?? {};
	const isPressed = (modifier: string): boolean => prefix.includes(modifier);
	return {name, modifiers: {shift: isPressed('Shift'), alt: isPressed('Alt'), ctrl: isPressed('Ctrl')}};
}

function escapeSequence(name: string, modifiers: Modifiers, modes: KeyboardModes): string | undefined {
	const parameter = 1 + Number(modifiers.shift) + (2 * Number(modifiers.alt)) + (4 * Number(modifiers.ctrl));
	const isModified = parameter > 1;

	const number = numberedKeys.get(name);
	if (number !== undefined) {
		return `\u{1B}[${number}${isModified ? `;${parameter}` : ''}~`;
	}

	const final = cursorKeys.get(name) ?? firstFunctionKeys.get(name);
	if (final === undefined) {
		return undefined;
	}

	if (isModified) {
		return `\u{1B}[1;${parameter}${final}`;
	}

	return firstFunctionKeys.has(name) || modes.applicationCursorKeys ? `\u{1B}O${final}` : `\u{1B}[${final}`;
}

function characterBytes(name: string, {shift, alt, ctrl}: Modifiers): string | undefined {
	const prefix = `${shift ? 'Shift+' : ''}${ctrl ? 'Ctrl+' : ''}`;
	const character = modifiedCharacters.get(prefix + name) ?? characterKeys.get(name) ?? printableBytes(name, {shift, ctrl});
	return character === undefined ? undefined : `${alt ? '\u{1B}' : ''}${character}`;
}

function printableBytes(name: string, {shift, ctrl}: Omit<Modifiers, 'alt'>): string | undefined {
	if ([...graphemes.segment(name)].length !== 1) {
		return undefined;
	}

	if (!ctrl) {
		return shift ? name.toUpperCase() : name;
	}

	// Only these characters have a control code: Ctrl clears the two bits above the lower five.
	return /^[@a-z\[\\\]^_]$/iv.test(name) ? String.fromCodePoint(name.toUpperCase().codePointAt(0)! - 64) : undefined;
}
