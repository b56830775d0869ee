/** `/why` on the screen: the wait-for drawing of everybody who waits, live. Made of the same lines as the one in a pipe. */
import {type Snapshot} from '../core/snapshot.js';
import {why, type WhyLine} from '../core/why.js';
import {fit, wrap, type Span} from './line.js';
import {bodyRows, type Size} from './layout.js';
import {type Theme} from './theme.js';

/** Room for the labels: the names of the usual peers, and `can come?`. */
const labelWidth = 11;

/** How many rows of the body the panes keep at least; where that is impossible the panel takes all. */
const fewestPaneRows = 9;

/** The panel as lines of `width` columns, as many as it needs and the screen has room for. */
export function drawWhy(theme: Theme, snapshot: Snapshot, {now, focus, size}: {readonly now: number; readonly focus: string; readonly size: Size}): readonly string[] {
	const {border} = theme.symbols;
	const inner = size.columns - 2;
	const body = bodyRows(size);
	const room = body - fewestPaneRows >= 7 ? body - fewestPaneRows : body;
	const lines = why(snapshot, now, focus).flatMap(line => drawLine(theme, line, inner));
	const shown = lines.length > room - 2 ? [...lines.slice(0, room - 3), [{text: ' …', role: 'quiet' as const}]] : lines;
	const filled = room === body ? [...shown, ...Array.from({length: room - 2 - shown.length}, (): readonly Span[] => [])] : shown;
	const title = `${border.topLeft} why, and what frees it `;
	return [
		theme.paint('quiet', title + border.horizontal.repeat(Math.max(0, size.columns - title.length - 1)) + border.topRight),
		...filled.map(spans => theme.paint('quiet', border.vertical) + fit(theme, spans, inner) + theme.paint('quiet', border.vertical)),
		theme.paint('quiet', border.bottomLeft + border.horizontal.repeat(inner) + border.bottomRight),
	];
}

function drawLine({symbols}: Theme, {kind, label, text}: WhyLine, width: number): ReadonlyArray<readonly Span[]> {
	const isArrow = kind === 'wait' || kind === 'bad';
	if (isArrow) {
		const shaft = ` ${symbols.arrow.line.repeat(2)}waits for${symbols.arrow.line.repeat(2)}${symbols.arrow.right} `;
		return [[{text: ` ${label}`, role: 'strong'}, {text: shaft, role: 'quiet'}, {text, role: kind === 'bad' ? 'bad' : 'plain'}]];
	}

	return wrap(text, width - labelWidth - 3).map((piece, index): readonly Span[] => [
		{text: `   ${index === 0 ? label.padEnd(labelWidth) : ' '.repeat(labelWidth)}`, role: 'quiet'},
		{text: piece, role: kind === 'way' ? 'key' : 'plain'},
	]);
}
