/** The front `join` in a terminal: the client of the playground in the class, or the lesson of the class on sockets of one's own. */
import process from 'node:process';
import {joinRemotely, type RemoteMember} from '../class/remote.js';
import {type JoinOptions} from '../command-line/class.js';
import {progressLine} from '../core/class/news.js';
import {explainJoin} from '../core/class/refusals.js';
import {type Event} from '../core/events.js';
import {type Looks} from '../core/looks.js';
import {visible} from '../core/text.js';
import {showScreen, withScreen} from './on-screen.js';

/** Joins before anything is drawn: why one is not let in belongs into the shell. Gives the exit status. */
export async function watchMember({join, looks}: JoinOptions): Promise<number> {
	const member = await joinRemotely(join);
	if ('failure' in member) {
		const {reason, next} = typeof member.failure === 'string' ? explainJoin(member.failure) : {reason: `our mistake, not yours: ${member.failure.died}`, next: 'please report it'};
		process.stderr.write(`zmq-playground: ${reason}\n${next}\n`);
		return 1;
	}

	const {port, lesson} = member;
	if (lesson === undefined) {
		return showScreen(port, {looks});
	}

	// A name and nothing else: no class may have a laptop open a file.
	const {courseFiles} = await import('../lessons/load.js');
	const files = await courseFiles();
	if (files.has(lesson)) {
		return takeLesson(member, lesson, looks);
	}

	const status = await showScreen(port, {looks});
	process.stderr.write(`zmq-playground: the class takes the lesson “${visible(lesson)}”, which this version does not have\nstart it with npx zmq-playground@latest\n`);
	return status;
}

/** The lesson goes on whatever becomes of the class: only how far one is goes there. */
async function takeLesson({port, name}: RemoteMember, lesson: string, looks: Looks): Promise<number> {
	let tell = (_news: string): void => undefined;
	let last: string | undefined;
	port.subscribe(events => {
		for (const event of events) {
			const news = newsIn(event);
			if (news === undefined) {
				continue;
			}

			last = news.isLasting ? news.text : last;
			tell(`your lesson goes on, though ${news.text}`);
		}
	});
	try {
		return await withScreen({scene: 'pair', seed: 1, freePorts: true}, {
			looks,
			learn: {
				name: lesson,
				isPresenting: false,
				tell(progress) {
					port.execute(progressLine(progress), 'keys');
				},
			},
			hear(listener) {
				tell = listener;
				listener(last ?? `in the class as ${name}: the teacher sees which step you are at`);
			},
		});
	} finally {
		await port.end();
		if (last !== undefined) {
			process.stderr.write(`zmq-playground: ${last}\n`);
		}
	}
}

/** What a student at a lesson should know of the class; it is lasting when the membership is over. */
function newsIn(event: Event): {readonly text: string; readonly isLasting: boolean} | undefined {
	switch (event.type) {
		case 'lab-ended': {
			return event.reason === undefined ? undefined : {text: event.reason, isLasting: true};
		}

		case 'disconnected': {
			return {text: 'the class can’t be reached at present', isLasting: false};
		}

		default: {
			return undefined;
		}
	}
}
