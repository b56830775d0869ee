/** Least recently used and paranoid pirate between shells: workers as the ZeroMQ Guide writes them, in Python, at our broker; ours at brokers in Python. */
import {describe, expect, test} from 'vitest';
import {run, start, type Running} from '../helpers/shell.js';
import {python, startBroker} from './helpers.js';

/** As lbbroker's worker: a REQ that says READY, and gets a client's address, an empty frame and a request. */
const readyWorker = (backend: string, name: string): Running => python(`
s = zmq.Context().socket(zmq.REQ)
s.identity = b'${name}'
s.connect('${backend}')
s.send(b'READY')
while True:
    address, empty, request = s.recv_multipart()
    print('serves', request)
    s.send_multipart([address, b'', b're: ' + request])
`);

/** As ppworker: a DEALER that says READY in one byte, and that it is alive in another. `holds` makes it keep its first request, silently. */
const pirateWorker = (backend: string, name: string, holds = false): Running => python(String.raw`
s = zmq.Context().socket(zmq.DEALER)
s.identity = b'${name}'
s.connect('${backend}')
s.send(b'\x01')
while True:
    if s.poll(200):
        frames = s.recv_multipart()
        if len(frames) == 3:
            print('serves', frames[2])
            if ${holds ? 'True' : 'False'}:
                time.sleep(60)
            s.send_multipart([frames[0], frames[1], b're: ' + frames[2]])
    s.send(b'\x02')
`);

describe('a broker of ours', () => {
	test('with workers that say READY, of ours and in Python, serves REQ and DEALER clients', async () => {
		const {broker, frontend, backend} = await startBroker('--policy', 'least-recently-used');
		readyWorker(backend, 'pia');
		await broker.says(/worker pia is ready/v);
		start(['worker', backend, '--ready', '--delay', 'off', '--reply', 're: {request}']);
		await broker.says(/worker worker-1 is ready/v);
		const dealer = python(`
s = zmq.Context().socket(zmq.DEALER)
s.connect('${frontend}')
for k in range(20):
    s.send_multipart([b'', b'%d' % k])
print('got', sorted(s.recv_multipart()[1] for k in range(20)) == sorted(b're: %d' % k for k in range(20)))
`);
		await dealer.says(/got True/v);
		expect(await run(['client', frontend], {stdin: 'Hello\n'})).toMatchObject({status: 0, stdout: expect.stringContaining('re: Hello') as string});
		broker.kill('SIGTERM');
		const {stdout} = await broker.end();
		expect(stdout).toMatch(/to worker pia .*\| \(delimiter\) \| /v);
		expect(stdout).toMatch(/to worker worker-1 .*\| \(delimiter\) \| /v);
		expect(stdout.trimEnd().split('\n').at(-1)).toBe('· passed to workers: 21, to clients: 21; dropped: 0');
	});

	test('gives up a pirate in Python that falls silent with a request, and another one answers it', async () => {
		const {broker, frontend, backend} = await startBroker('--policy', 'paranoid-pirate');
		const silent = pirateWorker(backend, 'pia', true);
		await broker.says(/worker pia is ready/v);
		const client = start(['client', frontend, '--timeout', '20s']);
		client.write('Hello\n');
		await silent.says(/serves b'Hello'/v);
		const other = pirateWorker(backend, 'rob');
		expect(await broker.says(/pia is given up/v)).toMatch(/not heard of for .*next to be handed on: id .* \| \(delimiter\) \| Hello/v);
		await other.says(/serves b'Hello'/v);
		await client.says(/re: Hello/v);
	});

	test('drops a request that kills a pirate in Python each time that it is given to it', async () => {
		const {broker, frontend, backend} = await startBroker('--policy', 'paranoid-pirate');
		const client = start(['client', frontend, '--timeout', '20s']);
		client.write('Poison\n');
		await broker.says(/waits for a worker/v);
		// It sends no heartbeats: it lives only as long as it takes a request.
		const mortal = python(String.raw`
context = zmq.Context()
while True:
    s = context.socket(zmq.DEALER)
    s.identity = b'pia'
    s.connect('${backend}')
    s.send(b'\x01')
    while len(s.recv_multipart()) < 3:
        pass
    print('dies')
    s.close(0)
`);
		expect(await broker.says(/request dropped/v)).toMatch(/^⚠ request dropped {2}id .* \| \(delimiter\) \| Poison {2}\(a worker was lost with it 3 times \(pia, pia, pia\)\)$/v);
		await broker.says(/worker pia is ready/v);
		expect(mortal.lines).toEqual(['dies', 'dies', 'dies']);
		broker.kill('SIGTERM');
		const {stdout} = await broker.end();
		expect(stdout.trimEnd().split('\n').at(-1)).toBe('· passed to workers: 3, to clients: 0; dropped: 0; requests dropped: 1');
	});

	test('passes to and from a ROUTER in Python as well: it sees its own id for the broker before the client’s', async () => {
		const {frontend, backend} = await startBroker();
		const router = python(`
s = zmq.Context().socket(zmq.ROUTER)
s.connect('${backend}')
frames = s.recv_multipart()
print('frames', len(frames), frames[2], frames[3])
s.send_multipart(frames[:3] + [b'World'])
time.sleep(60)
`);
		expect(await run(['client', frontend], {stdin: 'Hello\n'})).toMatchObject({status: 0, stdout: expect.stringContaining('World') as string});
		expect(router.lines).toEqual(['frames 4 b\'\' b\'Hello\'']);
	});
});

test.each([
	['--ready', 'READY'],
	['--heartbeats', String.raw`\x01`],
])('our worker with %s works for a broker in Python', async (flag, ready) => {
	const broker = python(`
context = zmq.Context()
backend = context.socket(zmq.ROUTER)
port = backend.bind_to_random_port('tcp://127.0.0.1')
print('port', port)
worker = backend.recv_multipart()
print('ready', [frame for frame in worker if frame] == [b'worker-1', b'${ready}'])
envelope = [worker[0], b''] if ${flag === '--ready' ? 'True' : 'False'} else [worker[0]]
backend.send_multipart(envelope + [b'ana', b'', b'Hello'])
reply = backend.recv_multipart()
while len(reply) == 2:
    reply = backend.recv_multipart()
print('reply', reply == envelope + [b'ana', b'', b'World'])
`);
	const line = await broker.says(/^port/v);
	const [, port] = line.split(' ', 2);
	start(['worker', `tcp://127.0.0.1:${port}`, flag, '--delay', 'off']);
	await broker.says(/reply/v);
	expect(broker.lines.slice(1)).toEqual(['ready True', 'reply True']);
});
