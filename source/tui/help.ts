/** The help: the pattern in four sentences, every command and every key, made from the records. */
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

/** The help from line `top` on, as exactly `height` lines; `last` is the greatest sensible `top`. */
export function drawHelp(theme: Theme, {width, height, top}: {readonly width: number; readonly height: number; readonly top: number}): {readonly lines: readonly string[]; readonly last: number} {
	const all = [
		...introduction.flatMap(text => wrap(text, width - 4)).map(text => [{text: `  ${text}`}]),
		[],
		[{text: '  Commands', role: 'strong' as const}],
		...commands.flatMap(({usage, summary}) => entry(`/${usage}`, summary, width)),
		[],
		[{text: '  Keys while typing', role: 'strong' as const}],
		...keysOf('typing', width),
		[],
		[{text: '  Keys while browsing (Esc)', role: 'strong' as const}],
		...keysOf('browsing', width),
	];
	const last = Math.max(0, all.length - height);
	const shown = all.slice(Math.min(top, last), Math.min(top, last) + height);
	return {lines: Array.from({length: height}, (_, index) => fit(theme, shown[index] ?? [], width)), last};
}

const keysOf = (mode: 'typing' | 'browsing', width: number): ReadonlyArray<readonly Span[]> =>
	keys.filter(({modes}) => modes.includes(mode)).flatMap(({label, summary}) => entry(label, summary, width));

/** A name and what it is for: beside it if there is room, else under it. */
function entry(name: string, summary: string, width: number): ReadonlyArray<readonly Span[]> {
	const column = Math.min(42, Math.floor(width / 2));
	return widthOf(name) < column - 3
		? [[{text: `  ${name}`.padEnd(column), role: 'key'}, {text: summary}]]
		: [[{text: `  ${name}`, role: 'key'}], [{text: ' '.repeat(column) + summary}]];
}
