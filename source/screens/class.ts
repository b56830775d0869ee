/** The front `class`: the teacher's screen, or lines. */
import process from 'node:process';
import {type ClassRequest} from '../command-line/class.js';
import {withWishes} from '../command-line/looks.js';
import {hasScreen, untilLeft} from './on-screen.js';

/** Which lesson it has is looked into before anything listens. */
export async function openClass(wanted: ClassRequest): Promise<number> {
	const {options: {lesson}, looks} = wanted;
	if (lesson !== undefined) {
		const {problemWithClassLesson} = await import('../headless/learn.js');
		const problem = await problemWithClassLesson(lesson);
		if (problem) {
			process.stderr.write(`${problem.join('\n')}\n`);
			return 2;
		}
	}

	return hasScreen(wanted) && !withWishes(looks, process.env).isSpoken ? watchClass(wanted) : runClass(wanted);
}

async function runClass({options, isJson}: ClassRequest): Promise<number> {
	const {startClass} = await import('../headless/class.js');
	return startClass(options, isJson);
}

/** The class's child is started before Ink is loaded. */
async function watchClass({options, looks}: ClassRequest): Promise<number> {
	const {startRemoteClass} = await import('../class/remote.js');
	const port = startRemoteClass(options);
	return untilLeft(port, looks, async itsLooks => {
		const {runClassScreen} = await import('../tui/class/run.js');
		await runClassScreen(port, itsLooks);
	});
}
