import {policyNames} from '../../core/policy.js';
import {curve, curveAllow, curveSecret, jsonSchema} from './flags.js';
import {type Front} from './front.js';

export const broker: Front = {
	name: 'broker',
	usage: 'zmq-playground broker [options]',
	summary: 'passes requests of many clients on to many workers, one after the other',
	details: [
		'Clients connect to its frontend (a ROUTER), workers to its backend (a DEALER,',
		'round-robin). It prints each message that passes, frame by frame: the ROUTER',
		'puts the routing id of the client in front of a request, and takes it off the',
		'reply; the REQ puts the empty delimiter before its body, and takes it off.',
		'With CURVE both its sides answer with its key; clients and workers need it.',
		'It serves until SIGINT or SIGTERM and exits with 0; with 1 if it could not',
		'listen, 2 if it was called wrongly.',
	],
	flags: [
		{name: 'frontend', value: 'endpoint', summary: 'where clients connect, if not at port 5559'},
		{name: 'backend', value: 'endpoint', summary: 'where workers connect, if not at port 5560'},
		{name: 'policy', value: 'policy', summary: policyNames.join(', ')},
		curve,
		curveSecret,
		curveAllow,
		{name: 'json', summary: 'one event a line, as JSON, and the summary last'},
		jsonSchema,
		{name: 'ascii', summary: 'write with ASCII only'},
		{name: 'help', summary: 'this help'},
	],
	examples: ['zmq-playground broker', 'zmq-playground broker --frontend \'tcp://*:5559\' --backend \'tcp://*:5560\''],
};
