/** Programs for pyzmq. */
import {mostDoublings, type LazyPirate} from '../core/recovery.js';
import {type SocketOption} from '../core/socket-options.js';
import {broker, brokerImports, workerOf} from './pyzmq-broker.js';
import {
	boundsOf,
	describe,
	fileOf,
	hasBackOff,
	keyFileOf,
	literal,
	mayAskAgain,
	templateParts,
	type Program,
} from './program.js';

/** The whole program. */
export function pyzmqProgram(program: Program): string {
	const start = ['pip install pyzmq', `python3 ${fileOf(program)}.py${program.role === 'client' ? ' Hello Again' : ''}`];
	const {broking} = program;
	const body = broking ? broker(broking, curveLines(program)) : [...opening(program), '', ...(program.role === 'client' ? client(program) : server(program))];
	const lines = ['"""', ...describe(program, start), '"""', ...importsOf(program), '', 'context = zmq.Context()', '', ...body];
	return `${lines.join('\n')}\n`;
}

function importsOf(program: Program): readonly string[] {
	if (program.broking) {
		const standard = brokerImports(program.broking);
		return [...standard, ...(standard.length === 0 ? [] : ['']), 'import zmq', ...(program.curve ? ['import zmq.auth'] : [])];
	}

	const bounds = program.role === 'server' ? boundsOf(program.delay) : undefined;
	const needsTime = bounds !== undefined || program.policy === 'paranoid-pirate' || hasBackOff(program) || program.template.includes('{time}') || (mayAskAgain(program) && program.timeoutMs !== undefined);
	return [
		...(bounds && bounds.minMs < bounds.maxMs ? ['import random'] : []),
		...(program.role === 'client' ? ['import sys'] : []),
		...(needsTime ? ['import time'] : []),
		'',
		'import zmq',
		...(program.curve ? ['import zmq.auth'] : []),
	];
}

/** A function that makes a socket and takes it to its endpoints. */
function opening(program: Program): readonly string[] {
	const isPirate = program.recovery.kind === 'lazy-pirate';
	return [
		'',
		'def open_socket():',
		...indent([
			`socket = context.socket(zmq.${program.role === 'client' ? 'REQ' : workerOf(program.policy).type})`,
			...program.options.filter(({name}) => !(isPirate && name === 'linger')).flatMap(option => optionLines(option)),
			...(isPirate ? ['# A request that was given up must not be sent after all.', 'socket.linger = 0'] : []),
			...(program.id === undefined ? [] : [`socket.routing_id = ${literal(program.id)}.encode()`]),
			...(program.timeoutMs === undefined || mayAskAgain(program) ? [] : [`socket.rcvtimeo = ${program.timeoutMs}`]),
			...(mayAskAgain(program) ? ['# It may send again while it still awaits a reply.', 'socket.setsockopt(zmq.REQ_RELAXED, 1)'] : []),
			...(program.recovery.kind === 'relaxed+correlate' ? ['# Each request carries an id, and a late reply is discarded.', 'socket.setsockopt(zmq.REQ_CORRELATE, 1)'] : []),
			...curveLines(program)('socket'),
			...program.places.map(({direction, endpoint}) => `socket.${direction}(${literal(endpoint)})`),
			'return socket',
		]),
		'',
	];
}

function optionLines(option: SocketOption): readonly string[] {
	switch (option.name) {
		case 'immediate': {
			return [`socket.immediate = ${Number(option.isOn)}`];
		}

		case 'heartbeat': {
			return [`socket.heartbeat_ivl = ${option.intervalMs}`, `socket.heartbeat_timeout = ${option.timeoutMs}`];
		}

		case 'linger': {
			return [`socket.linger = ${option.ms}`];
		}

		case 'hwm': {
			return [`socket.hwm = ${option.messages}`];
		}
	}
}

/** What secures a program's socket of some name. */
function curveLines({curve, role}: Program): (socket: string) => readonly string[] {
	if (!curve) {
		return () => [];
	}

	const pair = `zmq.auth.load_certificate(${literal(keyFileOf(curve, role))})`;
	return socket => curve === 'client'
		? [`${socket}.curve_publickey, ${socket}.curve_secretkey = ${pair}`, 'with open("server.pub") as file:', `    ${socket}.curve_serverkey = file.read().strip().encode()`]
		: [`${socket}.curve_secretkey = ${pair}[1]`, `${socket}.curve_server = True`];
}

const indent = (lines: readonly string[]): readonly string[] => lines.map(line => line === '' ? '' : `    ${line}`);

