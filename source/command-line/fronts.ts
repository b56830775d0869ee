/**
The fronts: what can be started from a shell. Each is a record: its name, its usage, what it is for, its flags and examples.
The help, the readme's usage and the checks are made from them.
*/
import {firstClient, firstServer, scenes} from '../core/scenes.js';
import {type Direction, type Role} from '../core/events.js';
import {labConditions} from '../commands/conditions/lab-conditions.js';
import {peerConditions} from '../commands/conditions/peer-conditions.js';
import {entrants, fewestRequests, usualRequests} from '../core/race/entrants.js';
import {faults} from '../tap/faults/registry.js';

/** One flag. `value` names what follows it; a flag without one is a switch. */
export type Flag = {readonly name: string; readonly value?: string; readonly summary: string; readonly isRepeatable?: true};

/** One front. `peer` is who is started, for a front with one peer; the playground has a pair. */
export type Front = {
	readonly name: FrontName;
	readonly usage: string;
	readonly summary: string;
	readonly details: readonly string[];
	readonly flags: readonly Flag[];
	readonly examples: readonly string[];
	/** What else the help lists. */
	readonly appendix?: {readonly title: string; readonly lines: readonly string[]};
	readonly solo?: {readonly peer: string; readonly role: Role; readonly direction: Direction};
};
export type FrontName = 'playground' | 'client' | 'server' | 'probe' | 'tap' | 'run' | 'keys' | 'open' | 'race' | 'broker' | 'worker';

const delay: Flag = {name: 'delay', value: 'delay', summary: 'before each reply: 800ms, 200ms..2s, 1s±200ms, off'};
const reply: Flag = {name: 'reply', value: 'text', summary: 'what to reply, with {request} {upper} {count} {time}'};
const timeout: Flag = {name: 'timeout', value: 'time', summary: 'how long to wait for a reply (off; in a pipe 10s)'};
const tap: Flag = {name: 'tap', summary: 'see and harm what passes: a proxy in each link'};
const recording: readonly Flag[] = [
	{name: 'record', value: 'file', summary: 'keep all that happens in a file; open shows it again'},
	{name: 'force', summary: 'overwrite the file of --record if it is there'},
];
const common: readonly Flag[] = [
	{name: 'seed', value: 'number', summary: 'repeat a run: the same seed gives the same delays'},
	{name: 'json', summary: 'no screen: one event a line, as JSON'},
	{name: 'json-schema', summary: 'print the JSON Schema of those lines, and end'},
	{name: 'ascii', summary: 'draw with ASCII only'},
	{name: 'no-color', summary: 'draw without colours (NO_COLOR does the same)'},
	{name: 'help', summary: 'this help; client --help is that of the client'},
	{name: 'version', summary: 'the version'},
];
const curveSecret: Flag = {name: 'curve-secret', value: 'file', summary: 'CURVE with the pair in this file (see keys)'};
const directions: readonly Flag[] = [
	{name: 'bind', summary: 'listen at the endpoints'},
	{name: 'connect', summary: 'connect to the endpoints'},
];

