/** The tap between real sockets: what passes, what it says of it, and what it says when somebody is not there. */
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {createServer, type AddressInfo, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {curveEndpoint, deadEndpoint, publisherEndpoint, takenEndpoint, webEndpoint} from '../helpers/strangers.js';
import {ask, bound, dealer, echo, rawConnection, reply, request, router} from './helpers/sockets.js';
import {tap, Tapped, texts} from './helpers/tap.js';

function folder(): string {
	const made = mkdtempSync(path.join(tmpdir(), 'tap-'));
	onTestFinished(() => {
		rmSync(made, {recursive: true});
	});
	return made;
}

/** The next bytes of a connection, so many of them. */
async function readExactly(socket: Socket, length: number): Promise<Uint8Array> {
	let read: Uint8Array = new Uint8Array(0);
	while (read.length < length) {
		const [chunk] = await once(socket, 'data') as [Uint8Array];
		read = Uint8Array.of(...read, ...chunk);
	}

	return read;
}

describe('an exchange', () => {
	test('of REQ and REP is told with both messages, exactly', async () => {
		const {endpoint} = await echo();
		const tapped = await tap(endpoint);
		const client = request();
		client.connect(tapped.endpoint);
		expect(await ask(client, 'Hello', 'two')).toEqual(['HELLO', 'TWO']);
		const {outcome, evidence, request: asked, reply: answered, ms} = await tapped.sees('exchange');
		expect({outcome, evidence, asked: texts(asked), answered: texts(answered)}).toEqual({outcome: 'replied', evidence: 'exact', asked: ['Hello', 'two'], answered: ['HELLO', 'TWO']});
		expect(ms).toBeGreaterThan(0);
		expect(tapped.all('handshake')).toMatchObject([{connector: 'REQ', listener: 'REP', mechanism: 'NULL', version: '3.1'}]);
		expect(await tapped.stop()).toMatchObject({links: 1, exchanges: {replied: 1, lost: 0, open: 0}, messages: {request: 1, reply: 1}, roundTrips: {count: 1}});
	});

	test('passes over ipc on both sides', async () => {
		const made = folder();
		const {endpoint} = await echo(`ipc://${made}/server`);
		const tapped = await tap(endpoint, {listen: `ipc://${made}/tap`});
		const client = request();
		client.connect(tapped.endpoint);
		expect(await ask(client, 'Hello')).toEqual(['HELLO']);
		await tapped.sees('exchange');
	});

	test('is followed where the client listens and the server connects', async () => {
		const client = request();
		const tapped = await tap(await bound(client));
		const server = reply();
		server.connect(tapped.endpoint);
		await client.send('Hello');
		await server.receive();
		await server.send('World');
		await client.receive();
		const {request: asked, reply: answered} = await tapped.sees('exchange');
		expect([texts(asked), texts(answered)]).toEqual([['Hello'], ['World']]);
	});

	test('of DEALER and ROUTER is told by its envelope, whatever the order of the replies', async () => {
		const server = router();
		const tapped = await tap(await bound(server));
		const client = dealer();
		client.connect(tapped.endpoint);
		await client.send(['one-1', '', 'a']);
		await client.send(['two-2', '', 'b']);
		const [first, second] = [await server.receive(), await server.receive()];
		await server.send(second);
		await server.send(first);
		await client.receive();
		await client.receive();
		await tapped.sees('exchange', 2);
		expect(tapped.all('exchange').map(each => [texts(each.request), texts(each.reply)])).toEqual([[['b'], ['b']], [['a'], ['a']]]);
	});

	test('with correlate is told by its request id: the late reply is the first one’s', async () => {
		const server = router();
		const tapped = await tap(await bound(server));
		const client = request({relaxed: true, correlate: true});
		client.connect(tapped.endpoint);
		await client.send('q1');
		const first = await server.receive();
		await client.send('q2');
		const second = await server.receive();
		await server.send([...second.slice(0, -1), 'r2']);
		await server.send([...first.slice(0, -1), 'r1']);
		await tapped.sees('exchange', 2);
		expect(tapped.all('exchange').map(each => [...texts(each.request), ...texts(each.reply), each.evidence])).toEqual([['q2', 'r2', 'exact'], ['q1', 'r1', 'exact']]);
	});

	test('that is open tells who waits for whom, and is lost when the server goes', async () => {
		const server = reply();
		const tapped = await tap(await bound(server), {longWaitMs: 30});
		const client = request();
		client.connect(tapped.endpoint);
		await client.send('Hello');
		await server.receive();
		expect(await tapped.sees('waiting')).toMatchObject({link: 1, who: 'REQ', whom: 'REP', count: 1});
		expect(tapped.now.waiting).toMatchObject([{link: 1, who: 'REQ', whom: 'REP', count: 1}]);
		expect(tapped.all('waiting')).toHaveLength(1);
		server.close();
		expect(await tapped.sees('exchange')).toMatchObject({outcome: 'lost', why: 'disconnected'});
		expect(await tapped.sees('link-closed')).toMatchObject({by: 'listener'});
		expect(await tapped.stop()).toMatchObject({exchanges: {lost: 1, replied: 0}});
	});
});

describe('the upstream', () => {
	test('missing is told once, and clients are served once it is there', async () => {
		const endpoint = await deadEndpoint();
		const tapped = await tap(endpoint);
		const client = request({reconnectInterval: 10});
		client.connect(tapped.endpoint);
		expect(await tapped.sees('upstream-missing')).toMatchObject({code: 'ECONNREFUSED', upstream: endpoint});
		await echo(endpoint);
		expect(await ask(client, 'Hello')).toEqual(['HELLO']);
		const {attempts} = await tapped.sees('upstream-back');
		expect(attempts).toBeGreaterThan(0);
		expect(tapped.all('upstream-missing')).toHaveLength(1);
	});

	test('dying and coming back on the same endpoint serves the same client again', async () => {
		const {socket, endpoint} = await echo();
		const tapped = await tap(endpoint);
		const client = request({reconnectInterval: 10});
		client.connect(tapped.endpoint);
		expect(await ask(client, 'a')).toEqual(['A']);
		socket.close();
		expect(await tapped.sees('link-closed')).toMatchObject({by: 'listener'});
		await tapped.sees('upstream-missing');
		await echo(endpoint);
		expect(await ask(client, 'b')).toEqual(['B']);
		await tapped.sees('upstream-back');
		expect(await tapped.stop()).toMatchObject({links: 2});
	});
});

describe('trouble', () => {
	test('a socket that does not fit is told with the remedy', async () => {
		const tapped = await tap(await publisherEndpoint());
		request().connect(tapped.endpoint);
		const {trouble, next} = await tapped.sees('trouble');
		expect(['socket-mismatch', 'hung-up']).toContain(trouble.type);
		expect(next).toContain('needs');
	});

	test('NULL against CURVE is told with the remedy', async () => {
		const tapped = await tap(await curveEndpoint());
		request().connect(tapped.endpoint);
		const {trouble, says, next} = await tapped.sees('trouble');
		expect(['mechanism-mismatch', 'hung-up']).toContain(trouble.type);
		expect(says).toMatch(/NULL|CURVE/v);
		expect(next).toContain('key');
	});

	test('a web server is named, and answers through the tap', async () => {
		const tapped = await tap(await webEndpoint());
		const answer = await fetch(tapped.endpoint.replace('tcp:', 'http:'));
		expect(await answer.text()).toBe('Hello from the web');
		expect(await tapped.sees('trouble')).toMatchObject({trouble: {type: 'not-zmtp', looksLike: 'http-request'}});
	});

	test('peers of ZMTP 2.0 are named, and their bytes pass untouched', async () => {
		// The greeting of RFC 15: signature, revision 1, socket type (3 REQ, 4 REP), an empty identity; then one message, and its answer.
		const greeting = (socketType: number): readonly number[] => [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 1, socketType, 0, 0];
		const asks = Uint8Array.of(...greeting(3), 1, 0, 0, 2, 0x48, 0x69);
		const answers = Uint8Array.of(...greeting(4), 1, 0, 0, 2, 0x59, 0x6F);
		const server = createServer();
		onTestFinished(() => {
			server.close();
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		const tapped = await tap(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
		const client = rawConnection(tapped.endpoint);
		client.write(asks);
		const [connection] = await once(server, 'connection') as [Socket];
		// The tap's end resets what is still open.
		connection.on('error', () => undefined);

		expect(await readExactly(connection, asks.length)).toEqual(asks);
		connection.end(answers);
		expect(await readExactly(client, answers.length)).toEqual(answers);
		client.end();
		expect(await tapped.sees('trouble')).toMatchObject({trouble: {type: 'old-zmtp'}, says: expect.stringContaining('speaks ZMTP 2.0') as string});
	});

	test('a port that is taken is refused', async () => {
		const tapped = new Tapped({upstream: 'tcp://127.0.0.1:1', listen: await takenEndpoint()});
		await expect(tapped.start()).rejects.toMatchObject({code: 'EADDRINUSE'});
	});

	test('a path that is taken is refused, and one that was left behind is not', async () => {
		const made = folder();
		const first = await tap('tcp://127.0.0.1:1', {listen: `ipc://${made}/tap`});
		await expect(new Tapped({upstream: 'tcp://127.0.0.1:1', listen: first.endpoint}).start()).rejects.toMatchObject({code: 'EADDRINUSE'});
	});
});

test('hundreds of clients are served at once', async () => {
	const {endpoint} = await echo('tcp://127.0.0.1:*', {backlog: 1000});
	const tapped = await tap(endpoint);
	const clients = Array.from({length: 200}, () => request());
	const answers = await Promise.all(clients.map(async (client, index) => {
		client.connect(tapped.endpoint);
		return ask(client, `request ${index}`);
	}));
	expect(answers).toEqual(clients.map((_, index) => [`REQUEST ${index}`]));
	expect(await tapped.stop()).toMatchObject({links: 200, exchanges: {replied: 200, lost: 0}});
});
