/** The whole screen as lines of text, from the journal, the interface's state and the moment. Pure: the same three give the same screen. */
import {describeMembership} from '../core/class/member.js';
import {complete, type Completion} from '../commands/completion.js';
import {tapPeer} from '../core/lanes.js';
import {emptyBoard, type Board} from '../core/race/board.js';
import {type Snapshot} from '../core/snapshot.js';
import {describeStep} from '../core/steps.js';
import {visible} from '../core/text.js';
import {stateOf} from '../lessons/session.js';
import {drawCode} from './code-view.js';
import {columnsOf, isCrowded} from './columns.js';
import {drawEnvelope} from './envelope-view.js';
import {drawEvents} from './events-panel.js';
import {drawHelp, helpPosition} from './help.js';
import {editorOf, outlookOf, type ScriptBar} from './interface-state.js';
import {footerKeys} from './keys.js';
import {drawLanes} from './lanes-view.js';
import {drawLadder} from './ladder-panel.js';
import {
	bodyRows,
	isTooSmall,
	layOut,
	smallest,
	type Layout,
	type Size,
} from './layout.js';
import {
	cut,
	fit,
	spread,
	widthOf,
	widthOfSpans,
	type Span,
} from './line.js';
import {window} from './line-window.js';
import {type LessonRow} from './lesson-control.js';
import {drawLessonList} from './lesson-list.js';
import {drawLesson, drawLessonStrip, lessonWidth, type LessonView} from './lesson-view.js';
import {drawPanes, type Moment} from './panes.js';
import {drawRace} from './race-view.js';
import {type Theme} from './theme.js';
import {drawWhy} from './why-panel.js';
import {drawWire} from './wire-view.js';
import {describeMoment, timeBar, type Timeline} from './time-bar.js';

/** What a screen is drawn from. */
export type Scene = Moment & {readonly size: Size; readonly timeline?: Timeline; readonly race?: Board; readonly lessons?: readonly LessonRow[]};

/** A drawn screen: exactly `rows` lines, and where the cursor stands, if it does. */
export type Screen = {readonly lines: readonly string[]; readonly cursor?: {readonly x: number; readonly y: number}};

/** Draws everything. */
export function drawScreen(scene: Scene): Screen {
	const {size, theme, state} = scene;
	if (isTooSmall(size)) {
		return drawTooSmall(theme, size);
	}

	const {rows} = size;
	const input = drawInput(scene);
	const body = scene.lesson ? drawBesideLesson(scene, scene.lesson) : drawBody(scene);
	const lines = [
		drawHeader(scene),
		...body,
		drawHint(scene),
		input.line,
		drawFooter(scene),
	];
	return state.mode === 'typing' || state.mode === 'playing' ? {lines, cursor: {x: input.cursorColumn, y: rows - 2}} : {lines};
}

/** The panes keep their places, though in the past a peer may have yet to come. */
function layOutPanes({journal, state, timeline}: Scene, size: Size, showsEvents: boolean | undefined): Layout {
	const sides = columnsOf((timeline?.whole ?? journal).snapshot, state);
	return layOut(size, {paneCount: sides.length, isCrowded: isCrowded(sides), hasBroker: sides.some(({role}) => role === 'broker'), showsEvents});
}

/** The lab with its lesson at the right; on a small screen one of them, and a key goes to the other. */
function drawBesideLesson(scene: Scene, lesson: LessonView): readonly string[] {
	const {size: {columns, rows}, theme, state} = scene;
	const width = lessonWidth(columns);
	const height = bodyRows(scene.size);
	if (width > 0) {
		const column = drawLesson(theme, lesson, {width, height, top: state.lessonTop, isBeside: true});
		return drawBody({...scene, size: {columns: columns - width, rows}}).map((line, row) => line + (column[row] ?? ''));
	}

	const isCovered = state.mode !== 'typing' && state.mode !== 'predicting';
	if (state.showsLesson && !isCovered) {
		return drawLesson(theme, lesson, {width: columns, height, top: state.lessonTop, isBeside: false});
	}

	const strip = drawLessonStrip(theme, lesson, scene.size);
	return [...strip, ...drawBody({...scene, size: {columns, rows: rows - strip.length}})];
}

