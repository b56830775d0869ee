/** Screens on the terminal, each from its beginning to the exit status. */
import process from 'node:process';
import {withWishes} from '../command-line/looks.js';
import {type LabOptions, type LabPort} from '../core/lab-port.js';
import {type Looks} from '../core/looks.js';
import {startRevivableLab} from '../lab/revivable.js';
import {type ScreenOptions} from '../tui/run.js';

/** Whether there is somebody to look at a screen, and no wish for lines of JSON. */
export const hasScreen = ({isJson}: {readonly isJson: boolean}): boolean => process.stdin.isTTY && process.stdout.isTTY && !isJson;

/** A recording and a race have no lab: there is nobody to hand a line to. */
export const noLab: LabPort = {execute: () => undefined, subscribe: () => undefined, end: async () => undefined};

/** The lab's child is started before Ink is loaded, so that both get ready at once. */
export async function withScreen(lab: LabOptions, options: ScreenOptions): Promise<number> {
	return showScreen(startRevivableLab(lab), options);
}

export async function showScreen(port: LabPort, options: ScreenOptions): Promise<number> {
	return untilLeft(port, options.looks, async looks => {
		const {runScreen} = await import('../tui/run.js');
		await runScreen(port, {...options, looks});
	});
}

/** Shows a screen until the person leaves it, and then ends what it showed. Gives the exit status. */
export async function untilLeft(port: Pick<LabPort, 'end'>, given: Looks, show: (looks: Looks) => Promise<void>): Promise<number> {
	const looks = withWishes(given, process.env);
	if (!looks.hasColor) {
		// Ink's own colours ignore NO_COLOR.
		process.env['FORCE_COLOR'] = '0';
	}

	// Ink does so after its first frame: what is typed until then would be echoed into that frame.
	process.stdin.setRawMode(true);
	try {
		await show(looks);
		return 0;
	} catch (error) {
		process.stderr.write(`zmq-playground: our mistake, not yours: ${error instanceof Error ? error.message : String(error)}\nplease report it with what you did last\n`);
		return 1;
	} finally {
		await port.end();
	}
}
