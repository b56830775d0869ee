import {type Front} from './front.js';
import {curveSecret, delay, reply, tap, recording, common, directions} from './flags.js';

export const worker: Front = {
	name: 'worker',
	usage: 'zmq-playground worker [options] [endpoint …]',
	summary: 'a REP server that connects to a broker, or to any DEALER or REQ',
	details: [
		'It connects to tcp://127.0.0.1:5560 unless told otherwise.',
		'It replies World after 1s unless told otherwise.',
		'With --ready or --heartbeats it is one for a broker with another policy than',
		'round-robin, be it ours or one of the ZeroMQ Guide (lbbroker, ppqueue).',
		'In a pipe it serves until SIGINT, SIGTERM or --count; it exits with 0 then,',
		'1 if it could not listen, 2 if it was called wrongly.',
	],
	flags: [
		...directions,
		delay,
		reply,
		{name: 'ready', summary: 'a REQ that says READY (least-recently-used)'},
		{name: 'heartbeats', summary: 'a DEALER that says so and is alive (paranoid-pirate)'},
		{name: 'count', value: 'n', summary: 'end after n replies'},
		{name: 'curve-server-key', value: 'key', summary: 'CURVE: the public key of the broker'},
		curveSecret,
		tap,
		...recording,
		...common,
	],
	examples: ['zmq-playground worker tcp://127.0.0.1:5560', 'zmq-playground worker --reply \'{upper}\' --delay 200ms'],
	solo: {peer: 'worker-1', role: 'server', direction: 'connect'},
};
