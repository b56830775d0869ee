import {firstClient} from '../../core/scenes.js';
import {type Front} from './front.js';
import {timeout, tap, recording, common, curveSecret, directions} from './flags.js';

export const client: Front = {
	name: 'client',
	usage: 'zmq-playground client [options] [endpoint …]',
	summary: 'a REQ client for any ZeroMQ server, in any language',
	details: [
		'It connects to tcp://127.0.0.1:5560 unless told otherwise.',
		'At several endpoints it asks one server after the other.',
		'In a pipe each line of its input is a request, and each exchange is printed.',
		'It exits with 0 if all was answered, 1 if not, 2 if it was called wrongly.',
	],
	flags: [
		...directions,
		timeout,
		{name: 'curve-server-key', value: 'key', summary: 'CURVE: the public key of the server'},
		curveSecret,
		tap,
		...recording,
		...common,
	],
	examples: ['zmq-playground client tcp://192.0.2.7:5555', 'echo Hello | zmq-playground client ipc:///tmp/pizza'],
	solo: {peer: firstClient, role: 'client', direction: 'connect'},
};
