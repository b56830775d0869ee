/** What the keys do while one browses: select, scroll, copy, show and hide, and step through time. */
import {bytesOf} from '../core/frames.js';
import {visible} from '../core/text.js';
import {stepFrom, type Step} from '../core/travel.js';
import {codeText, lastCodeTop} from './code-view.js';
import {lastHelpTop} from './help.js';
import {outlookOf} from './interface-state.js';
import {scrollLadder, selectInLadder} from './ladder-control.js';
import {lastLanesTop} from './lanes-view.js';
import {bodyRows, hasEvents} from './layout.js';
import {lastLessonTop, lessonWidth} from './lesson-view.js';
import {type Playground} from './playground.js';
import {type Terminal} from './terminal.js';
import {rowsOf} from './transcript.js';
import {scrollWire, selectOnWire} from './wire-keys.js';

const stepNames: Readonly<Record<Step, string>> = {
	back: 'event', forth: 'event', start: 'event', now: 'event', 'previous-exchange': 'question', 'next-exchange': 'question', 'previous-trouble': 'refusal or fault', 'next-trouble': 'refusal or fault',
};

/** Goes to another moment, or says that there is none in that direction. */
export function step(playground: Playground, to: Step): void {
	const from = playground.timeline.moment;
	const moment = stepFrom(playground.journal, from, to);
	playground.travel(moment);
	if (moment === from && to !== 'now' && to !== 'start') {
		const isBack = to === 'back' || to.startsWith('previous');
		playground.dispatch({type: 'notice', notice: {text: `there is no ${isBack ? 'earlier' : 'later'} ${stepNames[to]}`, isProblem: false}});
	}
}

/** Moves whichever selection is in sight. */
export function selectBy(playground: Playground, by: number): void {
	const {mode, ladder, lessonSelected} = playground.state;
	if (mode === 'lessons') {
		playground.dispatch({type: 'lesson-list', selected: Math.min((playground.lessons?.rows.length ?? 1) - 1, lessonSelected - by)});
	} else if (mode === 'wire') {
		selectOnWire(playground, by);
	} else if (ladder) {
		selectInLadder(playground, ladder, by);
	} else {
		select(playground, by);
	}
}

/** How many rows a selection may go through: a recording may have a million, and each has to be read from its file. */
const rowsSelectable = 5000;

/** Moves the selection `by` rows towards the beginning (0: the newest row). */
export function select(playground: Playground, by: number): void {
	const {state, shown: journal} = playground;
	const outlook = outlookOf(state);
	const numbers = [...take(rowsOf(journal, state.focus), by === 0 ? 1 : rowsSelectable)].map(({n}) => n);
	// Without a selection it begins at the bottom of what is in sight.
	const bottom = outlook.upTo === undefined ? 0 : numbers.findIndex(n => n <= (outlook.upTo ?? 0));
	const at = outlook.selected === undefined ? bottom - 1 : numbers.findIndex(n => n <= (outlook.selected ?? 0));
	const selected = by === 0 ? numbers[0] : numbers[Math.min(numbers.length - 1, Math.max(0, at + by))];
	if (selected !== undefined) {
		playground.dispatch({type: 'outlook', peer: state.focus, outlook: {...(outlook.upTo !== undefined && selected <= outlook.upTo && {upTo: outlook.upTo}), selected}});
	}
}

/** How many rows a page is: some stay in sight. */
const pageRows = 8;

/** Scrolls whatever is in sight. */
export function scroll(playground: Playground, terminal: Terminal, pages: number): void {
	const {state, shown: journal} = playground;
	const size = terminal.size();
	if (state.mode === 'help') {
		const last = lastHelpTop(size.columns, bodyRows(size));
		playground.dispatch({type: 'help-top', top: Math.min(last, state.helpTop - Math.round(pages * 10))});
		return;
	}

	if (state.mode === 'code') {
		const last = lastCodeTop(journal.snapshot, state.code, bodyRows(size));
		playground.dispatch({type: 'code', outlook: {...state.code, top: Math.max(0, Math.min(last, state.code.top - Math.round(pages * 10)))}});
		return;
	}

	if (playground.lesson && state.showsLesson && lessonWidth(size.columns) === 0 && (state.mode === 'typing' || state.mode === 'predicting')) {
		const last = lastLessonTop(playground.lesson.view, {width: size.columns, height: bodyRows(size), isBeside: false});
		playground.dispatch({type: 'lesson-top', top: Math.min(last, state.lessonTop) - Math.round(pages * 8)});
		return;
	}

	if (state.mode === 'wire') {
		scrollWire(playground, pages);
		return;
	}

	if (state.ladder) {
		scrollLadder(playground, state.ladder, pages * pageRows);
		return;
	}

	const {lanes} = journal.snapshot;
	if (lanes) {
		const last = lastLanesTop(lanes, bodyRows(terminal.size()));
		playground.dispatch({type: 'lanes-top', top: Math.min(last, state.lanesTop - (pages * pageRows))});
		return;
	}

	const outlook = outlookOf(state);
	const newest = [...take(rowsOf(journal, state.focus), 5000)].map(({n}) => n);
	const at = outlook.upTo === undefined ? 0 : newest.findIndex(n => n <= (outlook.upTo ?? 0));
	const to = Math.min(newest.length - 1, at + (pages * pageRows));
	const {selected} = outlook;
	const upTo = to <= 0 ? undefined : newest[to];
	playground.dispatch({type: 'outlook', peer: state.focus, outlook: {...(upTo !== undefined && {upTo}), ...(selected !== undefined && upTo === undefined && {selected})}});
}

function * take<Value>(values: Iterable<Value>, count: number): Generator<Value> {
	let left = count;
	for (const value of values) {
		if (left-- <= 0) {
			return;
		}

		yield value;
	}
}

/** Shows or hides the log of events. */
export function toggleEvents(playground: Playground, terminal: Terminal): void {
	playground.dispatch({type: 'events', shows: !hasEvents(terminal.size(), playground.state.showsEvents)});
}

/** Shows or hides the ladder. */
export function toggleLadder(playground: Playground): void {
	playground.dispatch(playground.state.ladder ? {type: 'ladder'} : {type: 'ladder', outlook: {}});
}

/** Copies the selected message, or the newest one of the pane in focus. */
export function copy(playground: Playground, terminal: Terminal): void {
	const {state, shown: journal} = playground;
	if (state.mode === 'code') {
		terminal.copy(codeText(journal.snapshot, state.code));
		playground.dispatch({type: 'notice', notice: {text: `copied: all programs in ${state.code.language} (if your terminal allows OSC 52)`, isProblem: false}});
		return;
	}

	const {selected} = state.ladder ?? outlookOf(state);
	for (const row of rowsOf(journal, state.focus, selected)) {
		const event = journal.at(row.n);
		if (event && 'frames' in event && event.frames) {
			const text = event.frames.map(frame => new TextDecoder().decode(bytesOf(frame))).join('\n');
			terminal.copy(text);
			playground.dispatch({type: 'notice', notice: {text: `copied: ${visible(text).slice(0, 60)} (if your terminal allows OSC 52)`, isProblem: false}});
			return;
		}
	}

	playground.dispatch({type: 'notice', notice: {text: 'there is no message to copy yet', isProblem: true}});
}
