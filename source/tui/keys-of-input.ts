// A control character is always a key of its own; everything between two of them was typed or pasted as text.
const pieces = /\p{Control}|\P{Control}+/gv;

/**
The keys in one `input` of Ink's `useInput`: runs of printable text, and control characters one by one.

Ink gives a burst as one input: `one\r` written at once arrives as that text and not as Return (its parser takes only DEL, BS and Ctrl+C out). So `"one\rtwo\u{1}"` becomes `"one"`, `"\r"`, `"two"`, `"\u{1}"`. Only for inputs that Ink has recognised no key in: a key alone (Return, Tab, an arrow, Ctrl+A) comes with its flag and perhaps an empty input. In a burst the controls are raw: `"\u{1}"` to `"\u{1A}"` are Ctrl+A to Ctrl+Z.
*/
export function splitInput(input: string): string[] {
	return input.match(pieces) ?? [];
}
