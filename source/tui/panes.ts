/** The two sides of the screen: clients at the left, servers at the right, and what flies between them. */
import {type Journal} from '../core/journal.js';
import {viewPeer} from '../core/view.js';
import {columnsOf, isCrowded, listHeight, type Column} from './columns.js';
import {outlookOf, type InterfaceState} from './interface-state.js';
import {drawLane} from './lane.js';
import {type Layout} from './layout.js';
import {drawPane, type DrawnPane} from './pane.js';
import {drawPeerList} from './peer-list.js';
import {type Theme} from './theme.js';
import {welcomeOf} from './welcome.js';

/** What panes are drawn from. */
export type Moment = {readonly journal: Journal; readonly state: InterfaceState; readonly now: number; readonly theme: Theme};

/** Draws as many lines as the layout says. A side whose peers have yet to come stays empty. */
export function drawPanes(moment: Moment, layout: Layout): readonly string[] {
	const {journal, state, theme} = moment;
	const sides = columnsOf(journal.snapshot, state);
	const draw = (side: Column | undefined, index: 0 | 1): DrawnPane => drawSide(moment, side, {width: layout.paneWidths[index], height: layout.paneHeights[index]});
	const inFocus = sides.find(({shown}) => shown.name === state.focus) ?? sides[0];
	if (layout.arrangement === 'focus-only') {
		return draw(inFocus, 0).lines;
	}

	const [left, right] = [draw(sides.find(({role}) => role === 'client'), 0), draw(sides.find(({role}) => role === 'server'), 1)];
	if (layout.arrangement === 'stacked') {
		return [...left.lines, ...right.lines];
	}

	const place = {width: layout.laneWidth, height: left.lines.length};
	const lane = isCrowded(sides) ? [] : drawLane(theme, journal, {...place, rowOf: n => left.places.get(n) ?? right.places.get(n)});
	return left.lines.map((line, row) => line + (lane[row] ?? ' '.repeat(place.width)) + (right.lines[row] ?? ''));
}

/** One side: the list of its peers, if there are several, and one of them in full. */
function drawSide({journal, state, now, theme}: Moment, column: Column | undefined, {width, height}: {readonly width: number; readonly height: number}): DrawnPane {
	if (!column) {
		return {lines: Array.from({length: height}, () => ' '.repeat(width)), places: new Map()};
	}

	const {peers, shown} = column;
	const isFocused = shown.name === state.focus;
	const rows = listHeight(height, peers.length);
	const pane = drawPane(theme, {
		view: viewPeer(journal.snapshot, shown, now, theme.isCalm), journal, isFocused, outlook: outlookOf(state, shown.name), width, height: height - rows, welcome: welcomeOf(journal.snapshot.scene, shown),
	});
	// Beside a crowd there is no lane that asks for places.
	return rows === 0 ? pane : {lines: [...drawPeerList(theme, {column, journal, now, isFocused, width, height: rows}), ...pane.lines], places: new Map()};
}
