/** The help: the pattern in a few sentences, every command and every key, made from the records. */
import {commands} from '../commands/registry.js';
import {
	fit,
	widthOf,
	wrap,
	type Span,
} from './line.js';
import {keys} from './keys.js';
import {type Theme} from './theme.js';

const introduction = [
	'A client (REQ) asks and waits; a server (REP) receives, answers, and may then receive again. Both are real libzmq sockets.',
	'Text that you type is a request in the client pane and a reply in the server pane. A line that begins with / is a command; // sends a text that begins with /.',
	'@name before a command picks the peer: /@server-1 crash. @all, @clients and @servers pick many.',
];

/** A part of the help. An entry without a name is a sentence. */
export type HelpSection = {readonly title?: string; readonly entries: ReadonlyArray<{readonly name?: string; readonly summary: string}>};

/** All of the help, whatever it is shown on. */
export const helpSections = (): readonly HelpSection[] => [
	{entries: introduction.map(summary => ({summary}))},
	{title: 'Commands', entries: commands.map(({usage, summary}) => ({name: `/${usage}`, summary}))},
	{title: 'Keys while typing', entries: keysOf('typing')},
	{title: 'Keys while browsing (Esc)', entries: keysOf('browsing')},
	{title: 'Keys at the wire (/wire)', entries: keysOf('wire')},
];

const keysOf = (mode: 'typing' | 'browsing' | 'wire'): HelpSection['entries'] =>
	keys.filter(({modes}) => modes.includes(mode)).map(({label, summary}) => ({name: label, summary}));

/** The help from line `top` on, as exactly `height` lines. */
export function drawHelp(theme: Theme, {width, height, top}: {readonly width: number; readonly height: number; readonly top: number}): readonly string[] {
	const shown = helpLines(width).slice(Math.min(top, lastHelpTop(width, height)));
	return Array.from({length: height}, (_, index) => fit(theme, shown[index] ?? [], width));
}

/** Which lines of how many are in sight: that there is more below, a page alone does not say. */
export function helpPosition(width: number, height: number, top: number): string {
	const {length} = helpLines(width);
	const first = Math.min(top, lastHelpTop(width, height));
	return `lines ${first + 1}–${Math.min(length, first + height)} of ${length}`;
}

/** The first line of the last page: further down there is nothing to scroll to. */
export const lastHelpTop = (width: number, height: number): number => Math.max(0, helpLines(width).length - height);

function helpLines(width: number): ReadonlyArray<readonly Span[]> {
	return helpSections().flatMap(({title, entries}) => [
		...(title === undefined ? [] : [[], [{text: `  ${title}`, role: 'strong' as const}]]),
		...entries.flatMap(({name, summary}) => name === undefined ? wrap(summary, width - 4).map(text => [{text: `  ${text}`}]) : entry(name, summary, width)),
	]);
}

/** A name and what it is for: beside it if there is room, else under it. */
function entry(name: string, summary: string, width: number): ReadonlyArray<readonly Span[]> {
	const column = Math.min(24, Math.floor(width / 2));
	const lines = wrap(summary, width - column - 1).map(text => [{text: ' '.repeat(column) + text}]);
	return widthOf(name) < column - 2
		? [[{text: `  ${name}`.padEnd(column), role: 'key'}, {text: lines[0]?.[0]?.text.slice(column) ?? ''}], ...lines.slice(1)]
		: [[{text: `  ${name}`, role: 'key'}], ...lines];
}
