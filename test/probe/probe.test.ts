/** `probe`: what lives at an endpoint, told as text and as JSON, and by the exit status. Each case meets the real thing. */
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type AddressInfo, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createServer as createTlsServer} from 'node:tls';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Dealer, Pull, Reply, Request, Router} from 'zeromq';
import {concatenate, encodeGreeting, encodeReady} from '../../source/zmtp/encode.js';
import {run, start} from '../helpers/shell.js';
import {curveEndpoint, deadEndpoint, publisherEndpoint, takenEndpoint, webEndpoint} from '../helpers/strangers.js';

/** Binds a socket that goes with the test, and gives where it listens. */
async function listenWith(socket: Dealer | Pull | Reply | Router, endpoint = 'tcp://127.0.0.1:*'): Promise<string> {
	onTestFinished(() => {
		socket.close();
	});
	await socket.bind(endpoint);
	return socket.lastEndpoint ?? '';
}

function temporaryFolder(): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'probe-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true, force: true});
	});
	return folder;
}

/** A server of plain TCP that does as told with each who comes. */
async function tcpEndpoint(greet: (socket: Socket) => void): Promise<string> {
	const server = createServer(socket => {
		socket.on('error', () => undefined);
		greet(socket);
	});
	onTestFinished(() => {
		server.close();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server of TLS as Node has it; without a certificate it refuses each hello, in TLS. */
async function tlsEndpoint(): Promise<string> {
	const server = createTlsServer();
	server.on('tlsClientError', () => undefined);
	onTestFinished(() => {
		server.close();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server of plain TCP that says this to each who comes. */
const greeterEndpoint = async (greeting: Uint8Array): Promise<string> => tcpEndpoint(socket => {
	socket.write(greeting);
});

type Case = readonly [what: string, listen: () => Promise<string>, expected: {readonly status: number; readonly report: Readonly<Record<string, unknown>>; readonly lines: readonly string[]}];

const zmtp = {verdict: 'zmtp', version: '3.1', asServer: false};

/** What is said of a socket under NULL, which tells its type. */
const typed = (socketType: string, fits: readonly string[], next: string): Case[2] => ({
	status: 0,
	report: {...zmtp, mechanism: 'NULL', socketType, fits, says: `a ${socketType} socket, open to all (NULL)`, next},
	lines: [`a ${socketType} socket, open to all (NULL)`, `  ZMTP 3.1 · mechanism NULL · socket type ${socketType}`, `  ${next}`],
});

/** What is said of whatever is not there, or is no ZeroMQ socket. */
const untyped = (verdict: string, more: Readonly<Record<string, unknown>>, says: string, next: string): Case[2] => ({
	status: 1,
	report: {verdict, ...more, says, next},
	lines: [`${'code' in more ? `${String(more['code'])}: ` : ''}${says}`, `  ${next}`],
});

const curveAdvice = 'a client needs the server’s public key and a key pair of its own; a plain one (NULL) is refused. Its socket type is hidden until then';
const otherAdvice = 'a ZeroMQ socket greets at once: another program listens there, or the socket’s process is stopped';
const foreign = 'check the port: a ZeroMQ socket would never shake hands with it';

const cases: readonly Case[] = [
	['a REP', async () => listenWith(new Reply({linger: 0})), typed('REP', ['REQ', 'DEALER'], 'a REQ may ask it; REQ and DEALER fit')],
	['a ROUTER', async () => listenWith(new Router({linger: 0})), typed('ROUTER', ['REQ', 'DEALER', 'ROUTER'], 'a REQ may ask it; REQ, DEALER and ROUTER fit')],
	['a PUB', publisherEndpoint, typed('PUB', ['SUB', 'XSUB'], 'a REQ can’t talk to it; SUB and XSUB fit')],
	['a PULL', async () => listenWith(new Pull({linger: 0})), typed('PULL', ['PUSH'], 'a REQ can’t talk to it; PUSH fits')],
	['a REP over ipc', async () => listenWith(new Reply({linger: 0}), `ipc://${temporaryFolder()}/pizza`), typed('REP', ['REQ', 'DEALER'], 'a REQ may ask it; REQ and DEALER fit')],
	['a REP that wants CURVE', curveEndpoint, {
		status: 0,
		report: {...zmtp, mechanism: 'CURVE', says: 'a ZeroMQ socket that wants CURVE', next: curveAdvice},
		lines: ['a ZeroMQ socket that wants CURVE', '  ZMTP 3.1 · mechanism CURVE', `  ${curveAdvice}`],
	}],
	['a REP that wants PLAIN', async () => listenWith(new Reply({linger: 0, plainServer: true})), {
		status: 0,
		report: {...zmtp, mechanism: 'PLAIN', says: 'a ZeroMQ socket that wants PLAIN'},
		lines: ['a ZeroMQ socket that wants PLAIN', '  ZMTP 3.1 · mechanism PLAIN', '  a client needs a user name and a password; a plain one (NULL) is refused'],
	}],
	['a web server', webEndpoint, untyped('not-zmtp', {looksLike: 'http-response'}, 'this is not ZeroMQ: it looks like a web server (HTTP)', foreign)],
	['a server of TLS, which hangs up on anything else', tlsEndpoint, untyped('not-zmtp', {looksLike: 'tls'}, 'this is not ZeroMQ: it looks like a TLS server', foreign)],
	['a web server that waits for a whole line', async () => tcpEndpoint(socket => {
		let said = '';
		socket.on('data', chunk => {
			said += String(chunk);
			if (said.startsWith('HEAD') && said.endsWith('\r\n\r\n')) {
				socket.end('HTTP/1.0 200 OK\r\n\r\n');
			}
		});
	}), untyped('not-zmtp', {looksLike: 'http-response'}, 'this is not ZeroMQ: it looks like a web server (HTTP)', foreign)],
	['an SSH server', async () => greeterEndpoint(Buffer.from('SSH-2.0-OpenSSH_9.6\r\n')), untyped('not-zmtp', {looksLike: 'ssh'}, 'this is not ZeroMQ: it looks like an SSH server', foreign)],
	['a port that nobody listens at', deadEndpoint, untyped('refused', {code: 'ECONNREFUSED'}, 'nobody listens there', 'start the server, or check its port; a ZeroMQ client that connects meanwhile waits and retries by itself')],
	['a path that nobody has', async () => `ipc://${temporaryFolder()}/nobody`, untyped('refused', {code: 'ENOENT'}, 'there is no such socket file', 'start the server, or check the path')],
	['a program that says nothing', takenEndpoint, untyped('silent', {}, 'it takes the connection and says nothing', otherAdvice)],
	['a program that hangs up', async () => tcpEndpoint(socket => {
		socket.end();
	}), untyped('silent', {}, 'it hangs up without a greeting', otherAdvice)],
];

describe.each(cases)('%s', (_what, listen, {status, report, lines}) => {
	test('is told as text', async () => {
		const endpoint = await listen();
		const outcome = await run(['probe', endpoint, '--timeout', '500ms']);
		const [first, ...more] = lines;
		expect(outcome).toEqual({status, stdout: [`${endpoint}: ${first ?? ''}`, ...more, ''].join('\n'), stderr: ''});
	});

	test('is told as JSON', async () => {
		const endpoint = await listen();
		const outcome = await run(['probe', '--json', endpoint, '--timeout', '500ms']);
		expect({...outcome, stdout: JSON.parse(outcome.stdout) as unknown}).toMatchObject({status, stdout: {v: 1, type: 'probe', endpoint, ...report}, stderr: ''});
		expect(outcome.stdout.split('\n')).toHaveLength(2);
	});
});

test('a name that stands for no address says so, with the resolver’s code', async () => {
	const {status, stdout} = await run(['probe', 'tcp://no-such-host.invalid:5560']);
	expect(stdout).toMatch(/^tcp:\/\/no-such-host\.invalid:5560: (?:ENOTFOUND|EAI_AGAIN): the host name does not resolve\n {2}check the name, or use an address\n$/v);
	expect(status).toBe(1);
});

test('what a hostile peer says of itself is made harmless', async () => {
	const endpoint = await greeterEndpoint(concatenate([encodeGreeting(), encodeReady({'Socket-Type': 'RE\u{1B}[2J'})]));
	const {stdout} = await run(['probe', endpoint, '--timeout', '500ms']);
	expect(stdout).not.toContain('\u{1B}');
	expect(stdout).toContain(String.raw`RE\x1b[2J`);
});

describe('a server that is knocked at', () => {
	test('gets no request, and answers the next one as ever', async () => {
		const server = start(['server', 'tcp://127.0.0.1:*', '--delay', 'off', '--json']);
		const endpoint = await server.listening();
		expect(await run(['probe', endpoint])).toMatchObject({status: 0});
		expect(await run(['client', endpoint], {stdin: 'Hello\n'})).toMatchObject({status: 0});
		expect(server.events.filter(({type}) => type === 'received')).toHaveLength(1);
	});

	test('goes on with whom it serves', async () => {
		const reply = new Reply({linger: 0});
		const endpoint = await listenWith(reply);
		const request = new Request({linger: 0, receiveTimeout: 5000});
		onTestFinished(() => {
			request.close();
		});
		request.connect(endpoint);
		await request.send('Hello');
		await reply.receive();
		expect(await run(['probe', endpoint])).toMatchObject({status: 0});
		await reply.send('World');
		expect(String(await request.receive())).toBe('World');
	});
});

test('a DEALER is not asked by a REQ', async () => {
	const {stdout} = await run(['probe', '--json', await listenWith(new Dealer({linger: 0}))]);
	expect(JSON.parse(stdout)).toMatchObject({socketType: 'DEALER', fits: ['REP', 'DEALER', 'ROUTER'], next: 'a REQ can’t talk to it; REP, DEALER and ROUTER fit'});
});
