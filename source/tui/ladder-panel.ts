/** The ladder's panel: a lifeline a peer, an arrow a message, growing downward; only the rows in sight are drawn. */
import {formatElapsed} from '../core/duration.js';
import {type Journal} from '../core/journal.js';
import {type Arrow} from '../core/ladder/model.js';
import {gapMs, ladderRows, type LadderRow} from '../core/ladder/rows.js';
import {ladderWindow} from '../core/ladder/window.js';
import {describeArrow, fateOf, namesOf} from '../core/ladder/words.js';
import {describeFrames} from '../core/rows.js';
import {Canvas} from './canvas.js';
import {placeLifelines, type Lifelines} from './ladder-lifelines.js';
import {cut, fit, widthOf} from './line.js';
import {type Role, type Theme} from './theme.js';
import {type Outlook} from './transcript.js';

export type LadderProps = {readonly width: number; readonly height: number; readonly focus: string; readonly outlook: Outlook; readonly isBrowsing: boolean; readonly now: number};

/** The rows that are taken by the frame, the names and the line of details. */
const chrome = 4;

/** How many rows of the ladder a panel of that height shows. */
export const ladderHeight = (height: number): number => Math.max(1, height - chrome);

/** The rows in sight, up to an event (undefined: the newest). */
export const rowsInSight = (journal: Journal, height: number, upTo?: number): readonly LadderRow[] =>
	ladderRows(ladderWindow(journal, {steps: height, ...(upTo !== undefined && {upTo})})).slice(-height);

