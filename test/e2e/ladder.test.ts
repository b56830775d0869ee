/** The ladder and the exports in the real program: typed, browsed, written. */
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {readCsv} from '../exports/csv-reader.js';
import {openPlayground, sizes} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';

const atOnce: readonly string[] = [...freePort, '--delay', 'off'];

test.each(sizes)('at %s the ladder grows with what is asked, is browsed, and goes', async (_, size) => {
	const playground = await openPlayground({...size, flags: atOnce});
	playground.submit('/ladder');
	await playground.waitFor('╭ ladder');
	playground.submit('Hello');
	// On a machine that is slow an arrow has two rows: where it left, and where it arrived.
	await playground.waitFor(/[━╌] Hello [━╌][^\u{25B8}]*\u{25B8}[\s\S]*◂[━╌][\s\S]*[━╌] World [━╌]/v);
	await playground.hasWholeBorders();
	playground.press('Escape');
	await playground.waitFor('browsing');
	playground.press('Up');
	await playground.waitFor(/#\d+ reply World · server-1 to client-1/v);
	playground.press('Up');
	await playground.waitFor(/#\d+ request Hello · client-1 to server-1/v);
	playground.press('Down');
	await playground.waitFor(/#\d+ reply World · server-1 to client-1/v);
	playground.press('l');
	await playground.waitFor('╭ client-1');
});

test('an export is written once, and again only when told so', async () => {
	const directory = await mkdtemp(path.join(tmpdir(), 'exports-'));
	onTestFinished(async () => rm(directory, {recursive: true}));
	const playground = await openPlayground({columns: 160, rows: 40, flags: atOnce});
	await playground.ask('Hello');
	const file = path.join(directory, 'lab.csv');
	playground.submit(`/export ${file}`);
	await playground.waitFor(`written to ${file}`);
	expect(readCsv(await readFile(file, 'utf8'))[1]).toEqual(expect.arrayContaining(['client-1', 'server-1', 'replied', 'Hello', 'World']));
	await playground.ask('Again', 2);
	playground.submit(`/export ${file}`);
	await playground.waitFor('EEXIST');
	expect(readCsv(await readFile(file, 'utf8'))).toHaveLength(2);
	playground.submit(`/export ${file} again`);
	await playground.waitFor(`written to ${file}`);
	expect(readCsv(await readFile(file, 'utf8'))).toHaveLength(3);
	playground.submit('/export lab.png');
	await playground.waitFor('its ending says what a file becomes');
});
