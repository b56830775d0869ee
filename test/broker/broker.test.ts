/** The fronts `broker` and `worker` as they are started from a shell, with peers of ours and peers in Python at both sides. */
import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {type BrokerEvent} from '../../source/broker/events.js';
import {hopOf} from '../../source/broker/hop.js';
import {humanLine} from '../../source/broker/printer.js';
import {takenEndpoint} from '../helpers/strangers.js';
import {run, start, type Running} from '../helpers/shell.js';
import {anyPort, python, startBroker} from './helpers.js';

const eventsOf = (stdout: string): readonly BrokerEvent[] => stdout.trimEnd().split('\n').map(line => JSON.parse(line) as BrokerEvent);

const startAnswering = (backend: string): Running => python(`
s = zmq.Context().socket(zmq.REP)
s.connect('${backend}')
while True:
    frames = s.recv_multipart()
    print(frames)
    s.send_multipart([b're: ' + frame for frame in frames])
`);

const startAsking = (frontend: string, name: string, count: number): Running => python(`
s = zmq.Context().socket(zmq.REQ)
s.routing_id = b'${name}'
s.set(zmq.REQ_CORRELATE, 1)
s.connect('${frontend}')
for k in range(${count}):
    s.send_multipart([b'${name} %d' % k, b'', b'end'])
    assert s.recv_multipart() == [b're: ${name} %d' % k, b're: ', b're: end']
print('all answered')
`);

