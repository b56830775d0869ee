import {type Front} from './front.js';
import {common} from './flags.js';
import {wrapUsage} from './wrap.js';

export const run: Front = {
	name: 'run',
	usage: 'zmq-playground run [options] <file | ->',
	summary: 'runs a script: commands, waits and expectations, one a line',
	details: [
		'A script has the commands of the input line without their slash, and',
		'  wait <condition> [for 5s]         goes on as soon as it holds (at most 10s)',
		'  expect <condition> [within 2s]    must hold now, or within that time',
		'  set name = value                  $name stands for it from there on',
		'It starts in the scene pair, and ends at the first thing that goes wrong.',
		'It exits with 0 if every expectation held, 1 if not, 2 if it was called',
		'wrongly or the script has mistakes: all are told before anything runs.',
	],
	flags: [
		{name: 'set', value: 'name=value', summary: 'replace a value that the script sets', isRepeatable: true},
		{name: 'on-screen', summary: 'play it in the full interface; then go on by hand'},
		{name: 'pause', summary: 'on the screen, wait for a key at each line'},
		...common.filter(({name}) => name !== 'version'),
	],
	examples: ['zmq-playground run deadlock.zmqp', 'zmq-playground run --on-screen --pause deadlock.zmqp'],
	appendix: {
		title: 'Conditions',
		async lines() {
			const [{peerConditions}, {labConditions}] = await Promise.all([import('../../commands/conditions/peer-conditions.js'), import('../../commands/conditions/lab-conditions.js')]);
			return [
				...[...peerConditions, ...labConditions].flatMap(({usage, summary}) => [...wrapUsage(usage), `    ${summary}`]),
				'not, and, or and parentheses join them;',
				'<peer> is a name, every client or any server',
			];
		},
	},
};
