/** Brokers for zeromq.js 6, and what a worker does that talks to one. As the lab's own: see `broker/round-robin.ts` and `broker/ready-workers.ts`. */
import {heartbeatMs, liveness, mostLosses, pirateHeartbeat, pirateReady, readyText, type Policy} from '../core/policy.js';
import {type Broking} from './broking.js';
import {literal} from './program.js';

/** What a broker imports. */
export const brokerImport = ({policy}: Broking): string => `import {${policy === 'round-robin' ? 'Dealer, Router' : 'Router'}} from 'zeromq';`;

/** All that a broker does. `secure` are options that both its sockets need, one a line. */
export function broker({policy, frontend, backend, hasHandover}: Broking, isTyped: boolean, secure: readonly string[]): readonly string[] {
	const typed = (text: string): string => isTyped ? text : '';
	const frames = typed(': Buffer[]');
	const opening = (type: string, ...options: readonly string[]): string => {
		const all = [...options, ...(secure.length === 0 ? [] : ['...keys'])].join(', ');
		return `new ${type}(${all === '' ? '' : `{${all}}`});`;
	};

	return [
		...(secure.length === 0 ? [] : ['/** Both sides answer with the same key. */', 'const keys = {', ...secure.map(line => `\t${line}`), '};', '']),
		...(hasHandover ? ['// A client that comes with the routing id of another one takes its place.'] : []),
		`const frontend = ${opening('Router', ...(hasHandover ? ['handover: true'] : []))}`,
		`await frontend.bind(${literal(frontend)});`,
		...(policy === 'least-recently-used' ? ['// A worker that has gone is told of (EHOSTUNREACH).'] : []),
		`const backend = ${opening(policy === 'round-robin' ? 'Dealer' : 'Router', ...(policy === 'least-recently-used' ? ['mandatory: true'] : []))}`,
		`await backend.bind(${literal(backend)});`,
		'console.log(\'listening\');',
		'',
		'/** What is said: it stands behind the envelope, which ends with an empty frame. */',
		`const bodyOf = (frames${frames})${typed(': string')} => frames.slice(frames.findIndex(frame => frame.length === 0) + 1).join(' ');`,
		'',
		...bodies[policy](typed),
	];
}

type Typed = (text: string) => string;

/** Tells a message that passes. */
const said = (mark: string, message: string): string => `console.log(\`${mark} \${bodyOf(${message})}\`);`;

const roundRobin = (): readonly string[] => [
	'/** The ROUTER puts the routing id of the client before its request. Where there is no worker, it waits. */',
	'async function passRequests() {',
	'\tfor await (const request of frontend) {',
	'\t\tawait backend.send(request);',
	`\t\t${said('>', 'request')}`,
	'\t}',
	'}',
	'',
	'/** By that routing id the ROUTER knows whose reply it is, and takes it off again. */',
	'async function passReplies() {',
	'\tfor await (const reply of backend) {',
	'\t\tawait frontend.send(reply);',
	`\t\t${said('<', 'reply')}`,
	'\t}',
	'}',
	'',
	'await Promise.all([passRequests(), passReplies()]);',
];

const oneSendAtATime = (typed: Typed): readonly string[] => [
	'/** A socket takes one send at a time. */',
	`let sending${typed(': Promise<void>')} = Promise.resolve();`,
	`const toWorker = (frames${typed(': Array<Buffer | string>')})${typed(': Promise<void>')} => {`,
	'\tsending = sending.catch(() => undefined).then(() => backend.send(frames));',
	'\treturn sending;',
	'};',
	'',
];

const takeRequests: readonly string[] = [
	'async function takeRequests() {',
	'\tfor await (const request of frontend) {',
	'\t\twaiting.push(request);',
	'\t\tawait dispatch();',
	'\t}',
	'}',
	'',
];

