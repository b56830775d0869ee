/** The command line: reads it, and starts a front with a screen or without. */
import process from 'node:process';
import {readArguments, type Request} from './command-line/arguments.js';
import {type FrontName} from './command-line/fronts/front.js';
import {withWishes} from './command-line/looks.js';
import {type LearnRequest} from './command-line/learn.js';
import {type ClassRequest, type JoinOptions} from './command-line/class.js';
import {type RaceOptions} from './command-line/race.js';
import {type RunRequest} from './command-line/run.js';
import {type TapRequest} from './command-line/tap.js';
import {type Problem} from './commands/record.js';
import {type LabOptions, type LabPort, type RecordingTarget} from './core/lab-port.js';
import {tapPeer} from './core/lanes.js';
import {type Board} from './core/race/board.js';
import {boardLines} from './core/race/table.js';
import {visible} from './core/text.js';
import {type TapFigures} from './core/wire-events.js';
import {startRevivableLab} from './lab/revivable.js';
import {showScreen, untilLeft, withScreen} from './on-screen.js';
import {type Ending} from './script/run.js';

/** A recording has no sockets: there is nobody to hand a line to. */
const noLab: LabPort = {execute: () => undefined, subscribe: () => undefined, end: async () => undefined};

type Run = Extract<Request, {readonly type: 'run'}>;

const hasScreen = ({isJson}: {readonly isJson: boolean}): boolean => process.stdin.isTTY && process.stdout.isTTY && !isJson;

const request = readArguments(process.argv.slice(2), import.meta);
switch (request.type) {
	case 'wrong': {
		process.stderr.write(`zmq-playground: ${request.reason}\n${request.next}\n`);
		process.exitCode = 2;
		break;
	}

	case 'schema': {
		process.stdout.write(`${JSON.stringify(await schemaOf(request.of), undefined, '\t')}\n`);
		break;
	}

	case 'probe': {
		const {startProbe} = await import('./probe/start.js');
		process.exitCode = await startProbe(request);
		break;
	}

	case 'tap': {
		process.exitCode = await runTap(request);
		break;
	}

	case 'broker': {
		const {startBroker} = await import('./headless/broker.js');
		process.exitCode = await startBroker(request);
		break;
	}

	case 'keys': {
		const {startKeys} = await import('./keys/start.js');
		process.exitCode = await startKeys(request);
		break;
	}

	case 'class': {
		process.exitCode = await openClass(request);
		// As below.
		process.exit();
		break;
	}

	case 'join': {
		process.exitCode = await (hasScreen(request) ? watchMemberScreen(request) : runMember(request));
		// As below.
		process.exit();
		break;
	}

	case 'race': {
		process.exitCode = await (hasScreen(request) ? watchRace(request) : runRace(request));
		// As below.
		process.exit();
		break;
	}

	case 'learn': {
		process.exitCode = await learn(request);
		// As below.
		process.exit();
		break;
	}

	case 'script': {
		process.exitCode = await (request.screen ? playScript(request, request.screen) : runScript(request));
		// As below.
		process.exit();
		break;
	}

	case 'open':
	case 'run': {
		process.exitCode = await (request.type === 'open' ? openRecordedFile(request) : runFront(request));
		// Whatever still holds the loop (an open pipe, a timer) has nothing more to say.
		process.exit();
	}
}

/** The JSON Schema of what a front prints with --json. */
async function schemaOf(front: FrontName): Promise<unknown> {
	switch (front) {
		case 'tap': {
			const {tapSchema} = await import('./tap/schema.js');
			return tapSchema;
		}

		case 'probe': {
			const {probeSchema} = await import('./probe/schema.js');
			return probeSchema;
		}

		case 'broker': {
			const {brokerSchema} = await import('./broker/schema.js');
			return brokerSchema;
		}

		default: {
			const {eventSchema} = await import('./recording/schema.js');
			return eventSchema;
		}
	}
}

async function runFront(run: Run): Promise<number> {
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

	const {problemWithFiles} = await import('./lab/security/key-files.js');
	return problemWithFiles(curve);
}

/** Whether a recording can begin, asked before anything else does: what is wrong then is the command line. The lab itself asks again. */
async function checkTarget(target: RecordingTarget): Promise<Problem | undefined> {
	const {checkWritable} = await import('./recording/writer.js');
	const problem = checkWritable(target);
	return problem && {reason: `${visible(target.file)}: ${problem.reason}`, next: problem.code === 'EEXIST' ? 'choose another name, or add --force to overwrite it' : problem.next};
}

/** A script on the screen. When the person has left, the status says whether it held to its end, and stderr why not. */
async function playScript(wanted: RunRequest, {pauses}: {readonly pauses: boolean}): Promise<number> {
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		process.stderr.write('zmq-playground: --on-screen needs a terminal\nleave it out, or run it in one\n');
		return 2;
	}

	const [{loadScript}, {explainEnding, explainUnready}] = await Promise.all([import('./script/read.js'), import('./script/explain.js')]);
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

