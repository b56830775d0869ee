/** The front `tap` as it is started from a shell. */
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type AddressInfo, type Socket} from 'node:net';
import {describe, expect, test} from 'vitest';
import {type TapEvent} from '../../source/tap/events.js';
import {takenEndpoint} from '../helpers/strangers.js';
import {run, start, startCommand, type Running} from '../helpers/shell.js';
import {ask, echo, rawConnection, request} from './helpers/sockets.js';
import {anyPort} from './helpers/tap.js';

const eventsOf = (stdout: string): readonly TapEvent[] => stdout.trimEnd().split('\n').map(line => JSON.parse(line) as TapEvent);

describe('zmq-playground tap', () => {
	test.each(['SIGINT', 'SIGTERM'] as const)('prints one event a line and the summary last at %s, and ends with 0', async signal => {
		const {endpoint} = await echo();
		const program = start(['tap', endpoint, '--listen', anyPort, '--json']);
		const client = request();
		client.connect(await program.listening());
		await ask(client, 'Hello');
		await program.says(/"type":"exchange"/v);
		program.kill(signal);
		const {status, stdout} = await program.end();
		const events = eventsOf(stdout);
		expect(status).toBe(0);
		expect(events.map(({n}) => n)).toEqual(events.map((_, index) => index + 1));
		expect(events.at(-1)).toMatchObject({type: 'summary', links: 1, exchanges: {replied: 1}, roundTrips: {count: 1}});
	});

	test('writes for a person, with hostile text made visible', async () => {
		const {endpoint} = await echo();
		const program = start(['tap', endpoint]);
		const client = request();
		client.connect(await program.listening());
		await ask(client, 'Hello');
		await ask(client, '\u{1B}[2Jred\u{202E}');
		expect(await program.says(/▸/v)).toMatch(/^link 1 {2}▸ Hello {2}◂ HELLO {2}after \d/v);
		expect(await program.says(/▸/v, 2)).toContain('▸ ␛[2Jred<202e>  ◂');
		program.kill('SIGINT');
		const {stdout} = await program.end();
		expect(stdout).toContain('link 1  · REQ to REP, NULL, ZMTP 3.1');
		expect(stdout).toMatch(/2 replied, 0 lost[\s\S]*round trips: p50/v);
	});

	test('says in one line that its port is taken, and ends with 1', async () => {
		const taken = await takenEndpoint();
		expect(await run(['tap', 'tcp://127.0.0.1:1', '--listen', taken])).toEqual({
			status: 1, stdout: '', stderr: `zmq-playground: not listening at ${taken}: EADDRINUSE: somebody listens there already; choose another one with --listen\n`,
		});
	});

	test('stands between a client and a server in Python', async () => {
		const server = startCommand(['/usr/bin/python3', '-u', '-c', `
import zmq
s = zmq.Context().socket(zmq.REP)
port = s.bind_to_random_port('tcp://127.0.0.1')
print(port)
while True:
    s.send_multipart([b're: ' + part for part in s.recv_multipart()])
`]);
		const program = start(['tap', `tcp://127.0.0.1:${await server.says(/^\d+$/v)}`, '--json']);
		const client = startCommand(['/usr/bin/python3', '-u', '-c', `
import zmq
s = zmq.Context().socket(zmq.REQ)
s.connect('${await program.listening()}')
for k in range(3):
    s.send_multipart([b'q%d' % k, b'more'])
    print(s.recv_multipart())
`]);
		const {stdout} = await client.end();
		expect(stdout).toContain('[b\'re: q2\', b\'re: more\']');
		await program.says(/"type":"link-closed"/v);
		program.kill('SIGTERM');
		const events = await eventsAtEnd(program);
		expect(events.at(-1)).toMatchObject({exchanges: {replied: 3, lost: 0, open: 0}});
	});

	test('passes a message of 20 MB both ways in less memory than the message has', async () => {
		const {endpoint} = await echo();
		const program = start(['tap', endpoint, '--json']);
		const client = request();
		client.connect(await program.listening());
		await ask(client, 'warm up');
		const {pid} = program;
		const before = peakOf(pid);
		const body = Buffer.alloc(20 * 1024 * 1024, 'x');
		await client.send(body);
		const [answer] = await client.receive();
		expect(answer?.equals(body)).toBe(true);
		expect(peakOf(pid) - before).toBeLessThan(64);
		program.kill('SIGINT');
		const events = await eventsAtEnd(program);
		expect(events.at(-1)).toMatchObject({exchanges: {replied: 2}});
	});

	test('keeps little for a server that reads slowly: the client has to wait', async () => {
		const size = 100 * 1024 * 1024;
		let received = 0;
		const server = createServer(socket => {
			readSlowly(socket, bytes => {
				received += bytes;
			});
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const program = start(['tap', `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, '--json']);
		const endpoint = await program.listening();
		const before = peakOf(program.pid);
		const client = rawConnection(endpoint);
		client.end(Buffer.alloc(size, 'x'));
		await program.says(/"type":"link-closed"/v);
		expect(received).toBe(size);
		expect(peakOf(program.pid) - before).toBeLessThan(64);
		server.close();
	});

	test('harms what it is told to, and counts it in the summary', async () => {
		const {endpoint} = await echo();
		const program = start(['tap', endpoint, '--fault', 'corrupt-body reply 2; latency 1ms']);
		const client = request();
		client.connect(await program.listening());
		expect([await ask(client, 'a'), await ask(client, 'a')]).toEqual([['A'], ['@']]);
		await program.says(/^link 1 {2}✗ corrupt-body reply 2 struck the reply to request 2 \(unit \d+\)$/v);
		program.kill('SIGINT');
		const {stdout} = await program.end();
		expect(stdout).toMatch(/corrupt-body reply 2: struck 1 time\n/v);
	});

	test('counts a flood, and says that it does', async () => {
		const {endpoint} = await echo();
		const program = start(['tap', endpoint, '--json']);
		const client = request();
		client.connect(await program.listening());
		const asked = 3000;
		for (let index = 0; index < asked; index++) {
			await ask(client, 'x');
		}

		await program.says(/"type":"units-sampled"/v);
		program.kill('SIGINT');
		const events = await eventsAtEnd(program);
		expect(events.at(-1)).toMatchObject({messages: {request: asked, reply: asked}, exchanges: {replied: asked, open: 0}});
		const told = events.filter(event => event.type === 'unit' && event.kind === 'message').length;
		const sampled = events.map(event => event.type === 'units-sampled' ? event.count : 0);
		expect(sampled.reduce((sum, count) => sum + count, told)).toBe(2 * asked);
	});
});

/** Reads 64 KB at most every millisecond: the tap could take everything long before. */
function readSlowly(socket: Socket, count: (bytes: number) => void): void {
	socket.on('data', chunk => {
		count(chunk.length);
		socket.pause();
		setTimeout(() => {
			socket.resume();
		}, 1);
	});
}

async function eventsAtEnd(program: Running): Promise<readonly TapEvent[]> {
	const {stdout} = await program.end();
	return eventsOf(stdout);
}

/** The most memory (MB) that a process has held so far: VmHWM of proc(5). */
function peakOf(pid: number): number {
	return Number(/^VmHWM:\s+(?<kb>\d+)/mv.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.groups?.['kb']) / 1024;
}
