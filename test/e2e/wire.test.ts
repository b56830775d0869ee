/** The tap, end to end: real sockets, the built program, a real terminal. */
import {expect, test} from 'vitest';
import {openPlayground} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';

test('the tap is put in, a message passes, and its bytes are shown with their names; a dropped reply is told where it struck', async () => {
	const playground = await openPlayground({columns: 80, rows: 24, flags: [...freePort, '--delay', 'off']});
	playground.submit('/tap on');
	await playground.sees('client-1', 'tapped:');
	await playground.sees('client-1', 'connected');
	await playground.ask('Hello');
	playground.submit('/wire');
	await playground.waitFor('READY Socket-Type REQ');
	await playground.waitFor('delimiter, body “Hello”');
	playground.press('Up', 'Enter');
	await playground.waitFor(/48 65 6c 6c 6f +Hello +body/v);
	playground.press('Escape');
	await playground.holds('');

	playground.submit('/fault drop reply 1');
	playground.submit('Again');
	await playground.sees('client-1', 'fault 1 (drop reply 1)');
	await playground.sees('client-1', 'its reply was dropped by fault 1');
	playground.submit('/fault');
	await playground.waitFor('struck 1 time');
	await playground.waitFor('taken by fault 1');
	expect(playground.row(0)).toContain('2 asked');
});
