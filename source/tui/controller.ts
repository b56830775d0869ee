/** From keys to what they do: intents become changes of the interface, lines for the lab, or a word to the terminal. */
import {copy, scroll, select, selectBy, step, toggleEvents, toggleLadder} from './browsing.js';
import {nextLanguage} from './code-view.js';
import {completeOrLeave} from './completing.js';
import {everyone, focusBy, focusOn, panes} from './focus.js';
import {editorOf} from './interface-state.js';
import {intentOf, ofPeers, type Intent} from './keys.js';
import {type Keystroke} from './keystroke.js';
import {takeLessonKey} from './lesson-control.js';
import {type Playground} from './playground.js';
import {submit} from './submit.js';
import {type Terminal} from './terminal.js';
import {showBytes, showWire} from './wire-keys.js';

/** Takes one key press, or a run of typed text. */
export function takeKeystroke(playground: Playground, terminal: Terminal, keystroke: Keystroke): void {
	const {state} = playground;
	if (keystroke.type === 'text' && state.mode !== 'typing' && keystroke.text.length > 1) {
		// Letters are keys there: a key held down over a slow line arrives as several at once.
		for (const letter of keystroke.text) {
			takeKeystroke(playground, terminal, {type: 'text', text: letter});
		}

		return;
	}

	const name = keystroke.type === 'key' ? keystroke.name : keystroke.text;
	const isText = keystroke.type === 'text' && state.mode === 'typing' && !(name === '?' && editorOf(state).text === '');
	if (isText) {
		// The way out of most refusals is a command: it must not land behind the refused text, which ↑ brings back.
		if (state.givenBack === state.focus && keystroke.text.startsWith('/')) {
			playground.dispatch({type: 'edit', action: {type: 'clear'}});
		}

		playground.dispatch({type: 'edit', action: {type: 'insert', text: keystroke.text}});
		return;
	}

	const intent = intentOf(name, state.mode);
	if (intent) {
		carryOut(playground, terminal, intent);
	}
}

/** Takes a paste: one message, however many lines it has. */
export function takePaste(playground: Playground, text: string): void {
	if (playground.state.mode === 'typing') {
		playground.dispatch({type: 'edit', action: {type: 'insert', text: text.replaceAll(/\r\n?/g, '\n')}});
	}
}

function carryOut(playground: Playground, terminal: Terminal, intent: Intent): void {
	if (playground.shown.snapshot.lanes && playground.state.mode !== 'wire' && ofPeers.has(intent.type)) {
		return;
	}

	switch (intent.type) {
		case 'edit': {
			playground.dispatch(intent);
			break;
		}

		case 'submit': {
			submit(playground, terminal);
			break;
		}

		case 'complete': {
			completeOrLeave(playground);
			break;
		}

		case 'next-pane':
		case 'previous-pane': {
			focusBy(playground, panes(playground), intent.type === 'next-pane' ? 1 : -1);
			break;
		}

		case 'focus': {
			focusOn(playground, panes(playground)[intent.index]);
			break;
		}

		case 'walk': {
			focusBy(playground, everyone(playground), intent.by);
			break;
		}

		case 'browse': {
			playground.dispatch({type: 'mode', mode: 'browsing'});
			select(playground, 0);
			break;
		}

		case 'back': {
			playground.race?.stop();
			if (playground.isOnlyRace) {
				terminal.quit();
				break;
			}

			// Whoever types speaks to the living lab.
			if (!playground.recording) {
				playground.travel(undefined);
			}

			// Whoever looks around before choosing looks at the lab.
			if (playground.state.mode === 'predicting') {
				playground.dispatch({type: 'lesson', shows: false});
			}

			playground.dispatch({type: 'mode', mode: 'typing'});
			break;
		}

		case 'help': {
			playground.dispatch({type: 'mode', mode: 'help'});
			break;
		}

		case 'longer':
		case 'shorter': {
			changeDelay(playground, intent.type === 'longer' ? 1 : -1);
			break;
		}

		case 'wire': {
			showWire(playground);
			break;
		}

		case 'bytes': {
			showBytes(playground);
			break;
		}

		case 'step': {
			step(playground, intent.step);
			break;
		}

		case 'play': {
			playground.playOrPause();
			break;
		}

		case 'select': {
			selectBy(playground, intent.by);
			break;
		}

		case 'scroll': {
			scroll(playground, terminal, intent.pages);
			break;
		}

		case 'events': {
			toggleEvents(playground, terminal);
			break;
		}

		case 'why':
		case 'envelope': {
			playground.dispatch({type: intent.type});
			break;
		}

		case 'ladder': {
			toggleLadder(playground);
			break;
		}

		case 'copy': {
			copy(playground, terminal);
			break;
		}

		case 'lesson': {
			takeLessonKey(playground, intent);
			break;
		}

		case 'next-language': {
			const {code} = playground.state;
			playground.dispatch({type: 'code', outlook: {language: nextLanguage(code.language), top: 0}});
			break;
		}

		case 'next-line': {
			playground.player?.next();
			break;
		}

		case 'end-script': {
			playground.player?.stop();
			break;
		}

		default: {
			terminal[intent.type]();
		}
	}
}

/** A longer or shorter delay of the server in focus, or of the only one. */
function changeDelay(playground: Playground, direction: 1 | -1): void {
	const {state, journal} = playground;
	const servers = Object.values(journal.snapshot.peers).filter(({role}) => role === 'server');
	const server = servers.find(({name}) => name === state.focus) ?? servers[0];
	const why = playground.whyNothingCanBeDone;
	if (why !== undefined) {
		playground.dispatch({type: 'notice', notice: {text: why, isProblem: true}});
	} else if (server) {
		playground.execute(`@${server.name} delay ${direction === 1 ? 'longer' : 'shorter'}`);
	}
}
