/** The Ink side of the teacher's screen: draws the lines, hears the keys, places the cursor. */
import {Box, useCursor, useInput, usePaste} from 'ink';
import {useSyncExternalStore, type ReactNode} from 'react';
import {Line, useTerminal} from '../app.js';
import {keystrokesOf} from '../keystroke.js';
import {type Theme} from '../theme.js';
import {takeClassKey} from './control.js';
import {type ClassModel} from './model.js';
import {drawClass} from './screen.js';

export function ClassApp({model, theme, redraw}: {readonly model: ClassModel; readonly theme: Theme; readonly redraw: () => void}): ReactNode {
	const {setCursorPosition} = useCursor();
	useSyncExternalStore(model.subscribe, model.version);
	const terminal = useTerminal(redraw, model);
	useInput((input, key) => {
		for (const keystroke of keystrokesOf(input, key)) {
			takeClassKey(model, terminal, keystroke);
		}
	});
	usePaste(text => {
		model.edit({type: 'insert', text: text.replaceAll(/\r\n?/gv, '\n')});
	});

	const {lines, cursor} = drawClass(theme, model, terminal.size());
	setCursorPosition(cursor && {...cursor});
	return (
		<Box flexDirection='column'>
			{lines.map((text, row) => <Line key={row} text={text} />)}
		</Box>
	);
}
