import {jsonSchema} from './flags.js';
import {type Front} from './front.js';

export const probe: Front = {
	name: 'probe',
	usage: 'zmq-playground probe [options] <endpoint>',
	summary: 'what lives at an endpoint, told without sending a request',
	details: [
		'It knocks with a ZMTP greeting: is anybody there, is it ZeroMQ, which version,',
		'mechanism and socket type, and which socket fits it. Whoever stays silent is',
		'knocked at twice more, as TLS and as HTTP.',
		'It exits with 0 if a ZeroMQ socket is there, 1 if not, 2 if called wrongly.',
	],
	flags: [
		{name: 'timeout', value: 'time', summary: 'how long to listen (at first 2s)'},
		{name: 'json', summary: 'the report as one line of JSON'},
		jsonSchema,
		{name: 'help', summary: 'this help'},
	],
	examples: ['zmq-playground probe tcp://127.0.0.1:5560', 'zmq-playground probe --json ipc:///tmp/pizza'],
};