export const fronts: readonly Front[] = [
	{
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
			{name: 'scene', value: 'name', summary: `first scene: ${scenes.map(({name}) => name).join(', ')}`},
			{name: 'endpoint', value: 'endpoint', summary: 'where the server listens, if not at port 5560'},
			delay,
			reply,
			timeout,
			tap,
			{name: 'curve', summary: 'encrypt with CURVE; the keys are made for this run'},
			...recording,
			...common,
		],
		examples: ['zmq-playground', String.raw`printf 'Hello\nAgain\n' | zmq-playground --delay 200ms`],
	},
	{
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
	},
	{
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
			{name: 'curve', summary: 'encrypt with CURVE; the keys are made for this run'},
			curveSecret,
			{name: 'curve-allow', value: 'file', summary: 'public keys that are let in, one a line'},
			tap,
			...recording,
			...common,
		],
		examples: ['zmq-playground server \'tcp://*:5555\' --reply \'{upper}\'', 'zmq-playground server --json --count 100 > events.jsonl'],
		solo: {peer: firstServer, role: 'server', direction: 'bind'},
	},
	{
		name: 'broker',
		usage: 'zmq-playground broker [options]',
		summary: 'passes requests of many clients on to many workers, one after the other',
		details: [
			'Clients connect to its frontend (a ROUTER), workers to its backend (a DEALER,',
			'round-robin). It prints each message that passes, frame by frame: the ROUTER',
			'puts the routing id of the client in front of a request, and takes it off the',
			'reply; the REQ puts the empty delimiter before its body, and takes it off.',
			'It serves until SIGINT or SIGTERM and exits with 0; with 1 if it could not',
			'listen, 2 if it was called wrongly.',
		],
		flags: [
			{name: 'frontend', value: 'endpoint', summary: 'where clients connect, if not at port 5559'},
			{name: 'backend', value: 'endpoint', summary: 'where workers connect, if not at port 5560'},
			{name: 'json', summary: 'one event a line, as JSON, and the summary last'},
			{name: 'ascii', summary: 'write with ASCII only'},
			{name: 'help', summary: 'this help'},
		],
		examples: ['zmq-playground broker', 'zmq-playground broker --frontend \'tcp://*:5559\' --backend \'tcp://*:5560\''],
	},
	{
		name: 'worker',
		usage: 'zmq-playground worker [options] [endpoint …]',
		summary: 'a REP server that connects to a broker, or to any DEALER or REQ',
		details: [
			'It connects to tcp://127.0.0.1:5560 unless told otherwise.',
			'It replies World after 1s unless told otherwise.',
			'In a pipe it serves until SIGINT, SIGTERM or --count; it exits with 0 then,',
			'1 if it could not listen, 2 if it was called wrongly.',
		],
		flags: [
			...directions,
			delay,
			reply,
			{name: 'count', value: 'n', summary: 'end after n replies'},
			tap,
			...recording,
			...common,
		],
		examples: ['zmq-playground worker tcp://127.0.0.1:5560', 'zmq-playground worker --reply \'{upper}\' --delay 200ms'],
		solo: {peer: 'worker-1', role: 'server', direction: 'connect'},
	},
	{
		name: 'keys',
		usage: 'zmq-playground keys [options] [name]',
		summary: 'makes a pair of CURVE keys: a secret in a file, a public key to show',
		details: [
			'The public key is printed; give it to the other side. The secret key goes to a',
			'file that only you can read (mode 0600), which is never overwritten.',
			'It exits with 0 if the pair is made, 1 if not, 2 if it was called wrongly.',
		],
		flags: [
			{name: 'directory', value: 'path', summary: 'where the file goes, if not to your configuration'},
			{name: 'json', summary: 'the public key and the path as one line of JSON'},
			{name: 'help', summary: 'this help'},
		],
		examples: ['zmq-playground keys pizzeria', 'zmq-playground keys ana --directory /media/stick'],
	},
	{
		name: 'probe',
		usage: 'zmq-playground probe [options] <endpoint>',
		summary: 'what lives at an endpoint, told without sending a request',
		details: [
			'It knocks with a ZMTP greeting: is anybody there, is it ZeroMQ, which version,',
			'mechanism and socket type, and which socket fits it.',
			'It exits with 0 if a ZeroMQ socket is there, 1 if not, 2 if called wrongly.',
		],
		flags: [
			{name: 'timeout', value: 'time', summary: 'how long to listen (at first 2s)'},
			{name: 'json', summary: 'the report as one line of JSON'},
			{name: 'help', summary: 'this help'},
		],
		examples: ['zmq-playground probe tcp://127.0.0.1:5560', 'zmq-playground probe --json ipc:///tmp/pizza'],
	},
	{
		name: 'tap',
		usage: 'zmq-playground tap [options] <endpoint>',
		summary: 'stands between any client and any server, and tells what passes',
		details: [
			'It connects to the endpoint for each client that connects to it, passes the',
			'bytes on untouched, and prints each handshake, exchange and trouble.',
			'It serves until SIGINT or SIGTERM, prints a summary, and exits with 0;',
			'with 1 if it could not listen, 2 if it was called wrongly.',
		],
		flags: [
			{name: 'listen', value: 'endpoint', summary: 'where clients connect (at first any free port)'},
			{name: 'fault', value: 'fault', summary: 'harm what passes: see the faults below'},
			{name: 'seed', value: 'number', summary: 'repeat a run: the same seed strikes the same'},
			{name: 'json', summary: 'one event a line, as JSON, and the summary last'},
			{name: 'ascii', summary: 'write with ASCII only'},
			{name: 'help', summary: 'this help'},
		],
		examples: [
			'zmq-playground tap tcp://127.0.0.1:5555 --listen tcp://127.0.0.1:5556',
			'zmq-playground tap tcp://127.0.0.1:5555 --fault \'drop reply 3\'',
		],
		appendix: {title: 'Faults', lines: [...faults.map(({name, summary}) => `${name.padEnd(18)}${summary}`), '', 'drop reply 3; drop request p 0.1; hold both every 5 200ms; latency reply 1s']},
	},
	{
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
			{name: 'ascii', summary: 'draw with ASCII only'},
			{name: 'no-color', summary: 'draw without colours (NO_COLOR does the same)'},
			{name: 'help', summary: 'this help'},
		],
		examples: ['zmq-playground race', 'zmq-playground race --requests 60 --seed 7 relaxed relaxed+correlate'],
		appendix: {title: 'Entrants', lines: entrants.map(({name, summary}) => `${name.padEnd(19)}${summary}`)},
	},
	{
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
			lines: [
				...[...peerConditions, ...labConditions].flatMap(({usage, summary}) => [...wrapUsage(usage), `    ${summary}`]),
				'not, and, or and parentheses join them;',
				'<peer> is a name, every client or any server',
			],
		},
	},
	{
		name: 'open',
		usage: 'zmq-playground open [options] <file>',
		summary: 'a recording: step through it, or replay it',
		details: [
			'In a terminal it opens full screen: ← and → step, ? shows all keys.',
			'In a pipe its exchanges are printed, or its events with --json.',
			'It exits with 0; 1 if the file is no recording or is damaged, 2 if it was',
			'called wrongly. A torn last line is told, and is no damage.',
		],
		flags: [
			{name: 'speed', value: 'factor', summary: 'replay it: 1 as it happened, 4 four times as fast'},
			{name: 'as', value: 'format', summary: 'mermaid svg csv text typescript javascript python'},
			{name: 'skip-damaged', summary: 'read on after a damaged line'},
			{name: 'json', summary: 'no screen: one event a line, as JSON'},
			{name: 'ascii', summary: 'draw with ASCII only'},
			{name: 'no-color', summary: 'draw without colours (NO_COLOR does the same)'},
			{name: 'help', summary: 'this help'},
		],
		examples: ['zmq-playground open lesson.jsonl', 'zmq-playground open lesson.jsonl --speed 4', 'zmq-playground open lesson.jsonl --as svg > lesson.svg'],
	},
];

