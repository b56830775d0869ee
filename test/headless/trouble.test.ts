/** What can be wrong with the other side, or with an endpoint: one clear line on stderr, with libzmq's code where there is one, and the next step. */
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {eventsOfType, run, start, type Outcome} from '../helpers/shell.js';
import {
	comeAsSubscriber,
	comeWithCurve,
	curveEndpoint,
	deadEndpoint,
	publisherEndpoint,
	takenEndpoint,
	webEndpoint,
} from '../helpers/strangers.js';

const anyPort = 'tcp://127.0.0.1:*';

let folder: string;

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'trouble-'));
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

/** Asks once at an endpoint and waits as long as given: for an answer that does not come. */
const askAt = async (endpoint: string, timeout = '400ms'): Promise<Outcome> => run(['client', endpoint, '--timeout', timeout, '--json'], {stdin: 'Hello\n'});

/** The lines on stderr but the last, which always says that there was no reply. */
const troubleIn = ({stderr}: Outcome): readonly string[] => stderr.trimEnd().split('\n').filter(line => !line.includes(': no reply within'));

describe('binding', () => {
	test('where another program listens is refused', async () => {
		const endpoint = await takenEndpoint();
		const {status, stdout, stderr} = await run(['server', endpoint, '--json']);
		expect(status).toBe(1);
		expect(stderr).toBe(`server-1: EADDRINUSE: not listening at ${endpoint} (Somebody listens there already. Choose another port (* takes any free one), or stop the other program.)\n`);
		expect(eventsOfType(stdout, 'bind-failed')).toMatchObject([{peer: 'server-1', endpoint, code: 'EADDRINUSE'}]);
	});

	test('the usual endpoint, where another program listens, is done elsewhere and says so', async () => {
		// Whoever has the port, this test or a playground beside it, it is taken.
		await takenEndpoint(5560).catch(() => undefined);
		const {status, stdout, stderr} = await run(['--delay', 'off'], {stdin: 'Hello\n'});
		expect(stderr).toMatch(/^server-1: tcp:\/\/127\.0\.0\.1:5560 is taken: listens at tcp:\/\/127\.0\.0\.1:\d+\n$/v);
		expect(stdout).toMatch(/^▸ Hello\n◂ World /v);
		expect(status).toBe(0);
	});

	test('one endpoint of several in vain ends the server: half of what was asked for is not enough', async () => {
		const outcome = await run(['server', anyPort, await takenEndpoint()]);
		expect(outcome.status).toBe(1);
		expect(outcome.stderr).toMatch(/^server-1: EADDRINUSE: /mv);
	});

	test.each<[what: string, endpoint: string, line: RegExp]>([
		['a host name', 'tcp://no-such-host.invalid:5999', /^server-1: ENODEV: .*no such address.*Bind tcp:\/\/127\.0\.0\.1:\*/v],
		['an address of another machine', 'tcp://192.0.2.1:5999', /^server-1: EADDRNOTAVAIL: .*no such address.*Bind tcp:\/\/127\.0\.0\.1:\*/v],
		['a path in no directory', 'ipc:///no/such/directory/pizza', /^server-1: ENOENT: .*no such directory.*say \/tmp/v],
	])('%s is refused', async (_what, endpoint, line) => {
		const {status, stdout, stderr} = await run(['server', endpoint]);
		expect(stderr).toMatch(line);
		expect({status, stdout}).toEqual({status: 1, stdout: ''});
	});

	test('an ipc path at which a living process listens is refused, and goes on working', async () => {
		const endpoint = `ipc://${folder}/taken`;
		const first = start(['server', endpoint, '--delay', 'off', '--reply', 'the first']);
		await first.listening();
		const second = await run(['server', endpoint]);
		expect(second.status).toBe(1);
		expect(second.stderr).toMatch(/^server-1: EADDRINUSE: .*Somebody listens there already/v);
		const asked = await run(['client', endpoint], {stdin: 'Hello\n'});
		expect(asked.stdout).toMatch(/◂ the first /v);
		first.kill('SIGTERM');
		const {stderr} = await first.end();
		expect(stderr, 'the first one was not disturbed').toBe(`server-1: listens at ${endpoint}\n`);
	});

	test('an ipc path that a killed process left behind is free', async () => {
		const endpoint = `ipc://${folder}/left`;
		const first = start(['server', endpoint]);
		await first.listening();
		first.kill('SIGKILL');
		expect(await first.end()).toMatchObject({status: 'SIGKILL'});
		expect(existsSync(`${folder}/left`)).toBe(true);
		expect(await start(['server', endpoint]).listening()).toBe(endpoint);
	});

	test.each(['tcp://0.0.0.0:*', 'tcp://*:*', 'tcp://[::]:*'])('%s says who can connect', async endpoint => {
		const server = start(['server', endpoint]);
		expect(await server.complains(/listens at/v)).toMatch(/ \(Anyone who can reach this machine can connect\.\)$/v);
	});

	test.each([anyPort, 'tcp://[::1]:*', 'ipc:///tmp/zmq-playground-local-test'])('%s need not say it', async endpoint => {
		const server = start(['server', endpoint]);
		expect(await server.complains(/listens at/v)).not.toContain('Anyone');
		server.kill('SIGTERM');
		await server.end();
	});
});

