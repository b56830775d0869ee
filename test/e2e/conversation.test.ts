/** A conversation, end to end: real sockets, the built program, a real terminal, at three sizes. */
import {describe, expect, test} from 'vitest';
import {openPlayground, sizes} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';

const withDelay = (delay: string): readonly string[] => [...freePort, '--delay', delay, '--seed', '7'];

describe.each(sizes)('at %s', (_, size) => {
	test('it starts into a working pair; a question is answered, and both machines go round', async () => {
		const playground = await openPlayground({...size, flags: withDelay('2s')});
		expect(playground.buffer()).toBe('alternate');
		expect(playground.row(0)).toMatch(/zmq-playground {2}pair .*nothing asked yet · #\d+$/v);
		await playground.bothStand('IDLE');
		await playground.sees('client-1', 'Type Hello and press Enter');
		await playground.holds('');
		await playground.cursorIsAt(0);
		expect(playground.modes().cursorVisible).toBe(true);
		await playground.hasWholeBorders();

		playground.submit('Hello');
		await playground.bothStand('AWAITING-REPLY');
		await playground.sees('client-1', '▸ Hello');
		await playground.sees('client-1', /waits \d(?:\.\d)? s for a reply/v);
		await playground.sees('server-1', '▸ Hello');
		await playground.sees('server-1', /owes a reply · \d(?:\.\d)? s left ▰*▱/v);
		await playground.bothStand('REPLIED');
		await playground.sees('server-1', /◂ World +after \d+(?:\.\d+)? m?s/v);
		await playground.sees('client-1', /◂ World +\d+(?:\.\d+)? m?s/v);
		await playground.sees('client-1', 'may send a request');
		await playground.ask('Again', 2);
	});

	test('a server holds its reply until it is released; a second request meanwhile is refused by libzmq, explained, and given back', async () => {
		const playground = await openPlayground({...size, flags: withDelay('100ms')});
		playground.submit('/hold');
		await playground.sees('server-1', 'HOLD');
		playground.submit('Hello');
		await playground.bothStand('AWAITING-REPLY');
		await playground.sees('server-1', /owes a reply · held \d/v);
		playground.submit('Are you there?');
		await playground.sees('client-1', 'EFSM: not sent: Are you there?');
		await playground.sees('client-1', '/restart frees the');
		await playground.holds('Are you there?');
		await playground.waitFor('your text is back');
		await playground.stands('client-1', 'AWAITING-REPLY');
		expect(playground.row(0)).toContain('1 asked');

		// The way out is a command: it takes the place of the refused text.
		playground.submit('/release');
		await playground.bothStand('REPLIED');
		await playground.sees('client-1', '◂ World');
		await playground.sees('server-1', 'delay 100ms');
		await playground.holds('');
		playground.press('Up', 'Up');
		await playground.holds('Are you there?');
		playground.press('Enter');
		await playground.waitFor('2 asked');
		await playground.bothStand('REPLIED');
	});

	test('delays: set, once, longer and shorter', async () => {
		const playground = await openPlayground({...size, flags: withDelay('off')});
		await playground.sees('server-1', 'delay off');
		playground.submit('/delay 200ms..2s');
		await playground.sees('server-1', 'delay 200ms..2s');
		playground.submit('/delay 100ms');
		await playground.sees('server-1', /delay 100ms/v);
		playground.submit('/delay once 300ms');
		await playground.sees('server-1', /delay 100ms · next/v);
		await playground.sees('server-1', 'delay of the next reply: 300ms');
		await playground.ask('slow', 1);
		await playground.sees('server-1', /after 3\d\d(?:\.\d+)? ms/v);
		await playground.sees('server-1', /delay 100ms · repl/v);
		await playground.ask('quick', 2);
		await playground.sees('server-1', /after 1\d\d(?:\.\d+)? ms/v);
		playground.press('Shift+Up');
		await playground.sees('server-1', /delay 200ms · repl/v);
		playground.press('Shift+Down');
		await playground.sees('server-1', /delay 100ms · repl/v);
		playground.press('Shift+Down');
		await playground.sees('server-1', /delay 50ms · repl/v);
		playground.submit('/delay soon');
		await playground.waitFor('“soon” is no delay');
	});

	test('by hand: the person is the server', async () => {
		const playground = await openPlayground({...size, flags: withDelay('100ms')});
		await playground.goTo('server-1');
		playground.submit('/by-hand');
		await playground.sees('server-1', '· by hand');
		await playground.goTo('client-1');
		playground.submit('A margherita, please');
		await playground.sees('server-1', /owes a reply for \d.* · type it here/v);
		await playground.goTo('server-1');
		playground.submit('Coming right up');
		await playground.sees('client-1', '◂ Coming right up');
		await playground.bothStand('REPLIED');

		// Nothing is owed any more.
		playground.submit('And a coffee');
		await playground.sees('server-1', 'EFSM: not sent: And a coffee');
		await playground.sees('server-1', /then\s+reply\s+once\./v);
		await playground.holds('And a coffee');
		await playground.waitFor('your text is back');
		playground.submit('/reply-with {upper} {count}');
		await playground.sees('server-1', 'replies “{upper}');
		await playground.goTo('client-1');
		await playground.ask('pasta', 2);
		await playground.sees('client-1', '◂ PASTA 2');
	});
});

describe('out of turn', () => {
	test('of two requests typed at once the second is refused, and given back', async () => {
		const playground = await openPlayground();
		playground.type('Hello\rAre you there?\r');
		await playground.sees('client-1', 'EFSM: not sent: Are you there?');
		await playground.holds('Are you there?');
	});

	test('a client that has not asked may not receive', async () => {
		const playground = await openPlayground();
		playground.submit('/receive');
		await playground.sees('client-1', 'EFSM: not received');
		await playground.sees('client-1', 'A REQ has to send before it may');
		await playground.stands('client-1', 'IDLE');
	});

	test('a server that owes a reply may not receive', async () => {
		const playground = await openPlayground();
		playground.submit('/hold');
		playground.submit('Hello');
		await playground.sees('server-1', /held \d/v);
		playground.submit('/@server-1 receive');
		await playground.sees('server-1', 'EFSM: not received');
		await playground.sees('server-1', 'A REP that owes a reply may not');
		await playground.stands('server-1', 'AWAITING-REPLY');
	});

	test('after its time-out a client awaits the reply still, and takes a late one by /receive', async () => {
		const playground = await openPlayground({flags: [...freePort, '--timeout', '200ms']});
		playground.submit('/hold');
		playground.submit('Hello');
		await playground.sees('client-1', 'no reply within');
		await playground.sees('client-1', /reply may never come|a late reply may come/v);
		await playground.stands('client-1', 'AWAITING-REPLY');
		playground.submit('/receive');
		await playground.sees('client-1', 'EAGAIN: not received');
		playground.submit('/release');
		await playground.stands('server-1', 'REPLIED');
		await playground.stands('client-1', 'AWAITING-REPLY');
		playground.submit('/receive');
		await playground.sees('client-1', /◂ World +late/v);
		await playground.stands('client-1', 'REPLIED');
	});
});