const questions: readonly string[] = ['socket = open_socket()', 'for question in sys.argv[1:] or ["Hello"]:'];

function client(program: Program): readonly string[] {
	const {recovery, timeoutMs} = program;
	if (recovery.kind === 'lazy-pirate') {
		return pirate(recovery);
	}

	const waits = timeoutMs === undefined
		? ['print("<", socket.recv().decode(errors="replace"), flush=True)']
		: [
			'try:',
			`    print("<", ${mayAskAgain(program) ? `receive_within(${timeoutMs})` : 'socket.recv()'}.decode(errors="replace"), flush=True)`,
			'except zmq.Again:',
			`    print("no reply within ${timeoutMs} ms: EAGAIN", flush=True)`,
			'    status = 1',
			...(mayAskAgain(program) ? [] : ['    # The machine did not move: this socket awaits that reply, and refuses to send (EFSM). Only a new one helps.', '    break']),
		];
	return [
		...(mayAskAgain(program) && timeoutMs !== undefined ? receiveWithin : []),
		'status = 0',
		...questions,
		...indent(['socket.send_string(question)', 'print(">", question, flush=True)', ...waits]),
		'',
		'socket.close()',
		'sys.exit(status)',
	];
}

const receiveWithin: readonly string[] = [
	'',
	'def receive_within(ms):',
	...indent([
		'"""A late reply that libzmq discards ends a receive early, with EAGAIN: only the deadline ends the wait."""',
		'deadline = time.monotonic() + ms / 1000',
		'while True:',
		...indent([
			'socket.rcvtimeo = max(1, int((deadline - time.monotonic()) * 1000))',
			'try:',
			'    return socket.recv()',
			'except zmq.Again:',
			'    if time.monotonic() >= deadline:',
			'        raise',
		]),
	]),
	'',
	'',
];

const pirate = ({tries, timeoutMs, backOffMs}: LazyPirate): readonly string[] => [
	'',
	'def ask(question):',
	...indent([
		'"""A REQ that still awaits a reply is good for nothing: after each time-out a new socket asks again (the Lazy Pirate of the ZeroMQ Guide, chapter 4)."""',
		'global socket',
		`for attempt in range(1, ${tries + 1}):`,
		...indent([
			'socket.send_string(question)',
			'try:',
			'    return socket.recv().decode(errors="replace")',
			'except zmq.Again:',
			`    print("no reply within ${timeoutMs} ms: try", attempt, "of ${tries}", flush=True)`,
			'    socket.close()',
			'    socket = open_socket()',
			...(backOffMs === undefined ? [] : [`    time.sleep(${backOffMs / 1000} * 2 ** min(attempt - 1, ${mostDoublings}))`]),
		]),
		'return None',
	]),
	'',
	'',
	'status = 0',
	...questions,
	...indent(['print(">", question, flush=True)', 'reply = ask(question)', 'if reply is None:', '    print("gave up", flush=True)', '    status = 1', '    break', 'print("<", reply, flush=True)']),
	'',
	'socket.close()',
	'sys.exit(status)',
];

function server(program: Program): readonly string[] {
	const bounds = boundsOf(program.delay);
	const isEcho = program.template === '{request}';
	const usesCount = program.template.includes('{count}');
	const {before, taking, send, sleep} = workerOf(program.policy);
	return [
		'socket = open_socket()',
		...before,
		...(usesCount ? ['count = 0'] : []),
		'while True:',
		...indent([
			...taking,
			'question = " ".join(frame.decode(errors="replace") for frame in request)',
			'print(">", question, flush=True)',
			...(usesCount ? ['count += 1'] : []),
			...(bounds ? [`${sleep}(${bounds.minMs === bounds.maxMs ? bounds.minMs / 1000 : `random.uniform(${bounds.minMs / 1000}, ${bounds.maxMs / 1000})`})`] : []),
			`reply = ${isEcho ? 'question' : replyOf(program.template)}`,
			isEcho ? send('request') : (program.policy === 'round-robin' ? 'socket.send_string(reply)' : send('[reply.encode()]')),
			'print("<", reply, flush=True)',
		]),
	];
}

const values: Readonly<Record<string, string>> = {
	'{request}': 'question', '{upper}': 'question.upper()', '{count}': 'str(count)', '{time}': 'time.strftime("%H:%M:%S")',
};

const replyOf = (template: string): string => templateParts(template).filter(part => part !== '').map(part => values[part] ?? literal(part)).join(' + ') || '""';
