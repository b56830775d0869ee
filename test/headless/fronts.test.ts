/** `client` and `server` without a screen: either may bind or connect, at one endpoint or several, and a server serves until it is told to stop. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {eventsOfType, run, start, type Outcome, type Running} from '../helpers/shell.js';

const anyPort = 'tcp://127.0.0.1:*';
const atOnce = ['--delay=off'];

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'fronts-'));
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

/** A server that answers at once, and where it listens. */
async function openServer(...argv: readonly string[]): Promise<{readonly server: Running; readonly endpoint: string}> {
	const server = start(['server', ...(argv.some(word => word.includes('://')) ? [] : [anyPort]), ...atOnce, ...argv]);
	return {server, endpoint: await server.listening()};
}

const repliesOf = ({stdout}: Outcome): readonly string[] => [...stdout.matchAll(/^◂ (?<reply>.*?) {2}/gmv)].map(match => match.groups?.['reply'] ?? '');

describe('client and server', () => {
	test('talk to each other', async () => {
		const {server, endpoint} = await openServer('--reply', '{upper}, No. {count}');
		const outcome = await run(['client', endpoint], {stdin: 'Hello\nAgain\n'});
		expect(outcome).toMatchObject({status: 0, stderr: ''});
		expect(repliesOf(outcome)).toEqual(['HELLO, No. 1', 'AGAIN, No. 2']);
		await server.says(/^◂ AGAIN, No\. 2 {2}after /v);
		expect(server.lines.map(line => line.replace(/ {2}after .*/v, ''))).toEqual(['▸ Hello', '◂ HELLO, No. 1', '▸ Again', '◂ AGAIN, No. 2']);
	});

	test('talk over ipc, with a blank in the path', async () => {
		const {endpoint} = await openServer(`ipc://${folder}/a pizza`);
		expect(repliesOf(await run(['client', `ipc://${folder}/a pizza`], {stdin: 'Hello\n'}))).toEqual(['World']);
		expect(endpoint).toBe(`ipc://${folder}/a`);
	});

	test('talk with the roles of bind and connect swapped, whoever comes first', async () => {
		const client = start(['client', '--bind', anyPort]);
		const endpoint = await client.listening();
		client.write('Hello\n');
		await client.complains(/^client-1: EAGAIN: not sent yet: nobody is connected/v);
		start(['server', '--connect', endpoint, ...atOnce]);
		await client.says(/^◂ World/v);
		client.endInput();
		expect(await client.end()).toMatchObject({status: 0});
	});

	test('a client that binds says that nobody has come, and ends with 1', async () => {
		const outcome = await run(['client', '--bind', anyPort, '--timeout', '100ms'], {stdin: 'Hello\n'});
		expect(outcome).toMatchObject({status: 1, stdout: ''});
		expect(outcome.stderr).toMatch(/^client-1: nobody has connected within \d+ ms, so the request was not sent$/mv);
	});

	test('a client at several endpoints asks them in turn', async () => {
		const [one, two] = await Promise.all([openServer('--reply', 'one'), openServer('--reply', 'two')]);
		const outcome = await run(['client', one.endpoint, two.endpoint], {stdin: 'a\nb\nc\nd\n'});
		expect(repliesOf(outcome)).toEqual(['one', 'two', 'one', 'two']);
	});

	test('a server at several endpoints serves them all', async () => {
		const {endpoint} = await openServer(anyPort, `ipc://${folder}/both`);
		expect(repliesOf(await run(['client', endpoint], {stdin: 'Hello\n'}))).toEqual(['World']);
		expect(repliesOf(await run(['client', `ipc://${folder}/both`], {stdin: 'Hello\n'}))).toEqual(['World']);
	});

	test('a client asks what comes while its server is away, once it is there', async () => {
		const {server, endpoint} = await openServer();
		server.kill('SIGTERM');
		await server.end();
		const client = start(['client', endpoint]);
		client.write('Hello\n');
		await client.complains(/^client-1: nobody answers at .*; retrying/v);
		start(['server', endpoint, ...atOnce]);
		await client.says(/^◂ World/v);
	});
});

describe('a server', () => {
	test('serves on when its input has ended', async () => {
		const {server, endpoint} = await openServer();
		server.endInput();
		expect(repliesOf(await run(['client', endpoint], {stdin: 'Hello\n'}))).toEqual(['World']);
		expect(repliesOf(await run(['client', endpoint], {stdin: 'Hello\n'}))).toEqual(['World']);
	});

	test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends at %s with 0', async signal => {
		const {server, endpoint} = await openServer();
		await run(['client', endpoint], {stdin: 'Hello\n'});
		server.kill(signal);
		expect(await server.end()).toMatchObject({status: 0});
	});

	test('ends at a signal even while it owes a reply', async () => {
		const server = start(['server', anyPort, '--json', '--delay', '30s']);
		const endpoint = await server.listening();
		const client = start(['client', endpoint]);
		client.write('Hello\n');
		await server.sees('delay-started');
		server.kill('SIGTERM');
		const {status, stdout} = await server.end();
		expect(status).toBe(0);
		expect(eventsOfType(stdout, 'sent')).toEqual([]);
	});

	test.each([1, 3])('ends after --count %d replies with 0, and the last of them arrives', async count => {
		const {server, endpoint} = await openServer('--json', '--count', String(count), '--reply', '{request}');
		const body = 'x'.repeat(1_000_000);
		const outcome = await run(['client', endpoint, '--timeout', '1s', '--json'], {stdin: `${body}\n`.repeat(count + 1)});
		const {status, stdout} = await server.end();
		expect(eventsOfType(stdout, 'sent').map(({frames}) => frames.map(({size}) => size))).toEqual(Array.from({length: count}, () => [1_000_000]));
		expect(status).toBe(0);
		expect(eventsOfType(outcome.stdout, 'received').map(({frames}) => frames[0]?.size)).toEqual(Array.from({length: count}, () => 1_000_000));
		expect(outcome.status).toBe(1);
	});
});

describe('--curve', () => {
	test('encrypts the pair, and says that any key is let in', async () => {
		const {status, stdout, stderr} = await run(['--endpoint', anyPort, ...atOnce, '--curve'], {stdin: 'Hello\n'});
		expect(status).toBe(0);
		expect(stdout).toContain('◂ World');
		expect(stderr).toContain('server-1: no allow-list: ANY key is let in');
	});

	test('of a server shows the public key that its clients need', async () => {
		const server = start(['server', 'tcp://127.0.0.1:*', '--delay', 'off', '--curve']);
		const endpoint = await server.listening();
		const line = await server.complains(/^server-1: public key /v);
		const {status, stdout} = await run(['client', endpoint, '--curve-server-key', line.slice('server-1: public key '.length)], {stdin: 'Hello\n'});
		expect({status, reply: stdout.includes('◂ World')}).toEqual({status: 0, reply: true});
	});
});
