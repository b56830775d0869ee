/** Peers are taken apart and put together: crashed, closed, opened, bound and connected, in any order. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	describe,
	expect,
	onTestFinished,
	test,
	vi,
} from 'vitest';
import {Reply} from 'zeromq';
import {openPlayground, sizes, type Playground} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';

const atOnce: readonly string[] = [...freePort, '--delay', 'off'];

/** The endpoint that a pane last named. */
const endpointIn = (playground: Playground, peer: string): string =>
	playground.pane(peer).match(/tcp:\/\/127\.0\.0\.1:\d+/gv)?.at(-1) ?? 'nowhere';

describe.each(sizes)('at %s', (_, size) => {
	test('a server that crashes while it owes a reply leaves its client stuck; a new socket frees it', async () => {
		const playground = await openPlayground(size);
		playground.submit('/hold');
		playground.submit('Hello');
		await playground.sees('server-1', /held \d/v);
		playground.submit('/@server-1 crash');
		await playground.sees('server-1', '/open makes a new socket');
		await playground.sees('server-1', '⚠ crashed');
		await playground.sees('client-1', 'nobody there');
		await playground.sees('client-1', /stuck for \d/v);
		await playground.hasWholeBorders();

		playground.submit('/@server-1 open');
		await playground.stands('server-1', 'IDLE');
		await playground.sees('client-1', 'connected');
		await playground.stands('client-1', 'AWAITING-REPLY');
		playground.submit('Anybody?');
		await playground.sees('client-1', 'EFSM: not sent: Anybody?');
		await playground.holds('Anybody?');
		playground.submit('/restart');
		await playground.stands('client-1', 'IDLE');
		playground.submit('/@all restart');
		await playground.sees('server-1', 'listening · 1 peer');
		await playground.bothStand('IDLE');
	});
});

test('what is asked of nobody waits in the client, and reaches the server that comes', async () => {
	const playground = await openPlayground({flags: atOnce});
	playground.submit('/@server-1 close');
	await playground.sees('server-1', '· closed');
	await playground.sees('client-1', 'may send; queued till a server comes');
	playground.submit('Into the void');
	await playground.stands('client-1', 'AWAITING-REPLY');
	playground.submit('/@server-1 open');
	await playground.bothStand('REPLIED');
	await playground.sees('server-1', '▸ Into the void');
});

test('a closed socket refuses with EBADF', async () => {
	const playground = await openPlayground();
	playground.submit('/crash');
	await playground.sees('client-1', '/open makes a new socket');
	playground.submit('Hello');
	await playground.sees('client-1', 'EBADF: not sent: Hello');
	await playground.holds('Hello');
	playground.submit('/open');
	await playground.sees('client-1', 'connected');
	await playground.stands('client-1', 'IDLE');
});

test('endpoints: unbind and bind elsewhere, disconnect and connect there', async () => {
	const playground = await openPlayground({flags: atOnce});
	const before = endpointIn(playground, 'server-1');
	playground.submit('/@server-1 unbind');
	await playground.sees('server-1', 'no endpoint');
	await playground.sees('client-1', 'nobody there');
	playground.submit('/@server-1 bind tcp://127.0.0.1:*');
	await playground.sees('server-1', /REP {2}listening/v);
	const after = endpointIn(playground, 'server-1');
	expect(after).not.toBe(before);

	playground.submit('/disconnect');
	await playground.sees('client-1', 'nowhere to send to: /connect');
	playground.submit('Hello');
	await playground.sees('client-1', 'EAGAIN: not sent: Hello');
	playground.submit(`/connect ${after}`);
	await playground.sees('client-1', 'REQ  connected');
	await playground.ask('Hello');
});

test('a REQ may listen where a REP connects, over ipc', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'playground-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	const endpoint = `ipc://${folder}/pizza`;
	const playground = await openPlayground({flags: atOnce});
	playground.submit('/disconnect');
	await playground.sees('client-1', 'no endpoint');
	playground.submit(`/@server-1 connect ${endpoint}`);
	await playground.sees('server-1', 'connects to ipc://');
	playground.submit(`/bind ${endpoint}`);
	await playground.sees('client-1', 'listening · 1 peer');
	await playground.ask('Hello');
});

test('inproc works too, in either order', async () => {
	const playground = await openPlayground({flags: atOnce});
	playground.submit('/disconnect');
	await playground.sees('client-1', 'no endpoint');
	playground.submit('/connect inproc://pizza');
	await playground.sees('client-1', 'connects to inproc://pizza');
	playground.submit('/@server-1 bind inproc://pizza');
	await playground.sees('server-1', 'listens at inproc://pizza');
	await playground.ask('Hello');
});

describe.each(sizes)('at %s', (_, size) => {
	test('where both connect, the panes say that nobody listens; a bind heals it; a reset begins anew', async () => {
		const playground = await openPlayground({...size, flags: atOnce});
		playground.submit('/scene both-connect');
		await playground.waitFor('zmq-playground  both-connect');
		await playground.sees('client-1', 'both connect, nobody listens');
		await playground.sees('server-1', 'both connect, nobody listens');
		playground.submit('Is anybody there?');
		await playground.stands('client-1', 'AWAITING-REPLY');
		await playground.stands('server-1', 'IDLE');
		await playground.sees('client-1', 'nobody there');
		await playground.hasWholeBorders();

		// One must listen; where it connects itself, it may not.
		const endpoint = endpointIn(playground, 'server-1');
		playground.submit(`/@server-1 bind ${endpoint}`);
		await playground.sees('server-1', '/disconnect first, then /bind');
		playground.submit('/@server-1 disconnect');
		await playground.sees('server-1', 'no endpoint');
		playground.submit(`/@server-1 bind ${endpoint}`);
		await playground.bothStand('REPLIED');

		playground.submit('/reset');
		await playground.waitFor('nothing asked yet');
		await playground.bothStand('IDLE');
		await playground.sees('client-1', 'both connect, nobody listens');
		expect(playground.pane('client-1')).not.toContain('anybody');
	});
});

test.each(sizes)('at %s: the usual port is taken and no endpoint was named, so it says so and takes a free one', async (_, size) => {
	await holdUsualPort();
	const playground = await openPlayground({...size, flags: []});
	await playground.sees('server-1', /⚠ tcp:\/\/127\.0\.0\.1:5560 is taken:\s+listens\s+at\s+tcp:\/\/127\.0\.0\.1:\d+/v);
	expect(endpointIn(playground, 'client-1')).not.toContain(':5560');
});

/** Has somebody listen at 5560, until the test ends: us, or another program that keeps it. One of another test gives it back soon. */
async function holdUsualPort(): Promise<void> {
	const socket = new Reply({linger: 0});
	onTestFinished(() => {
		socket.close();
	});
	try {
		await vi.waitFor(async () => socket.bind('tcp://127.0.0.1:5560'), {timeout: 15_000, interval: 20});
	} catch {
		// Whoever keeps it so long is no test.
	}
}
