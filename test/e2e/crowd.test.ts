/** Several of each, end to end: many clients become a list with one of them in full, and each can be reached. */
import {describe, expect, test} from 'vitest';
import {openPlayground, sizes, type Playground} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';

const roomy = ['200x60', {columns: 200, rows: 60}] as const;

/** Waits until the input line is that of a peer. */
const isAt = async (playground: Playground, peer: string): Promise<string> => playground.waitFor(` ${peer} ›`);

/** The rows of the list of clients, without its title. */
const listOf = (playground: Playground): readonly string[] => playground.pane('clients').split('\n').slice(1);

describe.each([...sizes, roomy])('at %s', (_, size) => {
	test('twenty clients are added, all are answered, and any of them can be gone to', async () => {
		const playground = await openPlayground({...size, flags: [...freePort, '--delay', '5ms']});
		playground.submit('/client add 20');
		await playground.waitFor('clients 21');
		playground.submit('/@clients send Hello');
		await playground.waitFor('21 asked');
		await playground.sees('clients', '21 replied');
		await playground.hasWholeBorders();
		expect(listOf(playground).every(row => /● client-\d+ +replied +World /v.test(row))).toBe(true);

		playground.submit('/focus client-17');
		await isAt(playground, 'client-17');
		await playground.sees('client-17', '◂ World');
		await playground.sees('clients', /▸● client-17 /v);
		playground.press('Tab');
		await isAt(playground, 'server-1');
		await playground.sees('server-1', 'listening · 21 peers');
		playground.press('Tab');
		await isAt(playground, 'client-17');
		playground.press('Alt+Down');
		await isAt(playground, 'client-18');
		playground.press('Escape');
		await playground.waitFor(' client-18 › browsing');
		playground.press('Alt+Up', 'Alt+Up');
		await playground.waitFor(' client-16 › browsing');
		playground.press('Enter');
		await playground.holds('');
		playground.press('Alt+2');
		await isAt(playground, 'server-1');
		playground.press('Alt+1');
		await isAt(playground, 'client-16');

		playground.submit('/remove');
		await playground.waitFor('clients 20');
		await isAt(playground, 'client-1');
		playground.submit('/focus client-16');
		await playground.waitFor('there is no client-16: did you mean client-1');
	});
});

test('at one slow server the list says who is served, and who comes next', async () => {
	const playground = await openPlayground({columns: 120, rows: 40, flags: [...freePort, '--delay', '5ms']});
	playground.submit('/hold');
	await playground.sees('server-1', 'HOLD');
	playground.submit('/client add 3');
	await playground.sees('server-1', 'listening · 4 peers');
	for (const number of [2, 4, 1, 3]) {
		playground.submit(`/@client-${number} send from ${number}`);
		await playground.sees('clients', new RegExp(`client-${number} +awaiting-reply +from ${number}`, 'v'));
	}

	await playground.sees('server-1', 'to client-2 · next client-3, client-4, client-1');
	await playground.sees('clients', /client-1 .*3rd/v);
	await playground.sees('clients', /client-2 .*now/v);
	playground.submit('/release');
	await playground.sees('clients', '4 replied');
	expect(playground.pane('server-1').match(/▸ from \d/gv)).toEqual(['▸ from 2', '▸ from 3', '▸ from 4', '▸ from 1']);
});

test('the scene pool shows one client and its servers', async () => {
	const playground = await openPlayground({columns: 120, rows: 40, flags: [...freePort, '--delay', '5ms']});
	playground.submit('/scene pool');
	await playground.sees('servers', /server-3 +idle/v);
	await playground.sees('servers', 'none owes a reply');
	for (let count = 1; count <= 3; count++) {
		playground.submit(`question ${count}`);
		await playground.sees('servers', new RegExp(`server-${count} +replied +World`, 'v'));
	}

	await playground.hasWholeBorders();
});
