import {scenes} from '../../core/scenes.js';
import {type Front} from './front.js';
import {curve, delay, reply, timeout, tap, recording, common} from './flags.js';

export const playground: Front = {
	name: 'playground',
	usage: 'zmq-playground [options]',
	summary: 'a client and a server, two real sockets, side by side',
	details: [
		'In a terminal it opens full screen: type Hello, press Enter; ? is help.',
		'In a pipe each line of its input is a request, and each exchange is printed.',
		'The server replies World after 1s, unless told otherwise.',
		'It exits with 0 if all was answered, 1 if not, 2 if it was called wrongly.',
	],
	flags: [
		{name: 'scene', value: 'name', summary: `scene: ${scenes.map(({name}) => name).join(' ')}`},
		{name: 'endpoint', value: 'endpoint', summary: 'where the server listens, if not at port 5560'},
		delay,
		reply,
		timeout,
		tap,
		curve,
		...recording,
		...common,
	],
	examples: ['zmq-playground', String.raw`printf 'Hello\nAgain\n' | zmq-playground --delay 200ms`],
};
