/** CURVE between this program and peers in Python, both ways, with key files that both can read; and that no secret key is told anywhere. */
import {readdirSync, readFileSync, writeFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	beforeEach,
	describe,
	expect,
	onTestFinished,
	test,
} from 'vitest';
import {z} from 'zod';
import {brokerSchema} from '../../source/broker/schema.js';
import {type Policy} from '../../source/core/policy.js';
import {startBroker} from '../broker/helpers.js';
import {bodyOf} from '../helpers/lab.js';
import {openTerminal} from '../helpers/terminal.js';
import {program} from '../helpers/program.js';
import {
	eventsOf,
	run,
	start,
	startCommand,
	type Running,
} from '../helpers/shell.js';

/** A pair as `zmq-playground keys` makes it. */
type Keys = {readonly publicKey: string; readonly secretFile: string};

let folder = '';

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'curve-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true, force: true});
	});
});

async function makeKeys(name: string): Promise<Keys> {
	const {stdout} = await run(['keys', name, '--directory', folder, '--json']);
	return JSON.parse(stdout) as Keys;
}

const secretOf = ({secretFile}: Keys): string => /secret-key = "(?<key>[^"]{40})"/v.exec(readFileSync(secretFile, 'utf8'))?.groups?.['key'] ?? '';

/** A list of those who are let in. */
function allowListOf(...allowed: readonly Keys[]): string {
	const file = path.join(folder, 'allowed');
	writeFileSync(file, ['# who may come', ...allowed.map(({publicKey}, index) => `${publicKey} pupil ${index}`), ''].join('\n'));
	return file;
}

const startPython = (script: string, argv: readonly string[], {secretFile}: Keys, server?: Keys): Running =>
	startCommand(['/usr/bin/python3', path.resolve('test/interop', script), ...argv], {CURVE_CERTIFICATE: secretFile, ...(server && {CURVE_SERVER_KEY: server.publicKey})});

const hello = `${JSON.stringify(['48656c6c6f'])}\n`;

