/*
The input line as a pure reducer: `edit(editor, action)` is the editor after the action.

Law: the cursor stands between two graphemes, never inside one; an action that changes nothing returns the very same editor.

Ink's own inputs lose keys in bursts, cut emoji in half and have no history: hence this one.
*/
import {
	nextBoundary,
	nextGrapheme,
	nextWord,
	previousGrapheme,
	previousWord,
	type Motion,
} from './boundaries.js';

/** The line as it stands; `cursor` is a UTF-16 index. */
type Line = {
	readonly text: string;
	readonly cursor: number;
};

/** The input line and what was sent from it, oldest first. */
export type LineEditor = Line & {
	readonly history: readonly string[];
	/** While an older line is shown: which one, and the line that was being written, to be given back. */
	readonly browsing?: {readonly index: number; readonly draft: Line};
};

type MotionName = 'left' | 'right' | 'word-left' | 'word-right' | 'home' | 'end';
type DeletionName = 'delete-back' | 'delete-forward' | 'delete-word-back' | 'delete-word-forward' | 'delete-to-start' | 'delete-to-end';

/**
What can be done to the line.

- `insert`: typed or pasted at the cursor. Line ends become `\n`: terminals paste them as `\r`.
- `set`: the whole line replaced, as by a completion; the cursor goes to its end.
- `clear`: an empty line; the history stays.
- `remember`: a line that was sent goes to the history; the line itself stays, for it may not have been accepted.
- `older`, `newer`: through the history. A recalled line that is changed becomes the draft.
*/
export type LineAction =
	| {readonly type: 'insert' | 'set' | 'remember'; readonly text: string}
	| {readonly type: MotionName | DeletionName | 'older' | 'newer' | 'clear'};

/** A new line with nothing remembered. */
export const emptyEditor: LineEditor = {text: '', cursor: 0, history: []};

/** How many lines are remembered. */
export const historyLimit = 500;

const motions: Record<MotionName, Motion> = {
	left: previousGrapheme,
	right: nextGrapheme,
	'word-left': previousWord,
	'word-right': nextWord,
	home: () => 0,
	end: text => text.length,
};

/** Each deletion takes what the motion would pass over. */
const deletions: Record<DeletionName, Motion> = {
	'delete-back': motions.left,
	'delete-forward': motions.right,
	'delete-word-back': motions['word-left'],
	'delete-word-forward': motions['word-right'],
	'delete-to-start': motions.home,
	'delete-to-end': motions.end,
};

/** The editor after the action; the same object if nothing changed. */
export function edit(editor: LineEditor, action: LineAction): LineEditor {
	switch (action.type) {
		case 'insert': {
			return replace(editor, editor.cursor, editor.cursor, action.text.replaceAll(/\r\n?/gv, '\n'));
		}

		case 'set': {
			return replace(editor, 0, editor.text.length, action.text);
		}

		case 'clear': {
			return replace(editor, 0, editor.text.length, '');
		}

		case 'remember': {
			return remember(editor, action.text);
		}

		case 'older': {
			return recallOlder(editor);
		}

		case 'newer': {
			return recallNewer(editor);
		}

		case 'left':
		case 'right':
		case 'word-left':
		case 'word-right':
		case 'home':
		case 'end': {
			const cursor = motions[action.type](editor.text, editor.cursor);
			return cursor === editor.cursor ? editor : {...editor, cursor};
		}

		case 'delete-back':
		case 'delete-forward':
		case 'delete-word-back':
		case 'delete-word-forward':
		case 'delete-to-start':
		case 'delete-to-end': {
			const other = deletions[action.type](editor.text, editor.cursor);
			return replace(editor, Math.min(other, editor.cursor), Math.max(other, editor.cursor), '');
		}
	}
}

/** The text between two positions replaced, the cursor after the new text; whatever was being browsed is left, for this is a new draft. */
function replace(editor: LineEditor, start: number, end: number, replacement: string): LineEditor {
	const text = editor.text.slice(0, start) + replacement + editor.text.slice(end);
	const cursor = nextBoundary(text, start + replacement.length);
	const isSame = text === editor.text && cursor === editor.cursor && !editor.browsing;
	return isSame ? editor : {text, cursor, history: editor.history};
}

/** Empty lines and repetitions of the newest one are not worth a key press. */
function remember(editor: LineEditor, sent: string): LineEditor {
	const {text, cursor, history, browsing} = editor;
	const isWorthIt = sent.trim() !== '' && sent !== history.at(-1);
	if (!isWorthIt) {
		return browsing ? {text, cursor, history} : editor;
	}

	return {text, cursor, history: [...history, sent].slice(-historyLimit)};
}

function recallOlder(editor: LineEditor): LineEditor {
	const {history, browsing} = editor;
	const index = (browsing?.index ?? history.length) - 1;
	const text = history[index];
	if (text === undefined) {
		return editor;
	}

	const draft = browsing?.draft ?? {text: editor.text, cursor: editor.cursor};
	return {
		text, cursor: text.length, history, browsing: {index, draft},
	};
}

function recallNewer(editor: LineEditor): LineEditor {
	const {history, browsing} = editor;
	if (!browsing) {
		return editor;
	}

	const index = browsing.index + 1;
	const text = history[index];
	return text === undefined
		? {...browsing.draft, history}
		: {
			text, cursor: text.length, history, browsing: {index, draft: browsing.draft},
		};
}
