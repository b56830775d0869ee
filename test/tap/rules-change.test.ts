/** Faults that come and go while connections are open, and what is said of which message they struck. */
import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {type SeenUnit} from '../../source/tap/seen.js';
import {Monitor, until} from '../helpers/socket-waits.js';
import {rulesOf} from './helpers/rules.js';
import {ask, bound, dealer, echo, request, router} from './helpers/sockets.js';
import {tap} from './helpers/tap.js';

const relaxed = {relaxed: true, correlate: true, reconnectInterval: 10};

describe('while a connection is open', () => {
	test('a fault is added, told with its number and exchange, and lifted', async () => {
		const {endpoint} = await echo();
		const tapped = await tap(endpoint);
		const client = request(relaxed);
		client.connect(tapped.endpoint);
		expect(await ask(client, 'a')).toEqual(['A']);
		tapped.setRules(rulesOf('drop reply', 7));
		await client.send('b');
		const {unit} = await tapped.sees('fault-struck');
		expect(tapped.all('fault-struck')).toMatchObject([{link: 1, rule: 7, fault: 'drop reply', way: 'reply', exchange: 2}]);
		expect(tapped.all('exchange').at(-1)).toMatchObject({exchange: 2, outcome: 'lost', why: 'fault', rule: 7});
		expect(tapped.all('unit').at(-1)).toMatchObject({from: 'listener', unit});
		tapped.setRules([]);
		expect(await ask(client, 'c')).toEqual(['C']);
		expect(tapped.all('faults-changed').map(({faults}) => faults)).toEqual([[{rule: 7, fault: 'drop reply'}], []]);
		expect(await tapped.stop()).toMatchObject({exchanges: {replied: 2, lost: 1}, faults: [{rule: 7, struck: 1}]});
	});

	test('another one keeps its count', async () => {
		const {endpoint} = await echo();
		const [third] = rulesOf('drop request 3');
		const tapped = await tap(endpoint, {rules: [third!]});
		const client = request(relaxed);
		client.connect(tapped.endpoint);
		await ask(client, 'a');
		tapped.setRules([third!, ...rulesOf('no-op reply', 2)]);
		await ask(client, 'b');
		tapped.setRules([third!]);
		await client.send('c');
		expect(await tapped.sees('fault-struck', 2)).toMatchObject({rule: 1, way: 'request', exchange: 3});
	});

	test('a lifted hold lets go of what it holds, and so does a latency', async () => {
		const {endpoint} = await echo();
		const tapped = await tap(endpoint, {rules: rulesOf('hold reply 1h')});
		const client = request();
		client.connect(tapped.endpoint);
		await client.send('a');
		await tapped.sees('fault-struck');
		tapped.setRules([]);
		expect(String(await client.receive())).toBe('A');
		tapped.setRules(rulesOf('latency both 1h', 2));
		await client.send('b');
		await tapped.sees('unit', tapped.all('unit').length + 1);
		tapped.setRules([]);
		expect(String(await client.receive())).toBe('B');
	});

	test('a black hole ends: what it has swallowed is gone, and the same connection works', async () => {
		const {endpoint} = await echo();
		const tapped = await tap(endpoint, {rules: rulesOf('black-hole request 2')});
		const client = request(relaxed);
		const monitor = new Monitor(client);
		client.connect(tapped.endpoint);
		await ask(client, 'a');
		await client.send('b');
		await tapped.sees('fault-struck');
		await client.send('c');
		await until(() => tapped.now.exchanges.lost === 2, 'both are swallowed');
		tapped.setRules([]);
		expect(await ask(client, 'd')).toEqual(['D']);
		expect(monitor.count('disconnect')).toBe(0);
	});

	test('an end that a black hole has kept is passed on when it is lifted', async () => {
		const {endpoint} = await echo();
		const tapped = await tap(endpoint, {rules: rulesOf('black-hole request 1')});
		const client = request();
		client.connect(tapped.endpoint);
		await client.send('a');
		await tapped.sees('fault-struck');
		client.close();
		await tapped.sees('half-closed');
		expect(tapped.now.open).toBe(1);
		tapped.setRules([]);
		expect(await tapped.sees('link-closed')).toMatchObject({by: 'connector', how: 'fin'});
	});

	test('a flood is not disturbed by rules that come and go in the middle of it', async () => {
		const server = router();
		server.receiveHighWaterMark = 0;
		const tapped = await tap(await bound(server));
		const client = dealer();
		client.sendHighWaterMark = 0;
		client.connect(tapped.endpoint);
		const flood = 40_000;
		for (let index = 0; index < flood; index++) {
			await client.send(['', String(index)]);
		}

		for (let index = 0; index < flood; index++) {
			const frames = await server.receive();
			if (index % 1000 === 0) {
				tapped.setRules(index % 2000 === 0 ? rulesOf('no-op request; hold reply 1h') : []);
			}

			if (String(frames.at(-1)) !== String(index)) {
				expect.fail(`${String(frames.at(-1))} instead of ${index}`);
			}
		}

		expect(await tapped.stop()).toMatchObject({messages: {request: flood}});
	});
});

test('an observer gets the first bytes of each unit that is told', async () => {
	const {endpoint} = await echo();
	const seen: SeenUnit[] = [];
	const tapped = await tap(endpoint, {rules: rulesOf('drop request 2'), observe(each) {
		seen.push(each);
	}});
	const client = request(relaxed);
	client.connect(tapped.endpoint);
	await ask(client, 'Hello');
	await client.send(Buffer.alloc(5000, 'x'));
	await tapped.sees('exchange', 2);
	const [greeting] = seen;
	expect(greeting).toMatchObject({link: 1, isTaken: false, unit: {type: 'greeting'}});
	expect(greeting?.bytes[0]).toBe(0xFF);
	const requests = seen.filter(({unit, from}) => unit.type === 'message' && from === 'connector');
	expect(requests.map(({bytes, isTaken}) => [String.fromCodePoint(...bytes.slice(-5)), bytes.length, isTaken])).toEqual([['Hello', requests[0]?.unit.size, false], ['xxxxx', 256, true]]);
	expect(requests.at(-1)).toMatchObject({rule: 1, unit: {size: 5000 + 9 + 2 + 6}});
	expect(seen).toHaveLength(tapped.all('unit').length);
});
