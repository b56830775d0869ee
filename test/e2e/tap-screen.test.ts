/** `zmq-playground tap` in a terminal: a lane a connection between programs of others, harmed and looked at from the screen. */
import {expect, onTestFinished, test} from 'vitest';
import {Reply, Request, Subscriber} from 'zeromq';
import {Playground} from '../helpers/playground.js';
import {program} from '../helpers/program.js';

async function openServer(): Promise<string> {
	const server = new Reply({linger: 0});
	await server.bind('tcp://127.0.0.1:*');
	onTestFinished(() => {
		server.close();
	});
	const serve = async (): Promise<void> => {
		for await (const [request] of server) {
			await server.send(`To ${String(request)}`);
		}
	};

	void serve();
	return server.lastEndpoint ?? '';
}

async function openTap(upstream: string, columns = 120, rows = 40): Promise<{readonly screen: Playground; readonly endpoint: string}> {
	const screen = new Playground({command: program('tap', upstream, '--listen', 'tcp://127.0.0.1:*'), columns, rows});
	onTestFinished(async () => screen.close());
	const said = await screen.waitFor(/listens at tcp:\/\/127\.0\.0\.1:\d+ for/v);
	return {screen, endpoint: /listens at (?<endpoint>\S+) for/v.exec(said)?.groups?.['endpoint'] ?? ''};
}

function clientOf(endpoint: string): Request {
	const client = new Request({linger: 0, receiveTimeout: 10_000});
	onTestFinished(() => {
		client.close();
	});
	client.connect(endpoint);
	return client;
}

async function ask(client: Request, text: string): Promise<string> {
	await client.send(text);
	return String(await client.receive());
}

test('shows each connection, who waits, what a fault took and its bytes; leaves the sums in the shell', async () => {
	const {screen, endpoint} = await openTap(await openServer());
	await screen.waitFor('Nobody has connected yet');
	const client = clientOf(endpoint);
	expect(await ask(client, 'Hello')).toBe('To Hello');
	await screen.waitFor(/1 +REQ ▸ REP +● replied +● replied +1 +1 +0 .*◂ To Hello/v);

	screen.submit('/fault drop reply 1');
	await screen.waitFor('fault 1  drop reply 1  struck 0 times');
	await client.send('Pizza');
	await screen.waitFor('struck 1 time, last the reply to request 2 of link 1');
	await screen.waitFor(/1 +REQ ▸ REP +⚠ awaits \d+ s +● replied +2 +1 +1 .*✗ taken by fault 1: ◂ To P/v);

	screen.submit('/wire 1');
	await screen.waitFor('wire of link 1');
	await screen.waitFor('delimiter, body “Pizza”');
	await screen.waitFor('taken by fault 1: delimiter, body “To Pizza”');
	screen.press('Escape');
	await screen.waitFor('asked replied lost');
	screen.submit('/send Hello');
	await screen.waitFor('no peer of ours is here');
	screen.press('Ctrl+C');
	expect(await screen.waitForExit()).toEqual({code: 0, signal: undefined});
	expect(screen.screen()).toContain('1 replied, 1 lost');
});

test('tells on the smallest screens too what keeps two from talking, and what to do', async () => {
	const {screen, endpoint} = await openTap(await openServer(), 80, 24);
	const stranger = new Subscriber({linger: 0});
	onTestFinished(() => {
		stranger.close();
	});
	stranger.connect(endpoint);
	await screen.waitFor('⚠ who listens hangs up on a SUB');
	await screen.waitFor('a SUB needs PUB or XPUB');
});

test('says that the upstream is missing, and that somebody listens there already', async () => {
	const {screen, endpoint} = await openTap('tcp://127.0.0.1:1');
	clientOf(endpoint);
	await screen.waitFor('⚠ ECONNREFUSED: nobody is reached there');
	const {screen: second} = {screen: new Playground({command: program('tap', 'tcp://127.0.0.1:1', '--listen', endpoint), columns: 100, rows: 30})};
	onTestFinished(async () => second.close());
	await second.waitFor('EADDRINUSE: somebody listens there already');
});
