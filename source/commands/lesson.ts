/** The command about lessons. The screen carries it out. */
import {done, problem, type CommandRecord} from './record.js';

/** The built-in lessons in their order, for completion: their files are read only for whoever takes one. A test keeps them the same. */
export const lessonNames: readonly string[] = [
	'pizza',
	'two-machines',
	'patience',
	'out-of-turn',
	'who-binds',
	'late-server',
	'many-clients',
	'many-servers',
	'deadlock',
	'no-reset',
	'time-outs',
	'lazy-pirate',
	'wrong-pizza',
	'correlate',
	'parked-call',
	'heartbeats',
	'envelope',
	'broker',
	'least-recently-used',
	'identities',
	'curve',
	'zap',
	'on-the-wire',
	'capstone',
];

/** What can be asked of the lesson that is open. */
const wishes = ['next', 'back', 'hint', 'show', 'again', 'quit'] as const;

export const lessonCommands: readonly CommandRecord[] = [
	{
		name: 'lesson',
		subject: 'screen',
		usage: `lesson [<name> | ${wishes.join(' | ')}]`,
		summary: 'learn by doing: alone it lists the lessons; again begins the step anew',
		read(rest) {
			const word = rest.trim();
			const wish = wishes.find(each => each === word);
			if (wish) {
				return done({verb: 'lesson', wish});
			}

			return /\s/v.test(word) ? problem(`“${word}” is no lesson`, 'write /lesson and one name; /lesson alone lists them') : done({verb: 'lesson', wish: 'open', ...(word !== '' && {name: word})});
		},
		suggest: () => [...lessonNames, ...wishes],
	},
];
