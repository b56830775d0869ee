/** The front `run --on-screen`. */
import process from 'node:process';
import {type RunRequest} from '../command-line/run.js';
import {type Ending} from '../script/run.js';
import {withScreen} from './on-screen.js';

/** A script on the screen. When the person has left, the status says whether it held to its end, and stderr why not. */
export async function playScript(wanted: RunRequest, {pauses}: {readonly pauses: boolean}): Promise<number> {
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		process.stderr.write('zmq-playground: --on-screen needs a terminal\nleave it out, or run it in one\n');
		return 2;
	}

	const [{loadScript}, {explainEnding, explainUnready}] = await Promise.all([import('../script/read.js'), import('../script/explain.js')]);
	const script = await loadScript(wanted.path, wanted.given, process.stdin);
	if (!script.ok) {
		process.stderr.write(`${explainUnready(script).join('\n')}\n`);
		return 2;
	}

	let ending: Ending | undefined;
	const status = await withScreen(wanted.lab, {
		looks: wanted.looks,
		script: {
			...script,
			pauses,
			ended(itsEnding) {
				ending = itsEnding;
			},
		},
	});
	if (status === 0 && ending?.type === 'held') {
		return 0;
	}

	process.stderr.write(`${explainEnding(script.name, ending).join('\n')}\n`);
	return 1;
}
