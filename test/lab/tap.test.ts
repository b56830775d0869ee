/** The tap inside the lab: what passes is told unit by unit, faults strike it, and exchanges are followed exactly. */
import {Buffer} from 'node:buffer';
import {existsSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {commandNamed} from '../../source/commands/registry.js';
import {openPair} from '../helpers/lab.js';

describe('a tapped link', () => {
	test('tells each unit of a handshake and of an exchange, both ways, with its fields named', async () => {
		const lab = await openPair({tap: true});
		expect(await lab.asks('Hello')).toBe('World');
		expect(lab.all('unit', {from: 'connector'}).map(({kind}) => kind)).toEqual(['greeting', 'ready', 'message']);
		expect(lab.all('unit', {from: 'listener'}).map(({kind}) => kind)).toEqual(['greeting', 'ready', 'message']);
		const request = await lab.sees('unit', {peer: 'client-1', way: 'request', exchange: 1});
		expect(Buffer.from(request.bytes, 'base64').toString('latin1')).toBe('\u{1}\u{0}\u{0}\u{5}Hello');
		expect(request.fields.map(({name}) => name)).toEqual(['delimiter', 'flags', 'size', 'body']);
		await lab.sees('exchange-seen', {outcome: 'replied', exchange: 1, evidence: 'exact'});
		expect(lab.journal.settledBy(lab.all('received', {peer: 'client-1'}).at(-1)?.n ?? 0)).toMatchObject({outcome: 'replied', evidence: 'exact'});
		expect(lab.endpointOf('client-1', 'connect')).toBe(lab.endpointOf('server-1', 'bind'));
	});

	test('is put in and taken out while the lab runs; a question in flight is given up, and the next is answered', async () => {
		const lab = await openPair();
		expect(await lab.asks('Hello')).toBe('World');
		lab.run('hold', '@client-1 send Wait');
		await lab.sees('held', {peer: 'server-1'});
		lab.run('tap on');
		await lab.sees('tap-opened', {peer: 'client-1'});
		expect(lab.snapshot.exchanges.tally.abandoned).toBe(1);
		lab.run('release');
		await lab.sees('sent', {peer: 'server-1'});
		await lab.isConnected();
		expect(await lab.asks('Again')).toBe('World');
		expect(lab.snapshot.tap.taps).toMatchObject([{peer: 'client-1', open: [1]}]);
		lab.run('tap off');
		await lab.sees('tap-closed', {peer: 'client-1'});
		expect(lab.snapshot.tap).toMatchObject({isOn: false, taps: []});
		const units = lab.all('unit').length;
		await lab.isConnected();
		expect(await lab.asks('Plain')).toBe('World');
		expect(lab.all('unit')).toHaveLength(units);
	});

	test('is there again after a restart of either side', async () => {
		const lab = await openPair({tap: true});
		lab.run('@client-1 restart');
		await lab.sees('handshake-done', {peer: 'client-1'});
		expect(await lab.asks('Hello')).toBe('World');
		lab.run('@server-1 restart');
		await lab.sees('handshake-done', {peer: 'client-1'});
		expect(await lab.asks('Again')).toBe('World');
		expect(lab.all('tap-opened')).toHaveLength(1);
	});

	test('works over ipc, and leaves no path behind', async () => {
		const lab = await openPair({tap: true, endpoint: `ipc://${join(tmpdir(), `zmq-tapped-${process.pid}`)}`});
		expect(await lab.asks('Hello')).toBe('World');
		const [{via} = {via: ''}] = lab.all('tap-opened', {peer: 'client-1'});
		expect(via).toMatch(/^ipc:/v);
		lab.run('tap off');
		await lab.sees('tap-closed', {peer: 'client-1'});
		expect(existsSync(via.slice('ipc://'.length))).toBe(false);
	});

	test('ends with the connection that it was for: its peer goes elsewhere, or leaves the lab', async () => {
		const lab = await openPair({tap: true});
		expect(await lab.asks('Hello')).toBe('World');
		const to = lab.endpointOf('client-1', 'connect');
		lab.run('@client-1 disconnect');
		await lab.sees('disconnecting', {peer: 'client-1'});
		// Libzmq goes on with it at the socket's next call.
		lab.run('@client-1 send Nobody');
		await lab.sees('tap-closed', {peer: 'client-1', to});
		expect(lab.snapshot.tap.taps).toEqual([]);
		lab.run(`@client-1 connect ${to}`);
		expect(await lab.asks('Again')).toBe('World');
		lab.run('client add');
		await lab.sees('tap-opened', {peer: 'client-2'});
		await lab.sees('handshake-done', {peer: 'client-2'});
		lab.run('client remove client-2');
		await lab.sees('tap-closed', {peer: 'client-2'});
	});

	test('tells which of two clients was served that asked the same', async () => {
		const endpoint = 'tcp://127.0.0.1:*';
		const lab = await openPair({tap: true, actors: [
			{peer: 'server-1', role: 'server', places: [{direction: 'bind', endpoint}]},
			{peer: 'client-1', role: 'client', places: [{direction: 'connect', endpoint}]},
			{peer: 'client-2', role: 'client', places: [{direction: 'connect', endpoint}]},
		]});
		lab.run('@clients send Hello');
		for (const peer of ['client-1', 'client-2']) {
			const {n} = await lab.sees('received', {peer});
			expect(lab.journal.settledBy(n)).toMatchObject({client: peer, outcome: 'replied', evidence: 'exact', server: 'server-1'});
		}
	});

	test('is not possible over inproc, and says so', async () => {
		const lab = await openPair({tap: true});
		lab.run('@server-1 bind inproc://pizza');
		await lab.sees('bound', {peer: 'server-1'});
		lab.run('@client-1 connect inproc://pizza');
		const failed = await lab.sees('tap-failed', {peer: 'client-1', to: 'inproc://pizza'});
		expect(failed.reason).toContain('no bytes to tap');
	});
});

describe('a fault', () => {
	test('strikes the message that it names, and is lifted', async () => {
		const lab = await openPair({tap: true, timeout: '300ms'});
		lab.run('fault drop reply 2');
		await lab.sees('fault-set', {rule: 1, fault: 'drop reply 2'});
		expect(await lab.asks('one')).toBe('World');
		lab.run('@client-1 send two');
		await lab.sees('fault-struck', {peer: 'client-1', rule: 1, way: 'reply', exchange: 2});
		const seen = await lab.sees('exchange-seen', {outcome: 'lost', why: 'fault', rule: 1, exchange: 2});
		expect(lab.journal.settledBy(seen.n)).toMatchObject({outcome: 'lost', evidence: 'exact'});
		expect(lab.snapshot.tap.faults).toMatchObject([{rule: 1, struck: 1, last: {way: 'reply', exchange: 2}}]);
		lab.run('fault lift all');
		await lab.sees('fault-lifted', {rule: 1});
		expect(lab.snapshot.tap.faults).toEqual([]);
	});

	test('of every kind is taken as it is completed', async () => {
		const lab = await openPair({tap: true});
		const lines = commandNamed('fault')?.suggest?.(lab.snapshot, undefined) ?? [];
		expect(lines.length).toBeGreaterThan(10);
		lab.run(...lines.map(line => `fault ${line}`));
		await lab.sees('fault-set', {rule: lines.length});
		expect(lab.all('command-failed')).toEqual([]);
		expect(lab.snapshot.tap.faults.map(({fault}) => fault)).toEqual(lines);
	});

	test('that means nothing is refused with what to write instead', async () => {
		const lab = await openPair({tap: true});
		lab.run('fault dorp reply 3');
		expect(await lab.sees('command-failed')).toMatchObject({next: 'did you mean drop?'});
		lab.run('fault lift 7');
		expect(await lab.sees('command-failed')).toMatchObject({reason: 'there is no fault 7'});
	});

	test('that makes no sense under CURVE is neither offered nor taken, and the reason says what is', async () => {
		const lab = await openPair({tap: true, curve: {}});
		expect(await lab.asks('Hello')).toBe('World');
		lab.run('fault drop reply 3');
		const {reason, next} = await lab.sees('command-failed', {text: 'fault drop reply 3'});
		expect(reason).toBe('drop reply 3 can’t strike under CURVE: encryption hides where messages begin and end, and its nonces must grow');
		expect(next).toBe('what makes sense there: latency, bandwidth, slice, black-hole, fin, rst, refuse, corrupt-body, corrupt-framing, cut-short, no-op');
		lab.run('fault fin reply "pizza"');
		expect(await lab.sees('command-failed', {text: 'fault fin reply "pizza"'})).toMatchObject({reason: expect.stringContaining('encryption hides the text') as string});
		const lines = commandNamed('fault')?.suggest?.(lab.snapshot, undefined) ?? [];
		expect(lines).not.toContain('drop reply');
		lab.run(...lines.filter(line => !line.startsWith('refuse')).map(line => `fault ${line}`));
		await lab.sees('fault-set', {rule: lines.length - 1});
	});

	test('that lets its message arrive is told with the message', async () => {
		const lab = await openPair({tap: true});
		lab.run('fault corrupt-body reply 1');
		await lab.sees('fault-set', {rule: 1});
		expect(await lab.asks('Hello')).toBe('Vorld');
		const unit = await lab.sees('unit', {way: 'reply'});
		expect(unit).toMatchObject({rule: 1});
		expect(unit.isTaken).toBeUndefined();
	});

	test('without a tap is refused with the way there', async () => {
		const lab = await openPair();
		lab.run('fault drop reply 3');
		expect(await lab.sees('command-failed')).toMatchObject({next: '/tap on, then again'});
	});
});
