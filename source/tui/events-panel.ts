/** The log that the tutorial asks its reader to build: every event of every socket, in order, with its time and peer. */
import {peerOf, type Event} from '../core/events.js';
import {type Journal} from '../core/journal.js';
import {describe} from '../core/rows.js';
import {clockOf} from './clock-of.js';
import {fit, type Span} from './line.js';
import {type Role, type Theme} from './theme.js';

/** These are the wire's own (wire-view.ts, lanes-view.ts): there are several for each message, or one a second. */
const ofTheWire: ReadonlySet<Event['type']> = new Set(['unit', 'exchange-seen', 'link-counted', 'tap-figures']);

/** The panel as exactly `height` lines; `upTo` is the newest event shown, when it is scrolled. */
export function drawEvents(theme: Theme, journal: Journal, {width, height, upTo, isFocused}: {readonly width: number; readonly height: number; readonly upTo?: number; readonly isFocused: boolean}): readonly string[] {
	const {border} = theme.symbols;
	const frame: Role = isFocused ? 'focus' : 'quiet';
	const inner = width - 2;
	const rows: string[] = [];
	for (const event of journal.newestFirst(upTo)) {
		if (ofTheWire.has(event.type)) {
			continue;
		}

		if (rows.length >= height - 2) {
			break;
		}

		const spans: readonly Span[] = [
			{text: `${String(event.n).padStart(5)}  `, role: 'quiet'},
			{text: `${clockOf(event.t)}  `, role: 'quiet'},
			{text: `${(peerOf(event) ?? 'lab').padEnd(9)} `, role: 'plain'},
			{text: event.type.padEnd(18), role: roleOf(event.type)},
			{text: describe(event), role: 'plain'},
		];
		rows.unshift(fit(theme, spans, inner));
	}

	const filled = [...rows, ...Array.from({length: Math.max(0, height - 2 - rows.length)}, () => ' '.repeat(inner))];
	const title = `${border.topLeft} events${upTo === undefined ? '' : `, up to #${upTo}`} `;
	return [
		theme.paint(frame, title + border.horizontal.repeat(Math.max(0, width - title.length - 1)) + border.topRight),
		...filled.map(line => theme.paint(frame, border.vertical) + line + theme.paint(frame, border.vertical)),
		theme.paint(frame, border.bottomLeft + border.horizontal.repeat(inner) + border.bottomRight),
	];
}

function roleOf(type: string): Role {
	if (/failed|refused|timed-out|retrying|disconnected|lost/.test(type)) {
		return 'bad';
	}

	return type === 'sent' || type === 'received' ? 'strong' : 'plain';
}
