/** The sides of the screen: clients at the left, servers at the right, a broker between or above them, and what flies from side to side. */
import {type Role} from '../core/events.js';
import {type Journal} from '../core/journal.js';
import {viewPeer} from '../core/view.js';
import {columnsOf, isCrowded, listHeight, type Column} from './columns.js';
import {outlookOf, type InterfaceState} from './interface-state.js';
import {drawHopLane} from './hop-lane.js';
import {drawLane} from './lane.js';
import {type Layout} from './layout.js';
import {drawPane} from './pane.js';
import {drawPeerList} from './peer-list.js';
import {type Theme} from './theme.js';

/** What panes are drawn from. */
export type Moment = {readonly journal: Journal; readonly state: InterfaceState; readonly now: number; readonly theme: Theme};

/** Draws as many lines as the layout says. A side whose peers have yet to come stays empty. */
export function drawPanes(moment: Moment, layout: Layout): readonly string[] {
	const {journal, state, theme} = moment;
	const sides = columnsOf(journal.snapshot, state);
	const draw = (side: Column | undefined, index: 0 | 1): readonly string[] => drawSide(moment, side, {width: layout.paneWidths[index], height: layout.paneHeights[index]});
	const sideOf = (role: Role): Column | undefined => sides.find(side => side.role === role);
	const inFocus = sides.find(({shown}) => shown.name === state.focus) ?? sides[0];
	if (layout.arrangement === 'focus-only') {
		return draw(inFocus, 0);
	}

	const [left, workers] = [draw(sideOf('client'), 0), draw(sideOf('server'), 1)];
	const broker = layout.broker ? drawSide(moment, sideOf('broker'), layout.broker) : [];
	if (layout.broker?.isBetween) {
		return joinThree(moment, layout, [left, broker, workers]);
	}

	const right = [...broker, ...workers];
	if (layout.arrangement === 'stacked') {
		return [...left, ...right];
	}

	const place = {width: layout.laneWidth, height: left.length};
	const lane = isCrowded(sides) ? [] : drawLane(theme, journal, {...place, top: Math.min(6, left.length)});
	return left.map((line, row) => line + (lane[row] ?? ' '.repeat(place.width)) + (right[row] ?? ''));
}

/** Three columns, and in the lanes each request hop by hop. */
function joinThree({theme, journal}: Moment, {laneWidth}: Layout, [left, middle, right]: readonly [readonly string[], readonly string[], readonly string[]]): readonly string[] {
	const place = {width: laneWidth, height: left.length, top: Math.min(6, left.length)};
	const front = drawHopLane(theme, journal, 'frontend', place);
	const back = drawHopLane(theme, journal, 'backend', place);
	return left.map((line, row) => line + (front[row] ?? '') + (middle[row] ?? '') + (back[row] ?? '') + (right[row] ?? ''));
}

/** One side: the list of its peers, if there are several, and one of them in full. */
function drawSide({journal, state, now, theme}: Moment, column: Column | undefined, {width, height}: {readonly width: number; readonly height: number}): readonly string[] {
	if (!column) {
		return Array.from({length: height}, () => ' '.repeat(width));
	}

	const {role, peers, shown} = column;
	const isFocused = shown.name === state.focus;
	const rows = listHeight(height, peers.length);
	const pane = drawPane(theme, {
		view: viewPeer(journal.snapshot, shown, now, theme.isCalm), journal, isFocused, outlook: outlookOf(state, shown.name), width, height: height - rows, welcome: welcomes[role],
	});
	return rows === 0 ? pane : [...drawPeerList(theme, {column, journal, now, isFocused, width, height: rows}), ...pane];
}

const welcomes: Readonly<Record<Role, string>> = {
	client: 'You are the client. Type a request below, say Hello, and press Enter.',
	broker: 'The broker passes requests on by itself, and replies back. /policy says how it chooses a worker; /worker add makes one more.',
	server: 'The server answers by itself. To be the server, come here (Tab) and type /by-hand.',
};