describe('connecting', () => {
	test('where nobody listens says so once, and counts the tries once a second', async () => {
		const endpoint = await deadEndpoint();
		const outcome = await askAt(endpoint, '1500ms');
		expect(troubleIn(outcome)).toEqual([`client-1: nobody answers at ${endpoint}; retrying (Start the other side, or check the endpoint.)`]);
		const tries = eventsOfType(outcome.stdout, 'retrying');
		expect(tries.map(({count}) => count)).toEqual(tries.map(({count}) => count).toSorted((one, other) => one - other));
		const gaps = tries.slice(1).map(({t}, index) => t - (tries[index]?.t ?? 0));
		expect(Math.min(...gaps, 1000)).toBeGreaterThanOrEqual(1000);
		expect(tries.at(-1)?.count).toBeGreaterThan(tries.length);
		expect(outcome.status).toBe(1);
	});

	test('to a name that stands for no address says so, with the resolver’s code', async () => {
		const outcome = await askAt('tcp://no-such-host.invalid:5560', '1s');
		expect(troubleIn(outcome)).toEqual([expect.stringMatching(/^client-1: (?:ENOTFOUND|EAI_AGAIN): nobody is found at tcp:\/\/no-such-host\.invalid:5560; retrying \(.*Check its spelling, or write an address\.\)$/v)]);
		expect(eventsOfType(outcome.stdout, 'retrying')[0]?.code).toMatch(/^(?:ENOTFOUND|EAI_AGAIN)$/v);
	});

	test('to a name that does stand for one works', async () => {
		const server = start(['server', anyPort, '--delay', 'off']);
		const endpoint = await server.listening();
		expect(await run(['client', endpoint.replace('127.0.0.1', 'localhost')], {stdin: 'Hello\n'})).toMatchObject({status: 0});
	});

	test('to a web server says that no ZeroMQ may be there, once for each code', async () => {
		const endpoint = await webEndpoint();
		const outcome = await askAt(endpoint, '1500ms');
		const codes = eventsOfType(outcome.stdout, 'handshake-failed').map(({code}) => code);
		expect(codes.length).toBeGreaterThan(0);
		expect(codes).toEqual([...new Set(codes)]);
		for (const line of troubleIn(outcome)) {
			expect(line).toMatch(/^client-1: (?:EPIPE|ECONNRESET): no handshake at .*perhaps no ZeroMQ socket \(a web server\?\).*Try zmq-playground probe tcp:\/\/127\.0\.0\.1:\d+ to see what is there\.\)$/v);
		}

		// A storm of tries is no storm of events.
		for (const type of ['connected', 'disconnected', 'retrying'] as const) {
			expect(eventsOfType(outcome.stdout, type).length, type).toBeLessThanOrEqual(3);
		}

		expect(outcome.status).toBe(1);
	});

	test('to a PUB says that it does not fit', async () => {
		const endpoint = await publisherEndpoint();
		const outcome = await askAt(endpoint);
		expect(troubleIn(outcome)).toContain(`client-1: no handshake at ${endpoint} (The other side hung up on a REQ: most likely its socket is of a type that does not fit, and libzmq tries no more. A REQ needs a REP or a ROUTER. Try zmq-playground probe ${endpoint} to see what is there. Once the right one is there, connect anew.)`);
		expect(outcome.status).toBe(1);
	});

	test('to a socket that wants CURVE says so', async () => {
		const client = start(['client', await curveEndpoint(), '--json']);
		// Now and then the other side hangs up before its greeting is read; libzmq tries again until it has seen it.
		expect(await client.complains(/MISMATCH/v)).toMatch(/^client-1: ERR_ZMTP_MECHANISM_MISMATCH: no handshake at .*different security mechanisms.*Use the same on both sides/v);
		expect(client.events.filter(({type}) => type === 'handshake-failed').map(event => 'code' in event && event.code)).toContain('ERR_ZMTP_MECHANISM_MISMATCH');
	});
});

describe('being come to', () => {
	test('by a SUB says that it does not fit', async () => {
		const server = start(['server', anyPort]);
		comeAsSubscriber(await server.listening());
		expect(await server.complains(/no handshake/v)).toMatch(/^server-1: .*(?:does not fit a REP.*A REP needs a REQ or a DEALER|hung up or kept silent)/v);
	});

	test('by a client that wants CURVE says so, and serves the others', async () => {
		const server = start(['server', anyPort, '--delay', 'off']);
		const endpoint = await server.listening();
		comeWithCurve(endpoint);
		// It may find the mismatch first, and hang up before its greeting is read; it doesn't come again then.
		await server.complains(/^server-1: (?:ERR_ZMTP_MECHANISM_MISMATCH: no handshake at .*different security mechanisms|EPIPE: no handshake at .*perhaps one with other security)/v);
		expect(await run(['client', endpoint], {stdin: 'Hello\n'})).toMatchObject({status: 0});
	});

	test('by a web browser says so, and serves the others', async () => {
		const server = start(['server', anyPort, '--delay', 'off']);
		const endpoint = await server.listening();
		await expect(fetch(endpoint.replace('tcp', 'http'))).rejects.toThrow();
		expect(await server.complains(/no handshake/v)).toMatch(/^server-1: E[A-Z]+: no handshake at .*a browser, a port scan.*the others are served as before/v);
		expect(await run(['client', endpoint], {stdin: 'Hello\n'})).toMatchObject({status: 0});
	});
});
