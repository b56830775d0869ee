/** The front `join` in a pipe: joins, asks each line of its input, and leaves. */
import process from 'node:process';
import {type JoinOptions} from '../command-line/class.js';
import {labOf} from '../class/join-lab.js';
import {joinClass} from '../class/membership.js';
import {explainJoin, type JoinFailure} from '../core/class/refusals.js';
import {parseDuration} from '../core/duration.js';
import {firstClient} from '../core/scenes.js';
import {visible} from '../core/text.js';
import {startLocalLab} from '../lab/local.js';
import {jsonPrinter, rowPrinter} from './printer.js';
import {ask} from './run.js';
import {patience} from './start.js';
import {openSurroundings} from './surroundings.js';

/** Gives the exit status: 0 if each line was answered; 1 if not, or if it was not let in or not to the end. */
export async function startJoin({join, timeout = patience, isJson, looks: {isAscii}}: JoinOptions): Promise<number> {
	const {outlets, stop, finish} = openSurroundings();
	const ending = new AbortController();
	const explain = (failure: JoinFailure): void => {
		const {reason, next} = explainJoin(failure);
		outlets.err(`join: ${reason}\n${next}`);
	};

	const membership = await joinClass(join, how => {
		explain(how);
		ending.abort();
	});
	if ('failure' in membership) {
		explain(membership.failure);
		return finish(1);
	}

	outlets.err(`join: in the class as ${visible(membership.name)}, over CURVE`);
	if (membership.lesson !== undefined) {
		outlets.err(`join: the class takes the lesson “${visible(membership.lesson)}”: join in a terminal to take it, too`);
	}

	const {options, secrets} = labOf(membership, timeout);
	const port = await startLocalLab(options, secrets);
	const status = await ask({
		port,
		print: isJson ? jsonPrinter(outlets) : rowPrinter(outlets, {isAscii, teller: firstClient}),
		err: outlets.err,
		stop: AbortSignal.any([stop, ending.signal]),
	}, firstClient, process.stdin, parseDuration(timeout));
	await port.end();
	await membership.leave();
	return finish(status);
}
