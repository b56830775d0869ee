/** Calls left pending out of turn, on real sockets: when each fires, and that the lab makes none by accident. */
import {expect, test} from 'vitest';
import {bodyOf, openPair, type TestLab} from '../helpers/lab.js';

/** What was said between the two, in order: `client-1 sent Hello`. */
const talk = (lab: TestLab): readonly string[] =>
	lab.since.flatMap(event => event.type === 'sent' || event.type === 'received' ? [`${event.peer} ${event.type} ${bodyOf(event)}`] : []);

test('a REP’s parked reply answers the next request, and the automatic one yields; the one after that gets its own', async () => {
	const lab = await openPair();
	lab.run('@server-1 park send Too early');
	await lab.sees('parked', {peer: 'server-1', operation: 'send', body: 'Too early'});
	expect(lab.snapshot.peers['server-1']?.parked).toHaveProperty('send');
	expect(lab.stateOf('server-1')).toBe('idle');
	lab.run('send What time is it?');
	expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('Too early');
	await lab.sees('unparked', {peer: 'server-1', operation: 'send'});
	expect(talk(lab).toSorted()).toEqual(['client-1 received Too early', 'client-1 sent What time is it?', 'server-1 received What time is it?', 'server-1 sent Too early']);
	expect(lab.snapshot.peers['server-1']?.parked).toBeUndefined();
	expect(await lab.asks('Hello')).toBe('World');
});

test('a REQ’s parked request goes when the reply is there', async () => {
	const lab = await openPair({replyWith: '{request}!'});
	lab.run('hold', 'send one');
	await lab.sees('held');
	lab.run('@client-1 park send two');
	await lab.sees('parked', {peer: 'client-1', operation: 'send'});
	lab.run('release');
	await lab.sees('received', {peer: 'client-1', body: 'two!'});
	expect(talk(lab).filter(line => line.startsWith('client-1'))).toEqual(['client-1 received one!', 'client-1 sent two', 'client-1 received two!']);
	expect(lab.snapshot.exchanges.tally).toMatchObject({asked: 2, replied: 2, pending: 0});
});

test('a REP’s parked receive takes the next request once the reply is given', async () => {
	const lab = await openPair();
	lab.run('hold', 'send one');
	await lab.sees('held');
	lab.run('@server-1 park receive');
	await lab.sees('parked', {peer: 'server-1', operation: 'receive'});
	lab.run('release');
	await lab.sees('received', {peer: 'client-1'});
	lab.run('send two');
	await lab.sees('unparked', {peer: 'server-1', operation: 'receive'});
	await lab.sees('received', {peer: 'client-1', body: 'World'});
	expect(await lab.asks('three')).toBe('World');
});

test('a REQ’s parked receive takes the reply to the next request', async () => {
	const lab = await openPair();
	lab.run('@client-1 park receive');
	await lab.sees('parked', {peer: 'client-1', operation: 'receive'});
	expect(lab.stateOf('client-1')).toBe('idle');
	expect(await lab.asks('Hello')).toBe('World');
	expect(await lab.asks('Hello again')).toBe('World');
});

test('what is allowed now is made now, and is not parked', async () => {
	const lab = await openPair();
	lab.run('@client-1 park send Hello');
	await lab.sees('received', {peer: 'client-1', body: 'World'});
	expect(lab.all('parked')).toEqual([]);
});

test('one call at a time: a second send is refused by zeromq.js, and the server receives already', async () => {
	const lab = await openPair();
	lab.run('@server-1 park send one');
	await lab.sees('parked');
	lab.run('@server-1 park send two');
	await lab.sees('refused', {peer: 'server-1', operation: 'send', code: 'EBUSY'});
	lab.run('@server-1 park receive');
	await lab.sees('command-failed', {peer: 'server-1'});
	lab.run('@server-1 bind tcp://127.0.0.1:*');
	const {next} = await lab.sees('command-failed', {peer: 'server-1'});
	expect(next).toContain('/unpark');
});

test('unpark takes a new socket; nothing fires any more', async () => {
	const lab = await openPair();
	lab.run('@server-1 park send Too early');
	await lab.sees('parked');
	lab.run('@server-1 unpark');
	await lab.sees('peer-opened', {peer: 'server-1'});
	await lab.comesTo(({peers}) => peers['server-1']?.parked === undefined, 'nothing is parked');
	await lab.isConnected();
	expect(await lab.asks('Hello')).toBe('World');
	lab.run('@server-1 unpark');
	await lab.sees('command-failed', {peer: 'server-1'});
});

test('without a word of /park the lab parks nothing, whatever is attempted out of turn', async () => {
	const lab = await openPair();
	lab.run('@client-1 receive', '@server-1 reply early', 'hold', 'send one', 'send two', '@server-1 receive', 'release');
	await lab.sees('received', {peer: 'client-1'});
	expect(lab.all('parked')).toEqual([]);
	expect(await lab.asks('Hello')).toBe('World');
});
