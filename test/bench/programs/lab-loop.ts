/** The same exchange by our actors, with the journal and the fold: a headless lab. */
import {setTimeout as pause} from 'node:timers/promises';
import {answerRuns} from '../loop-program.js';
import {startHeadlessLab} from './headless-lab.js';

const {lab, journal} = await startHeadlessLab();
answerRuns(async ms => {
	const start = performance.now();
	const before = journal.snapshot.exchanges.tally.replied;
	lab.execute('@client-1 every 0ms Hello', 'flag');
	await pause(ms);
	const run = {count: journal.snapshot.exchanges.tally.replied - before, ms: performance.now() - start};
	lab.execute('@client-1 every off', 'flag');
	return run;
});
