/** Step by step in a real terminal: Enter on an empty line is the next move. */
import {expect, test} from 'vitest';
import {openPlayground} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';

test('Enter on an empty line lets the next call go; what is typed and dropped comes back', async () => {
	const playground = await openPlayground({columns: 80, rows: 24, flags: [...freePort, '--delay', 'off']});
	await playground.sees('client-1', 'connected');
	playground.submit('/step on');
	await playground.waitFor('nobody is about to send or receive');
	playground.submit('Hello');
	await playground.sees('client-1', 'is about to send');
	expect(playground.row(0)).toContain('nothing asked yet');
	playground.press('Enter');
	await playground.sees('server-1', 'is about to send');
	await playground.waitFor('client-1 is about to receive: Enter lets it go');
	playground.press('Enter');
	await playground.waitFor('server-1 is about to send: Enter lets it go');
	playground.press('Enter');
	await playground.sees('client-1', '◂ World');
	playground.submit('Again');
	await playground.sees('client-1', 'is about to send');
	playground.submit('/restart');
	await playground.holds('Again');
});

test('a broker goes hop by hop: what it would give to whom stands above the input line', async () => {
	const playground = await openPlayground({columns: 120, rows: 40, flags: [...freePort, '--delay', 'off']});
	playground.submit('/scene broker');
	await playground.sees('worker-1', 'connected');
	await playground.sees('client-1', 'connected');
	playground.submit('/step on');
	await playground.waitFor('nobody is about to send or receive');
	playground.submit('Hello');
	await playground.waitFor('client-1 is about to send: Enter lets it go');
	playground.press('Enter');
	await playground.waitFor('then broker is about to give ana │ Hello to the next worker');
	playground.press('Enter');
	await playground.waitFor(' broker is about to give ana │ Hello to the next worker: Enter lets it go');
	playground.press('Enter');
	await playground.waitFor('broker is about to receive from a client: Enter lets it go');
	playground.press('Enter');
	await playground.waitFor('worker-1 is about to send: Enter lets it go');
	playground.submit('/step workers');
	await playground.waitFor('broker is about to give World back to ana');
	await playground.sees('client-1', 'AWAITING-REPLY');
	playground.submit('/step off');
	await playground.sees('client-1', '◂ World');
});
