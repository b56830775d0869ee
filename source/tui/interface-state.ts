/** What belongs to the person at the screen and not to the lab: focus, mode, input lines, scrolling, notices. A pure reducer; never in the journal. */
import {firstCodeOutlook, type CodeOutlook} from './code-view.js';
import {
	edit,
	emptyEditor,
	type LineAction,
	type LineEditor,
} from './line-editor.js';
import {type Mode} from './keys.js';
import {type Outlook} from './transcript.js';
import {firstWireOutlook, type WireOutlook} from './wire-view.js';

/** One line above the input line. */
export type Notice = {readonly text: string; readonly isProblem: boolean};

/** A line handed to the lab, until it is known whether it was taken. `focus` is where it was typed, `peer` whom a message was for. */
export type Submission = {readonly focus: string; readonly input: string; readonly line: string; readonly peer?: string};

/** How far a script is that plays on the screen; what a lesson shows has no line. `last` is its newest expectation; `isPausing`: it waits for a key. */
export type ScriptBar = {readonly name: string; readonly line?: number; readonly isPausing: boolean; readonly last?: {readonly text: string; readonly held: boolean}};

export type InterfaceState = {
	readonly focus: string;
	/** Who was in focus before, newest first: each side of the screen keeps its own. */
	readonly visited: readonly string[];
	readonly mode: Mode;
	readonly editors: Readonly<Record<string, LineEditor>>;
	readonly outlooks: Readonly<Record<string, Outlook>>;
	readonly showsEvents: boolean | undefined;
	readonly showsWhy: boolean;
	readonly showsEnvelope: boolean;
	/** What part of the ladder is shown; undefined while it is hidden. */
	readonly ladder?: Outlook;
	readonly helpTop: number;
	readonly lanesTop: number;
	readonly wire: WireOutlook;
	readonly code: CodeOutlook;
	readonly notice?: Notice;
	readonly script?: ScriptBar;
	/** On a small screen: whether the lesson is over the lab, and from which row on. */
	readonly showsLesson: boolean;
	readonly lessonTop: number;
	/** Which lesson is selected in the list. */
	readonly lessonSelected: number;
	/** Oldest first: a line typed quickly is handed over before it is known what became of the one before. */
	readonly submissions: readonly Submission[];
	/** Whose input line holds a refused text that nobody has touched yet. */
	readonly givenBack?: string;
	/** While Tab walks through the candidates: the input as it was typed, and which candidate stands there. */
	readonly completing?: {readonly input: string; readonly index: number};
};

export type InterfaceAction =
	| {readonly type: 'focus'; readonly peer: string}
	| {readonly type: 'mode'; readonly mode: Mode}
	| {readonly type: 'edit'; readonly action: LineAction}
	| {readonly type: 'complete'; readonly text: string; readonly completing?: {readonly input: string; readonly index: number}}
	| {readonly type: 'submitted'; readonly input: string; readonly submission?: Submission}
	| {readonly type: 'accepted' | 'given-back'; readonly submission: Submission}
	| {readonly type: 'notice'; readonly notice?: Notice}
	| {readonly type: 'outlook'; readonly peer: string; readonly outlook: Outlook}
	| {readonly type: 'events'; readonly shows: boolean}
	| {readonly type: 'help-top' | 'lanes-top'; readonly top: number}
	| {readonly type: 'wire'; readonly outlook: WireOutlook}
	| {readonly type: 'code'; readonly outlook: CodeOutlook}
	| {readonly type: 'script'; readonly script: ScriptBar}
	| {readonly type: 'ladder'; readonly outlook?: Outlook}
	| {readonly type: 'lesson'; readonly shows: boolean}
	| {readonly type: 'lesson-top'; readonly top: number}
	| {readonly type: 'lesson-list'; readonly selected: number}
	| {readonly type: 'travelled'}
	| {readonly type: 'why' | 'envelope'};

export const firstInterfaceState = (focus: string): InterfaceState => ({
	focus, visited: [], mode: 'typing', editors: {}, outlooks: {}, showsEvents: undefined, showsWhy: false, showsEnvelope: false, helpTop: 0, lanesTop: 0, wire: firstWireOutlook, code: firstCodeOutlook, submissions: [], showsLesson: true, lessonTop: 0, lessonSelected: 0,
});

/** The input line of the pane in focus. */
export const editorOf = (state: InterfaceState, peer = state.focus): LineEditor => state.editors[peer] ?? emptyEditor;

/** What part of a peer's transcript is shown. */
export const outlookOf = (state: InterfaceState, peer = state.focus): Outlook => state.outlooks[peer] ?? {};

