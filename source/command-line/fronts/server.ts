import {firstServer} from '../../core/scenes.js';
import {type Front} from './front.js';
import {delay, reply, tap, recording, common, curve, curveAllow, curveSecret, directions} from './flags.js';

export const server: Front = {
	name: 'server',
	usage: 'zmq-playground server [options] [endpoint …]',
	summary: 'a REP server for any ZeroMQ client, in any language',
	details: [
		'It listens at tcp://127.0.0.1:5560 unless told otherwise.',
		'It replies World after 1s unless told otherwise.',
		'In a pipe it serves until SIGINT, SIGTERM or --count; it exits with 0 then,',
		'1 if it could not listen, 2 if it was called wrongly.',
	],
	flags: [
		...directions,
		delay,
		reply,
		{name: 'count', value: 'n', summary: 'end after n replies'},
		curve,
		curveSecret,
		curveAllow,
		tap,
		...recording,
		...common,
	],
	examples: ['zmq-playground server \'tcp://*:5555\' --reply \'{upper}\'', 'zmq-playground server --json --count 100 > events.jsonl'],
	solo: {peer: firstServer, role: 'server', direction: 'bind'},
};
