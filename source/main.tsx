/** The command line: reads it, and starts a front with a screen or without. */
import process from 'node:process';
import {readArguments, type Request} from './command-line/arguments.js';
import {type LabOptions} from './core/lab-port.js';
import {startRevivableLab} from './lab/revivable.js';

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

	case 'run': {
		const unusable = await lookIntoKeyFiles(request.lab.curve);
		if (unusable) {
			process.stderr.write(`zmq-playground: ${unusable.reason}\n${unusable.next}\n`);
			process.exitCode = 2;
			break;
		}

		const hasScreen = process.stdin.isTTY && process.stdout.isTTY && !request.isJson;
		process.exitCode = await (hasScreen ? withScreen(request) : withoutScreen(request));
		// Whatever still holds the loop (an open pipe, a timer) has nothing more to say.
		process.exit();
	}
}

/** Told before anything listens. The lab reads the files itself, so that no secret goes from process to process. */
async function lookIntoKeyFiles(curve: LabOptions['curve']): Promise<{readonly reason: string; readonly next: string} | undefined> {
	if (curve?.secretFile === undefined && curve?.allowFile === undefined) {
		return undefined;
	}

	const {problemWithFiles} = await import('./lab/security/key-files.js');
	return problemWithFiles(curve);
}

/** The lab's child is started before Ink is loaded, so that both get ready at once. */
async function withScreen({lab, front, hasColor, isAscii}: Run): Promise<number> {
	const isColored = hasColor && (process.env['NO_COLOR'] ?? '') === '';
	if (!isColored) {
		// Ink's own colours ignore NO_COLOR.
		process.env['FORCE_COLOR'] = '0';
	}

	const port = startRevivableLab(lab);
	const {runScreen} = await import('./tui/run.js');
	try {
		await runScreen(port, {hasColor: isColored, isAscii, ...(front.solo && {focus: front.solo.peer})});
		return 0;
	} catch (error) {
		process.stderr.write(`zmq-playground: our mistake, not yours: ${error instanceof Error ? error.message : String(error)}\nplease report it with what you did last\n`);
		return 1;
	} finally {
		await port.end();
	}
}

async function withoutScreen({front, lab, isJson, isAscii, count}: Run): Promise<number> {
	const {startHeadless} = await import('./headless/start.js');
	return startHeadless({front, lab, isJson, isAscii, ...(count !== undefined && {count})});
}
