/** From keys to what they do: intents become changes of the interface, lines for the lab, or a word to the terminal. */
import {complete} from '../commands/completion.js';
import {lineOfInput, parseLine} from '../commands/grammar.js';
import {bytesOf} from '../core/frames.js';
import {visible} from '../core/text.js';
import {editorOf, outlookOf} from './interface-state.js';
import {intentOf, type Intent} from './keys.js';
import {type Keystroke} from './keystroke.js';
import {type Playground} from './playground.js';
import {lastHelpTop} from './help.js';
import {bodyRows, hasEvents, type Size} from './layout.js';
import {rowsOf} from './transcript.js';
import {scrollWire, selectOnWire, showBytes, showWire} from './wire-keys.js';

/** What only the terminal can do. */
export type Terminal = {readonly quit: () => void; readonly suspend: () => void; readonly redraw: () => void; readonly copy: (text: string) => void; readonly size: () => Size};

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
			focusBy(playground, intent.type === 'next-pane' ? 1 : -1);
			break;
		}

		case 'focus': {
			focusOn(playground, panePeers(playground)[intent.index]);
			break;
		}

		case 'browse': {
			playground.dispatch({type: 'mode', mode: 'browsing'});
			select(playground, 0);
			break;
		}

		case 'back': {
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

		case 'select': {
			(playground.state.mode === 'wire' ? selectOnWire : select)(playground, intent.by);
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

		case 'copy': {
			copy(playground, terminal);
			break;
		}

		default: {
			terminal[intent.type]();
		}
	}
}

function submit(playground: Playground, terminal: Terminal): void {
	const {state, journal} = playground;
	const input = editorOf(state).text;
	const focus = journal.snapshot.peers[state.focus];
	if (input.trim() === '' || !focus) {
		return;
	}

	const line = lineOfInput(input, focus);
	const parsed = parseLine(line, journal.snapshot, state.focus);
	if (!parsed.ok) {
		playground.dispatch({type: 'notice', notice: {text: visible([parsed.reason, parsed.next].filter(Boolean).join(': ')), isProblem: true}});
		return;
	}

	const {verb} = parsed.action;
	if (parsed.record.subject === 'screen') {
		playground.dispatch({type: 'submitted', input});
		onScreen(playground, terminal, verb);
		return;
	}

	if (parsed.action.verb === 'fault' && parsed.action.text === '') {
		// What is in force stands at the head of the wire.
		playground.dispatch({type: 'submitted', input});
		showWire(playground);
		return;
	}

	// Whether it can be done now, only the lab knows: what is on the screen may be a moment old.
	const [peer] = parsed.peers;
	const addressed = line.startsWith('@') || peer === undefined ? line : `@${peer} ${line}`;
	const isMessage = verb === 'send' || verb === 'reply';
	playground.dispatch({type: 'submitted', input, submission: {focus: state.focus, input, line: addressed, ...(isMessage && peer !== undefined && {peer})}});
	playground.execute(addressed);
}

function onScreen(playground: Playground, terminal: Terminal, verb: string): void {
	switch (verb) {
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
			showWire(playground);
			break;
		}

		default: {
			playground.dispatch({type: 'mode', mode: 'help'});
		}
	}
}

/** The names in pane order: clients at the left, servers at the right. */
function panePeers({journal}: Playground): readonly string[] {
	const peers = Object.values(journal.snapshot.peers);
	return [...peers.filter(({role}) => role === 'client'), ...peers.filter(({role}) => role === 'server')].map(({name}) => name);
}

function focusBy(playground: Playground, step: 1 | -1): void {
	const peers = panePeers(playground);
	const index = peers.indexOf(playground.state.focus);
	focusOn(playground, peers[(index + step + peers.length) % peers.length]);
}

function focusOn(playground: Playground, peer: string | undefined): void {
	if (peer !== undefined) {
		playground.dispatch({type: 'focus', peer});
	}
}

/** Tab: first as much as all candidates share, then one after the other; without a command, the next pane. */
function completeOrLeave(playground: Playground): void {
	const {state, journal} = playground;
	const input = state.completing?.input ?? editorOf(state).text;
	const completion = complete(input, journal.snapshot, journal.snapshot.peers[state.focus]);
	if (!completion) {
		focusBy(playground, 1);
		return;
	}

	const {candidates, from} = completion;
	const typed = input.slice(from);
	const shared = sharedBeginning(candidates);
	const isLonger = shared.length > typed.length && shared.startsWith(typed);
	if (!state.completing && isLonger) {
		playground.dispatch({type: 'complete', text: input.slice(0, from) + shared});
	} else if (candidates.length > 0) {
		const index = ((state.completing?.index ?? -1) + 1) % candidates.length;
		playground.dispatch({type: 'complete', text: input.slice(0, from) + (candidates[index] ?? ''), completing: {input, index}});
	}
}

function sharedBeginning(words: readonly string[]): string {
	let shared = words[0] ?? '';
	for (const word of words) {
		while (!word.startsWith(shared)) {
			shared = shared.slice(0, -1);
		}
	}

	return shared;
}

/** A longer or shorter delay of the server in focus, or of the only one. */
function changeDelay(playground: Playground, direction: 1 | -1): void {
	const {state, journal} = playground;
	const servers = Object.values(journal.snapshot.peers).filter(({role}) => role === 'server');
	const server = servers.find(({name}) => name === state.focus) ?? servers[0];
	if (server) {
		playground.execute(`@${server.name} delay ${direction === 1 ? 'longer' : 'shorter'}`);
	}
}

/** Moves the selection `by` rows towards the beginning (0: the newest row). */
function select(playground: Playground, by: number): void {
	const {state, journal} = playground;
	const outlook = outlookOf(state);
	const numbers = [...take(rowsOf(journal, state.focus), by === 0 ? 1 : Infinity)].map(({n}) => n);
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

function scroll(playground: Playground, terminal: Terminal, pages: number): void {
	const {state, journal} = playground;
	if (state.mode === 'help') {
		const size = terminal.size();
		const last = lastHelpTop(size.columns, bodyRows(size));
		playground.dispatch({type: 'help-top', top: Math.min(last, state.helpTop - Math.round(pages * 10))});
		return;
	}

	if (state.mode === 'wire') {
		scrollWire(playground, pages);
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

function toggleEvents(playground: Playground, terminal: Terminal): void {
	playground.dispatch({type: 'events', shows: !hasEvents(terminal.size(), playground.state.showsEvents)});
}

/** Copies the selected message, or the newest one of the pane in focus. */
function copy(playground: Playground, terminal: Terminal): void {
	const {state, journal} = playground;
	const {selected} = outlookOf(state);
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