/** What covers the panes, or the panes with what stands below them. */
function drawBody(scene: Scene): readonly string[] {
	const {journal, state, size, theme, now} = scene;
	const layout = layOutPanes(scene, size, state.showsEvents);
	const place = {width: size.columns, height: bodyRows(size)};
	if (state.mode === 'help') {
		return drawHelp(theme, {...place, top: state.helpTop});
	}

	if (state.mode === 'code') {
		return drawCode(theme, journal.snapshot, state.code, place);
	}

	if (state.mode === 'wire') {
		return drawWire(theme, journal, state.wire, place);
	}

	if (state.mode === 'lessons') {
		return drawLessonList(theme, scene.lessons ?? [], state.lessonSelected, place);
	}

	if (state.mode === 'race') {
		return drawRace(theme, scene.race ?? emptyBoard, place);
	}

	if (state.showsWhy) {
		return drawPanesAndWhy(scene);
	}

	const {lanes} = journal.snapshot;
	if (lanes) {
		const drawn = drawLanes(theme, {journal, lanes, now, top: state.lanesTop, width: place.width, height: place.height - layout.eventsHeight});
		return [...drawn, ...drawEventsIfShown(scene, layout)];
	}

	const main = state.ladder
		? drawLadder(theme, journal, {
			width: place.width, height: place.height - layout.eventsHeight, focus: state.focus, outlook: state.ladder, isBrowsing: state.mode === 'browsing', now,
		})
		: (state.showsEnvelope ? drawEnvelope(theme, journal, {width: place.width, height: place.height - layout.eventsHeight}) : drawPanes(scene, layout));
	return [...main, ...drawEventsIfShown(scene, layout)];
}

/** The panel takes the place of the log of events, and on a small screen that of the panes. */
function drawPanesAndWhy(scene: Scene): readonly string[] {
	const {journal, state, now, size, theme} = scene;
	const panel = drawWhy(theme, journal.snapshot, {now, focus: state.focus, size});
	const layout = layOutPanes(scene, {...size, rows: size.rows - panel.length}, false);
	return panel.length === bodyRows(size) ? panel : [...drawPanes(scene, layout), ...panel];
}

function drawTooSmall(theme: Theme, {columns, rows}: Size): Screen {
	const text = `zmq-playground needs ${smallest.columns}x${smallest.rows}; this is ${columns}x${rows}`;
	return {lines: Array.from({length: rows}, (_, row) => row === 0 ? fit(theme, [{text}], columns) : '')};
}

function drawHeader({theme, journal: {snapshot}, timeline, race, size: {columns: width}}: Scene): string {
	if (race && snapshot.n === 0) {
		return fit(theme, [{text: ' zmq-playground', role: 'strong'}, {text: '  race', role: 'quiet'}], width);
	}

	const endpoints = new Set(Object.values(snapshot.peers).flatMap(peer => peer.links.map(link => link.endpoint)));
	const {libzmq} = snapshot.versions;
	const {asked} = snapshot.exchanges.tally;
	const left: readonly Span[] = [{text: ' zmq-playground', role: 'strong'}, {text: `  ${visible(snapshot.scene)}`, role: 'quiet'}, ...drawEpoch(theme, snapshot, timeline)];
	const facts = [
		libzmq === undefined ? 'starting' : `libzmq ${libzmq}`,
		...(endpoints.size === 1 ? endpoints : []),
		...(snapshot.lanes ? [] : [asked === 0 ? 'nothing asked yet' : `${asked} asked`]),
		`#${snapshot.n}`,
	];
	while (facts.length > 1 && widthOf(facts.join(' · ')) + widthOfSpans(left) + 2 > width) {
		facts.shift();
	}

	return fit(theme, spread(left, [{text: `${facts.join(' · ')} `, role: 'quiet'}], width), width);
}

/** Whether this is now, the past or a recording, and whether a recording is being made. */
function drawEpoch({symbols}: Theme, {recording}: Snapshot, timeline: Timeline | undefined): readonly Span[] {
	if (timeline?.recording !== undefined) {
		return [{text: '  RECORDING', role: 'busy'}, {text: ` ${nameOf(timeline.recording)}`, role: 'quiet'}];
	}

	if (timeline?.moment !== undefined) {
		return [{text: '  THE PAST', role: 'busy'}];
	}

	return recording === undefined ? [] : [{text: `  ${symbols.states.replied} REC`, role: 'bad'}, {text: ` ${nameOf(recording)}`, role: 'quiet'}];
}

