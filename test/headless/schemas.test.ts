/** `--json-schema` of the fronts whose lines are not the lab’s: what they really print is what their schema says. */
import {Buffer} from 'node:buffer';
import {expect, onTestFinished, test} from 'vitest';
import {Subscriber} from 'zeromq';
import {z} from 'zod';
import {tapSchema} from '../../source/tap/schema.js';
import {run} from '../helpers/shell.js';
import {deadEndpoint, publisherEndpoint, webEndpoint} from '../helpers/strangers.js';
import {rulesOf} from '../tap/helpers/rules.js';
import {echo, rawConnection, request} from '../tap/helpers/sockets.js';
import {tap} from '../tap/helpers/tap.js';

async function readerOf(front: string): Promise<(line: unknown) => boolean> {
	const {stdout, status} = await run([front, '--json-schema']);
	expect(status).toBe(0);
	const reader = z.fromJSONSchema(JSON.parse(stdout) as Parameters<typeof z.fromJSONSchema>[0]);
	return line => reader.safeParse(line).success;
}

test('probe', async () => {
	const isReport = await readerOf('probe');
	for (const endpoint of [await publisherEndpoint(), await webEndpoint(), await deadEndpoint()]) {
		const {stdout} = await run(['probe', '--json', endpoint]);
		expect(isReport(JSON.parse(stdout)), stdout).toBe(true);
	}

	expect(isReport({v: 1, type: 'probe'})).toBe(false);
});

test('tap: handshakes, exchanges, troubles, faults and the summary', async () => {
	const {endpoint} = await echo();
	const tapped = await tap(endpoint, {rules: rulesOf('drop reply 2; latency 1ms')});
	const client = request();
	client.connect(tapped.endpoint);
	for (const count of [1, 2]) {
		await client.send(['Hello', Buffer.from([0xFF])]);
		await tapped.sees('exchange', count);
		await (count === 1 && client.receive());
	}

	const stranger = new Subscriber({linger: 0});
	onTestFinished(() => {
		stranger.close();
	});
	stranger.connect(tapped.endpoint);
	rawConnection(tapped.endpoint).end('GET / HTTP/1.1\r\n\r\n');
	await tapped.sees('trouble', 2);
	await tapped.stop();
	const reader = z.fromJSONSchema(tapSchema);
	for (const event of tapped.events) {
		expect(reader.safeParse(event).success, JSON.stringify(event)).toBe(true);
	}

	expect(new Set(tapped.events.map(({type}) => type))).toEqual(new Set([
		'tap-started', 'link-opened', 'fault-struck', 'unit', 'handshake', 'exchange', 'trouble', 'half-closed', 'link-closed', 'summary',
	]));
	expect(reader.safeParse({...tapped.events[0], pizza: true}).success).toBe(false);
	const isEvent = await readerOf('tap');
	expect(isEvent(tapped.events[0])).toBe(true);
});

test('broker', async () => {
	const isEvent = await readerOf('broker');
	expect(isEvent({v: 1, n: 1, t: 1, type: 'broker-started', policy: 'round-robin', frontend: 'tcp://127.0.0.1:5559', backend: 'tcp://127.0.0.1:5560'})).toBe(true);
	expect(isEvent({v: 1, n: 1, t: 1, type: 'pizza'})).toBe(false);
});