const leastRecentlyUsed = (typed: Typed): readonly string[] => [
	'/** The routing ids of those who can take a request, and the requests that wait for one. */',
	`const ready${typed(': Buffer[]')} = [];`,
	`const waiting${typed(': Buffer[][]')} = [];`,
	'',
	...oneSendAtATime(typed),
	'async function dispatch() {',
	'\tfor (;;) {',
	'\t\tconst [worker] = ready;',
	'\t\tconst [request] = waiting;',
	'\t\tif (!worker || !request) {',
	'\t\t\treturn;',
	'\t\t}',
	'',
	'\t\tready.shift();',
	'\t\twaiting.shift();',
	'\t\ttry {',
	'\t\t\t// A REQ takes nothing without a delimiter.',
	'\t\t\tawait toWorker([worker, \'\', ...request]);',
	`\t\t\t${said('>', 'request')}`,
	'\t\t} catch {',
	'\t\t\twaiting.unshift(request);',
	'\t\t}',
	'\t}',
	'}',
	'',
	...takeRequests,
	'async function hearWorkers() {',
	'\tfor await (const [worker, , ...said] of backend) {',
	`\t\t// ${readyText} is one frame. A reply has the routing id of its client before it.`,
	'\t\tif (said.length > 1) {',
	'\t\t\tawait frontend.send(said);',
	`\t\t\t${said('<', 'said')}`,
	'\t\t}',
	'',
	`\t\tready.push(worker${typed('!')});`,
	'\t\tawait dispatch();',
	'\t}',
	'}',
	'',
	'await Promise.all([takeRequests(), hearWorkers()]);',
];

const paranoidPirate = (typed: Typed): readonly string[] => [
	...(typed('x') === '' ? [] : ['type Worker = {readonly id: Buffer; heardAt: number; request?: Buffer[] | undefined};', '']),
	'/** Everybody who has said READY, by the routing id; and those who can take a request, the one that has been ready longest first. */',
	`const workers = new Map${typed('<string, Worker>')}();`,
	`const ready = new Set${typed('<string>')}();`,
	`const waiting${typed(': Buffer[][]')} = [];`,
	'/** How many workers were lost with a request. */',
	`const losses = new WeakMap${typed('<Buffer[], number>')}();`,
	'',
	...oneSendAtATime(typed),
	'async function dispatch() {',
	'\tfor (;;) {',
	'\t\tconst [key] = ready;',
	'\t\tconst worker = key === undefined ? undefined : workers.get(key);',
	'\t\tif (key === undefined || !worker || waiting.length === 0) {',
	'\t\t\treturn;',
	'\t\t}',
	'',
	'\t\tready.delete(key);',
	'\t\tconst request = waiting.shift() ?? [];',
	'\t\tworker.request = request;',
	'\t\tawait toWorker([worker.id, ...request]);',
	`\t\t${said('>', 'request')}`,
	'\t}',
	'}',
	'',
	...takeRequests,
	`/** What a worker had that begins anew, or is given up, goes to another one; but once ${mostLosses} were lost with it, it may be what kills them. */`,
	`function takeBack(worker${typed(': Worker')}) {`,
	'\tconst {request} = worker;',
	'\tif (!request) {',
	'\t\treturn;',
	'\t}',
	'',
	'\tworker.request = undefined;',
	'\tlosses.set(request, (losses.get(request) ?? 0) + 1);',
	`\tif (losses.get(request)${typed('!')} < ${mostLosses}) {`,
	'\t\twaiting.unshift(request);',
	'\t} else {',
	`\t\t${said('dropped', 'request')}`,
	'\t}',
	'}',
	'',
	'async function hearWorkers() {',
	'\tfor await (const [id, ...said] of backend) {',
	`\t\tconst key = id${typed('!')}.toString('hex');`,
	'\t\tconst known = workers.get(key);',
	'\t\tif (known) {',
	'\t\t\tknown.heardAt = Date.now();',
	'\t\t}',
	'',
	`\t\tif (said.length === 1 && said[0]${typed('!')}[0] === ${pirateHeartbeat}) {`,
	'\t\t\tcontinue;',
	'\t\t}',
	'',
	`\t\tconst worker = known ?? {id${typed(': id!')}, heardAt: Date.now()};`,
	`\t\tif (said.length > 1 && worker.request?.[0]?.equals(said[0]${typed('!')})) {`,
	'\t\t\tworker.request = undefined;',
	'\t\t\tawait frontend.send(said);',
	`\t\t\t${said('<', 'said')}`,
	'\t\t}',
	'',
	'\t\ttakeBack(worker);',
	'\t\tworkers.set(key, worker);',
	'\t\tready.delete(key);',
	'\t\tready.add(key);',
	'\t\tawait dispatch();',
	'\t}',
	'}',
	'',
	'setInterval(() => {',
	'\tfor (const [key, worker] of workers) {',
	`\t\tif (Date.now() - worker.heardAt > ${heartbeatMs * liveness}) {`,
	'\t\t\tconsole.log(\'a worker is silent: given up\');',
	'\t\t\tworkers.delete(key);',
	'\t\t\tready.delete(key);',
	'\t\t\ttakeBack(worker);',
	'\t\t} else {',
	`\t\t\tvoid toWorker([worker.id, Buffer.of(${pirateHeartbeat})]);`,
	'\t\t}',
	'\t}',
	'',
	'\tvoid dispatch();',
	`}, ${heartbeatMs});`,
	'',
	'await Promise.all([takeRequests(), hearWorkers()]);',
];

