/** Programs for zeromq.js 6, in TypeScript or JavaScript: they differ in their types alone. */
import {mostDoublings, type LazyPirate} from '../core/recovery.js';
import {type SocketOption} from '../core/socket-options.js';
import {broker, brokerImport, workerOf} from './zeromq-js-broker.js';
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

type Dialect = 'typescript' | 'javascript';

const endings: Readonly<Record<Dialect, string>> = {typescript: 'mts', javascript: 'mjs'};

/** The whole program. */
export function zeromqJsProgram(program: Program, dialect: Dialect): string {
	const file = `${fileOf(program)}.${endings[dialect]}`;
	const start = ['npm install zeromq@6', `node ${file}${program.role === 'client' ? ' Hello Again' : ''}${dialect === 'typescript' ? '        (Node 22.18 and later run TypeScript)' : ''}`];
	const {broking} = program;
	const body = broking ? broker(broking, dialect === 'typescript', curveLines(program)) : (program.role === 'client' ? client(program, dialect) : server(program, dialect));
	const lines = [...describe(program, start).map(line => `// ${line}`.trimEnd()), ...importsOf(program), '', ...keysOf(program, dialect), ...body];
	return `${lines.join('\n')}\n`;
}

/** The socket of a client, a server or a worker. */
const socketOf = ({role, policy}: Program): string => role === 'client' ? 'Request' : workerOf(policy, false).type;

function importsOf(program: Program): readonly string[] {
	if (program.broking) {
		return [...(program.curve ? ['import {readFileSync} from \'node:fs\';'] : []), brokerImport(program.broking)];
	}

	const bounds = program.role === 'server' ? boundsOf(program.delay) : undefined;
	return [
		...(program.curve ? ['import {readFileSync} from \'node:fs\';'] : []),
		...(program.role === 'client' ? ['import process from \'node:process\';'] : []),
		...(bounds !== undefined || hasBackOff(program) ? ['import {setTimeout as pause} from \'node:timers/promises\';'] : []),
		`import {${socketOf(program)}} from 'zeromq';`,
	];
}

function keysOf({curve}: Program, dialect: Dialect): readonly string[] {
	const [file, name] = dialect === 'typescript' ? ['file: string', 'name: string'] : ['file', 'name'];
	return curve
		? [
			'/** One key of a certificate, as zmq-playground keys and pyzmq write them. */',
			`const keyIn = (${file}, ${name})${dialect === 'typescript' ? ': string' : ''} => new RegExp(\`\${name}-key = "(.{40})"\`).exec(readFileSync(file, 'utf8'))?.[1] ?? '';`,
			'',
		]
		: [];
}

/** The options of the constructor, one a line. */
function optionsOf(program: Program): readonly string[] {
	const {recovery: {kind}, id} = program;
	const isPirate = kind === 'lazy-pirate';
	return [
		...program.options.filter(({name}) => !(isPirate && name === 'linger')).flatMap(option => optionLines(option)),
		...(isPirate ? ['// A request that was given up must not be sent after all.', 'linger: 0,'] : []),
		...(id === undefined ? [] : [`routingId: ${literal(id)},`]),
		...(program.timeoutMs === undefined || mayAskAgain(program) ? [] : [`receiveTimeout: ${program.timeoutMs},`]),
		...(mayAskAgain(program) ? ['// It may send again while it still awaits a reply (ZMQ_REQ_RELAXED).', 'relaxed: true,'] : []),
		...(kind === 'relaxed+correlate' ? ['// Each request carries an id, and a late reply is discarded (ZMQ_REQ_CORRELATE).', 'correlate: true,'] : []),
		...curveLines(program),
	];
}

function optionLines(option: SocketOption): readonly string[] {
	switch (option.name) {
		case 'immediate': {
			return [`immediate: ${option.isOn},`];
		}

		case 'heartbeat': {
			return [`heartbeatInterval: ${option.intervalMs},`, `heartbeatTimeout: ${option.timeoutMs},`];
		}

		case 'linger': {
			return [`linger: ${option.ms},`];
		}

		case 'hwm': {
			return [`sendHighWaterMark: ${option.messages},`, `receiveHighWaterMark: ${option.messages},`];
		}
	}
}