/** In a terminal on the screen, whose sums are left in the shell; else in lines. A screen leaves its pipe open: the process ends by word. */
async function runTap({headless, lab, looks}: TapRequest): Promise<number> {
	if (!process.stdin.isTTY || !process.stdout.isTTY || headless.isJson) {
		const {startTap} = await import('./tap/start.js');
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
		const {figureLines, marks} = await import('./tap/printer.js');
		process.stdout.write(`${figureLines(figures, marks[headless.isAscii ? 'ascii' : 'unicode'].note).join('\n')}\n`);
	}

	process.exit(status);
}

/** Which lesson it has is looked into before anything listens. */
async function openClass(wanted: ClassRequest): Promise<number> {
	const {options: {lesson}, looks} = wanted;
	if (lesson !== undefined) {
		const {problemWithClassLesson} = await import('./headless/learn.js');
		const problem = await problemWithClassLesson(lesson);
		if (problem) {
			process.stderr.write(`${problem.join('\n')}\n`);
			return 2;
		}
	}

	return hasScreen(wanted) && !withWishes(looks, process.env).isSpoken ? watchClass(wanted) : runClass(wanted);
}

async function runClass({options, isJson}: ClassRequest): Promise<number> {
	const {startClass} = await import('./headless/class.js');
	return startClass(options, isJson);
}

/** The class's child is started before Ink is loaded. */
async function watchClass({options, looks}: ClassRequest): Promise<number> {
	const {startRemoteClass} = await import('./class/remote.js');
	const port = startRemoteClass(options);
	return untilLeft(port, looks, async itsLooks => {
		const {runClassScreen} = await import('./tui/class/run.js');
		await runClassScreen(port, itsLooks);
	});
}

async function watchMemberScreen(member: JoinOptions): Promise<number> {
	const {watchMember} = await import('./join-screen.js');
	return watchMember(member);
}

async function runMember(member: JoinOptions): Promise<number> {
	const {startJoin} = await import('./headless/join.js');
	return startJoin(member);
}

async function runRace({race, isJson}: RaceOptions): Promise<number> {
	const {startRace} = await import('./headless/race.js');
	return startRace(race, isJson);
}

/** A race on the screen; whoever has left finds its board in the shell. */
async function watchRace({race, looks}: RaceOptions): Promise<number> {
	let board: Board | undefined;
	const status = await showScreen(noLab, {
		looks,
		race: {
			...race,
			left(last) {
				board = last;
			},
		},
	});
	if (board && board.rows.length > 0) {
		process.stdout.write(`${boardLines(board, process.stdout.columns).join('\n')}\n`);
	}

	return status;
}

/** A lesson on the screen, or what is done with lessons without one. Gives the exit status. */
async function learn(wanted: LearnRequest): Promise<number> {
	if (wanted.what === 'check') {
		const {checkLessons} = await import('./headless/check-lessons.js');
		return checkLessons(wanted);
	}

	const {gradeScript, listLessons, problemWithLesson, resetProgress} = await import('./headless/learn.js');
	switch (wanted.what) {
		case 'grade': {
			return gradeScript(wanted);
		}

		case 'reset': {
			return resetProgress(wanted.name);
		}

		case 'take': {
			const {name, looks, seed, isPresenting, isJson} = wanted;
			const isShown = hasScreen({isJson});
			if (!isShown && name === undefined) {
				return listLessons(wanted);
			}

			const problem = name === undefined ? undefined : (isShown ? await problemWithLesson(name) : ['zmq-playground: a lesson needs a terminal', '--grade runs a script against it, and learn alone lists them']);
			if (problem) {
				process.stderr.write(`${problem.join('\n')}\n`);
				return 2;
			}

			// A server that a lesson takes away must find its port free again.
			return withScreen({scene: 'pair', seed, freePorts: true}, {looks, learn: {isPresenting, ...(name !== undefined && {name})}});
		}
	}
}

async function runScript(wanted: RunRequest): Promise<number> {
	const {startScript} = await import('./headless/script.js');
	return startScript(wanted);
}

/** A recording, on the screen or printed. Gives the exit status. */
async function openRecordedFile(options: Extract<Request, {readonly type: 'open'}>): Promise<number> {
	const {as} = options;
	if (as) {
		const {exportRecording} = await import('./headless/export-recording.js');
		return exportRecording({...options, as});
	}

	if (!process.stdin.isTTY || !process.stdout.isTTY || options.isJson) {
		const {printRecording} = await import('./headless/open.js');
		return printRecording(options);
	}

	const {looks, file, skipsDamaged, speed} = options;
	const {openRecording} = await import('./recording/read.js');
	const opened = await openRecording(file);
	if ('reason' in opened) {
		process.stderr.write(`zmq-playground: ${visible(file)}: ${opened.reason}\n${opened.next}\n`);
		return 1;
	}

	const {GrowingRecording} = await import('./recording/growing.js');
	const recording = new GrowingRecording(opened);
	void recording.read(skipsDamaged);
	return showScreen(noLab, {looks, recording, ...(speed !== undefined && {speed})});
}

async function withoutScreen({front, lab, isJson, looks: {isAscii}, count}: Run): Promise<number> {
	const {startHeadless} = await import('./headless/start.js');
	return startHeadless({front, lab, isJson, isAscii, ...(count !== undefined && {count})});
}