const bodies: Readonly<Record<Policy, (typed: Typed) => readonly string[]>> = {
	'round-robin': roundRobin, 'least-recently-used': leastRecentlyUsed, 'paranoid-pirate': paranoidPirate,
};

/** How a server says that it is there: `send` is how its replies go, `greeting` comes before its loop, `taking` first in it. */
type Worker = {readonly type: string; readonly message: string; readonly greeting: readonly string[]; readonly taking: readonly string[]; readonly send: (reply: string) => string};

const unwrap = (typed: Typed): readonly string[] => [
	'// Before what is said stands whose request it is: it goes before the reply as well.',
	`const end = message.findIndex(${typed('(frame: Buffer)') || 'frame'} => frame.length === 0) + 1;`,
	'const envelope = message.slice(0, end);',
	'const request = message.slice(end);',
];

/** What is special about a worker; a REP is any server. */
export function workerOf(policy: Policy, isTyped: boolean): Worker {
	const typed = (text: string): string => isTyped ? text : '';
	switch (policy) {
		case 'round-robin': {
			return {type: 'Reply', message: 'request', greeting: [], taking: [], send: reply => `await socket.send(${reply});`};
		}

		case 'least-recently-used': {
			return {
				type: 'Request', message: 'message', greeting: [`await socket.send(${literal(readyText)});`], taking: unwrap(typed),
				send: reply => `await socket.send([...envelope, ${reply}]);`,
			};
		}

		case 'paranoid-pirate': {
			return {
				type: 'Dealer', message: 'message',
				greeting: [
					'/** A socket takes one send at a time. */',
					`let sending${typed(': Promise<void>')} = Promise.resolve();`,
					`const send = (frames${typed(': Array<Buffer | string>')})${typed(': Promise<void>')} => {`,
					'\tsending = sending.then(() => socket.send(frames));',
					'\treturn sending;',
					'};',
					'',
					'// READY, and then that it is alive.',
					`await send([Buffer.of(${pirateReady})]);`,
					'setInterval(() => {',
					`\tvoid send([Buffer.of(${pirateHeartbeat})]);`,
					`}, ${heartbeatMs});`,
				],
				taking: ['if (message.length === 1) {', '\t// The broker is alive.', '\tcontinue;', '}', '', ...unwrap(typed)],
				send: reply => `await send([...envelope, ${reply}]);`,
			};
		}
	}
}