/** The options that secure a program's sockets, one a line. */
function curveLines({curve, role}: Program): readonly string[] {
	if (!curve) {
		return [];
	}

	const file = keyFileOf(curve, role);
	return curve === 'client'
		? ['curveServerKey: readFileSync(\'server.pub\', \'utf8\').trim(),', `curvePublicKey: keyIn('${file}', 'public'),`, `curveSecretKey: keyIn('${file}', 'secret'),`]
		: ['curveServer: true,', `curveSecretKey: keyIn('${file}', 'secret'),`];
}

/** Makes a socket and takes it to its endpoints. */
function opening(program: Program, declaration: string): readonly string[] {
	const type = socketOf(program);
	const options = optionsOf(program);
	return [
		...(options.length === 0 ? [`${declaration} = new ${type}();`] : [`${declaration} = new ${type}({`, ...indent(options), '});']),
		...program.places.map(({direction, endpoint}) => direction === 'bind' ? `await socket.bind(${literal(endpoint)});` : `socket.connect(${literal(endpoint)});`),
	];
}

const indent = (lines: readonly string[]): readonly string[] => lines.map(line => line === '' ? '' : `\t${line}`);

function client(program: Program, dialect: Dialect): readonly string[] {
	const questions = ['const given = process.argv.slice(2);', 'for (const question of given.length > 0 ? given : [\'Hello\']) {'];
	if (program.recovery.kind === 'lazy-pirate') {
		return pirate(program, program.recovery, dialect, questions);
	}

	const {timeoutMs} = program;
	const waits = timeoutMs === undefined
		? ['const [reply] = await socket.receive();', print('<', text('reply', dialect))]
		: [
			'try {',
			`\tconst [reply] = await ${mayAskAgain(program) ? `receiveWithin(${timeoutMs})` : 'socket.receive()'};`,
			`\t${print('<', text('reply', dialect))}`,
			'} catch (error) {',
			`\tconsole.log(\`no reply within ${timeoutMs} ms: \${${codeOf(dialect)}}\`);`,
			'\tprocess.exitCode = 1;',
			...(mayAskAgain(program) ? [] : ['\t// The machine did not move: this socket awaits that reply, and refuses to send (EFSM). Only a new one helps.', '\tbreak;']),
			'}',
		];
	return [
		...opening(program, 'const socket'),
		'',
		...(mayAskAgain(program) && timeoutMs !== undefined ? receiveWithin(dialect) : []),
		...questions,
		...indent(['await socket.send(question);', print('>', 'question'), ...waits]),
		'}',
		'',
		'socket.close();',
	];
}

const receiveWithin = (dialect: Dialect): readonly string[] => [
	'/** A late reply that libzmq discards ends a receive early, with EAGAIN: only the deadline ends the wait. */',
	dialect === 'typescript' ? 'async function receiveWithin(ms: number): Promise<Buffer[]> {' : 'async function receiveWithin(ms) {',
	'\tconst deadline = Date.now() + ms;',
	'\tfor (;;) {',
	'\t\ttry {',
	'\t\t\tsocket.receiveTimeout = Math.max(1, deadline - Date.now());',
	'\t\t\treturn await socket.receive();',
	'\t\t} catch (error) {',
	`\t\t\tif (${codeOf(dialect)} !== 'EAGAIN' || Date.now() >= deadline) {`,
	'\t\t\t\tthrow error;',
	'\t\t\t}',
	'\t\t}',
	'\t}',
	'}',
	'',
];

