/** Peers written in Python, on sockets of another binding: the built program meets them in both directions, over every transport that leaves the process. */
import {Buffer} from 'node:buffer';
import {mkdtempSync, rmSync} from 'node:fs';
import {networkInterfaces, tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {frameOf} from '../../source/core/frames.js';
import {run, start, startCommand, type Running} from '../helpers/shell.js';

/** A message as its frames. */
type Body = readonly Uint8Array[];

/** What a Python peer prints of one that it received. */
type Heard = {readonly envelope: readonly string[]; readonly body: readonly string[]};

const text = (...frames: readonly string[]): Body => frames.map(frame => Buffer.from(frame));
const everyByte = Uint8Array.from({length: 256}, (_, index) => index);
const newline = 0x0A;
const large = Uint8Array.from({length: 1_000_000}, (_, index) => index * 7 % 251);

const hasIpv6 = Object.values(networkInterfaces()).some(addresses => addresses?.some(({address}) => address === '::1'));

const transports: ReadonlyArray<[transport: string, makeEndpoint: () => string]> = [
	['tcp', () => 'tcp://127.0.0.1:*'],
	['ipc', () => `ipc://${temporaryFolder()}/pizza`],
	// Not every machine speaks it; a container often does not.
	...(hasIpv6 ? [['tcp on IPv6', () => 'tcp://[::1]:*'] as [string, () => string]] : []),
];

function temporaryFolder(): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'interop-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true, force: true});
	});
	return folder;
}

/** Starts one of the Python programs of this folder, and gives where it is. */
async function startPython(program: 'answer.py' | 'ask.py', ...argv: readonly string[]): Promise<{readonly python: Running; readonly endpoint: string}> {
	const python = startCommand(['/usr/bin/python3', path.resolve('test/interop', program), ...argv]);
	return {python, endpoint: await python.says(/^(?:tcp|ipc):/v)};
}

const hexOf = (body: Body): readonly string[] => body.map(frame => Buffer.from(frame).toString('hex'));

/** Hands a Python program the bodies that it sends, one after the other. */
function give(python: Running, bodies: readonly Body[]): void {
	for (const body of bodies) {
		python.write(`${JSON.stringify(hexOf(body))}\n`);
	}
}