export function reduce(state: InterfaceState, action: InterfaceAction): InterfaceState {
	switch (action.type) {
		case 'focus': {
			return {...settled(state), focus: action.peer, visited: [state.focus, ...state.visited.filter(peer => peer !== state.focus)]};
		}

		case 'mode': {
			const next = {...settled(state), mode: action.mode, helpTop: 0};
			// Whoever types sees what comes of it.
			return action.mode === 'typing' ? {...next, outlooks: {...state.outlooks, [state.focus]: {}}, ...(state.ladder && {ladder: {}})} : next;
		}

		case 'edit': {
			return withEditor(settled(state), state.focus, edit(editorOf(state), action.action));
		}

		case 'complete': {
			const next = withEditor(settled(state), state.focus, edit(editorOf(state), {type: 'set', text: action.text}));
			return action.completing ? {...next, completing: action.completing} : next;
		}

		case 'submitted': {
			const remembered = edit(edit(editorOf(state), {type: 'remember', text: action.input}), {type: 'clear'});
			const next = {...withEditor(settled(state), state.focus, remembered), showsLesson: false, outlooks: {...state.outlooks, [state.focus]: {}}};
			return action.submission ? {...next, submissions: [...pending(state), action.submission]} : next;
		}

		case 'accepted': {
			return without(state, action.submission);
		}

		case 'given-back': {
			const {submission} = action;
			const next = without(state, submission);
			// What has been typed meanwhile is worth more; the refused text is still in the history.
			if (editorOf(state, submission.focus).text !== '') {
				return next;
			}

			const back = withEditor(next, submission.focus, edit(editorOf(state, submission.focus), {type: 'set', text: submission.input}));
			const notice = {text: 'not sent: your text is back; typing / replaces it', isProblem: true};
			return submission.focus === state.focus ? {...back, notice, givenBack: submission.focus} : back;
		}

		case 'notice': {
			// It says something of the input line, and doesn't touch it.
			const next = {...settled(state), ...(state.givenBack !== undefined && {givenBack: state.givenBack})};
			return action.notice ? {...next, notice: action.notice} : next;
		}

		case 'outlook': {
			return {...settled(state), outlooks: {...state.outlooks, [action.peer]: action.outlook}};
		}

		case 'events': {
			return {...settled(state), showsEvents: action.shows};
		}

		case 'wire': {
			return {...settled(state), mode: 'wire', wire: action.outlook};
		}

		case 'code': {
			return {...settled(state), mode: 'code', code: action.outlook};
		}

		case 'envelope': {
			return {...settled(state), showsEnvelope: !state.showsEnvelope};
		}

		case 'why': {
			return {...settled(state), showsWhy: !state.showsWhy};
		}

		case 'script': {
			return {...state, script: action.script};
		}

		case 'ladder': {
			const {ladder: _before, ...rest} = settled(state);
			return action.outlook ? {...rest, ladder: action.outlook} : rest;
		}

		case 'lesson': {
			return {...settled(state), showsLesson: action.shows, lessonTop: 0};
		}

		case 'lesson-top': {
			return {...state, lessonTop: Math.max(0, action.top)};
		}

		case 'lesson-list': {
			return {...settled(state), mode: 'lessons', lessonSelected: Math.max(0, action.selected)};
		}

		case 'travelled': {
			// Each pane shows what was newest then.
			return {...settled(state), outlooks: {}, ...(state.ladder && {ladder: {}})};
		}

		case 'help-top': {
			return {...state, helpTop: Math.max(0, action.top)};
		}

		case 'lanes-top': {
			return {...settled(state), lanesTop: Math.max(0, action.top)};
		}
	}
}

/** Any next step ends a notice and a walk through completions, and a refused text is a text like any other. */
function settled(state: InterfaceState): InterfaceState {
	const {notice: _notice, completing: _completing, givenBack: _givenBack, ...rest} = state;
	return rest;
}

/** How many messages may be under way before the oldest is given up: their outcome was never heard of. */
const mostSubmissions = 16;

/** The messages whose outcome is due. That a command was carried out nobody says, so the next line ends the wait for it. */
const pending = ({submissions}: InterfaceState): readonly Submission[] =>
	submissions.filter(({peer}) => peer !== undefined).slice(1 - mostSubmissions);

const without = (state: InterfaceState, submission: Submission): InterfaceState =>
	({...state, submissions: state.submissions.filter(each => each !== submission)});

const withEditor = (state: InterfaceState, peer: string, editor: LineEditor): InterfaceState => ({...state, editors: {...state.editors, [peer]: editor}});
