/** How much a tap tells one by one: nobody who sends much, and nobody who reads slowly, makes it tell more than can be read. */
import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {curveKeyPair} from 'zeromq';
import {encodeCommand, encodeGreeting, encodeReady} from '../../source/zmtp/encode.js';
import {Quota} from '../../source/tap/pace.js';
import {rulesOf} from './helpers/rules.js';
import {ask, echo, rawConnection, request} from './helpers/sockets.js';
import {tap} from './helpers/tap.js';

describe('a quota', () => {
	test('tells the first 100 of each tenth of a second, and counts the rest', () => {
		const quota = new Quota();
		expect(Array.from({length: 150}, () => quota.allow(1000)).filter(Boolean)).toHaveLength(100);
		expect(quota.take(1050)).toEqual({count: 50, ms: 50});
		expect(quota.allow(1100)).toBe(true);
	});

	test('tells nothing while whoever hears is behind', () => {
		let isBehind = true;
		const quota = new Quota(() => isBehind);
		expect(quota.allow(1000)).toBe(false);
		isBehind = false;
		expect(quota.allow(1001)).toBe(true);
		expect(quota.take(1001).count).toBe(1);
	});
});

/** So many in one write come faster than they are told. */
const flood = 3000;

test('a flood of heartbeats is counted, and its handshake told', async () => {
	const {endpoint} = await echo();
	const tapped = await tap(endpoint);
	const socket = rawConnection(tapped.endpoint);
	socket.resume();
	socket.write(Buffer.concat([encodeGreeting(), encodeReady({'Socket-Type': 'REQ'})]));
	await tapped.sees('handshake');
	socket.write(Buffer.concat(Array.from({length: flood}, () => encodeCommand('PING', new Uint8Array(2)))));
	await tapped.sees('units-sampled');
	await tapped.stop();
	const told = tapped.all('unit').filter(({kind, from}) => kind === 'ping' && from === 'connector').length;
	const counted = tapped.all('units-sampled').reduce((sum, {count}) => sum + count, 0);
	expect(told).toBeLessThan(flood / 2);
	expect(told + counted).toBeGreaterThanOrEqual(flood);
});

test('encrypted frames are counted like messages', async () => {
	const keys = curveKeyPair();
	const {endpoint} = await echo(undefined, {curveServer: true, curveSecretKey: keys.secretKey});
	const tapped = await tap(endpoint);
	const own = curveKeyPair();
	const client = request({curveServerKey: keys.publicKey, curvePublicKey: own.publicKey, curveSecretKey: own.secretKey});
	client.connect(tapped.endpoint);
	expect(await ask(client, ...Array.from({length: 500}, () => 'a'))).toHaveLength(500);
	const {sealed} = await tapped.stop();
	expect(sealed.request).toBe(501);
	expect(tapped.all('unit').filter(({kind}) => kind === 'sealed').length).toBeLessThan(900);
});

test('what is only counted says where the connection stands', async () => {
	const {endpoint} = await echo();
	const tapped = await tap(endpoint, {isBehind: () => true});
	const client = request();
	client.connect(tapped.endpoint);
	await ask(client, 'Hello');
	expect(await tapped.sees('link-counted')).toMatchObject({asked: 1, replied: 1, lost: 0, open: 0, machines: {connector: 'replied', listener: 'replied'}});
	expect(tapped.all('unit').map(({kind}) => kind)).toEqual(['greeting', 'greeting', 'ready', 'ready']);
});

test('a hold that has no room left says so, once, and lets the rest pass', async () => {
	const {endpoint} = await echo();
	const tapped = await tap(endpoint, {rules: rulesOf('hold request 1h')});
	const client = request({relaxed: true, correlate: true});
	client.connect(tapped.endpoint);
	const large = 'x'.repeat(1_000_000);
	for (let count = 0; count < 17; count++) {
		await client.send(large);
	}

	expect(await tapped.sees('fault-missed')).toMatchObject({reason: expect.stringContaining('16 MB') as string});
	const [reply] = await client.receive();
	expect(reply).toHaveLength(large.length);
	expect(tapped.all('fault-missed')).toHaveLength(1);
});
