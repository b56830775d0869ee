/*
Text that came off a socket is hostile until shown otherwise.

Law: what `visible` returns is one line that a terminal draws as it is written: nothing in it moves the cursor, colours, reorders, joins, or takes no room. Nothing is dropped either: what would act or hide is shown by name, because in a debugger it is the evidence.

A name looks like text, and somebody may send the text `<202e>`: names are for reading, never for parsing back.
*/

import {once} from './once.js';

// The pieces of the patterns below, written for the `v` flag.

/** The inside of a class. What acts, hides, or is no character: controls, format and bidi characters, line separators, lone surrogates, and all that Unicode says to ignore (zero-width characters, fillers, tags, variation selectors). */
const hidden = String.raw`\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}\p{Noncharacter_Code_Point}`;

/** What settles on the character before it. The `spacing` ones take a column of their own, except after the `wide`, where Ink counts none. */
const mark = String.raw`[[\p{Emoji_Modifier}\p{Mark}\u{E33}\u{EB3}\u{FF9E}\u{FF9F}]--\p{Default_Ignorable_Code_Point}]`;
const spacing = String.raw`[\p{Spacing_Mark}\u{E33}\u{EB3}\u{FF9E}\u{FF9F}]`;
const wide = String.raw`[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Script=Hangul}\u{FE0F}]`;

// Runs that are one character to Ink and many to most terminals, which would then wrap the line: leading consonants of Korean, vowels of Kirat Rai. Nobody writes them so.
const runOfLetters = String.raw`[\u{1100}-\u{115F}\u{A960}-\u{A97C}](?=[\u{1100}-\u{115F}\u{A960}-\u{A97C}\u{AC00}-\u{D7A3}])|(?<=[\p{Script=Hangul}\u{16D63}-\u{16D6A}])[\u{16D63}-\u{16D6A}]`;

// ZWJ and VS16 stay where they build an emoji. The longest in use have three joiners; a chain without end would again be narrow for Ink only.
const emoji = String.raw`\p{Extended_Pictographic}[\p{Emoji_Modifier}\u{FE0F}]?`;
const joinerInEmoji = String.raw`(?<=${emoji})(?<!(?:${emoji}\u{200D}){4}${emoji})\u{200D}\p{Extended_Pictographic}`;
const selectorInEmoji = String.raw`(?<=\p{Emoji})\u{FE0F}`;

/** Zalgo stacks dozens; the scripts that stack most need fewer than this. */
const marksKept = 8;

const notPlainAscii = /[^\u{20}-\u{7E}]/v;

// Made when first needed: they take longer to compile than all else here at the start, and plain ASCII needs none of them.
const anyMark = once(() => new RegExp(mark, 'v'));
const marksTooMany = once(() => new RegExp(`(?<=${mark}{${marksKept}})${mark}+`, 'gv'));
// With no base they would settle on whatever the screen has before them, or on the name of what stood there. A spacing mark on a wide character would make the line longer than Ink thinks.
const marksMisplaced = once(() => new RegExp(String.raw`(?<=^|[[${hidden}]--\u{FE0F}])${mark}+|(?<=${wide}${mark}{0,${marksKept}})${spacing}${mark}*`, 'gv'));
const unsafe = once(() => new RegExp(`(?!${joinerInEmoji}|${selectorInEmoji})[${hidden}]|${runOfLetters}`, 'gv'));

/**
One line that is safe to hand to Ink, with the evidence kept visible: C0 controls as their pictures (`␛`, `␊`, `␉`, `␡`), everything else that acts or hides as its code point (`<202e>`), floods of combining marks as `<+N marks>`. Printable text comes back unchanged. Applying it twice changes nothing more.

What Ink does to such text otherwise: colours and links pass through, CR vanishes, an unterminated OSC eats the rest.
*/
export function visible(text: string): string {
	if (!notPlainAscii.test(text)) {
		return text;
	}

	const tamed = anyMark().test(text) ? tameMarks(text) : text;
	return tamed.replaceAll(unsafe(), character => nameCharacters(character));
}

