/** What Enter does: a message or command goes to the lab, and a command about the screen is carried out here. */
import {formatOfFile} from '../commands/exporting.js';
import {lineOfInput, parseLine} from '../commands/grammar.js';
import {commandsFor, noPeerHere} from '../commands/registry.js';
import {type Action} from '../commands/record.js';
import {visible} from '../core/text.js';
import {codeOf, languageNamed} from '../code/languages.js';
import {exportAs} from '../exports/export.js';
import {awaitsChoice} from '../lessons/session.js';
import {copy, toggleEvents, toggleLadder} from './browsing.js';
import {focusOnNamed} from './focus.js';
import {editorOf} from './interface-state.js';
import {askLesson, openLessons} from './lesson-control.js';
import {lessonWidth} from './lesson-view.js';
import {type Playground} from './playground.js';
import {watchRace} from './race-control.js';
import {type Terminal} from './terminal.js';
import {showWire} from './wire-keys.js';

/** Takes what stands in the input line. */
export function submit(playground: Playground, terminal: Terminal): void {
	const {state, journal} = playground;
	const input = editorOf(state).text;
	const focus = journal.snapshot.peers[state.focus];
	const isReadOn = playground.lesson?.isStepDone ?? false;
	if (input === '' && journal.snapshot.steps?.length && !isReadOn) {
		playground.execute('step');
		return;
	}

	// A refusal may be what ticks a step: whoever has not touched the text that was given back wants to read on.
	if (playground.lesson && (input === '' || (isReadOn && state.givenBack === state.focus))) {
		playground.dispatch({type: 'edit', action: {type: 'clear'}});
		// What has just been done is read first, where the lesson is covered by the lab.
		if (lessonWidth(terminal.size().columns) === 0 && !state.showsLesson && !awaitsChoice(playground.lesson.view.session)) {
			playground.dispatch({type: 'lesson', shows: true});
			playground.dispatch({type: 'lesson-top', top: Infinity});
		} else {
			playground.lesson.ask({type: 'next'});
		}

		return;
	}

	// A tap between programs of others has nobody to speak for.
	const isTap = journal.snapshot.lanes !== undefined;
	if (input.trim() === '' || (!focus && !isTap)) {
		return;
	}

	const line = lineOfInput(input, focus);
	const parsed = parseLine(line, journal.snapshot, state.focus);
	if (!parsed.ok) {
		playground.dispatch({type: 'notice', notice: {text: visible([parsed.reason, parsed.next].filter(Boolean).join(': ')), isProblem: true}});
		return;
	}

	if (!commandsFor(journal.snapshot).includes(parsed.record)) {
		playground.dispatch({type: 'notice', notice: {text: `${noPeerHere.reason}: ${noPeerHere.next}`, isProblem: true}});
		return;
	}

	const {verb} = parsed.action;
	if (parsed.record.subject === 'screen') {
		playground.dispatch({type: 'submitted', input});
		onScreen(playground, terminal, parsed.action);
		return;
	}

	if (parsed.action.verb === 'fault' && parsed.action.text === '') {
		// What is in force stands at the head of the wire.
		playground.dispatch({type: 'submitted', input});
		showWire(playground);
		return;
	}

	const why = playground.whyNothingCanBeDone;
	if (why !== undefined) {
		playground.dispatch({type: 'notice', notice: {text: why, isProblem: true}});
		return;
	}

	// Whether it can be done now, only the lab knows: what is on the screen may be a moment old.
	const [peer] = parsed.peers;
	const addressed = line.startsWith('@') || peer === undefined ? line : `@${peer} ${line}`;
	const isMessage = verb === 'send' || verb === 'reply';
	playground.dispatch({type: 'submitted', input, submission: {focus: state.focus, input, line: addressed, ...(isMessage && peer !== undefined && {peer})}});
	playground.execute(addressed);
}

function onScreen(playground: Playground, terminal: Terminal, action: Action): void {
	switch (action.verb) {
		case 'focus': {
			focusOnNamed(playground, action.peer);
			break;
		}

		case 'quit': {
			terminal.quit();
			break;
		}

		case 'copy': {
			copy(playground, terminal);
			break;
		}

		case 'events': {
			toggleEvents(playground, terminal);
			break;
		}

		case 'wire': {
			showWire(playground, action.link);
			break;
		}

		case 'race': {
			const {requests, seed = playground.journal.snapshot.seed} = action;
			watchRace(playground, {requests, seed, names: []});
			break;
		}

		case 'why':
		case 'envelope': {
			playground.dispatch({type: action.verb});
			break;
		}

		case 'ladder': {
			toggleLadder(playground);
			break;
		}

		case 'lesson': {
			if (action.wish === 'open') {
				void openLessons(playground, {...(action.name !== undefined && {name: action.name}), isPresenting: playground.lesson?.view.isPresenting ?? false});
			} else {
				askLesson(playground, action.wish);
			}

			break;
		}

		case 'code': {
			showCode(playground, terminal, action);
			break;
		}

		case 'export': {
			exportTo(playground, terminal, action);
			break;
		}

		default: {
			playground.dispatch({type: 'mode', mode: 'help'});
		}
	}
}

/** Shows the lab as programs, or writes them to a directory. */
function showCode(playground: Playground, terminal: Terminal, {language, directory}: Extract<Action, {readonly verb: 'code'}>): void {
	const record = languageNamed(language);
	if (directory === undefined || !record) {
		playground.dispatch({type: 'code', outlook: {language, top: 0}});
		return;
	}

	const saved = codeOf(playground.shown.snapshot, record).map(({name, text}) => terminal.save(`${directory}/${name}`, text, false));
	const wrong = saved.find(({isProblem}) => isProblem);
	if (wrong?.text.startsWith('EEXIST')) {
		playground.dispatch({type: 'notice', notice: {text: `EEXIST: nothing was overwritten; choose another directory than ${visible(directory)}`, isProblem: true}});
		return;
	}

	playground.dispatch({type: 'notice', notice: {text: visible((wrong ?? {text: `${saved.length} programs written to ${directory}: their first lines say how to start them`}).text), isProblem: wrong !== undefined}});
}

/** Makes a file of what is shown; its ending says which. */
function exportTo(playground: Playground, terminal: Terminal, {file, again}: Extract<Action, {readonly verb: 'export'}>): void {
	const {text, isProblem} = terminal.save(file, exportAs(formatOfFile(file), playground.shown), again);
	playground.dispatch({type: 'notice', notice: {text: visible(text), isProblem}});
}