function pirate(program: Program, {tries, backOffMs}: LazyPirate, dialect: Dialect, questions: readonly string[]): readonly string[] {
	const isTyped = dialect === 'typescript';
	const isAsync = program.places.some(({direction}) => direction === 'bind');
	return [
		`${isAsync ? 'async ' : ''}function open()${isTyped ? `: ${isAsync ? 'Promise<Request>' : 'Request'}` : ''} {`,
		...indent([...opening(program, 'const socket'), 'return socket;']),
		'}',
		'',
		'/** A REQ that still awaits a reply is good for nothing: after each time-out a new socket asks again (the Lazy Pirate of the ZeroMQ Guide, chapter 4). */',
		`async function ask(question${isTyped ? ': string' : ''})${isTyped ? ': Promise<string | undefined>' : ''} {`,
		...indent([
			`for (let attempt = 1; attempt <= ${tries}; attempt++) {`,
			...indent([
				'await socket.send(question);',
				'try {',
				'\tconst [reply] = await socket.receive();',
				`\treturn ${text('reply', dialect)};`,
				'} catch {',
				`\tconsole.log(\`no reply within ${program.timeoutMs ?? 0} ms: try \${attempt} of ${tries}\`);`,
				'\tsocket.close();',
				`\tsocket = ${isAsync ? 'await ' : ''}open();`,
				...(backOffMs === undefined ? [] : [`\tawait pause(${backOffMs} * (2 ** Math.min(attempt - 1, ${mostDoublings})));`]),
				'}',
			]),
			'}',
			'',
			'return undefined;',
		]),
		'}',
		'',
		`let socket = ${isAsync ? 'await ' : ''}open();`,
		...questions,
		...indent([
			print('>', 'question'),
			'const reply = await ask(question);',
			'if (reply === undefined) {',
			'\tconsole.log(\'gave up\');',
			'\tprocess.exitCode = 1;',
			'\tbreak;',
			'}',
			'',
			print('<', 'reply'),
		]),
		'}',
		'',
		'socket.close();',
	];
}

function server(program: Program, dialect: Dialect): readonly string[] {
	const bounds = boundsOf(program.delay);
	const isEcho = program.template === '{request}';
	const usesCount = program.template.includes('{count}');
	const {message, greeting, taking, send} = workerOf(program.policy, dialect === 'typescript');
	return [
		...opening(program, 'const socket'),
		'',
		...greeting,
		...(usesCount ? ['let count = 0;'] : []),
		`for await (const ${message} of socket) {`,
		...indent([
			...taking,
			`const question = request.map(${dialect === 'typescript' ? '(frame: Buffer)' : 'frame'} => frame.toString()).join(' ');`,
			print('>', 'question'),
			...(usesCount ? ['count++;'] : []),
			...(bounds ? [pauseLine(bounds)] : []),
			`const reply = ${isEcho ? 'question' : replyOf(program.template)};`,
			// Alone it is the request as it is: every frame, every byte.
			send(isEcho ? (taking.length === 0 ? 'request' : '...request') : 'reply'),
			print('<', 'reply'),
		]),
		'}',
	];
}

const pauseLine = ({minMs, maxMs}: {readonly minMs: number; readonly maxMs: number}): string =>
	minMs === maxMs ? `await pause(${minMs});` : `await pause(${minMs} + (Math.random() * ${maxMs - minMs}));`;

const values: Readonly<Record<string, string>> = {
	'{request}': 'question', '{upper}': 'question.toUpperCase()', '{count}': 'String(count)', '{time}': 'new Date().toTimeString().slice(0, 8)',
};

const replyOf = (template: string): string => templateParts(template).filter(part => part !== '').map(part => values[part] ?? literal(part)).join(' + ') || '\'\'';

const text = (name: string, dialect: Dialect): string => dialect === 'typescript' ? `String(${name})` : `${name}.toString()`;
const codeOf = (dialect: Dialect): string => dialect === 'typescript' ? '(error as NodeJS.ErrnoException).code' : 'error.code';

/** The statement that prints a value behind a mark. */
const print = (mark: string, expression: string): string => `console.log(\`${mark} \${${expression}}\`);`;
