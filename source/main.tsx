/** The command line: reads it, and starts a front with a screen or without. */
import process from 'node:process';
import {readArguments, type Request} from './command-line/arguments.js';
import {type RunRequest} from './command-line/run.js';
import {type LabOptions} from './core/lab-port.js';
import {startRevivableLab} from './lab/revivable.js';
import {type Ending} from './script/run.js';
import {type PlayableScript} from './tui/script-player.js';

type Run = Extract<Request, {readonly type: 'run'}>;

const request = readArguments(process.argv.slice(2), import.meta);
switch (request.type) {
	case 'wrong': {
		process.stderr.write(`zmq-playground: ${request.reason}\n${request.next}\n`);
		process.exitCode = 2;
		break;
	}

	case 'schema': {
		const {eventSchema} = await import('./recording/schema.js');
		process.stdout.write(`${JSON.stringify(eventSchema, undefined, '\t')}\n`);
		break;
	}

	case 'probe': {
		const {startProbe} = await import('./probe/start.js');
		process.exitCode = await startProbe(request);
		break;
	}

	case 'tap': {
		const {startTap} = await import('./tap/start.js');
		process.exitCode = await startTap(request);
		break;
	}

	case 'keys': {
		const {startKeys} = await import('./keys/start.js');
		process.exitCode = await startKeys(request);
		break;
	}

	case 'script': {
		process.exitCode = await (request.screen ? playScript(request, request.screen) : runScript(request));
		// As below.
		process.exit();
		break;
	}

	case 'run': {
		const unusable = await lookIntoKeyFiles(request.lab.curve);
		if (unusable) {
			process.stderr.write(`zmq-playground: ${unusable.reason}\n${unusable.next}\n`);
			process.exitCode = 2;
			break;
		}

		const hasScreen = process.stdin.isTTY && process.stdout.isTTY && !request.isJson;
		process.exitCode = await (hasScreen ? withScreen({...request, ...(request.front.solo && {focus: request.front.solo.peer})}) : withoutScreen(request));
		// Whatever still holds the loop (an open pipe, a timer) has nothing more to say.
		process.exit();
	}
}

type Look = {readonly lab: LabOptions; readonly hasColor: boolean; readonly isAscii: boolean; readonly focus?: string};

/** Told before anything listens. The lab reads the files itself, so that no secret goes from process to process. */
async function lookIntoKeyFiles(curve: LabOptions['curve']): Promise<{readonly reason: string; readonly next: string} | undefined> {
	if (curve?.secretFile === undefined && curve?.allowFile === undefined) {
		return undefined;
	}

	const {problemWithFiles} = await import('./lab/security/key-files.js');
	return problemWithFiles(curve);
}

/** The lab's child is started before Ink is loaded, so that both get ready at once. */
async function withScreen({lab, hasColor, isAscii, focus}: Look, script?: PlayableScript): Promise<number> {
	const isColored = hasColor && (process.env['NO_COLOR'] ?? '') === '';
	if (!isColored) {
		// Ink's own colours ignore NO_COLOR.
		process.env['FORCE_COLOR'] = '0';
	}

	const port = startRevivableLab(lab);
	const {runScreen} = await import('./tui/run.js');
	try {
		await runScreen(port, {hasColor: isColored, isAscii, ...(focus !== undefined && {focus}), ...(script && {script})});
		return 0;
	} catch (error) {
		process.stderr.write(`zmq-playground: our mistake, not yours: ${error instanceof Error ? error.message : String(error)}\nplease report it with what you did last\n`);
		return 1;
	} finally {
		await port.end();
	}
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
	const status = await withScreen(wanted, {
		...script,
		pauses,
		ended(itsEnding) {
			ending = itsEnding;
		},
	});
	if (status === 0 && ending?.type === 'held') {
		return 0;
	}

	process.stderr.write(`${explainEnding(script.name, ending).join('\n')}\n`);
	return 1;
}

async function runScript(wanted: RunRequest): Promise<number> {
	const {startScript} = await import('./headless/script.js');
	return startScript(wanted);
}

async function withoutScreen({front, lab, isJson, isAscii, count}: Run): Promise<number> {
	const {startHeadless} = await import('./headless/start.js');
	return startHeadless({front, lab, isJson, isAscii, ...(count !== undefined && {count})});
}
