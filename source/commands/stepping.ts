/** The command that lets a class go through the pattern one move at a time. */
import {isWorker} from '../core/scenes.js';
import {done, problem, type CommandRecord} from './record.js';

export const steppingCommands: readonly CommandRecord[] = [
	{
		name: 'step',
		subject: 'lab',
		usage: 'step [on | off | <peer> | workers]',
		summary: 'hold each send and receive, and each hop of a broker, until it is let go; alone it lets the next one go (as Enter on an empty line), of many peers one each',
		read(rest) {
			const word = rest.trim().replace(/^@/v, '');
			if (/\s/v.test(word)) {
				return problem(`“${word}” is no single word`, 'write /step on, /step off, /step, or /step client-1');
			}

			return word === 'on' || word === 'off' ? done({verb: 'steps', isOn: word === 'on'}) : done({verb: 'step', ...(word !== '' && {named: word})});
		},
		suggest: ({steps, peers}) => steps ? ['off', ...new Set(steps.map(({peer}) => peer)), ...(steps.some(({peer}) => peers[peer] && isWorker(peers[peer])) ? ['workers'] : [])] : ['on'],
	},
];
