/**
The program of a broker, in each language: two sockets, and what passes between them. Pure.

Round-robin is libzmq's own proxy; with least-recently-used it is the ZeroMQ Guide's load balancer. Heartbeats are left out, and that is said: they
would be most of the program.
*/
import {indentBy, literal, type Program} from './program.js';

const brokerOf = ({broking}: Program): {readonly frontend: string; readonly backend: string} => ({frontend: literal(broking?.frontend ?? ''), backend: literal(broking?.backend ?? '')});

/** The body of a broker in Python, once `context` is there. */
export function pythonBroker(program: Program): readonly string[] {
	const {frontend, backend} = brokerOf(program);
	const isRoundRobin = program.policy === 'round-robin';
	return [
		'frontend = context.socket(zmq.ROUTER)',
		`frontend.bind(${frontend})`,
		`backend = context.socket(zmq.${isRoundRobin ? 'DEALER' : 'ROUTER'})`,
		`backend.bind(${backend})`,
		'print("listening", flush=True)',
		...(isRoundRobin ? ['# Each request goes to the next worker in turn; the routing id in front of it tells whose the reply is.', 'zmq.proxy(frontend, backend)'] : pythonLoop),
	];
}

const pythonLoop: readonly string[] = [
	'# Who is ready, the one that has been so longest first.',
	'ready = []',
	'poller = zmq.Poller()',
	'poller.register(backend, zmq.POLLIN)',
	'poller.register(frontend, zmq.POLLIN)',
	'while True:',
	...indentBy(4, [
		'events = dict(poller.poll())',
		'if backend in events:',
		'    worker, _, *rest = backend.recv_multipart()',
		'    ready.append(worker)',
		'    # READY is one frame; a reply has its client in front.',
		'    if len(rest) > 1:',
		'        frontend.send_multipart(rest)',
		'while ready and frontend.poll(0):',
		'    backend.send_multipart([ready.pop(0), b"", *frontend.recv_multipart()])',
		'# Without a worker requests wait in the frontend.',
		'if ready:',
		'    poller.register(frontend, zmq.POLLIN)',
		'elif frontend in poller:',
		'    poller.unregister(frontend)',
	]),
];

/** The body of a broker for zeromq.js 6. */
export function javascriptBroker(program: Program, isTyped: boolean): readonly string[] {
	const {frontend, backend} = brokerOf(program);
	const isRoundRobin = program.policy === 'round-robin';
	return [
		'const frontend = new Router();',
		`await frontend.bind(${frontend});`,
		`const backend = new ${isRoundRobin ? 'Dealer' : 'Router'}();`,
		`await backend.bind(${backend});`,
		'console.log(\'listening\');',
		...(isRoundRobin ? ['// Each request goes to the next worker in turn; the routing id in front of it tells whose the reply is.', 'await new Proxy(frontend, backend).run();'] : javascriptLoop(isTyped)),
	];
}

/** What a broker in JavaScript imports. */
export const javascriptBrokerImports = ({policy}: Program): string => `import {${policy === 'round-robin' ? 'Dealer, Proxy, Router' : 'Router'}} from 'zeromq';`;

const javascriptLoop = (isTyped: boolean): readonly string[] => [
	'// Who is ready, the one that has been so longest first; and whoever waits for one.',
	`const ready${isTyped ? ': Buffer[]' : ''} = [];`,
	`let isReady = ()${isTyped ? ': void' : ''} => {};`,
	'',
	`const passRequests = async ()${isTyped ? ': Promise<void>' : ''} => {`,
	...indentBy('\t', [
		'for (;;) {',
		...indentBy('\t', [
			`const worker = ready.shift();`,
			'if (worker) {',
			'\tawait backend.send([worker, \'\', ...await frontend.receive()]);',
			'} else {',
			`\tawait new Promise${isTyped ? '<void>' : ''}(resolve => {`,
			'\t\tisReady = resolve;',
			'\t});',
			'}',
		]),
		'}',
	]),
	'};',
	'',
	'void passRequests();',
	`for await (const [worker, , ...rest] of backend${isTyped ? ' as AsyncIterable<[Buffer, Buffer, ...Buffer[]]>' : ''}) {`,
	...indentBy('\t', [
		'ready.push(worker);',
		'isReady();',
		'// READY is one frame; a reply has its client in front.',
		'if (rest.length > 1) {',
		'\tawait frontend.send(rest);',
		'}',
	]),
	'}',
];
