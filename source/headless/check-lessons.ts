/** Checks lessons: reads them, and proves them by running them, several at once, each on a lab of its own process. */
import {formatElapsed} from '../core/duration.js';
import {type LabOptions, type LabPort} from '../core/lab-port.js';
import {startRevivableLab} from '../lab/revivable.js';
import {type Lesson} from '../lessons/lesson.js';
import {findLesson, loadCourse, loadLesson, type LoadedLesson} from '../lessons/load.js';
import {prove, type Proof} from '../lessons/proof.js';
import {explainErrors, short} from '../script/explain.js';
import {createOutlets, flushed} from './outlets.js';

export type CheckOptions = {readonly files: readonly string[]; readonly isJson: boolean; readonly isAscii: boolean};

/** How many labs run at once: they mostly wait, but at eight a busy machine was late for the lesson on time-outs. */
const atOnce = 4;

/** A built-in lesson may be called by its name; without files all of them are checked. Gives the exit status: 0 if all are proved, 1 if one is not, 2 if one can't be read. */
export async function checkLessons({files, isJson, isAscii}: CheckOptions): Promise<number> {
	const outlets = createOutlets(() => undefined);
	const loaded = files.length === 0 ? await loadCourse() : await Promise.all(files.map(async file => await findLesson(file) ?? loadLesson(file)));
	const tell = isJson ? tellInJson : tellInWords(isAscii);
	const proofs = new Map<string, Promise<Proof>>();
	const line = new Line(atOnce);
	for (const each of loaded) {
		if (each.ok) {
			proofs.set(each.file, line.run(async () => prove(each.lesson, startProvingLab), namesPort(each.lesson)));
		}
	}

	for (const each of loaded) {
		tell(each, await proofs.get(each.file), outlets);
	}

	const all = await Promise.all(proofs.values());
	await flushed();
	return loaded.some(({ok}) => !ok) ? 2 : (all.every(({isProved}) => isProved) && !outlets.isUnread() ? 0 : 1);
}

/** A lab of a process of its own: nothing that it holds is waited for at its end. */
export function startProvingLab(options: LabOptions): LabPort {
	const lab = startRevivableLab(options);
	return {...lab, end: lab.kill};
}

/** Whoever names a port, or begins with everybody connecting to one, can't share it with another lab. */
const namesPort = ({scene, setup, steps}: Lesson): boolean => scene === 'both-connect'
	|| [...setup, ...steps.flatMap(step => [...step.stage, ...(step.type === 'do' ? step.show : step.run)])].some(({text}) => /tcp:\/\/[^\s*]*:\d/v.test(text));

/** Lets a few things run at once, and those that must be alone in their kind one after the other. */
class Line {
	readonly #free: Array<Promise<unknown>>;
	#alone: Promise<unknown> = Promise.resolve();

	constructor(lanes: number) {
		this.#free = Array.from({length: lanes}, async () => undefined);
	}

	async run<Result>(work: () => Promise<Result>, isAlone: boolean): Promise<Result> {
		const lane = this.#free.shift() ?? Promise.resolve();
		const before = isAlone ? this.#alone : undefined;
		const result = (async () => {
			await Promise.all([lane, before]);
			return work();
		})();
		const over = Promise.allSettled([result]);
		this.#free.push(over);
		this.#alone = isAlone ? over : this.#alone;
		return result;
	}
}

type Outlets = ReturnType<typeof createOutlets>;

function tellInJson(loaded: LoadedLesson, proof: Proof | undefined, {out}: Outlets): void {
	const {file} = loaded;
	out(JSON.stringify(loaded.ok
		? {v: 1, type: 'lesson-proof', file, ...proof, ms: Math.round(proof?.ms ?? 0), steps: proof?.steps.map(step => ({...step, ms: Math.round(step.ms)}))}
		: {v: 1, type: 'lesson-errors', file, isProved: false, errors: loaded.errors}));
}

const tellInWords = (isAscii: boolean) => (loaded: LoadedLesson, proof: Proof | undefined, {out, err}: Outlets): void => {
	if (!loaded.ok) {
		for (const line of explainErrors(short(loaded.file), loaded.errors)) {
			err(line);
		}

		return;
	}

	const {file, lesson} = loaded;
	const {isProved, steps, ms} = proof ?? {isProved: false, steps: [], ms: 0};
	out(`${isProved ? (isAscii ? '+' : '✓') : (isAscii ? 'x' : '✗')} ${lesson.name}: ${isProved ? `${lesson.steps.length} ${lesson.steps.length === 1 ? 'step' : 'steps'} proved` : 'not proved'} in ${formatElapsed(ms)}`);
	for (const {step, title, flaw} of steps) {
		if (flaw) {
			err(`${short(file)}:${flaw.line}: ${step === 0 ? '' : `step ${step}, ${short(title)}: `}${flaw.reason}${flaw.next === '' ? '' : `: ${flaw.next}`}`);
		}
	}
};