/** What a Python program has received, once it is as many. */
async function heardBy(python: Running, count: number): Promise<readonly Heard[]> {
	await python.says(/^\{/v, count);
	return python.lines.filter(line => line.startsWith('{')).map(line => JSON.parse(line) as Heard);
}

const bodies: ReadonlyArray<[what: string, body: Body]> = [
	['a text', text('Hello')],
	['an empty body', text('')],
	['several frames', text('a', '', 'c')],
	['empty frames', text('', '', '')],
	['a thousand frames', Array.from({length: 1000}, (_, index) => Buffer.from(String(index)))],
	['every byte', [everyByte]],
	['a million bytes', [large]],
	['frames of all sizes', [large, Buffer.alloc(0), everyByte, Buffer.alloc(255, 'a'), Buffer.alloc(256, 'b')]],
];

/** A body that a line of a pipe can say: one frame, without a newline. */
const sayable: readonly Uint8Array[] = bodies.map(([, [frame = new Uint8Array()]]) => frame.filter(byte => byte !== newline));

describe.each(transports)('over %s', (_transport, makeEndpoint) => {
	test.each([
		['REP', []],
		// Who asks (a zero and four bytes that libzmq chose), and the empty frame that a REQ writes by itself.
		['ROUTER', [expect.stringMatching(/^00[\da-f]{8}$/v), '']],
	] as const)('requests of our client arrive at a %s in Python byte by byte, and so do its replies', async (type, envelope) => {
		const {python, endpoint} = await startPython('answer.py', type, 'bind', makeEndpoint());
		const replies = bodies.map(([, body]) => body);
		give(python, replies);
		const client = start(['client', endpoint, '--json']);
		client.write(Buffer.concat(sayable.flatMap(line => [line, Buffer.of(newline)])));
		client.endInput();
		const {status, stderr} = await client.end();
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
		expect(await heardBy(python, sayable.length)).toEqual(sayable.map(frame => ({envelope, body: hexOf([frame])})));
		const received = client.events.filter(event => event.type === 'received').map(({frames}) => frames);
		expect(received).toEqual(replies.map(body => body.map(frame => frameOf(frame))));
	});

	test.each([
		['REQ', []],
		['REQ+correlate', []],
		['DEALER', ['']],
	] as const)('our server answers a %s in Python with what it asked, byte by byte and in order', async (type, envelope) => {
		const server = start(['server', makeEndpoint(), '--delay', 'off', '--reply', '{request}', '--json']);
		const {python} = await startPython('ask.py', type, 'connect', await server.listening());
		give(python, bodies.map(([, body]) => body));
		python.endInput();
		expect(await heardBy(python, bodies.length)).toEqual(bodies.map(([, body]) => ({envelope, body: hexOf(body)})));
		expect(await python.end()).toMatchObject({status: 0, stderr: ''});
		await server.sees('sent', bodies.length);
		const received = server.events.filter(event => event.type === 'received').map(({frames}) => frames);
		expect(received).toEqual(bodies.map(([, body]) => body.map(frame => frameOf(frame))));
	});

	test('our client listens, and a REP in Python connects to it', async () => {
		const client = start(['client', '--bind', makeEndpoint(), '--json']);
		const {python} = await startPython('answer.py', 'REP', 'connect', await client.listening());
		give(python, [text('World')]);
		client.write('Hello\n');
		client.endInput();
		expect(await client.end()).toMatchObject({status: 0});
		expect(await heardBy(python, 1)).toEqual([{envelope: [], body: hexOf(text('Hello'))}]);
	});

	test('our server connects, and a REQ in Python listens', async () => {
		const {python, endpoint} = await startPython('ask.py', 'REQ', 'bind', makeEndpoint());
		start(['server', '--connect', endpoint, '--delay', 'off', '--reply', '{upper}!']);
		give(python, [text('Hello')]);
		expect(await heardBy(python, 1)).toEqual([{envelope: [], body: hexOf(text('HELLO!'))}]);
	});

	test('a server in Python that is killed and starts again is found again', async () => {
		const {python: first, endpoint} = await startPython('answer.py', 'REP', 'bind', makeEndpoint());
		const client = start(['client', endpoint, '--json']);
		give(first, [text('the first')]);
		client.write('Hello\n');
		await client.sees('received');
		first.kill('SIGKILL');
		await client.sees('disconnected');
		const {python: second} = await startPython('answer.py', 'REP', 'bind', endpoint);
		give(second, [text('the second')]);
		await client.sees('handshake-done', 2);
		client.write('Hello\n');
		expect(await client.sees('received', 2)).toMatchObject({frames: [{text: 'the second'}]});
	});
});

test('two clients in Python and one of ours are served by one server of ours', async () => {
	const server = start(['server', 'tcp://127.0.0.1:*', '--delay', 'off', '--reply', '{request}']);
	const endpoint = await server.listening();
	const mark = (name: string): readonly Body[] => Array.from({length: 50}, (_, index) => text(`${name} ${index}`));
	const clients = await Promise.all(['REQ', 'DEALER'].map(async type => startPython('ask.py', type, 'connect', endpoint)));
	for (const [index, {python}] of clients.entries()) {
		give(python, mark(String(index)));
		python.endInput();
	}

	const ours = await run(['client', endpoint], {stdin: mark('ours').map(([line]) => `${String(line)}\n`).join('')});
	expect(ours.stdout.match(/^◂ ours \d+/gmv)).toEqual(mark('ours').map(([line]) => `◂ ${String(line)}`));
	for (const [index, {python}] of clients.entries()) {
		const heard = await heardBy(python, 50);
		expect(heard.map(({body}) => body)).toEqual(mark(String(index)).map(body => hexOf(body)));
	}
});