/** Breaks a long notation at its bars. */
function wrapUsage(usage: string): readonly string[] {
	const lines: string[] = [];
	for (const part of usage.split(' | ')) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + part.length < 70) {
			lines[lines.length - 1] = `${last} | ${part}`;
		} else {
			lines.push(last === undefined ? part : `  | ${part}`);
		}
	}

	return lines;
}

/** The front of that name; the playground itself has none. */
export const frontNamed = (name: string): Front | undefined => fronts.find(front => front.name === name);

/** The help of one front, as `--help` prints it. */
export function helpOf(front: Front): string {
	const flags = front.flags.map(({name, value, summary}) => `    ${`--${name}${value === undefined ? '' : ` <${value}>`}`.padEnd(24)}${summary}`);
	return [
		`  ${front.summary[0]?.toUpperCase() ?? ''}${front.summary.slice(1)}.`,
		'',
		'  Usage',
		`    $ ${front.usage}`,
		...(front.name === 'playground' ? fronts.slice(1).map(({usage}) => `    $ ${usage}`) : []),
		'',
		...front.details.map(line => `  ${line}`),
		'',
		'  Options',
		...flags,
		'',
		...(front.appendix ? [`  ${front.appendix.title}`, ...front.appendix.lines.map(line => line === '' ? '' : `    ${line}`), ''] : []),
		'  Examples',
		...front.examples.map(example => `    $ ${example}`),
		'',
	].join('\n');
}
