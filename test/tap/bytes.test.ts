/** What passes the tap comes out as it went in, whatever it is and however it is cut; so does the end of it. */
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {connect, createServer, type AddressInfo, type Server, type Socket} from 'node:net';
import fc from 'fast-check';
import {describe, expect, onTestFinished, test} from 'vitest';
import {concatenate, encodeCommand, encodeGreeting, encodeMessage, encodeReady} from '../../source/zmtp/encode.js';
import {bound, dealer, router} from './helpers/sockets.js';
import {tap, type Tapped} from './helpers/tap.js';

/** A server of plain TCP; `takes` gets each connection. */
async function listen(takes: (socket: Socket) => void): Promise<string> {
	const server: Server = createServer({allowHalfOpen: true}, takes);
	onTestFinished(() => {
		server.close();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function come(tapped: Tapped): Socket {
	return connect({host: '127.0.0.1', port: Number(tapped.endpoint.split(':').at(-1)), allowHalfOpen: true});
}

/** All bytes of a stream up to its end. */
async function all(socket: Socket): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of socket) {
		chunks.push(chunk as Uint8Array);
	}

	return Buffer.concat(chunks);
}

async function writeIn(socket: Socket, bytes: Uint8Array, sizes: readonly number[]): Promise<void> {
	let at = 0;
	for (const size of [...sizes, bytes.length]) {
		const part = bytes.subarray(at, at + size);
		at += part.length;
		await new Promise(resolve => {
			socket.write(part, resolve);
		});
	}

	socket.end();
}

const isSame = (one: Uint8Array | undefined, other: Uint8Array): boolean => one !== undefined && Buffer.compare(one, other) === 0;

const zmtp = fc.array(fc.array(fc.uint8Array({maxLength: 400}), {minLength: 1, maxLength: 3}), {maxLength: 6}).map(messages => concatenate([
	encodeGreeting(), encodeReady({'Socket-Type': 'REQ'}), ...messages.map(frames => encodeMessage(frames)), encodeCommand('PING', new Uint8Array(2)),
]));
const noise = fc.uint8Array({maxLength: 3000});
const streams = fc.oneof(zmtp, noise, fc.tuple(zmtp, noise).map(parts => concatenate(parts)));
const cuts = fc.array(fc.nat({max: 150}), {maxLength: 12});

describe('bytes', () => {
	test('of both directions are identical behind the tap, however they are cut, and so is the half-close', async () => {
		const heard: Array<Promise<Uint8Array>> = [];
		let answer = new Uint8Array(0);
		const upstream = await listen(socket => {
			// It answers only once the other side has ended: the connection is half-closed then.
			const request = all(socket);
			heard.push(request);
			void (async () => {
				await request;
				socket.end(answer);
			})();
		});
		const tapped = await tap(upstream);
		await fc.assert(fc.asyncProperty(streams, streams, cuts, async (up, down, sizes) => {
			answer = Uint8Array.from(down);
			const socket = come(tapped);
			const reply = all(socket);
			await writeIn(socket, up, sizes);
			const gotDown = await reply;
			const gotUp = await heard.at(-1);
			expect(isSame(gotDown, down)).toBe(true);
			expect(isSame(gotUp, up)).toBe(true);
		}), {numRuns: 60});
		await tapped.stop();
		expect(tapped.all('half-closed').length).toBeGreaterThanOrEqual(60);
	});

	test('a reset is passed on as a reset', async () => {
		const taken: Socket[] = [];
		const upstream = await listen(socket => {
			taken.push(socket);
			socket.resume();
		});
		const tapped = await tap(upstream);
		const socket = come(tapped);
		await tapped.sees('link-opened');
		socket.resetAndDestroy();
		const [error] = await once(taken[0]!, 'error') as [NodeJS.ErrnoException];
		expect(error.code).toBe('ECONNRESET');
		expect(await tapped.sees('link-closed')).toMatchObject({by: 'connector', how: 'rst'});
	});

	test('of a flood are walked and counted, and all of them arrive in order', async () => {
		const server = router();
		server.receiveHighWaterMark = 0;
		const tapped = await tap(await bound(server));
		const client = dealer();
		client.sendHighWaterMark = 0;
		client.connect(tapped.endpoint);
		const flood = 50_000;
		for (let index = 0; index < flood; index++) {
			await client.send(['', String(index)]);
		}

		for (let index = 0; index < flood; index++) {
			const frames = await server.receive();
			if (String(frames.at(-1)) !== String(index)) {
				expect.fail(`${String(frames.at(-1))} instead of ${index}`);
			}
		}

		const {messages} = await tapped.stop();
		expect(messages.request).toBe(flood);
		const told = tapped.all('unit').filter(({kind}) => kind === 'message').length;
		const sampled = tapped.all('units-sampled').map(({count}) => count);
		expect(sampled.reduce((sum, count) => sum + count, told)).toBe(flood);
	});
});