/** A file's name, without the way to it: the header has little room. */
const nameOf = (file: string): string => cut(visible(file.split(/[/\\]/).at(-1) ?? file), 24);

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
function drawHint({journal, state, size, theme, timeline, lesson}: Scene): string {
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

	if (state.mode === 'wire' && snapshot.tap.isOn && !state.wire.showsBytes) {
		return fit(theme, [{text: ' What the sockets really send, the newest at the bottom; Enter shows its bytes', role: 'quiet'}], columns);
	}

	const moment = timeline && describeMoment(theme, timeline, columns);
	if (moment !== undefined) {
		return moment;
	}

	if (snapshot.steps) {
		const [next, ...rest] = snapshot.steps;
		// Where a step of a lesson is done, Enter is the lesson's.
		const key = lesson && stateOf(lesson.session).phase === 'done' ? '/step' : 'Enter';
		const text = next ? ` ${describeStep(next)}: ${key} lets it go${rest.length === 0 ? '' : ` · then ${rest.map(step => describeStep(step)).join(', ')}`}` : ' step by step: nobody is about to send or receive · /step off ends it';
		return fit(theme, [{text, role: next ? 'busy' : 'quiet'}], columns);
	}

	if ((state.ladder ?? outlookOf(state)).upTo !== undefined) {
		return fit(theme, [{text: ' scrolled back · PgDn towards now', role: 'busy'}], columns);
	}

	const {ended} = snapshot;
	const news = describeMembership(snapshot) ?? (ended && `The lab has ended${ended.reason === undefined ? '' : `: ${ended.reason}`}. /reset starts a new one; the transcript stays until then.`);
	return news === undefined ? ' '.repeat(columns) : fit(theme, [{text: ` ${news}`, role: 'bad'}], columns);
}

/** How far the script is, and its newest expectation: told by symbol, word and colour. */
function drawScriptBar(theme: Theme, {name, line, isPausing, last}: ScriptBar, columns: number): string {
	const {symbols} = theme;
	const where: Span = {text: ` ${name}${line === undefined ? '' : `:${line}`} `, role: 'key'};
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

function drawInput({journal, state, size, theme, timeline}: Scene): {readonly line: string; readonly cursorColumn: number} {
	const prompt = ` ${journal.snapshot.lanes ? tapPeer : state.focus} › `;
	const room = size.columns - widthOf(prompt) - 1;
	if (state.mode === 'browsing' && timeline) {
		const bar = timeBar(theme, timeline, room - widthOf('browsing  '));
		return {line: fit(theme, [{text: prompt, role: 'quiet'}, {text: 'browsing  ', role: 'quiet'}, ...bar], size.columns), cursorColumn: 0};
	}

	if (state.mode !== 'typing' && state.mode !== 'playing') {
		const modes = {predicting: 'choose 1, 2 or 3', help: `help  ${helpPosition(size.columns, bodyRows(size), state.helpTop)}`};
		const text = state.mode === 'help' || state.mode === 'predicting' ? modes[state.mode] : state.mode;
		return state.mode === 'race' ? {line: ' '.repeat(size.columns), cursorColumn: 0} : {line: fit(theme, [{text: prompt, role: 'quiet'}, {text, role: 'quiet'}], size.columns), cursorColumn: 0};
	}

	const {text, cursorColumn} = window(editorOf(state), room);
	return {line: fit(theme, [{text: prompt, role: 'focus'}, {text}], size.columns), cursorColumn: widthOf(prompt) + cursorColumn};
}

/** The keys that work now; what does not fit is in the help. */
function drawFooter({theme, state, journal, size: {columns: width}}: Scene): string {
	const {lanes} = journal.snapshot;
	const isCommand = state.mode === 'typing' && /^\/(?!\/)/.test(editorOf(state).text);
	const spans: Span[] = [];
	for (const {label, footer} of footerKeys(state.mode, !lanes)) {
		const gap = spans.length === 0 ? ' ' : '  ';
		const text = (isCommand || lanes ? footer?.inCommand : undefined) ?? footer?.text ?? '';
		const next: readonly Span[] = [{text: gap}, {text: footer?.label ?? label, role: 'key'}, {text: ` ${text}`, role: 'quiet'}];
		if (widthOfSpans([...spans, ...next]) <= width) {
			spans.push(...next);
		}
	}

	return fit(theme, spans, width);
}