describe('with Python', () => {
	test('its client is served by our server, which asks about its key', async () => {
		const [ours, theirs] = [await makeKeys('ours'), await makeKeys('theirs')];
		const server = start(['server', 'tcp://127.0.0.1:*', '--delay', 'off', '--curve-secret', ours.secretFile, '--curve-allow', allowListOf(theirs), '--json']);
		const python = startPython('ask.py', ['REQ', 'connect', await server.listening()], theirs, ours);
		python.write(hello);
		expect(await python.says(/^\{/v)).toContain('576f726c64');
		expect(await server.sees('zap-request')).toMatchObject({peer: 'server-1', key: theirs.publicKey, address: '127.0.0.1', verdict: 'allowed'});
		expect(await server.sees('option-changed', 2)).toMatchObject({option: 'public-key', value: ours.publicKey});
	});

	test('its client is turned away if it is not on the list', async () => {
		const [ours, theirs, another] = [await makeKeys('ours'), await makeKeys('theirs'), await makeKeys('another')];
		const server = start(['server', 'tcp://127.0.0.1:*', '--curve-secret', ours.secretFile, '--curve-allow', allowListOf(another), '--json']);
		const python = startPython('ask.py', ['REQ', 'connect', await server.listening()], theirs, ours);
		python.write(hello);
		expect(await server.sees('zap-request')).toMatchObject({key: theirs.publicKey, verdict: 'denied'});
		expect(await server.sees('handshake-failed')).toMatchObject({kind: 'auth', code: 'ZAP 400'});
		expect(await server.complains(/ZAP 400/v)).toContain('allow-list');
		expect(python.lines.filter(line => line.startsWith('{'))).toEqual([]);
	});

	test('its server serves our client', async () => {
		const [ours, theirs] = [await makeKeys('ours'), await makeKeys('theirs')];
		const python = startPython('answer.py', ['REP', 'bind', 'tcp://127.0.0.1:*'], theirs);
		python.write(hello);
		const client = start(['client', await python.says(/^tcp/v), '--curve-secret', ours.secretFile, '--curve-server-key', theirs.publicKey, '--json']);
		client.write('Ciao\n');
		expect(bodyOf(await client.sees('received'))).toBe('Hello');
		client.endInput();
		expect(await client.end()).toMatchObject({status: 0});
	});

	test('its server with another key is silent, and our client says why and ends with 1', async () => {
		const [theirs, another] = [await makeKeys('theirs'), await makeKeys('another')];
		const python = startPython('answer.py', ['REP', 'bind', 'tcp://127.0.0.1:*'], theirs);
		const endpoint = await python.says(/^tcp/v);
		const {status, stderr} = await run(['client', endpoint, '--curve-server-key', another.publicKey, '--timeout', '300ms'], {stdin: 'Ciao\n'});
		expect(status).toBe(1);
		expect(stderr).toContain('hung up without a word in the middle of the key exchange');
	});
});

test('a tap between two that speak CURVE tells the handshake, and how much passes, but not what', async () => {
	const keys = await makeKeys('server');
	const server = start(['server', 'tcp://127.0.0.1:*', '--delay', 'off', '--reply', 'World', '--curve-secret', keys.secretFile]);
	const tap = start(['tap', await server.listening(), '--json']);
	const {stdout} = await run(['client', await tap.listening(), '--curve-server-key', keys.publicKey], {stdin: 'Confidential\n'});
	expect(stdout).toContain('World');
	await tap.says(/CURVE/v);
	expect(tap.lines.join('\n')).not.toMatch(/Confidential|World/v);
	tap.kill('SIGINT');
	// A delimiter and a body each way: two frames, which nobody on the way can put together.
	expect(JSON.parse(await tap.says(/"summary"/v))).toMatchObject({messages: {request: 0, reply: 0}, sealed: {request: 2, reply: 2}});
});

describe('a broker of ours', () => {
	test('answers a client and a worker in Python with its key, asks about theirs, and passes on what they say', async () => {
		const [ours, ana, pia] = [await makeKeys('ours'), await makeKeys('ana'), await makeKeys('pia')];
		const {broker, frontend, backend} = await startBroker('--curve-secret', ours.secretFile, '--curve-allow', allowListOf(ana, pia), '--json');
		const worker = startPython('answer.py', ['REP', 'connect', backend], pia, ours);
		const client = startPython('ask.py', ['REQ', 'connect', frontend], ana, ours);
		client.write(hello);
		expect(await worker.says(/^\{/v)).toContain('48656c6c6f');
		worker.write(`${JSON.stringify(['576f726c64'])}\n`);
		expect(await client.says(/^\{/v)).toContain('576f726c64');
		broker.kill('SIGTERM');
		const {status, stdout, stderr} = await broker.end();
		const events = eventsOf(stdout);
		expect(events[0]).toMatchObject({type: 'broker-started', publicKey: ours.publicKey});
		for (const {publicKey} of [ana, pia]) {
			expect(events).toContainEqual(expect.objectContaining({type: 'zap-request', address: '127.0.0.1', key: publicKey, verdict: 'allowed'}));
		}

		expect(events.at(-1)).toMatchObject({type: 'summary', requests: 1, replies: 1});
		const isEvent = z.fromJSONSchema(brokerSchema);
		expect(events.filter(event => !isEvent.safeParse(event).success)).toEqual([]);
		expect({status, hasSecret: (stdout + stderr).includes(secretOf(ours))}).toEqual({status: 0, hasSecret: false});
		expect(stderr).toContain(`broker: public key ${ours.publicKey}\n`);
	});

	test.each<[policy: Policy, ...flags: readonly string[]]>([['round-robin'], ['least-recently-used', '--ready'], ['paranoid-pirate', '--heartbeats']])('%s: our client and our worker come with its public key', async (policy, ...flags) => {
		const keys = await makeKeys('broker');
		const {broker, frontend, backend} = await startBroker('--policy', policy, '--curve-secret', keys.secretFile);
		await broker.complains(/broker: no allow-list: ANY key is let in \(--curve-allow/v);
		start(['worker', backend, '--delay', 'off', '--curve-server-key', keys.publicKey, ...flags]);
		await broker.says(policy === 'round-robin' ? /a worker has come/v : /worker worker-1 is ready/v);
		expect(await run(['client', frontend, '--curve-server-key', keys.publicKey], {stdin: 'Hello\n'})).toMatchObject({status: 0, stdout: expect.stringContaining('World') as string});
		expect(await broker.says(/ZAP: key .* is let in/v, 2)).toContain('127.0.0.1');
	});

	test('a plain client and one with a wrong key get no handshake, and both sides say why', async () => {
		const [keys, another] = [await makeKeys('broker'), await makeKeys('another')];
		const {broker, frontend} = await startBroker('--curve-secret', keys.secretFile);
		const plain = start(['client', frontend, '--timeout', 'off']);
		plain.write('Hello\n');
		// It may be hung up on before it has read what the broker speaks (EPIPE); its next try tells.
		expect(await plain.complains(/ERR_ZMTP_MECHANISM_MISMATCH/v)).toContain('this one none (NULL)');
		expect(await broker.says(/ERR_ZMTP_MECHANISM_MISMATCH/v)).toMatch(/^⚠ .*no handshake with a client \(frontend\): .*this one CURVE/v);
		const wrong = start(['client', frontend, '--curve-server-key', another.publicKey, '--timeout', 'off']);
		wrong.write('Hello\n');
		await wrong.complains(/hung up without a word in the middle of the key exchange/v);
		expect(await broker.says(/ERR_ZMTP_CRYPTOGRAPHIC/v)).toContain('another server’s public key');
		broker.kill('SIGTERM');
		// Who never came has not gone.
		const {stdout} = await broker.end();
		expect(stdout).not.toMatch(/has (?:come|gone)/v);
		expect([...plain.lines, ...wrong.lines].filter(line => line.startsWith('◂'))).toEqual([]);
	});

	test('a worker that is not on the list is turned away, and both sides say so', async () => {
		const [keys, pia, another] = [await makeKeys('broker'), await makeKeys('pia'), await makeKeys('another')];
		const {broker, backend} = await startBroker('--curve-secret', keys.secretFile, '--curve-allow', allowListOf(another));
		await broker.complains(/only these are let in/v);
		const worker = start(['worker', backend, '--curve-server-key', keys.publicKey, '--curve-secret', pia.secretFile]);
		expect(await worker.complains(/ZAP 400/v)).toContain('does not let this one’s key in');
		expect(await broker.says(/ZAP: key .* is not let in/v)).toContain(pia.publicKey.slice(0, 8));
		expect(await broker.says(/ZAP 400/v)).toMatch(/no handshake with a worker \(backend\): .*not on the allow-list/v);
	});
});

describe('the secret key', () => {
	test('is in no line that a server writes, nor in its arguments or its environment', async () => {
		const keys = await makeKeys('server');
		const secret = secretOf(keys);
		expect(secret).toHaveLength(40);
		const server = start(['server', 'tcp://127.0.0.1:*', '--delay', 'off', '--curve-secret', keys.secretFile, '--json', '--count', '1']);
		const endpoint = await server.listening();
		expect(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')).not.toContain(secret);
		expect(readFileSync(`/proc/${server.pid}/environ`, 'utf8')).not.toContain(secret);
		await run(['client', endpoint, '--curve-server-key', keys.publicKey], {stdin: 'Hello\n'});
		const {stdout, stderr, status} = await server.end();
		expect(status).toBe(0);
		expect(stdout).toContain(keys.publicKey);
		expect(stdout + stderr).not.toContain(secret);
	});

	test('is not on a screen, nor given to the process of the lab', async () => {
		const keys = await makeKeys('server');
		const secret = secretOf(keys);
		const terminal = openTerminal({command: program('server', 'tcp://127.0.0.1:*', '--curve-secret', keys.secretFile), columns: 120, rows: 40});
		await terminal.waitFor('lets in ANY key');
		const processes = readdirSync('/proc').filter(name => /^\d+$/v.test(name)).map(name => ['cmdline', 'environ'].map(file => contentOf(`/proc/${name}/${file}`)).join('\n'));
		expect(processes.some(text => text.includes('lab-child') && text.includes(keys.secretFile))).toBe(true);
		expect(processes.filter(text => text.includes(secret))).toEqual([]);
		expect(await terminal.waitFor(keys.publicKey)).not.toContain(secret);
	});
});

/** What a file says; nothing if its process has gone meanwhile. */
function contentOf(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
