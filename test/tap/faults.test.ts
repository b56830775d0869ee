/** Each fault on real sockets, with the effect that libzmq shows (semantics: "harm on the way"). Where something must never come, libzmq's own time-out ends the wait. */
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import {describe, expect, onTestFinished, test} from 'vitest';
import {whyNotUnder} from '../../source/tap/faults/fit.js';
import {faults} from '../../source/tap/faults/registry.js';
import {until} from '../helpers/socket-waits.js';
import {curve, harmed, neverAnswered, safe, tapWith} from './helpers/harmed.js';
import {ask, bound, dealer, rawConnection, reply, request, router} from './helpers/sockets.js';
import {texts} from './helpers/tap.js';

describe('drop', () => {
	test('takes the third reply: the link is fine, a strict REQ is stuck, and the exchange is lost', async () => {
		const {tapped, client, monitor} = await harmed('drop reply 3');
		expect(await ask(client, 'a')).toEqual(['A']);
		expect(await ask(client, 'b')).toEqual(['B']);
		await client.send('c');
		await neverAnswered(client);
		client.sendTimeout = 0;
		await expect(client.send('d')).rejects.toMatchObject({code: 'EFSM'});
		expect(monitor.count('disconnect')).toBe(0);
		expect(await tapped.sees('fault-struck')).toMatchObject({fault: 'drop reply 3', way: 'reply', link: 1});
		expect(tapped.all('exchange').at(-1)).toMatchObject({outcome: 'lost', why: 'fault'});
		expect(await tapped.stop()).toMatchObject({exchanges: {replied: 2, lost: 1}, waiting: [{who: 'REQ'}], faults: [{fault: 'drop reply 3', struck: 1}]});
	});

	test('takes a request: a retry works', async () => {
		const {tapped, client} = await harmed('drop request 1', safe);
		await client.send('lost');
		await tapped.sees('fault-struck');
		expect(await ask(client, 'again')).toEqual(['AGAIN']);
		expect(tapped.all('exchange').map(({outcome, request: asked}) => [outcome, ...texts(asked)])).toEqual([['lost', 'lost'], ['replied', 'again']]);
	});

	test('takes a message of any size', async () => {
		const {tapped, client} = await harmed('drop request 1', safe);
		await client.send(Buffer.alloc(5_000_000));
		await tapped.sees('fault-struck');
		expect(await ask(client, 'again')).toEqual(['AGAIN']);
	});

	test('every second request, by number', async () => {
		const {tapped, client} = await harmed('drop request every 2', safe);
		for (const word of ['a', 'b']) {
			expect(await ask(client, word)).toEqual([word.toUpperCase()]);
			await client.send('lost');
		}

		await tapped.sees('fault-struck', 2);
	});
});

describe.each(['fin', 'rst'])('%s', fault => {
	test('mid-request: the client reconnects, and relaxed+correlate recovers', async () => {
		const {tapped, client, monitor} = await harmed(`${fault} reply 1`, safe);
		await client.send('q1');
		await tapped.sees('fault-struck');
		await until(() => monitor.count('disconnect') > 0, 'the client is disconnected');
		expect(await tapped.sees('link-closed')).toMatchObject({by: 'tap', how: fault});
		expect(await ask(client, 'q2')).toEqual(['Q2']);
	});

	test('mid-request: a strict client reconnects and is stuck', async () => {
		const {tapped, client, monitor} = await harmed(`${fault} reply 1`);
		await client.send('q1');
		await until(() => monitor.count('handshake') > 1, 'the client has reconnected');
		await neverAnswered(client);
		client.sendTimeout = 0;
		await expect(client.send('q2')).rejects.toMatchObject({code: 'EFSM'});
		expect(tapped.all('link-opened')).toHaveLength(2);
	});
});

test('black-hole swallows all in silence: no event at all, and others are served', async () => {
	const {tapped, client, monitor} = await harmed('black-hole request 2');
	expect(await ask(client, 'a')).toEqual(['A']);
	await client.send('b');
	await tapped.sees('fault-struck');
	const other = request();
	other.connect(tapped.endpoint);
	expect(await ask(other, 'c')).toEqual(['C']);
	await neverAnswered(client);
	expect([monitor.count('disconnect'), monitor.count('connect:retry')]).toEqual([0, 0]);
});

test('latency makes a round trip as long as both ways together', async () => {
	const {tapped, client} = await harmed('latency both 40ms');
	await ask(client, 'warm up');
	const before = performance.now();
	expect(await ask(client, 'Hello')).toEqual(['HELLO']);
	expect(performance.now() - before).toBeGreaterThanOrEqual(79);
	expect(await tapped.sees('fault-struck')).toMatchObject({fault: 'latency both 40ms'});
});

