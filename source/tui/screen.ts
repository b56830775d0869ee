/** The whole screen as lines of text, from the journal, the interface's state and the moment. Pure: the same three give the same screen. */
import {complete, type Completion} from '../commands/completion.js';
import {type Role as PeerRole} from '../core/events.js';
import {type Journal} from '../core/journal.js';
import {type Snapshot} from '../core/snapshot.js';
import {viewPeer} from '../core/view.js';
import {columnsOf, isCrowded, listHeight, type Column} from './columns.js';
import {drawEvents} from './events-panel.js';
import {drawHelp} from './help.js';
import {editorOf, outlookOf, type InterfaceState, type ScriptBar} from './interface-state.js';
import {footerKeys} from './keys.js';
import {drawLane} from './lane.js';
import {
	bodyRows,
	isTooSmall,
	layOut,
	smallest,
	type Layout,
	type Size,
} from './layout.js';
import {
	fit,
	spread,
	widthOf,
	widthOfSpans,
	type Span,
} from './line.js';
import {window} from './line-window.js';
import {drawPane} from './pane.js';
import {drawPeerList} from './peer-list.js';
import {type Theme} from './theme.js';
import {drawWhy} from './why-panel.js';
import {drawWire} from './wire-view.js';

/** What a screen is drawn from. */
export type Scene = {readonly journal: Journal; readonly state: InterfaceState; readonly now: number; readonly size: Size; readonly theme: Theme};

/** A drawn screen: exactly `rows` lines, and where the cursor stands, if it does. */
export type Screen = {readonly lines: readonly string[]; readonly cursor?: {readonly x: number; readonly y: number}};

/** Draws everything. */
export function drawScreen(scene: Scene): Screen {
	const {size, theme, state, journal} = scene;
	if (isTooSmall(size)) {
		return drawTooSmall(theme, size);
	}

	const {columns, rows} = size;
	const input = drawInput(scene);
	const sides = columnsOf(journal.snapshot, state);
	const layout = layOut(size, {paneCount: sides.length, isCrowded: isCrowded(sides), showsEvents: state.showsEvents});
	const body = state.mode === 'help'
		? drawHelp(theme, {width: columns, height: bodyRows(size), top: state.helpTop})
		: (state.mode === 'wire' ? drawWire(theme, journal, state.wire, {width: columns, height: bodyRows(size)}) : drawMain(scene, sides, layout));
	const lines = [
		drawHeader(theme, journal.snapshot, columns),
		...body,
		drawHint(scene),
		input.line,
		drawFooter(theme, state, columns),
	];
	return state.mode === 'typing' || state.mode === 'playing' ? {lines, cursor: {x: input.cursorColumn, y: rows - 2}} : {lines};
}

function drawMain(scene: Scene, sides: readonly Column[], layout: Layout): readonly string[] {
	return scene.state.showsWhy ? drawPanesAndWhy(scene, sides) : [...drawPanes(scene, sides, layout), ...drawEventsIfShown(scene, layout)];
}

function drawTooSmall(theme: Theme, {columns, rows}: Size): Screen {
	const text = `zmq-playground needs ${smallest.columns}x${smallest.rows}; this is ${columns}x${rows}`;
	return {lines: Array.from({length: rows}, (_, row) => row === 0 ? fit(theme, [{text}], columns) : '')};
}

function drawHeader(theme: Theme, snapshot: Snapshot, width: number): string {
	const endpoints = new Set(Object.values(snapshot.peers).flatMap(peer => peer.links.map(link => link.endpoint)));
	const {libzmq} = snapshot.versions;
	const {asked} = snapshot.exchanges.tally;
	const left: readonly Span[] = [{text: ' zmq-playground', role: 'strong'}, {text: `  ${snapshot.scene}`, role: 'quiet'}];
	const facts = [
		libzmq === undefined ? 'starting' : `libzmq ${libzmq}`,
		...(endpoints.size === 1 ? endpoints : []),
		asked === 0 ? 'nothing asked yet' : `${asked} asked`,
		`#${snapshot.n}`,
	];
	while (facts.length > 1 && widthOf(facts.join(' · ')) + widthOfSpans(left) + 2 > width) {
		facts.shift();
	}

	return fit(theme, spread(left, [{text: `${facts.join(' · ')} `, role: 'quiet'}], width), width);
}

function drawPanes(scene: Scene, sides: readonly Column[], layout: Layout): readonly string[] {
	const {journal, state, theme} = scene;
	const draw = (side: Column, index: 0 | 1): readonly string[] => drawColumn(scene, side, {width: layout.paneWidths[index], height: layout.paneHeights[index]});
	const [left, right] = sides;
	const inFocus = sides.find(({shown}) => shown.name === state.focus) ?? left;
	if (!left || !inFocus) {
		return Array.from({length: layout.paneHeights[0]}, () => ' '.repeat(layout.paneWidths[0]));
	}

	if (!right || layout.arrangement === 'focus-only') {
		return draw(inFocus, 0);
	}

	if (layout.arrangement === 'stacked') {
		return [...draw(left, 0), ...draw(right, 1)];
	}

	const [one, other] = [draw(left, 0), draw(right, 1)];
	const place = {width: layout.laneWidth, height: one.length};
	const lane = isCrowded(sides) ? [] : drawLane(theme, journal, {...place, top: Math.min(6, one.length)});
	return one.map((line, row) => line + (lane[row] ?? ' '.repeat(place.width)) + (other[row] ?? ''));
}

