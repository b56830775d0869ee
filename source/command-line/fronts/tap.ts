import {faults} from '../../tap/faults/registry.js';
import {jsonSchema, looks, recording} from './flags.js';
import {type Front} from './front.js';

export const tap: Front = {
	name: 'tap',
	usage: 'zmq-playground tap [options] <endpoint>',
	summary: 'stands between any client and any server, and tells what passes',
	details: [
		'It connects to the endpoint for each client that connects to it, passes the',
		'bytes on untouched. In a terminal it opens full screen: a lane a connection,',
		'/fault and /wire; in a pipe it prints each handshake, exchange and trouble,',
		'and a summary on SIGINT or SIGTERM. It exits with 0; with 1 if it could not',
		'listen, 2 if it was called wrongly.',
	],
	flags: [
		{name: 'listen', value: 'endpoint', summary: 'where clients connect (at first any free port)'},
		{name: 'fault', value: 'fault', summary: 'harm what passes: see the faults below'},
		{name: 'seed', value: 'number', summary: 'repeat a run: the same seed strikes the same'},
		{name: 'record', value: 'file', summary: 'on the screen: keep all in a file; open shows it'},
		...recording.slice(1),
		{name: 'json', summary: 'one event a line, as JSON, and the summary last'},
		jsonSchema,
		...looks,
		{name: 'help', summary: 'this help'},
	],
	examples: [
		'zmq-playground tap tcp://127.0.0.1:5555 --listen tcp://127.0.0.1:5556',
		'zmq-playground tap tcp://127.0.0.1:5555 --fault \'drop reply 3\'',
	],
	appendix: {title: 'Faults', lines: [...faults.map(({name, summary}) => `${name.padEnd(18)}${summary}`), '', 'drop reply 3; drop request p 0.1; hold both every 5 200ms; latency reply 1s']},
};