/** The panel as exactly `height` lines of `width` columns. */
export function drawLadder(theme: Theme, journal: Journal, props: LadderProps): readonly string[] {
	const {width, height, outlook, isBrowsing} = props;
	const {border} = theme.symbols;
	const frame: Role = isBrowsing ? 'focus' : 'quiet';
	const inner = width - 2;
	const rows = withNow(visibleRows(journal, ladderHeight(height), outlook), props).slice(-ladderHeight(height));
	const lifelines = placeLifelines(journal.snapshot, rows, {focus: props.focus, width: inner});
	const selected = rows.find(row => row.n <= (outlook.selected ?? -1) && row.last >= (outlook.selected ?? Infinity) && row.type !== 'gap');
	const names = new Canvas(inner);
	for (const {name, column} of lifelines.shown) {
		names.putCentred(column, cut(name, lifelines.spacing - 1), name === props.focus ? 'strong' : 'plain');
	}

	const lines = [names.draw(theme), ...rows.map(row => drawRow(theme, row, lifelines, {width: inner, isSelected: row === selected}))];
	const filled = [...lines, ...Array.from({length: height - 3 - lines.length}, () => ' '.repeat(inner))];
	const hidden = lifelines.hidden === 0 ? '' : `, ${lifelines.hidden} more ${lifelines.hidden === 1 ? 'peer' : 'peers'}: Tab`;
	const title = cut(`${border.topLeft} ladder${outlook.upTo === undefined ? '' : `, up to #${outlook.upTo}`}${hidden} `, width - 1);
	const within = (line: string): string => theme.paint(frame, border.vertical) + line + theme.paint(frame, border.vertical);
	return [
		theme.paint(frame, title + border.horizontal.repeat(Math.max(0, width - widthOf(title) - 1)) + border.topRight),
		...filled.map(line => within(line)),
		within(fit(theme, [{text: ` ${selected ? detailsOf(selected) : legend(theme, inner)}`, role: selected ? 'plain' : 'quiet'}], inner)),
		theme.paint(frame, border.bottomLeft + border.horizontal.repeat(inner) + border.bottomRight),
	];
}

/** The rows up to where the outlook says; if the selected one is not among them, those up to that one. */
function visibleRows(journal: Journal, height: number, {upTo, selected}: Outlook): readonly LadderRow[] {
	const rows = rowsInSight(journal, height, upTo);
	const isOutOfSight = selected !== undefined && selected < (rows[0]?.n ?? 0);
	return isOutOfSight ? rowsInSight(journal, height, selected + 1) : rows;
}

/** While somebody waits, the newest row is how long nothing has happened by now. */
function withNow(rows: readonly LadderRow[], {outlook, now}: LadderProps): readonly LadderRow[] {
	const last = rows.at(-1);
	const isWaiting = outlook.upTo === undefined && last && Object.values(last.bars).some(bar => bar !== 'idle' && bar !== 'closed');
	return isWaiting && now - last.t >= gapMs ? [...rows, {type: 'gap', n: last.last, last: last.last, t: now, ms: now - last.t, bars: last.bars}] : rows;
}

function legend({symbols: {lifelines}}: Theme, width: number): string {
	const parts = [`${lifelines.waiting} waits for a reply`, `${lifelines.serving} owes one`, `${lifelines.delaying} delay`, `${lifelines.holding} held`];
	const text = parts.join('  ');
	return widthOf(text) < width ? text : cut(text, width - 1);
}

function detailsOf(row: LadderRow): string {
	switch (row.type) {
		case 'arrow': {
			return `#${row.n} ${describeArrow(row.arrow)}`;
		}

		case 'mark': {
			const {peer, text, fault} = row.step;
			const where = fault ? `${fault.from ?? '?'} to ${fault.to ?? '?'}` : peer ?? 'lab';
			return `#${row.n} ${where}: ${text}`;
		}

		case 'gap': {
			return '';
		}
	}
}

type RowProps = {readonly width: number; readonly isSelected: boolean};

function drawRow(theme: Theme, row: LadderRow, lifelines: Lifelines, {width, isSelected}: RowProps): string {
	const canvas = new Canvas(width);
	for (const {name, column} of lifelines.shown) {
		const bar = row.bars[name] ?? 'idle';
		canvas.put(column, theme.symbols.lifelines[bar], bar === 'idle' ? 'quiet' : 'busy');
	}

	const stamp = row.type === 'gap' ? `+${formatElapsed(row.ms)}` : stampOf(row.t);
	canvas.put(1, stamp.padStart(9), isSelected ? 'selected' : 'quiet');
	if (row.type === 'arrow') {
		drawArrow(theme, canvas, row, lifelines);
	} else if (row.type === 'mark') {
		drawMark(theme, canvas, row.step, lifelines);
	}

	return canvas.draw(theme);
}

type ArrowRow = Extract<LadderRow, {readonly type: 'arrow'}>;

/** From where it left to where it arrived; where only one end is known or it took its time, from or to the middle. */
function drawArrow({symbols}: Theme, canvas: Canvas, {arrow, part, peer}: ArrowRow, lifelines: Lifelines): void {
	const role = arrow.flaw === undefined ? (arrow.isRequest ? 'request' : 'reply') : 'bad';
	const other = part === 'arrives' ? onlyOne(arrow.from) : onlyOne(arrow.to);
	const near = lifelines.columnOf(peer);
	const far = other === undefined ? lifelines.towards(near, arrow.isRequest === (part !== 'arrives')) : lifelines.columnOf(other);
	const end = part === 'whole' ? far : Math.round((near + far) / 2);
	const [left, right] = near < end ? [near + 1, end - 1] : [end + 1, near - 1];
	const isRightward = (near < end) === (part !== 'arrives');
	const shaft = part === 'whole' ? symbols.arrow.arrived : symbols.arrow.flying;
	const length = Math.max(1, right - left + 1);
	canvas.put(left, shaft.repeat(length), role);
	const fate = part === 'leaves' ? fateOf(arrow) : undefined;
	if (part !== 'leaves') {
		canvas.put(isRightward ? left + length - 1 : left, isRightward ? symbols.arrow.right : symbols.arrow.left, role);
	}

	const label = labelOf(arrow, part);
	const room = length - 4;
	if (room >= 3) {
		const text = cut(label, room);
		canvas.put(left + Math.floor((length - widthOf(text) - 2) / 2), ` ${text} `, role);
	}

	if (fate !== undefined) {
		drawFate(canvas, fate, {end, isRightward, symbol: arrow.fate === 'under-way' ? symbols.dot : symbols.refused, room: Math.abs(far - end) - 2});
	} else if (part === 'arrives' && other === undefined) {
		canvas.putCentred(end, cut(namesOf(arrow.from), Math.max(1, Math.abs(far - end) - 1)), 'busy');
	}
}

/** Beyond the point of an arrow that never arrived stands what is known. */
function drawFate(canvas: Canvas, fate: string, {end, isRightward, symbol, room}: {readonly end: number; readonly isRightward: boolean; readonly symbol: string; readonly room: number}): void {
	const text = cut(fate, Math.max(1, room - 1));
	if (isRightward) {
		canvas.put(end, `${symbol} ${text}`, 'busy');
	} else {
		canvas.put(end - widthOf(text) - 1, `${text} ${symbol}`, 'busy');
	}
}

function labelOf(arrow: Arrow, part: ArrowRow['part']): string {
	const flaw = part === 'leaves' || arrow.flaw === undefined ? '' : `${arrow.flaw}: `;
	return `${flaw}${arrow.attempt === undefined ? '' : `try ${arrow.attempt}: `}${describeFrames(arrow.frames)}`;
}

function drawMark({symbols}: Theme, canvas: Canvas, {mark, peer, text, fault}: Extract<LadderRow, {readonly type: 'mark'}>['step'], lifelines: Lifelines): void {
	const [symbol, role]: readonly [string, Role] = isBad.has(mark) ? [symbols.refused, 'bad'] : (mark === 'timed-out' || mark === 'attempt-failed' ? [symbols.warning, 'busy'] : [symbols.note, 'quiet']);
	if (fault) {
		const ends = [fault.from, fault.to].map(name => name === undefined ? undefined : lifelines.columnOf(name));
		const [from = ends[1] ?? lifelines.first, to = from] = ends;
		canvas.put(Math.round((from + to) / 2), `${symbol} ${text}`, role);
		return;
	}

	if (peer === undefined) {
		canvas.put(lifelines.first - 2, `${symbols.border.horizontal.repeat(2)} ${text} `, 'quiet');
		return;
	}

	const column = lifelines.columnOf(peer);
	canvas.put(column, symbol, role);
	// As far as the next lifeline; where the other side has more room, there.
	const [before, after] = [lifelines.roomBefore(column) - 2, lifelines.roomAfter(column) - 2];
	if (widthOf(text) > after && before > after) {
		const written = cut(text, before);
		canvas.put(column - 1 - widthOf(written), written, role);
	} else {
		canvas.put(column + 2, cut(text, after), role);
	}
}

const isBad: ReadonlySet<string> = new Set(['refused', 'crashed', 'fault']);

const onlyOne = (peers: readonly string[]): string | undefined => peers.length === 1 ? peers[0] : undefined;

/** Minutes, seconds and ms: the hours stand in the log of events. */
function stampOf(t: number): string {
	const date = new Date(t);
	return `${date.toTimeString().slice(3, 8)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