test('refuse turns the first connection away, and libzmq comes again', async () => {
	const {tapped, client} = await harmed('refuse 1');
	expect(await ask(client, 'Hello')).toEqual(['HELLO']);
	expect(await tapped.sees('connection-refused')).toMatchObject({fault: 'refuse 1'});
	expect(await tapped.stop()).toMatchObject({refused: 1, links: 1});
});

describe('corrupt-body', () => {
	test('under NULL is delivered corrupt', async () => {
		const {client} = await harmed('corrupt-body reply 1');
		expect(await ask(client, 'Hello', 'two')).toEqual(['IELLO', 'TWO']);
		expect(await ask(client, 'Hello')).toEqual(['HELLO']);
	});

	test('under CURVE is never delivered', async () => {
		const {client, tapped} = await curve('corrupt-body reply 1');
		await client.send('Hello');
		await tapped.sees('fault-struck');
		await neverAnswered(client);
	});
});

test('corrupt-framing makes libzmq hang up', async () => {
	const {client, monitor} = await harmed('corrupt-framing reply 1');
	await client.send('Hello');
	await until(() => monitor.count('disconnect') > 0, 'the client hangs up');
});

test('cut-short leaves the client waiting, without an event', async () => {
	const {client, monitor, tapped} = await harmed('cut-short reply 1');
	await client.send('Hello');
	await tapped.sees('fault-struck');
	await neverAnswered(client);
	expect(monitor.count('disconnect')).toBe(0);
});

describe('duplicate', () => {
	test('of a reply: a REQ drops the second', async () => {
		const {client} = await harmed('duplicate reply');
		for (const word of ['a', 'b', 'c']) {
			expect(await ask(client, word)).toEqual([word.toUpperCase()]);
		}
	});

	test('of a request: a REP serves it twice, and the second reply answers nothing', async () => {
		const {client, tapped} = await harmed('duplicate request 1');
		expect(await ask(client, 'a')).toEqual(['A']);
		const {reply: second} = await tapped.sees('unsolicited');
		expect(texts(second)).toEqual(['A']);
	});
});

test('hold lets a later reply go before', async () => {
	const server = router();
	const tapped = await tapWith(await bound(server), 'hold reply 1 200ms');
	const client = dealer();
	client.connect(tapped.endpoint);
	await client.send('a');
	const [id] = await server.receive();
	await server.send([id!, 'first']);
	await server.send([id!, 'second']);
	expect([String(await client.receive()), String(await client.receive())]).toEqual(['second', 'first']);
});

test('reorder swaps the first reply with the second', async () => {
	const {tapped, send, receive} = await pairOf('reorder reply 1');
	await send('first', 'second', 'third');
	expect(await receive(3)).toEqual(['second', 'first', 'third']);
	expect(tapped.all('fault-struck')).toHaveLength(1);
});

test('reorder swaps two by two, and what is last comes when it is lifted', async () => {
	const {tapped, send, receive} = await pairOf('reorder reply');
	await send('1', '2', '3', '4', '5');
	expect(await receive(4)).toEqual(['2', '1', '4', '3']);
	await tapped.sees('fault-struck', 3);
	tapped.setRules([]);
	expect(await receive(1)).toEqual(['5']);
});

/** A DEALER that has asked, and a ROUTER that answers as often as it is told to. */
async function pairOf(fault: string) {
	const server = router();
	const tapped = await tapWith(await bound(server), fault);
	const client = dealer();
	client.connect(tapped.endpoint);
	await client.send('a');
	const [id] = await server.receive();
	return {
		tapped,
		async send(...replies: readonly string[]) {
			for (const text of replies) {
				await server.send([id!, text]);
			}
		},
		async receive(count: number) {
			const got = [];
			for (let index = 0; index < count; index++) {
				got.push(String(await client.receive()));
			}

			return got;
		},
	};
}

test('bandwidth makes 50 KB at 100 KB a second take half a second', async () => {
	const {tapped, client} = await harmed('bandwidth request 100KB/s');
	await ask(client, 'warm up');
	const before = performance.now();
	await client.send(Buffer.alloc(50 * 1024));
	await client.receive();
	expect(performance.now() - before).toBeGreaterThan(480);
	expect(tapped.all('fault-struck')).toMatchObject([{fault: 'bandwidth request 100KB/s'}]);
});

