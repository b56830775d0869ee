/** The command line: reads it, and starts a front with a screen or without. Each front is loaded when it is asked for. */
import process from 'node:process';
import {readArguments, type Request} from './command-line/arguments.js';
import {type FrontName} from './command-line/fronts/front.js';
import {runLab} from './screens/lab.js';
import {hasScreen} from './screens/on-screen.js';

const asked = await readArguments(process.argv.slice(2), import.meta);
process.exitCode = await start(asked);
if (endsByWord(asked)) {
	process.exit();
}

/** Runs what was asked for to its end, and gives the exit status. */
async function start(request: Request): Promise<number> {
	switch (request.type) {
		case 'wrong': {
			process.stderr.write(`zmq-playground: ${request.reason}\n${request.next}\n`);
			return 2;
		}

		case 'schema': {
			process.stdout.write(`${JSON.stringify(await schemaOf(request.of), undefined, '\t')}\n`);
			return 0;
		}

		case 'probe': {
			const {startProbe} = await import('./probe/start.js');
			return startProbe(request);
		}

		case 'tap': {
			const {runTap} = await import('./screens/tap.js');
			return runTap(request);
		}

		case 'broker': {
			const {startBroker} = await import('./headless/broker.js');
			return startBroker(request);
		}

		case 'keys': {
			const {startKeys} = await import('./keys/start.js');
			return startKeys(request);
		}

		case 'class': {
			const {openClass} = await import('./screens/class.js');
			return openClass(request);
		}

		case 'join': {
			if (hasScreen(request)) {
				const {watchMember} = await import('./screens/join.js');
				return watchMember(request);
			}

			const {startJoin} = await import('./headless/join.js');
			return startJoin(request);
		}

		case 'race': {
			if (hasScreen(request)) {
				const {watchRace} = await import('./screens/race.js');
				return watchRace(request);
			}

			const {startRace} = await import('./headless/race.js');
			return startRace(request.race, request.isJson);
		}

		case 'learn': {
			const {learn} = await import('./screens/learn.js');
			return learn(request);
		}

		case 'script': {
			if (request.screen) {
				const {playScript} = await import('./screens/script.js');
				return playScript(request, request.screen);
			}

			const {startScript} = await import('./headless/script.js');
			return startScript(request);
		}

		case 'open': {
			const {openRecordedFile} = await import('./screens/recording.js');
			return openRecordedFile(request);
		}

		case 'run': {
			return runLab(request);
		}
	}
}

/** Whether the process has to be ended: whatever still holds the loop (an open pipe, a timer) has nothing more to say. The others end when all that they printed is written. */
function endsByWord(request: Request): boolean {
	switch (request.type) {
		case 'wrong':
		case 'schema':
		case 'probe':
		case 'broker':
		case 'keys': {
			return false;
		}

		case 'tap': {
			return hasScreen(request.headless);
		}

		default: {
			return true;
		}
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
