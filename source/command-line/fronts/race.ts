import {entrants, fewestRequests, usualRequests} from '../../core/race/entrants.js';
import {looks} from './flags.js';
import {type Front} from './front.js';

export const race: Front = {
	name: 'race',
	usage: 'zmq-playground race [options] [entrant …]',
	summary: 'the ways out of a lost reply, side by side against the same faults',
	details: [
		'Each entrant asks its own server over its own tapped link, real sockets all.',
		'One schedule, made from the seed, says which request meets which fault: the',
		'server crashes while it holds it, its reply is dropped, or comes too late.',
		'In a terminal the board is live; in a pipe it is printed at the end.',
		'It exits with 0 when each has asked everything or is proved to be stuck.',
	],
	flags: [
		{name: 'requests', value: 'n', summary: `how many each asks (${usualRequests}; at least ${fewestRequests})`},
		{name: 'seed', value: 'number', summary: 'repeat a race: the same seed gives the same counts'},
		{name: 'json', summary: 'no screen: one line of JSON an entrant, at the end'},
		...looks,
		{name: 'help', summary: 'this help'},
	],
	examples: ['zmq-playground race', 'zmq-playground race --requests 60 --seed 7 relaxed relaxed+correlate'],
	appendix: {title: 'Entrants', lines: entrants.map(({name, summary}) => `${name.padEnd(19)}${summary}`)},
};