describe('zmq-playground broker', () => {
	test('stands between REQ clients and REP workers in Python: each reply finds its client, and each worker has its turn', async () => {
		const {broker, frontend, backend} = await startBroker('--json');
		const workers = [startAnswering(backend), startAnswering(backend)];
		await broker.says(/"type":"peer-joined","side":"backend"/v, 2);
		const clients = ['ana', 'bo', 'cy'].map(name => startAsking(frontend, name, 20));
		for (const client of clients) {
			expect(await client.end()).toEqual({status: 0, stdout: 'all answered\n', stderr: ''});
		}

		broker.kill('SIGTERM');
		const {status, stdout} = await broker.end();
		const events = eventsOf(stdout);
		expect(status).toBe(0);
		expect(events.map(({n}) => n)).toEqual(events.map((_, index) => index + 1));
		expect(events.at(-1)).toMatchObject({type: 'summary', requests: 60, replies: 60, dropped: 0});
		expect(events.find(event => event.type === 'forwarded' && event.from === 'frontend' && event.frames.some(frame => 'text' in frame && frame.text === 'ana 0'))).toMatchObject({
			frames: [{role: 'routing-id', text: 'ana'}, {role: 'request-id', size: 4}, {role: 'delimiter', size: 0}, {role: 'body', text: 'ana 0'}, {role: 'body', size: 0}, {role: 'body', text: 'end'}],
		});
		expect(workers.map(({lines}) => lines.length)).toEqual([30, 30]);
	});

	test.each(['SIGINT', 'SIGTERM'] as const)('passes between a client and a worker of ours, prints each hop, and ends with 0 at %s', async signal => {
		const {broker, frontend, backend} = await startBroker();
		const worker = start(['worker', backend, '--delay', 'off', '--reply', '{upper}']);
		expect(await run(['client', frontend], {stdin: 'Hello\n'})).toMatchObject({status: 0, stdout: expect.stringMatching(/^▸ Hello\n◂ HELLO/v) as string});
		expect(await broker.says(/to its client/v)).toMatch(/^◂ to its client {2}id 00(?: [\da-f]{2}){4} \| \(delimiter\) \| HELLO$/v);
		worker.kill('SIGTERM');
		expect(await worker.end()).toMatchObject({status: 0});
		broker.kill(signal);
		const {status, stdout} = await broker.end();
		expect({status, last: stdout.trimEnd().split('\n').at(-1)}).toEqual({status: 0, last: '· passed to workers: 1, to clients: 1; dropped: 0'});
	});

	test('holds one request while there is no worker, leaves the others to libzmq, and passes all once one comes', async () => {
		const {broker, frontend, backend} = await startBroker('--json');
		const client = python(`
s = zmq.Context().socket(zmq.DEALER)
s.connect('${frontend}')
for k in range(5000):
    s.send_multipart([b'', b'%d' % k])
print('all sent')
for k in range(5000):
    assert s.recv_multipart() == [b'', b're: %d' % k]
print('all answered')
`);
		await broker.says(/"type":"queued"/v);
		startAnswering(backend);
		await client.says(/all answered/v);
		broker.kill('SIGTERM');
		const {stdout} = await broker.end();
		expect(eventsOf(stdout).at(-1)).toMatchObject({type: 'summary', requests: 5000, replies: 5000});
	});

	test('a request is lost with the worker that had it; the next worker takes the next one', async () => {
		const {broker, frontend, backend} = await startBroker('--json');
		const first = python(`
s = zmq.Context().socket(zmq.REP)
s.connect('${backend}')
print(s.recv())
while True: pass
`);
		const stuck = start(['client', frontend, '--timeout', 'off']);
		stuck.write('Hello\n');
		await first.says(/Hello/v);
		first.kill('SIGKILL');
		await broker.says(/"type":"peer-left","side":"backend"/v);
		startAnswering(backend);
		expect(await run(['client', frontend], {stdin: 'Again\n'})).toMatchObject({status: 0});
		expect(stuck.lines).toEqual(['▸ Hello']);
	});

	test('says whose reply nobody takes any more', async () => {
		const {broker, frontend, backend} = await startBroker();
		const client = start(['client', frontend]);
		client.write('Hello\n');
		await broker.says(/waits for a worker/v);
		client.kill('SIGKILL');
		await broker.says(/a client has gone/v);
		startAnswering(backend);
		expect(await broker.says(/dropped {2}/v)).toMatch(/^⚠ EHOSTUNREACH: dropped .* \| re: Hello {2}\(its client has gone/v);
	});

	test('ends with 0 while a request waits, and with 1 where a port is taken', async () => {
		const {broker, frontend} = await startBroker();
		start(['client', frontend]).write('Hello\n');
		await broker.says(/waits for a worker/v);
		broker.kill('SIGINT');
		expect(await broker.end()).toMatchObject({status: 0});
		const taken = await takenEndpoint();
		expect(await run(['broker', '--frontend', anyPort, '--backend', taken])).toEqual({
			status: 1, stdout: '', stderr: `broker: EADDRINUSE: not listening at ${taken} (choose another one with --backend)\n`,
		});
	});

	test.each<[argv: readonly string[], reason: string]>([
		[['--frontend', 'pizza'], '“pizza” is no endpoint'],
		[['--backend', 'inproc://pizza'], 'inproc stays within one process'],
		[['--backend', 'tcp://127.0.0.1:5559'], 'clients and workers would connect to the same socket'],
		[['tcp://127.0.0.1:5559'], '“tcp://127.0.0.1:5559” is one word too many'],
		[['--tap'], 'there is no flag --tap for broker'],
	])('called with %j it ends with 2', async (argv, reason) => {
		expect(await run(['broker', ...argv])).toMatchObject({status: 2, stdout: '', stderr: expect.stringContaining(reason) as string});
	});
});

test('a hop tells the envelope from the body', () => {
	const rolesOf = (...frames: readonly string[]): readonly string[] => hopOf(frames.map(frame => Buffer.from(frame))).map(({role}) => role);
	expect(rolesOf('ana', '', 'Hello', '')).toEqual(['routing-id', 'delimiter', 'body', 'body']);
	expect(rolesOf('ana', '1234', '', 'Hello')).toEqual(['routing-id', 'request-id', 'delimiter', 'body']);
	expect(rolesOf('ana', 'bare', 'body')).toEqual(['routing-id', 'body', 'body']);
	expect(rolesOf('1234', '', '')).toEqual(['routing-id', 'delimiter', 'body']);
});

test('what comes from the wire is made visible', () => {
	const frames = hopOf([Buffer.from('a\u{1B}[2J'), Buffer.alloc(0), Buffer.from('\u{202E}')]);
	expect(humanLine({isAscii: true})({v: 1, n: 1, t: 0, type: 'forwarded', from: 'frontend', frames, waiting: 0})).toBe('> to a worker   id a␛[2J | (delimiter) | <202e>');
});
