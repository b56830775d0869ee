/** `/code` in a real terminal: shown, scrolled, copied in the next language, written to a directory and never over what is there. */
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {openPlayground} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';

test('the lab is shown as programs, and written to files', async () => {
	const directory = mkdtempSync(path.join(tmpdir(), 'code-'));
	onTestFinished(() => {
		rmSync(directory, {recursive: true});
	});
	const playground = await openPlayground({columns: 80, rows: 24, flags: freePort});
	await playground.sees('client-1', 'connected');
	playground.submit('/code');
	await playground.waitFor('==== server-1.mts ====');
	await playground.waitFor('new Reply()');
	playground.press('PageDown', 'PageDown', 'PageDown');
	await playground.waitFor('socket.close();');
	playground.press('Tab', 'Tab');
	await playground.waitFor('==== server-1.py ====');
	playground.press('c');
	await playground.waitFor('copied: all programs in python');
	playground.press('Escape');
	await playground.holds('');
	playground.submit(`/code javascript ${directory}/lab`);
	await playground.waitFor('2 programs written to');
	expect(readdirSync(path.join(directory, 'lab')).toSorted()).toEqual(['client-1.mjs', 'server-1.mjs']);
	playground.submit(`/code javascript ${directory}/lab`);
	await playground.waitFor('nothing was overwritten');
});