test('slice lets no more than 7 bytes go at a time, and the message arrives whole', async () => {
	const sizes: number[] = [];
	const server = createServer(socket => {
		socket.on('data', chunk => {
			sizes.push(chunk.length);
			socket.write(chunk);
		});
	});
	onTestFinished(() => {
		server.close();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const tapped = await tapWith(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`, 'slice both 7');
	const socket = rawConnection(tapped.endpoint);
	const sent = Buffer.from('x'.repeat(700));
	socket.end(sent);
	const got = await socket.toArray() as Uint8Array[];
	expect(Buffer.concat(got).equals(sent)).toBe(true);
	// A reader may still find two of them at once.
	expect(sizes.length).toBeGreaterThan(25);
	const {client} = await harmed('slice both 7');
	expect(await ask(client, 'Hello there')).toEqual(['HELLO THERE']);
});

describe('a text', () => {
	test('in the message decides, and not in the bytes between its frames', async () => {
		const {tapped, client} = await harmed('drop request "pizza"; no-op request "d"', safe);
		const hundred = 'x'.repeat(100);
		expect(await ask(client, hundred, 'pasta')).toEqual([hundred.toUpperCase(), 'PASTA']);
		expect(tapped.all('fault-struck')).toEqual([]);
		await client.send(['one', 'a pizza; please']);
		expect(await tapped.sees('fault-struck')).toMatchObject({fault: 'drop request "pizza"', exchange: 2});
		expect(await ask(client, 'bread')).toEqual(['BREAD']);
		expect(await tapped.sees('fault-struck', 2)).toMatchObject({rule: 2, exchange: 3});
	});

	test('is not looked for in the envelope: the id of a request can be any four bytes', async () => {
		const {tapped, client} = await harmed('no-op request "a" once', {...safe, routingId: 'aaaa'});
		// Among 2,000 ids of four random bytes about thirty have this letter.
		for (let count = 0; count < 2000; count++) {
			await ask(client, 'beer');
		}

		expect(tapped.all('fault-struck')).toEqual([]);
		await ask(client, 'pasta');
		expect(await tapped.sees('fault-struck')).toMatchObject({exchange: 2001});
	});

	test('counts with the rest: the second pizza, once', async () => {
		const {tapped, client} = await harmed('drop request "pizza" every 2 once', safe);
		expect(await ask(client, 'pizza 1')).toEqual(['PIZZA 1']);
		expect(await ask(client, 'pasta')).toEqual(['PASTA']);
		await client.send('pizza 2');
		await tapped.sees('fault-struck');
		expect(await ask(client, 'pizza 3')).toEqual(['PIZZA 3']);
		expect(await ask(client, 'pizza 4')).toEqual(['PIZZA 4']);
	});

	test('is looked for in the first 64 KB, and a message of 100 MB is dropped as it streams', async () => {
		const {tapped, client} = await harmed('drop request "needle"', safe);
		const far = Buffer.alloc(200_000, 'x');
		far.write('needle', 100_000);
		await client.send(far);
		await client.receive();
		const near = Buffer.alloc(100_000_000, 'x');
		near.write('needle', 60_000);
		await client.send(near);
		expect(await tapped.sees('fault-struck')).toMatchObject({exchange: 2});
		expect(await ask(client, 'again')).toEqual(['AGAIN']);
	});

	test('under CURVE is hidden, and that is said', async () => {
		const {client, tapped} = await curve('corrupt-body reply "HELLO"');
		expect(await ask(client, 'Hello')).toEqual(['HELLO']);
		const {reason} = await tapped.sees('fault-missed');
		expect(reason).toContain('hides the text');
	});
});

test('x2 strikes twice', async () => {
	const {tapped, client} = await harmed('drop request x2', safe);
	await client.send('a');
	await client.send('b');
	expect(await ask(client, 'c')).toEqual(['C']);
	expect(await tapped.stop()).toMatchObject({faults: [{struck: 2}]});
});

test('under CURVE only what makes sense is offered', () => {
	const offered = faults.filter(fault => whyNotUnder('CURVE', fault) === undefined).map(({name}) => name);
	expect(offered).toEqual(['latency', 'bandwidth', 'slice', 'black-hole', 'fin', 'rst', 'refuse', 'corrupt-body', 'corrupt-framing', 'cut-short', 'no-op']);
	expect(faults.every(fault => whyNotUnder('NULL', fault) === undefined)).toBe(true);
});

describe('no-op', () => {
	test('changes nothing', async () => {
		const {client, tapped} = await harmed('no-op');
		expect(await ask(client, 'Hello', 'two')).toEqual(['HELLO', 'TWO']);
		expect(await tapped.stop()).toMatchObject({faults: [{fault: 'no-op', struck: 2}]});
	});

	test('and any other that gathers a message lets one pass that is too long, and says so', async () => {
		const server = reply();
		const tapped = await tapWith(await bound(server), 'corrupt-body request');
		const client = request();
		client.connect(tapped.endpoint);
		const body = Buffer.alloc(3_000_000, 'x');
		await client.send(body);
		const [got] = await server.receive();
		expect(got?.equals(body)).toBe(true);
		const {reason} = await tapped.sees('fault-missed');
		expect(reason).toContain('1 MB');
	});
});

test('a fault that can’t strike under CURVE says why, and everything passes', async () => {
	const {client, tapped} = await curve('drop reply');
	expect(await ask(client, 'Hello')).toEqual(['HELLO']);
	const {reason} = await tapped.sees('fault-missed');
	expect(reason).toContain('nonces');
	expect(tapped.all('handshake')).toMatchObject([{mechanism: 'CURVE', connector: 'hidden'}]);
});
