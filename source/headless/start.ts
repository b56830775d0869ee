/** Starts a front without a screen: the lab in this process, stdin, stdout and the signals. */
import process from 'node:process';
import {type Front} from '../command-line/fronts/front.js';
import {parseDuration} from '../core/duration.js';
import {type LabOptions} from '../core/lab-port.js';
import {firstClient} from '../core/scenes.js';
import {startLocalLab} from '../lab/local.js';
import {jsonPrinter, rowPrinter} from './printer.js';
import {ask, serve} from './run.js';
import {openSurroundings} from './surroundings.js';

/** How long a client waits for a reply when nobody watches. */
export const patience = '10s';

export type HeadlessOptions = {readonly front: Front; readonly lab: LabOptions; readonly isJson: boolean; readonly isAscii: boolean; readonly count?: number};

/** Runs to the end and gives the exit status. Every socket is closed and every line is written by then. */
export async function startHeadless({front, lab, isJson, isAscii, count}: HeadlessOptions): Promise<number> {
	const {outlets, stop, finish} = openSurroundings();
	const peer = front.solo?.peer ?? firstClient;
	const port = await startLocalLab({timeout: patience, ...lab});
	const run = {
		port,
		print: isJson ? jsonPrinter(outlets) : rowPrinter(outlets, {isAscii, teller: peer}),
		err: outlets.err,
		stop,
	};
	const status = front.solo?.role === 'server'
		? await serve(run, peer, count)
		: await ask(run, peer, process.stdin, parseDuration(lab.timeout ?? patience));
	await port.end();
	return finish(status);
}
