/** The Ink side: draws the lines, hears the keys, places the cursor. Everything else is decided elsewhere. */
import {Buffer} from 'node:buffer';
import process from 'node:process';
import {
	Box,
	Transform,
	useApp,
	useCursor,
	useInput,
	usePaste,
} from 'ink';
import {
	memo,
	useEffect,
	useMemo,
	useSyncExternalStore,
	type ReactNode,
} from 'react';
import {takeKeystroke, takePaste} from './controller.js';
import {keystrokesOf} from './keystroke.js';
import {type Playground} from './playground.js';
import {save} from './save.js';
import {drawScreen} from './screen.js';
import {suspendProcess} from './suspend.js';
import {type Terminal} from './terminal.js';
import {type Theme} from './theme.js';

/**
One line of the screen, which is exactly as wide as the screen; unchanged lines are not rendered again.

Ink measures, cuts, lays out and tokenizes the text of each `Text` anew in every frame, changed or not. What a `Transform` makes of a blank it only
tokenizes, and that halves the cost of a frame. So what `Text` would drop is dropped here: any control character that is not part of a colour.
*/
export const Line = memo(({text}: {readonly text: string}): ReactNode => {
	const line = text.replaceAll(/\p{Control}(?:\[[\d;]*m)?/gv, found => found.startsWith('\u{1B}[') ? found : '');
	return <Transform accessibilityLabel={line} transform={() => line}>{' '}</Transform>;
});

/** OSC 52: the terminal puts the text on the clipboard, also through ssh. */
const copySequence = (text: string): string => `\u{1B}]52;c;${Buffer.from(text).toString('base64')}\u{7}`;

/** What only the terminal can do, for an app that `notify` draws again. */
export function useTerminal(redraw: () => void, program: {readonly notify: () => void}): Terminal {
	const {exit, suspendTerminal} = useApp();
	const {stdout} = process;
	const terminal: Terminal = useMemo(() => ({
		size: () => ({columns: stdout.columns, rows: stdout.rows}),
		quit() {
			exit();
		},
		redraw() {
			redraw();
			program.notify();
		},
		copy(text) {
			stdout.write(copySequence(text));
		},
		save,
		suspend() {
			void suspendProcess(suspendTerminal);
		},
	}), [exit, program, redraw, stdout, suspendTerminal]);

	useEffect(() => {
		// Without a clear, Ink's line-by-line updates leave ghosts of the old width.
		stdout.on('resize', terminal.redraw);
		return () => {
			stdout.off('resize', terminal.redraw);
		};
	}, [stdout, terminal]);
	return terminal;
}

/** The full-screen app. `redraw` makes Ink forget what is on the screen. */
export function App({playground, theme, redraw}: {readonly playground: Playground; readonly theme: Theme; readonly redraw: () => void}): ReactNode {
	const {setCursorPosition} = useCursor();
	useSyncExternalStore(playground.subscribe, playground.version);
	const terminal = useTerminal(redraw, playground);
	useInput((input, key) => {
		for (const keystroke of keystrokesOf(input, key)) {
			takeKeystroke(playground, terminal, keystroke);
		}
	});
	usePaste(text => {
		takePaste(playground, text);
	});

	const {lines, cursor} = drawScreen({
		journal: playground.shown,
		timeline: playground.timeline,
		...(playground.race && {race: playground.race.board()}),
		...(playground.lesson && {lesson: playground.lesson.view}),
		...(playground.lessons && {lessons: playground.lessons.rows}),
		state: playground.state,
		now: playground.now(),
		size: terminal.size(),
		theme,
	});
	setCursorPosition(cursor && {...cursor});
	return (
		<Box flexDirection='column'>
			{lines.map((text, row) => <Line key={row} text={text} />)}
		</Box>
	);
}
