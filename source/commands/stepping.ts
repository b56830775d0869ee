/** The command that lets a class go through the pattern one move at a time. */
import {done, problem, type CommandRecord} from './record.js';

export const steppingCommands: readonly CommandRecord[] = [
	{
		name: 'step',
		subject: 'lab',
		usage: 'step [on | off | <peer>]',
		summary: 'hold each send and receive until it is let go; alone it lets the next one go (as Enter on an empty line)',
		read(rest) {
			const word = rest.trim().replace(/^@/v, '');
			if (/\s/v.test(word)) {
				return problem(`“${word}” is no single word`, 'write /step on, /step off, /step, or /step client-1');
			}

			return word === 'on' || word === 'off' ? done({verb: 'steps', isOn: word === 'on'}) : done({verb: 'step', ...(word !== '' && {named: word})});
		},
		suggest: ({steps}) => steps ? ['off', ...new Set(steps.map(({peer}) => peer))] : ['on'],
	},
];
