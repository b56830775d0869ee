/** Whoever does not read the output of `tap` stalls nobody: neither a terminal nor a pipe. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {expect, onTestFinished, test} from 'vitest';
import {Reply, Request} from 'zeromq';
import {program} from '../helpers/program.js';
import {openTerminal} from '../helpers/terminal.js';

/** So many exchanges of 1 KB fill every buffer of a terminal or a pipe many times over. */
const exchanges = 1000;

const endpointIn = (said: string): string => /listens at (?<endpoint>\S+)/v.exec(said)?.groups?.['endpoint'] ?? '';

async function openServer(): Promise<string> {
	const server = new Reply();
	await server.bind('tcp://127.0.0.1:*');
	onTestFinished(() => {
		server.close();
	});
	const serve = async (): Promise<void> => {
		for await (const [request] of server) {
			await server.send(request ?? '');
		}
	};

	void serve();
	return server.lastEndpoint ?? '';
}

async function exchangeThrough(endpoint: string): Promise<void> {
	const client = new Request({receiveTimeout: 10_000});
	onTestFinished(() => {
		client.close();
	});
	client.connect(endpoint);
	for (let count = 0; count < exchanges; count++) {
		await client.send('x'.repeat(1000));
		await client.receive();
	}
}

test('a terminal that stalls, with lines', async () => {
	// Without a keyboard there is no screen.
	const terminal = openTerminal({command: ['sh', '-c', 'exec "$0" "$@" </dev/null', ...program('tap', await openServer(), '--listen', 'tcp://127.0.0.1:*')], columns: 200, rows: 40});
	const said = await terminal.waitFor(/tap: listens at tcp:\/\/127\.0\.0\.1:\d+/v);
	terminal.pause();
	await exchangeThrough(endpointIn(said));
	terminal.resume();
	terminal.press('Ctrl+C');
	await terminal.waitFor(`${exchanges} replied, 0 lost`);
});

test('a terminal that stalls, with a screen', async () => {
	const terminal = openTerminal({command: program('tap', await openServer(), '--listen', 'tcp://127.0.0.1:*'), columns: 120, rows: 40});
	const said = await terminal.waitFor(/listens at tcp:\/\/127\.0\.0\.1:\d+ for/v);
	terminal.pause();
	await exchangeThrough(endpointIn(said));
	terminal.resume();
	await terminal.waitFor(`${exchanges} replied, 0 lost`);
	terminal.press('Ctrl+C');
	expect(await terminal.waitForExit()).toEqual({code: 0, signal: undefined});
	expect(terminal.screen()).toContain(`${exchanges} requests`);
});

test('a pipe that nobody reads', async () => {
	const [command = '', ...args] = program('tap', await openServer(), '--listen', 'tcp://127.0.0.1:*', '--json');
	const tap = spawn(command, args, {stdio: ['ignore', 'pipe', 'pipe']});
	onTestFinished(() => {
		tap.kill('SIGKILL');
	});
	const [said] = await once(tap.stderr, 'data') as [Uint8Array];
	await exchangeThrough(endpointIn(new TextDecoder().decode(said)));
	expect(tap.exitCode).toBeNull();
});