/** One side: the list of its peers, if there are several, and one of them in full. */
function drawColumn({journal, state, now, theme}: Scene, column: Column, {width, height}: {readonly width: number; readonly height: number}): readonly string[] {
	const {role, peers, shown} = column;
	const isFocused = shown.name === state.focus;
	const rows = listHeight(height, peers.length);
	const pane = drawPane(theme, {
		view: viewPeer(journal.snapshot, shown, now), journal, isFocused, outlook: outlookOf(state, shown.name), width, height: height - rows, welcome: welcomes[role],
	});
	return rows === 0 ? pane : [...drawPeerList(theme, {column, journal, now, isFocused, width, height: rows}), ...pane];
}

const welcomes: Readonly<Record<PeerRole, string>> = {
	client: 'You are the client. Type a request below, say Hello, and press Enter.',
	server: 'The server answers by itself. To be the server, come here (Tab) and type /by-hand.',
};

/** The panel takes the place of the log of events, and on a small screen that of the panes. */
function drawPanesAndWhy(scene: Scene, sides: readonly Column[]): readonly string[] {
	const {journal, state, now, size, theme} = scene;
	const panel = drawWhy(theme, journal.snapshot, {now, focus: state.focus, size});
	const layout = layOut({...size, rows: size.rows - panel.length}, {paneCount: sides.length, isCrowded: isCrowded(sides), showsEvents: false});
	return panel.length === bodyRows(size) ? panel : [...drawPanes(scene, sides, layout), ...panel];
}

function drawEventsIfShown({journal, state, size, theme}: Scene, layout: Layout): readonly string[] {
	if (layout.eventsHeight === 0) {
		return [];
	}

	const {upTo} = outlookOf(state);
	return drawEvents(theme, journal, {
		width: size.columns, height: layout.eventsHeight, isFocused: state.mode === 'browsing', ...(upTo !== undefined && {upTo}),
	});
}

/** One line above the input: completions while a command is typed, else the latest notice, else nothing. */
function drawHint({journal, state, size, theme}: Scene): string {
	const {snapshot} = journal;
	const {columns} = size;
	if (state.mode === 'playing' && state.script) {
		return drawScriptBar(theme, state.script, columns);
	}

	if (state.notice) {
		return fit(theme, [{text: ` ${state.notice.text}`, role: state.notice.isProblem ? 'bad' : 'good'}], columns);
	}

	if (state.mode === 'typing') {
		const {input} = state.completing ?? {input: editorOf(state).text};
		const completion = complete(input, snapshot, snapshot.peers[state.focus]);
		if (completion) {
			return drawCompletion(theme, completion, state.completing?.index, columns);
		}
	}

	if (outlookOf(state).upTo !== undefined) {
		return fit(theme, [{text: ' scrolled back · PgDn towards now', role: 'busy'}], columns);
	}

	const {ended} = snapshot;
	return ended ? fit(theme, [{text: ` The lab has ended${ended.reason === undefined ? '' : `: ${ended.reason}`}. /reset starts a new one; the transcript stays until then.`, role: 'bad'}], columns) : ' '.repeat(columns);
}

/** How far the script is, and its newest expectation: told by symbol, word and colour. */
function drawScriptBar(theme: Theme, {name, line, isPausing, last}: ScriptBar, columns: number): string {
	const {symbols} = theme;
	const where: Span = {text: ` ${name}:${line} `, role: 'key'};
	const result: Span = last ? {text: ` ${last.held ? symbols.held : symbols.refused} ${last.text}`, role: last.held ? 'good' : 'bad'} : {text: ''};
	return fit(theme, spread([where, result], isPausing ? [{text: 'Enter: carry it out ', role: 'strong'}] : [], columns), columns);
}

/** The usage of the command and what may stand here; while Tab walks through the candidates, those from just before the one that stands there. */
function drawCompletion(theme: Theme, {record, candidates}: Completion, selected: number | undefined, columns: number): string {
	const first = selected === undefined ? 0 : Math.max(0, selected - 1);
	const listed = candidates.slice(first).flatMap((candidate, index): readonly Span[] =>
		[{text: candidate.trim(), role: first + index === selected ? 'selected' : 'plain'}, {text: ' '}]);
	return selected !== undefined || !record ? fit(theme, [{text: first === 0 ? ' ' : ' … '}, ...listed], columns) : fit(theme, [{text: ` /${record.usage}`, role: 'key'}, {text: ' '.repeat(3)}, ...listed, {text: ` ${record.summary}`, role: 'quiet'}], columns);
}

function drawInput({state, size, theme}: Scene): {readonly line: string; readonly cursorColumn: number} {
	const prompt = ` ${state.focus} › `;
	const room = size.columns - widthOf(prompt) - 1;
	if (state.mode !== 'typing' && state.mode !== 'playing') {
		const text = state.mode;
		return {line: fit(theme, [{text: prompt, role: 'quiet'}, {text, role: 'quiet'}], size.columns), cursorColumn: 0};
	}

	const {text, cursorColumn} = window(editorOf(state), room);
	return {line: fit(theme, [{text: prompt, role: 'focus'}, {text}], size.columns), cursorColumn: widthOf(prompt) + cursorColumn};
}

/** The keys that work now; what does not fit is in the help. */
function drawFooter(theme: Theme, state: InterfaceState, width: number): string {
	const isCommand = state.mode === 'typing' && /^\/(?!\/)/.test(editorOf(state).text);
	const spans: Span[] = [];
	for (const {label, footer} of footerKeys(state.mode)) {
		const gap = spans.length === 0 ? ' ' : '  ';
		const text = (isCommand ? footer?.inCommand : undefined) ?? footer?.text ?? '';
		const next: readonly Span[] = [{text: gap}, {text: footer?.label ?? label, role: 'key'}, {text: ` ${text}`, role: 'quiet'}];
		if (widthOfSpans([...spans, ...next]) <= width) {
			spans.push(...next);
		}
	}

	return fit(theme, spans, width);
}
