/** What a peer may send that would hurt a careless terminal program, and what a careful one shows of it. */
import {Buffer, isUtf8} from 'node:buffer';

/** One message. `evidence` stands in the pane that shows it: what was sent, made harmless. */
export type HostileMessage = {readonly name: string; readonly frames: readonly Uint8Array[]; readonly evidence: string};

const text = (name: string, content: string, evidence: string): HostileMessage => ({name, frames: [Buffer.from(content)], evidence});
const bytes = (name: string, content: readonly number[], evidence: string): HostileMessage => ({name, frames: [Uint8Array.from(content)], evidence});
const sized = (name: string, content: Uint8Array, evidence: string): HostileMessage => ({name, frames: [content], evidence});

const megabyte = 1024 * 1024;

export const hostileMessages: readonly HostileMessage[] = [
	text('colours', '\u{1B}[38;2;1;2;3m\u{1B}[48;5;200mred\u{1B}[4;3;9mand more\u{1B}[0m', '␛[38;2;1;2;3m'),
	text('a cleared screen and a moved cursor', '\u{1B}[2J\u{1B}[H\u{1B}[12;3Hmoved\u{1B}[1;1r', '␛[2J␛[H␛[12;3Hmoved'),
	text('the main screen, a hidden cursor, the mouse', '\u{1B}[?1049l\u{1B}[?25l\u{1B}[?1000h\u{1B}[?2004l', '␛[?1049l␛[?25l'),
	text('a full reset', '\u{1B}c\u{1B}[!p', '␛c␛[!p'),
	text('a title', '\u{1B}]0;owned\u{7}\u{1B}]2;owned\u{1B}\\', '␛]0;owned␇'),
	text('a link', '\u{1B}]8;;http://evil.example\u{7}click\u{1B}]8;;\u{7}', '␛]8;;http://evil.example␇click'),
	text('the clipboard', '\u{1B}]52;c;ZXZpbA==\u{7}', '␛]52;c;ZXZpbA==␇'),
	text('an operating system command without an end', '\u{1B}]0;never ends', '␛]0;never ends'),
	text('a device control string without an end', '\u{1B}Pq#0;2;0;0;0', '␛Pq#0;2;0;0;0'),
	text('8-bit controls', '\u{9B}31mred\u{9D}0;owned\u{9C}', '<9b>31mred<9d>0;owned<9c>'),
	text('line ends and tabs', 'one\ntwo\r\nthree\rfour\tfive\u{B}six\u{C}seven', 'one␊two␍␊three␍four␉five'),
	text('line separators', 'one\u{2028}two\u{2029}three\u{85}four', 'one<2028>two<2029>three<85>four'),
	text('bells and backspaces', 'money: 1\u{8}\u{8}9\u{7}\u{7F}', 'money: 1␈␈9␇␡'),
	text('NULs', 'a\0b\0\0c', 'a␀b␀␀c'),
	text('Chinese, Japanese and Korean', '漢字かなカナ한국어'.repeat(40), '漢字かなカナ한국어'),
	text('emoji joined together', '👩‍🚀👨‍👩‍👧‍👦🏳️‍🌈👍🏽🇩🇪 '.repeat(8), '👩‍🚀👨‍👩‍👧‍👦🏳️‍🌈'),
	text('a flood of combining marks', `Z${'\u{301}\u{327}\u{489}'.repeat(400)}algo`, 'marks>algo'),
	text('combining marks with nothing to stand on', '\u{301}\u{20D2}\u{FE0F}', '<301><20d2><fe0f>'),
	text('an overridden direction', 'report\u{202E}fdp.exe\u{2066}\u{2069}', 'report<202e>fdp.exe<2066><2069>'),
	text('what takes no room', 'ad\u{200B}min\u{2060}\u{FEFF}\u{E0041}\u{3164}', 'ad<200b>min<2060><feff>'),
	text('Arabic and Hebrew', 'مرحبا שלום '.repeat(10), 'مرحبا שלום'),
	bytes('bytes that are not UTF-8', [0xFF, 0xFE, 0x00, 0xC3, 0x28], 'ff fe 00 c3 28 (5 B)'),
	bytes('a lone surrogate', [0xED, 0xA0, 0x80], 'ed a0 80 (3 B)'),
	bytes('an overlong slash', [0xC0, 0xAF], 'c0 af (2 B)'),
	text('a word without an end', 'x'.repeat(4000), '(4,000 B)'),
	text('blanks only', ' '.repeat(3000), '(3,000 B)'),
	sized('a megabyte of text', Buffer.alloc(megabyte, 'a megabyte of text, '), '(1,048,576 B)'),
	sized('a megabyte of Chinese', Buffer.alloc(megabyte - 1, '漢'), '(1,048,575 B)'),
	sized('a megabyte of escapes', Buffer.alloc(megabyte, '\u{1B}[31m'), '(1,048,576 B)'),
	sized('ten megabytes', Buffer.alloc(10 * megabyte, 0x80), '(10,485,760 B)'),
	{name: 'an empty frame', frames: [new Uint8Array()], evidence: '(empty)'},
	{name: 'empty frames', frames: [new Uint8Array(), new Uint8Array(), new Uint8Array()], evidence: '[(empty)] [(empty)] [(empty)]'},
	{name: 'a thousand frames', frames: Array.from({length: 1000}, (_, index) => Buffer.from(`\u{1B}${index}`)), evidence: '[␛0] [␛1] [␛2]'},
];

/** The ones that a person could paste into a line: text that is not blank, and no more than a megabyte. */
export const hostilePastes: ReadonlyArray<{readonly name: string; readonly paste: string}> = hostileMessages
	.filter(({frames}) => frames.length === 1 && frames.every(frame => frame.length <= megabyte && isUtf8(frame)))
	.map(({name, frames}) => ({name, paste: Buffer.concat(frames).toString()}))
	.filter(({paste}) => paste.trim() !== '');
