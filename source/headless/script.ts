/** Runs a script without a screen: the lab in this process, the story on stdout. Gives the exit status: 0 if every expectation held, 1 if not, 2 for a script that can't be read. */
import process from 'node:process';
import {type Variables} from '../commands/script-variables.js';
import {Journal} from '../core/journal.js';
import {type LabOptions} from '../core/lab-port.js';
import {type Looks} from '../core/looks.js';
import {systemClock} from '../lab/clock.js';
import {startLocalLab} from '../lab/local.js';
import {explainUnready} from '../script/explain.js';
import {loadScript} from '../script/read.js';
import {ScriptRun} from '../script/run.js';
import {jsonScriptPrinter, textPrinter} from './script-printer.js';
import {openSurroundings} from './surroundings.js';

export type ScriptOptions = {readonly path: string; readonly given: Variables; readonly lab: LabOptions; readonly isJson: boolean; readonly looks: Looks};

/** Runs to the end. Every socket is closed and every line is written by then. */
export async function startScript({path, given, lab, isJson, looks: {isAscii}}: ScriptOptions): Promise<number> {
	const {outlets, stop, finish} = openSurroundings();
	const script = await loadScript(path, given, process.stdin);
	if (!script.ok) {
		for (const line of explainUnready(script)) {
			outlets.err(line);
		}

		return finish(2);
	}

	const print = isJson ? jsonScriptPrinter(outlets, script.name) : textPrinter(outlets, script.name, isAscii);
	const port = await startLocalLab(lab);
	const journal = new Journal();
	const run = new ScriptRun(script.steps, {
		execute(line) {
			port.execute(line, 'script');
		},
		now: systemClock,
		async before(step) {
			print.before(step);
		},
		after: print.outcome,
		stop,
	});
	port.subscribe(events => {
		for (const event of events) {
			journal.append(event);
			print.event(event, journal);
		}

		run.take(events);
	});
	const ending = await run.run();
	print.ending(ending);
	await port.end();
	return finish(ending.type === 'held' ? 0 : 1);
}
