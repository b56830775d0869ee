/**
The proof of a lesson: it is run on a real lab, with nobody at the screen.

What is proved: each check is false when its step begins, and stays so while nobody does anything; it is true after the step's “show me”. After the
run of a prediction exactly one of its answers holds. The first thing that is not so ends the proof, because what follows would build on it.
*/
import {type LabOptions, type LabPort} from '../core/lab-port.js';
import {formatElapsed} from '../core/duration.js';
import {type Step} from '../commands/script.js';
import {systemClock} from '../lab/clock.js';
import {short} from '../script/explain.js';
import {type Ending} from '../script/run.js';
import {beginningOf} from './beginning.js';
import {type DoStep, type Lesson, type LessonStep, type PredictStep} from './lesson.js';
import {Stagehand} from './stagehand.js';

/** How long a check may take to become true after the show (`withinMs`), and must stay false before it (`quietMs`). */
export type Patience = {readonly withinMs: number; readonly quietMs: number};
const usualPatience: Patience = {withinMs: 10_000, quietMs: 200};

/** What is wrong, where (the line in the file), and what to do. */
export type Flaw = {readonly line: number; readonly reason: string; readonly next: string};
/** One step, proved or not; `step` counts from 1, and is 0 for the setup. */
export type StepProof = {readonly step: number; readonly title: string; readonly ms: number; readonly flaw?: Flaw};
/** A lesson's proof, up to the first flaw. */
export type Proof = {readonly lesson: string; readonly isProved: boolean; readonly steps: readonly StepProof[]; readonly ms: number};

/** How a lab is started: in this process or in a child. */
export type StartLab = (options: LabOptions) => LabPort | Promise<LabPort>;

/** Proves a lesson on a lab of its own, which has ended when this resolves. Rejects only if no lab can be started. */
export async function prove(lesson: Lesson, start: StartLab, patience = usualPatience): Promise<Proof> {
	const began = systemClock();
	return onLabOfItsOwn(lesson, start, async stagehand => {
		const steps = await proveSteps(lesson, stagehand, patience);
		return {lesson: lesson.name, isProved: steps.every(({flaw}) => flaw === undefined), steps, ms: systemClock() - began};
	});
}

/** Does something with a lesson on a lab of its own, which has ended when this resolves. Rejects if no lab can be started. */
export async function onLabOfItsOwn<Result>(lesson: Lesson, start: StartLab, use: (stagehand: Stagehand) => Promise<Result>): Promise<Result> {
	const port = await start({scene: lesson.scene, seed: 1, freePorts: true});
	const stagehand = new Stagehand({
		execute(line) {
			port.execute(line, 'script');
		},
		now: systemClock,
	});
	port.subscribe(events => {
		stagehand.take(events);
	});
	try {
		return await use(stagehand);
	} finally {
		await port.end();
	}
}

async function proveSteps(lesson: Lesson, stagehand: Stagehand, patience: Patience): Promise<readonly StepProof[]> {
	const proofs: StepProof[] = [];
	const setupFlaw = await flawIn(beginningOf(lesson), stagehand, 'the setup');
	if (setupFlaw) {
		return [{step: 0, title: lesson.title, ms: 0, flaw: setupFlaw}];
	}

	for (const [index, step] of lesson.steps.entries()) {
		const began = systemClock();
		const flaw = await proveStep(step, stagehand, patience);
		proofs.push({step: index + 1, title: step.title, ms: systemClock() - began, ...(flaw && {flaw})});
		if (flaw) {
			break;
		}
	}

	return proofs;
}

const proveStep = async (step: LessonStep, stagehand: Stagehand, patience: Patience): Promise<Flaw | undefined> =>
	(await flawIn(step.stage, stagehand, 'the stage')) ?? (step.type === 'do' ? proveDoing(step, stagehand, patience) : provePrediction(step, stagehand));

async function proveDoing({check, checkLine: line, show}: DoStep, stagehand: Stagehand, {withinMs, quietMs}: Patience): Promise<Flaw | undefined> {
	const since = stagehand.n;
	if (await stagehand.holds(check, {since, withinMs: quietMs})) {
		return {line, reason: `the check is true before anything is done: ${short(stagehand.judge(check, since).was)}`, next: 'ask for something that only this step brings about; a stage may have to wait until it is over'};
	}

	const becomesTrue = stagehand.holds(check, {since, withinMs});
	const flaw = await flawIn(show, stagehand, 'the show');
	if (flaw) {
		return flaw;
	}

	return await becomesTrue ? undefined : {line, reason: `the check is not true ${formatElapsed(withinMs)} after the show began: ${short(stagehand.judge(check, since).was)}`, next: 'let the show do what the check asks for'};
}

async function provePrediction({run, options}: PredictStep, stagehand: Stagehand): Promise<Flaw | undefined> {
	const since = stagehand.n;
	const flaw = await flawIn(run, stagehand, 'the run');
	if (flaw) {
		return flaw;
	}

	const judged = options.map(option => ({...option, ...stagehand.judge(option.condition, since)}));
	const [first, second] = judged.filter(({holds}) => holds);
	const was = judged.map((each, index) => `${index + 1}: ${short(each.was)}`).join('; ');
	if (first && !second) {
		return undefined;
	}

	return first
		? {line: second?.line ?? first.line, reason: `after the run more than one answer holds (${was})`, next: 'make them exclude each other'}
		: {line: options[0]?.line ?? 0, reason: `after the run no answer holds (${was})`, next: 'let the run wait until it is over, or mend the conditions'};
}

/** What went wrong with lines that had to be carried out. */
async function flawIn(steps: readonly Step[], stagehand: Stagehand, what: string): Promise<Flaw | undefined> {
	const ending = await stagehand.play(steps);
	return ending.type === 'failed' ? explain(ending, what) : undefined;
}

function explain({outcome: {step, was, next = '', afterMs}}: Extract<Ending, {readonly type: 'failed'}>, what: string): Flaw {
	return step.type === 'command'
		? {line: step.line, reason: `${what} can’t be done: ${short(step.text)}: ${short(was)}`, next: short(next)}
		: {line: step.line, reason: `${what} waits in vain: ${short(step.text)} (${formatElapsed(afterMs)}): ${short(was)}`, next: ''};
}
