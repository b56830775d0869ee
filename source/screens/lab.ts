/** The fronts of a lab: the playground, `client`, `server` and `worker`. */
import process from 'node:process';
import {type Request} from '../command-line/arguments.js';
import {type LabOptions} from '../core/lab-port.js';
import {hasScreen, withScreen} from './on-screen.js';
import {checkTarget} from './recording-target.js';

type Run = Extract<Request, {readonly type: 'run'}>;

/** On the screen or in lines. Gives the exit status. */
export async function runLab(run: Run): Promise<number> {
	const problem = (await lookIntoKeyFiles(run.lab.curve)) ?? (run.lab.record && (await checkTarget(run.lab.record)));
	if (problem) {
		process.stderr.write(`zmq-playground: ${problem.reason}\n${problem.next}\n`);
		return 2;
	}

	const {lab, looks, front} = run;
	return hasScreen(run) ? withScreen(lab, {looks, ...(front.solo && {focus: front.solo.peer})}) : withoutScreen(run);
}

/** Told before anything listens. The lab reads the files itself, so that no secret goes from process to process. */
async function lookIntoKeyFiles(curve: LabOptions['curve']): Promise<{readonly reason: string; readonly next: string} | undefined> {
	if (curve?.secretFile === undefined && curve?.allowFile === undefined) {
		return undefined;
	}

	const {problemWithFiles} = await import('../lab/security/key-files.js');
	return problemWithFiles(curve);
}

async function withoutScreen({front, lab, isJson, looks: {isAscii}, count}: Run): Promise<number> {
	const {startHeadless} = await import('../headless/start.js');
	return startHeadless({front, lab, isJson, isAscii, ...(count !== undefined && {count})});
}
