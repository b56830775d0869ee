/** The sides of the screen: clients at the left, servers at the right, a broker between or above them, and what flies from side to side. */
import {type Role} from '../core/events.js';
import {type Side} from '../core/hop.js';
import {type Journal} from '../core/journal.js';
import {viewPeer} from '../core/view.js';
import {columnsOf, isCrowded, listHeight, type Column} from './columns.js';
import {outlookOf, type InterfaceState} from './interface-state.js';
import {drawHopLane} from './hop-lane.js';
import {drawLane} from './lane.js';
import {type Layout} from './layout.js';
import {type LessonView} from './lesson-view.js';
import {drawPane, type DrawnPane} from './pane.js';
import {drawPeerList} from './peer-list.js';
import {type Theme} from './theme.js';
import {welcomeOf} from './welcome.js';

/** What panes are drawn from. While a lesson is taken it says what to do, and no empty pane does. */
export type Moment = {readonly journal: Journal; readonly state: InterfaceState; readonly now: number; readonly theme: Theme; readonly lesson?: LessonView};

/** Draws as many lines as the layout says. A side whose peers have yet to come stays empty. */
export function drawPanes(moment: Moment, layout: Layout): readonly string[] {
	const {journal, state, theme} = moment;
	const sides = columnsOf(journal.snapshot, state);
	const draw = (side: Column | undefined, index: 0 | 1): DrawnPane => drawSide(moment, side, {width: layout.paneWidths[index], height: layout.paneHeights[index]});
	const sideOf = (role: Role): Column | undefined => sides.find(side => side.role === role);
	const inFocus = sides.find(({shown}) => shown.name === state.focus) ?? sides[0];
	if (layout.arrangement === 'focus-only') {
		return draw(inFocus, 0).lines;
	}

	const [left, workers] = [draw(sideOf('client'), 0), draw(sideOf('server'), 1)];
	const broker = layout.broker ? drawSide(moment, sideOf('broker'), layout.broker) : nothing;
	if (layout.broker?.isBetween) {
		return joinThree(moment, layout, [left, broker, workers]);
	}

	const right = above(broker, workers);
	if (layout.arrangement === 'stacked') {
		return [...left.lines, ...right.lines];
	}

	const place = {width: layout.laneWidth, height: left.lines.length};
	const lane = isCrowded(sides) ? [] : drawLane(theme, journal, {...place, rowOf: rowIn(left, right)});
	return left.lines.map((line, row) => line + (lane[row] ?? ' '.repeat(place.width)) + (right.lines[row] ?? ''));
}

/** Three columns, and in the lanes each request hop by hop. */
function joinThree({theme, journal}: Moment, {laneWidth}: Layout, [left, middle, right]: readonly [DrawnPane, DrawnPane, DrawnPane]): readonly string[] {
	const between = (side: Side, one: DrawnPane, other: DrawnPane): readonly string[] => drawHopLane(theme, journal, side, {width: laneWidth, height: left.lines.length, rowOf: rowIn(one, other)});
	const front = between('frontend', left, middle);
	const back = between('backend', middle, right);
	return left.lines.map((line, row) => line + (front[row] ?? '') + (middle.lines[row] ?? '') + (back[row] ?? '') + (right.lines[row] ?? ''));
}

/** Where the row of an event stands, in the first of two panes that shows it. */
const rowIn = (one: DrawnPane, other: DrawnPane) => (n: number): number | undefined => one.places.get(n) ?? other.places.get(n);

const nothing: DrawnPane = {lines: [], places: new Map()};

/** One pane above the other. */
const above = (upper: DrawnPane, lower: DrawnPane): DrawnPane =>
	({lines: [...upper.lines, ...lower.lines], places: new Map([...upper.places, ...[...lower.places].map(([n, row]) => [n, row + upper.lines.length] as const)])});

/** One side: the list of its peers, if there are several, and one of them in full. */
function drawSide({journal, state, now, theme, lesson}: Moment, column: Column | undefined, {width, height}: {readonly width: number; readonly height: number}): DrawnPane {
	if (!column) {
		return {lines: Array.from({length: height}, () => ' '.repeat(width)), places: new Map()};
	}

	const {peers, shown} = column;
	const isFocused = shown.name === state.focus;
	const rows = listHeight(height, peers.length);
	const pane = drawPane(theme, {
		view: viewPeer(journal.snapshot, shown, now, theme.isCalm), journal, isFocused, outlook: outlookOf(state, shown.name), width, height: height - rows, welcome: lesson ? [] : welcomeOf(journal.snapshot.scene, shown),
	});
	// Beside a crowd there is no lane that asks for places.
	return rows === 0 ? pane : {lines: [...drawPeerList(theme, {column, journal, now, isFocused, width, height: rows}), ...pane.lines], places: new Map()};
}
