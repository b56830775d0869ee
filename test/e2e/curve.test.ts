/** Encryption from the keyboard: the panes say whether it is on, why a handshake fails, and what mends it. */
import {describe, test} from 'vitest';
import {freePort} from '../helpers/program.js';
import {openPlayground, sizes} from '../helpers/playground.js';

describe.each(sizes)('at %s', (_, size) => {
	test('/curve on, wrong-server-key, and on again', async () => {
		const playground = await openPlayground({...size, flags: [...freePort, '--delay', 'off']});
		playground.submit('/curve on');
		await playground.sees('client-1', '◆ CURVE');
		await playground.sees('server-1', '◆ CURVE');
		await playground.sees('client-1', 'connected');
		await playground.ask('Hello');

		playground.submit('/curve wrong-server-key');
		await playground.sees('client-1', 'EPIPE');
		// The smallest screen has no line for the client's settings, and the remedy is below its edge.
		const isSmallest = size.rows === 16;
		await playground.sees('client-1', isSmallest ? 'no handshake (EPIPE)' : '✗ CURVE: wrong keys?');
		await playground.sees('server-1', '✗ CURVE: wrong keys?');
		await playground.sees('server-1', isSmallest ? 'ERR_ZMTP_CRYPTOGRAPHIC' : /\/curve\s+on/v);
		await playground.hasWholeBorders();

		playground.submit('/curve on');
		await playground.sees('client-1', '◆ CURVE');
		await playground.sees('client-1', 'connected');
		await playground.ask('Again', 2);
	});
});

test('with a broker: its pane, its clients’ and its workers’ show the lock; what is wrong is wrong with the clients', async () => {
	const playground = await openPlayground({columns: 120, rows: 40, flags: [...freePort, '--delay', 'off']});
	playground.submit('/scene broker');
	await playground.sees('client-1', '◇ plain');
	await playground.sees('worker-1', '◇');
	playground.submit('/curve on');
	await playground.sees('broker', '◆ CURVE, lets in ANY key');
	await playground.sees('client-1', '◆ CURVE');
	await playground.sees('worker-1', '◆ CURVE');
	await playground.ask('Hello');
	playground.submit('/curve stranger');
	await playground.sees('broker', '◆ CURVE, lets in worker-1');
	await playground.sees('client-1', '✗ CURVE: not allowed');
	await playground.sees('worker-1', '◆ CURVE');
	playground.submit('/allow client-1');
	await playground.sees('broker', 'only these are let in');
	playground.submit('/@client-1 restart');
	await playground.sees('client-1', '◆ CURVE');
	await playground.ask('Again', 2);
});

test('at first it is plain, and the scene secure is not; the allow-list stands in the server’s pane', async () => {
	const playground = await openPlayground({columns: 120, rows: 40});
	await playground.sees('server-1', '◇ plain');
	await playground.sees('client-1', '◇ plain');
	playground.submit('/scene secure');
	await playground.sees('server-1', 'lets in ANY key');
	playground.submit('/deny client-1');
	await playground.sees('server-1', 'lets in nobody');
	playground.submit('/@client-1 restart');
	await playground.sees('client-1', '✗ CURVE: not allowed');
	await playground.sees('server-1', 'client-1’s key');
	playground.submit('/allow client-1');
	await playground.sees('server-1', 'lets in client-1');
	playground.submit('/@client-1 restart');
	await playground.sees('client-1', '◆ CURVE');
	await playground.ask('Hello');
});
