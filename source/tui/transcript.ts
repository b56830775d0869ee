/** A pane's transcript: only the rows that can be seen, already wrapped, newest at the bottom. */
import {type Journal} from '../core/journal.js';
import {chatRow, type ChatRow} from '../core/rows.js';
import {
	cut,
	fit,
	spread,
	widthOf,
	wrap,
	type Span,
} from './line.js';
import {roleOfRow, symbolOfRow, type Theme} from './theme.js';

/** What part of a transcript is looked at: up to which event (undefined: the newest), and which one is selected. */
export type Outlook = {readonly upTo?: number; readonly selected?: number};

/** The drawn lines, exactly `height` of them, the oldest event in sight, and at which line each event that is in sight begins. */
export type DrawnTranscript = {readonly lines: readonly string[]; readonly oldest: number | undefined; readonly places: ReadonlyMap<number, number>};

/** A message longer than this many lines is cut, and says how much it is in all. */
const linesPerRow = 6;
const timeWidth = 9;
/** Below this, what a row says needs the room more than when it was. */
const fewestLinesWithTime = 5;

/** Draws the transcript of one peer. */
export function drawTranscript(theme: Theme, journal: Journal, peer: string, outlook: Outlook, place: {readonly width: number; readonly height: number}): DrawnTranscript {
	const drawn = collect(theme, journal, peer, outlook, place);
	const isOutOfSight = outlook.selected !== undefined && drawn.oldest !== undefined && outlook.selected < drawn.oldest;
	return isOutOfSight ? collect(theme, journal, peer, {...outlook, upTo: outlook.selected}, place) : drawn;
}

/** The events of a peer that have a row, newest first. */
export function * rowsOf(journal: Journal, peer: string, upTo?: number): Generator<ChatRow> {
	for (const event of journal.newestOf(peer, upTo)) {
		const row = chatRow(event, journal);
		if (row) {
			yield row;
		}
	}
}

function collect(theme: Theme, journal: Journal, peer: string, {upTo, selected}: Outlook, {width, height}: {readonly width: number; readonly height: number}): DrawnTranscript {
	let lines: readonly string[] = [];
	let oldest: number | undefined;
	const drawnRows: Array<readonly [n: number, count: number]> = [];
	if (height > 0) {
		for (const row of rowsOf(journal, peer, upTo)) {
			const place = {width, hasTime: width >= 50 && height >= fewestLinesWithTime, linesOfText: linesPerRow};
			const isSelected = row.n === selected;
			const drawn = lines.length === 0 ? drawNewest(theme, row, {...place, height}, isSelected) : drawRow(theme, row, place, isSelected);
			drawnRows.push([row.n, Math.min(height, drawn.length)]);
			lines = lines.length === 0 ? drawn.slice(0, height) : [...drawn, ...lines].slice(-height);
			if (lines.length === height) {
				oldest ??= row.n;
				break;
			}

			oldest = row.n;
		}
	}

	const places = new Map<number, number>();
	let at = lines.length;
	for (const [n, count] of drawnRows) {
		at -= count;
		if (at >= 0) {
			places.set(n, at);
		}
	}

	return {lines: [...lines, ...Array.from({length: height - lines.length}, () => ' '.repeat(width))], oldest, places};
}

type RowPlace = {readonly width: number; readonly hasTime: boolean; readonly linesOfText: number};

/** The newest row, of which nothing may be out of sight: where a small pane has no room for all, what happened and the ways out matter most, then why. */
function drawNewest(theme: Theme, row: ChatRow, {height, ...place}: RowPlace & {readonly height: number}, isSelected: boolean): readonly string[] {
	const brief = {...row, ...(row.more && {more: row.more.slice(-1)})};
	const ways = [[row, linesPerRow], [brief, linesPerRow], [brief, 1]] as const;
	let drawn: readonly string[] = [];
	for (const [each, linesOfText] of ways) {
		drawn = drawRow(theme, each, {...place, linesOfText}, isSelected);
		if (drawn.length <= height) {
			break;
		}
	}

	return drawn;
}

/** One row as lines: symbol, text and aside on the first, what follows indented under it. */
function drawRow(theme: Theme, row: ChatRow, {width, hasTime, linesOfText}: RowPlace, isSelected: boolean): readonly string[] {
	const role = roleOfRow[row.kind];
	const indent = hasTime ? timeWidth + 2 : 2;
	const asideWidth = row.aside === undefined ? 0 : widthOf(row.aside) + 1;
	const text = wrapRow(row, width - indent - asideWidth, linesOfText);
	const time: Span = {text: hasTime ? `${timeOf(row.t)} ` : '', role: 'quiet'};
	const first: readonly Span[] = [time, {text: `${symbolOfRow(theme, row.kind)} `, role}, {text: text[0] ?? '', role: isSelected ? 'selected' : role}];
	const aside: readonly Span[] = row.aside === undefined ? [] : [{text: row.aside, role: 'quiet'}];
	const rest = text.slice(1).map(line => ({text: line, role: isSelected ? 'selected' as const : role}));
	const more = (row.more ?? []).flatMap(sentence => wrap(sentence, width - indent)).map(line => ({text: line, role: 'plain' as const}));
	return [
		fit(theme, aside.length > 0 ? spread(first, aside, width) : first, width),
		...[...rest, ...more].map(span => fit(theme, [{text: ' '.repeat(indent)}, span], width)),
	];
}

/** The text in a few lines. What is left out is named by the true size of the whole. */
function wrapRow({text, extent}: ChatRow, width: number, most: number): readonly string[] {
	// One line more than is shown, to know whether that is all.
	const lines = wrap(cut(text, width * (most + 1)), width);
	if (lines.length <= most) {
		return lines;
	}

	const end = extent === undefined ? '…' : `… (${extent})`;
	const last = cut(lines[most - 1] ?? '', width - widthOf(end)).replace(/…$/, '');
	return [...lines.slice(0, most - 1), last + end];
}

/** The time of day of an event, in this machine's zone. */
export const timeOf = (t: number): string => new Date(t).toTimeString().slice(0, 8);