function tameMarks(text: string): string {
	return text
		.replaceAll(marksTooMany(), run => `<+${[...run].length} marks>`)
		.replaceAll(marksMisplaced(), run => nameCharacters(run));
}

function nameCharacters(text: string): string {
	return Array.from(text, character => nameCharacter(character)).join('');
}

function nameCharacter(character: string): string {
	const codePoint = character.codePointAt(0) ?? 0;
	if (codePoint < 0x20) {
		return String.fromCodePoint(0x24_00 + codePoint);
	}

	return codePoint === 0x7F ? '␡' : `<${codePoint.toString(16)}>`;
}

// The byte order mark is evidence too. The option's own name says the opposite of what it does.
const keepByteOrderMark = 'ignoreBOM';
const strictUtf8 = {fatal: true, [keepByteOrderMark]: true};
const wholeDecoder = new TextDecoder('utf-8', strictUtf8);

/** The text of these bytes, or `undefined` if they are not valid UTF-8. A byte order mark stays in the text. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
	return attempt(() => wholeDecoder.decode(bytes));
}

/** As `decodeUtf8`, for the beginning of something longer: a character cut in two at the end is left out and is no reason to call the whole invalid. */
function decodeUtf8Beginning(bytes: Uint8Array): string | undefined {
	// `stream` keeps an unfinished character back for the next chunk, which never comes: hence a decoder for this one use.
	return attempt(() => new TextDecoder('utf-8', strictUtf8).decode(bytes, {stream: true}));
}

function attempt(decode: () => string): string | undefined {
	try {
		return decode();
	} catch {
		return undefined;
	}
}

/** The first `limit` bytes as pairs of digits, with `…` if there are more: `00 ff …`. */
export function hex(bytes: Uint8Array, limit: number): string {
	const pairs = [...bytes.subarray(0, limit)].map(byte => byte.toString(16).padStart(2, '0'));
	return [...pairs, ...(bytes.length > limit ? ['…'] : [])].join(' ');
}

const hexShown = 16;
const exactCount = once(() => new Intl.NumberFormat('en-US'));

/**
What a chat line shows of a frame, on one line: `Hello`, `aaaa… (1,048,576 B)`, `00 ff 10 (3 B)`, `(empty)`.

`bytes` is what was kept of the frame and `trueSize` its size on the wire. The size is named when something is left out, and for bytes that are not text, so that they are not taken for the text `00 ff 10`.
*/
export function describeBytes(bytes: Uint8Array, trueSize: number): string {
	if (trueSize === 0) {
		return '(empty)';
	}

	const size = `(${exactCount().format(trueSize)} B)`;
	const isCut = trueSize > bytes.length;
	const text = isCut ? decodeUtf8Beginning(bytes) : decodeUtf8(bytes);
	if (text === undefined) {
		const isMoreHidden = isCut && bytes.length <= hexShown;
		return `${hex(bytes, hexShown)}${isMoreHidden ? ' …' : ''} ${size}`;
	}

	return isCut ? `${visible(text)}… ${size}` : visible(text);
}

const sizeUnits = ['KB', 'MB', 'GB', 'TB'] as const;

/** A size for a narrow place: `20 B`, `1.5 KB`, `1.0 MB`. Units are of 1,024, as in the grammar's `64KB`. */
export function formatSize(bytes: number): string {
	if (bytes < 1024) {
		return `${bytes} B`;
	}

	let amount = bytes / 1024;
	let unit = 0;
	// Not 1024: 1023.95 KB would be written `1024.0 KB`.
	while (amount >= 1023.95 && unit < sizeUnits.length - 1) {
		amount /= 1024;
		unit++;
	}

	return `${amount.toFixed(1)} ${sizeUnits[unit]}`;
}
