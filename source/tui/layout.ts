/**
Where everything stands on a screen of a given size. Sizes are computed, never measured: the first frame is the right one.
*/

export type Size = {readonly columns: number; readonly rows: number};

/** `panes` are drawn side by side, or one under the other; `events` and `lane` are 0 where there is no room. */
export type Layout = {
	readonly arrangement: 'side-by-side' | 'stacked' | 'focus-only';
	readonly paneWidths: readonly [number, number];
	readonly laneWidth: number;
	readonly paneHeights: readonly [number, number];
	readonly eventsHeight: number;
	/** Of a broker: a column between the two, or the upper part of the right one. */
	readonly broker?: {readonly width: number; readonly height: number; readonly isBetween: boolean};
};

/** Below this, only a line says how much is needed. */
export const smallest: Size = {columns: 60, rows: 16};

/** Header, hint, input line and footer. */
const chromeRows = 4;
const sideBySideColumns = 78;
const roomyRows = 28;

/** What is left of a screen for the panes, or for the help. */
export const bodyRows = ({rows}: Size): number => rows - chromeRows;

export const isTooSmall = ({columns, rows}: Size): boolean => columns < smallest.columns || rows < smallest.rows;

/** Whether the log of events is shown: as asked, or where there is room for it. */
export const hasEvents = ({rows}: Size, showsEvents: boolean | undefined): boolean => showsEvents ?? rows >= roomyRows;

/** From here on a broker has a column of its own. */
const threeColumns = 114;

/** What is to be laid out: how many sides have somebody, whether one has several, and whether the log of events is wanted (undefined leaves it to the size of the screen). */
export type Wanted = {readonly paneCount: number; readonly isCrowded: boolean; readonly hasBroker?: boolean; readonly showsEvents: boolean | undefined};

export function layOut(size: Size, {paneCount, isCrowded, hasBroker = false, showsEvents}: Wanted): Layout {
	const {columns, rows} = size;
	const isEvents = hasEvents(size, showsEvents);
	const body = bodyRows(size);
	const eventsHeight = isEvents ? Math.min(14, Math.max(6, Math.floor(rows * 0.24))) : 0;
	const panes = body - eventsHeight;
	if (hasBroker && columns >= threeColumns) {
		return layOutThree(columns, {panes, eventsHeight});
	}

	if (paneCount > 1 && columns >= sideBySideColumns) {
		// Between many and many a lane would say nothing.
		const laneWidth = isCrowded ? 1 : laneWidthFor(columns);
		const left = Math.floor((columns - laneWidth) / 2);
		return {
			arrangement: 'side-by-side', paneWidths: [left, columns - laneWidth - left], laneWidth, paneHeights: [panes, hasBroker ? panes - brokerHeight(panes) : panes], eventsHeight,
			...(hasBroker && {broker: {width: columns - laneWidth - left, height: brokerHeight(panes), isBetween: false}}),
		};
	}

	if (paneCount === 1 || hasBroker || panes < (isCrowded ? 24 : (isEvents ? 12 : 0))) {
		return {
			arrangement: 'focus-only', paneWidths: [columns, columns], laneWidth: 0, paneHeights: [panes, panes], eventsHeight,
		};
	}

	const upper = Math.floor(panes / 2);
	return {
		arrangement: 'stacked', paneWidths: [columns, columns], laneWidth: 0, paneHeights: [upper, panes - upper], eventsHeight,
	};
}

/** So much a pane needs to show its machine whole. */
const machineColumns = 39;

/** A broker between its clients and its workers, and a lane at either side. */
function layOutThree(columns: number, {panes, eventsHeight}: {readonly panes: number; readonly eventsHeight: number}): Layout {
	const laneWidth = columns < 150 ? 4 : 11;
	const width = Math.max(machineColumns, Math.floor((columns - (2 * laneWidth)) / 3));
	return {
		arrangement: 'side-by-side', paneWidths: [width, width], laneWidth, paneHeights: [panes, panes], eventsHeight,
		broker: {width: columns - (2 * laneWidth) - (2 * width), height: panes, isBetween: true},
	};
}

/** What the workers need comes first: a list and a pane. */
const brokerHeight = (panes: number): number => Math.max(7, Math.min(14, Math.floor(panes * 0.4)));

/** The lane gives way first: the panes need their width. */
function laneWidthFor(columns: number): number {
	return columns < 100 ? 2 : (columns < 160 ? 10 : 18);
}
