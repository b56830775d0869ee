/** The front `learn`. */
import process from 'node:process';
import {type LearnRequest} from '../command-line/learn.js';
import {hasScreen, withScreen} from './on-screen.js';

/** A lesson on the screen, or what is done with lessons without one. Gives the exit status. */
export async function learn(wanted: LearnRequest): Promise<number> {
	if (wanted.what === 'check') {
		const {checkLessons} = await import('../headless/check-lessons.js');
		return checkLessons(wanted);
	}

	const {gradeScript, listLessons, problemWithLesson, resetProgress} = await import('../headless/learn.js');
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
