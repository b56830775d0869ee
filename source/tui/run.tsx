/** Runs the playground on the terminal until the person leaves. */
import process from 'node:process';
import {render} from 'ink';
import {type LabPort} from '../core/lab-port.js';
import {firstClient} from '../core/scenes.js';
import {App} from './app.js';
import {Playground} from './playground.js';
import {createTheme} from './theme.js';

/** What the screen needs from outside. `now` is ms since the epoch, by the lab's clock. */
export type ScreenOptions = {readonly hasColor: boolean; readonly isAscii: boolean; readonly focus?: string};

/** Resolves when the person has left and the terminal is as it was. Rejects with what was thrown while drawing. */
export async function runScreen(port: LabPort, {hasColor, isAscii, focus = firstClient}: ScreenOptions): Promise<void> {
	const playground = new Playground(port, focus, () => performance.timeOrigin + performance.now());
	const instance = render(
		<App
			playground={playground}
			theme={createTheme({hasColor, isAscii})}
			redraw={() => {
				instance.clear();
			}}
		/>,
		{
			alternateScreen: true, incrementalRendering: true, maxFps: 60, exitOnCtrlC: false, patchConsole: false,
		},
	);
	try {
		await instance.waitUntilExit();
	} finally {
		playground.stop();
		process.stdin.pause();
	}
}
