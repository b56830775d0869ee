/** The front `tap`. */
import process from 'node:process';
import {type TapRequest} from '../command-line/tap.js';
import {type LabPort} from '../core/lab-port.js';
import {tapPeer} from '../core/lanes.js';
import {type TapFigures} from '../core/wire-events.js';
import {startRevivableLab} from '../lab/revivable.js';
import {hasScreen, showScreen} from './on-screen.js';
import {checkTarget} from './recording-target.js';

/** In a terminal on the screen, whose sums are left in the shell; else in lines. */
export async function runTap({headless, lab, looks}: TapRequest): Promise<number> {
	if (!hasScreen(headless)) {
		const {startTap} = await import('../tap/start.js');
		return startTap(headless);
	}

	const problem = lab.record && (await checkTarget(lab.record));
	if (problem) {
		process.stderr.write(`zmq-playground: ${problem.reason}\n${problem.next}\n`);
		return 2;
	}

	let figures: TapFigures | undefined;
	const port = startRevivableLab(lab);
	const heard: LabPort = {
		...port,
		subscribe(listener) {
			port.subscribe(events => {
				figures = events.findLast(event => event.type === 'tap-figures') ?? figures;
				listener(events);
			});
		},
	};
	const status = await showScreen(heard, {looks, focus: tapPeer});
	if (figures) {
		const {figureLines, marks} = await import('../tap/printer.js');
		process.stdout.write(`${figureLines(figures, marks[headless.isAscii ? 'ascii' : 'unicode'].note).join('\n')}\n`);
	}

	return status;
}
