/** The famous deadlock, end to end: caused, explained and beaten, in the built program on real sockets. */
import {expect, test} from 'vitest';
import {openPlayground, sizes} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';

test('a server crashes while it owes a reply and comes back: the client says stuck, /why says why, and a way out that it names frees it', async () => {
	const playground = await openPlayground({flags: [...freePort, '--delay', '10s']});
	playground.submit('Hello');
	await playground.bothStand('AWAITING-REPLY');
	// A wait that is no longer short says where the request is.
	await playground.sees('client-1', /held by server-1 for \d s/v);
	playground.submit('/@server-1 crash');
	await playground.sees('client-1', /stuck for \d(?:\.\d)? s: no reply can come/v);
	await playground.sees('client-1', /lost with server-1 at \d\d:\d\d:\d\d/v);
	playground.submit('/@server-1 open');
	await playground.sees('server-1', 'listening · 1 peer');
	await playground.stands('server-1', 'IDLE');
	await playground.sees('client-1', 'stuck for');
	await playground.stands('client-1', 'AWAITING-REPLY');

	playground.submit('/why');
	await playground.waitFor(/client-1 ──waits for──▸ server-1 {2}stuck for/v);
	await playground.waitFor(/where +lost with server-1 at \d\d:\d\d:\d\d \(inferred\)/v);
	await playground.waitFor(/can come\? +no: server-1 received the request/v);
	await playground.waitFor('/@client-1 recover relaxed  may send again');
	await playground.waitFor('a request, which client-1 may not send');

	playground.submit('/@server-1 delay off');
	playground.submit('/@client-1 recover relaxed');
	await playground.sees('client-1', 'may send again');
	playground.submit('Hello again');
	await playground.bothStand('REPLIED');
	await playground.waitFor('Nobody waits for a reply, and nobody owes one.');
	playground.submit('/why');
	await playground.waitFor(screen => !screen.includes('Nobody waits'));
	await playground.hasWholeBorders();
});

test.each(sizes)('at %s the panel fits, and goes with the key that brought it', async (_, size) => {
	const playground = await openPlayground({...size, flags: freePort});
	playground.submit('/hold');
	await playground.sees('server-1', 'HOLD');
	playground.submit('Hello');
	await playground.bothStand('AWAITING-REPLY');
	playground.press('Escape');
	await playground.waitFor('browsing');
	playground.type('d');
	await playground.waitFor(/client-1 ──waits for──▸ server-1/v);
	await playground.waitFor('/@server-1 release  gives the held reply');
	playground.type('d');
	await playground.waitFor(screen => !screen.includes('waits for─'));
	await playground.hasWholeBorders();
});

test('a parked reply is shown, and answers the next request', async () => {
	const playground = await openPlayground({flags: [...freePort, '--delay', 'off']});
	playground.submit('/@server-1 park send Too early');
	await playground.sees('server-1', 'PARKED send');
	playground.submit('Hello');
	await playground.sees('client-1', '◂ Too early');
	await playground.waitFor(() => !playground.pane('server-1').includes('PARKED'), {label: 'nothing is parked'});
	expect(playground.pane('client-1')).not.toContain('◂ World');
});
