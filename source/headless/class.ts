/** The front `class` without a screen: prints what happens, takes the teacher's commands as lines of its input, and serves until it is told to stop. */
import process from 'node:process';
import {Classroom, type ClassOptions} from '../class/classroom.js';
import {joinLine, type ClassEvent} from '../core/class/events.js';
import {describeClassEvent} from '../core/class/words.js';
import {decodeUtf8} from '../core/text.js';
import {readLines} from './lines.js';
import {openSurroundings} from './surroundings.js';

/** Runs until a signal, or until nobody reads the output. Gives the exit status: 0, or 1 if it could not listen. */
export async function startClass(options: ClassOptions, isJson: boolean): Promise<number> {
	const {outlets, stop, finish} = openSurroundings();
	const tell = isJson ? jsonTeller(outlets.out) : humanTeller(outlets.out);
	const classroom = new Classroom(options, event => {
		tell(event);
		if (event.type === 'class-failed' || event.type === 'command-failed') {
			outlets.err(`class: ${describeClassEvent(event)}`);
		}
	});
	if (!(await classroom.open())) {
		return finish(1);
	}

	void takeCommands(classroom);
	await new Promise<void>(resolve => {
		stop.addEventListener('abort', () => {
			resolve();
		});
		if (stop.aborted) {
			resolve();
		}
	});
	await classroom.end();
	return finish(0);
}

type Teller = (event: ClassEvent) => void;

const jsonTeller = (out: (line: string) => void): Teller => event => {
	out(JSON.stringify(event));
};

/** The line for the wall comes with each new code. */
function humanTeller(out: (line: string) => void): Teller {
	let opened: Extract<ClassEvent, {readonly type: 'class-opened'}> | undefined;
	return event => {
		if (event.type === 'class-opened') {
			opened = event;
		}

		if (event.type === 'code-changed' && opened) {
			for (const host of opened.hosts) {
				out(joinLine(host, opened.door, event.code));
			}
		} else if (event.type !== 'command' && event.type !== 'command-failed' && event.type !== 'class-failed') {
			out(describeClassEvent(event));
		}
	};
}

/** Each line of the input is a command, with or without its slash. The class goes on when the input ends. */
async function takeCommands(classroom: Classroom): Promise<void> {
	try {
		for await (const line of readLines(process.stdin)) {
			const text = decodeUtf8(line)?.trim().replace(/^\//v, '') ?? '';
			if (text !== '') {
				await classroom.execute(text);
			}
		}
	} catch {
		// A terminal that is gone has no commands any more.
	}
}
