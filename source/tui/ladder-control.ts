/** Selecting and scrolling in the ladder: by rows, whatever events lie between them. */
import {type LadderRow} from '../core/ladder/rows.js';
import {rowsInSight} from './ladder-panel.js';
import {type Playground} from './playground.js';
import {type Outlook} from './transcript.js';

/** How many events after a row the next one is looked for; further on lies the newest. */
const ahead = 400;

/** Moves the selection `by` rows towards the beginning; the first press selects the newest row in sight. */
export function selectInLadder(playground: Playground, {upTo, selected}: Outlook, by: number): void {
	const target = selected === undefined ? rowsBefore(playground, upTo, 1).at(0) : neighbour(playground, selected, by);
	if (target) {
		playground.dispatch({type: 'ladder', outlook: {...(upTo !== undefined && target.n <= upTo && {upTo}), selected: target.n}});
	}
}

/** Scrolls `by` rows towards the beginning; at the newest it follows again. */
export function scrollLadder(playground: Playground, {upTo}: Outlook, by: number): void {
	const newest = playground.shown.snapshot.n;
	const from = upTo ?? newest;
	const to = by > 0 ? rowsBefore(playground, from, by + 1).at(0) : rowsAfter(playground, from).at(-by - 1);
	const isThere = to !== undefined && to.last < newest && (by > 0 || rowsAfter(playground, to.last).length > 0);
	playground.dispatch({type: 'ladder', outlook: isThere ? {upTo: to.last} : {}});
}

function neighbour(playground: Playground, selected: number, by: number): LadderRow | undefined {
	return by > 0 ? rowsBefore(playground, selected - 1, by).at(0) : rowsAfter(playground, selected).find(({n, last}) => n > selected && last > selected);
}

/** The newest so many rows up to an event, oldest first. A wait is nothing to select. */
const rowsBefore = ({shown: journal}: Playground, upTo: number | undefined, count: number): readonly LadderRow[] =>
	rowsInSight(journal, count * 2, upTo).filter(({type}) => type !== 'gap').slice(-count);

/** The rows that begin after an event, oldest first. */
const rowsAfter = ({shown: journal}: Playground, n: number): readonly LadderRow[] =>
	rowsInSight(journal, ahead, Math.min(n + ahead, journal.snapshot.n)).filter(row => row.type !== 'gap' && row.n > n);
