/** Time travel on the screen, in the living lab and in a recording: what was is shown as it was, and nothing typed is lost. */
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {openPlayground, Playground, sizes, type Size} from '../helpers/playground.js';
import {freePort, program} from '../helpers/program.js';

const atOnce: readonly string[] = [...freePort, '--delay', 'off'];

function temporaryFile(): string {
	const directory = mkdtempSync(path.join(tmpdir(), 'zmq-travel-'));
	onTestFinished(() => {
		rmSync(directory, {recursive: true, force: true});
	});
	return path.join(directory, 'lab.jsonl');
}

/** Opens a recording on the screen; it ends with the test. */
async function openFile(file: string, flags: readonly string[] = [], {columns = 80, rows = 24}: Partial<Size> = {}): Promise<Playground> {
	const playground = new Playground({command: program('open', file, ...flags), columns, rows});
	onTestFinished(async () => playground.close());
	await playground.waitFor('RECORDING');
	await playground.waitFor('› browsing');
	return playground;
}

/** A recording of two questions, the second of which comes too early at first. */
async function record(file: string): Promise<void> {
	const playground = await openPlayground({flags: [...freePort, '--delay', '1ms', '--record', file]});
	await playground.waitFor('REC');
	await playground.ask('Hello', 1);
	playground.submit('/hold');
	playground.submit('Are you there?');
	await playground.stands('server-1', 'AWAITING-REPLY');
	playground.submit('Too soon');
	await playground.sees('client-1', 'EFSM: not sent: Too soon');
	playground.submit('/@server-1 release');
	await playground.stands('client-1', 'REPLIED');
	playground.press('Ctrl+c');
	await playground.waitForExit();
}

describe.each(sizes)('at %s', (_, size) => {
	test('recorded, quit, opened: a step back shows the earlier state, End the last one', async () => {
		const file = temporaryFile();
		await record(file);
		const playground = await openFile(file, [], size);
		await playground.waitFor(/lab-ended|all sockets/v);
		await playground.hasWholeBorders();
		expect(playground.row(size.rows - 2)).toMatch(/› browsing {2}#1 [^\n\r\u{2028}\u{2029}\u{2717}]*\u{2717}.*● #\d+/v);

		playground.press('X');
		await playground.sees('client-1', 'EFSM: not sent: Too soon');
		await playground.stands('client-1', 'AWAITING-REPLY');
		playground.press('p');
		await playground.waitFor('client-1 sent');
		expect(playground.pane('client-1')).not.toContain('EFSM');
		playground.press('Left');
		await playground.stands('client-1', 'REPLIED');
		playground.press('p');
		await playground.stands('client-1', 'AWAITING-REPLY');
		await playground.waitFor('1 asked');
		playground.press('Home');
		await playground.waitFor('#1 of ');
		playground.press('Left');
		await playground.waitFor('there is no earlier event');
		playground.press('End');
		await playground.sees('client-1', 'closed');
		await playground.hasWholeBorders();
		playground.press('Ctrl+c');
		expect(await playground.waitForExit()).toMatchObject({code: 0});
	});
});

test('in a recording nothing can be sent, and what was typed stays', async () => {
	const file = temporaryFile();
	await record(file);
	const playground = await openFile(file);
	playground.press('Escape');
	await playground.holds('');
	playground.submit('Hello again');
	await playground.waitFor('this is a recording: nothing can be sent');
	await playground.holds('Hello again');
	playground.press('Ctrl+u');
	playground.submit('/quit');
	expect(await playground.waitForExit()).toMatchObject({code: 0});
});

test('the living lab goes on while one looks back; typed text and now come back with Esc', async () => {
	const playground = await openPlayground({flags: atOnce});
	await playground.ask('Hello');
	playground.submit('/every 20ms tick');
	await playground.waitFor(() => playground.asked() > 1, {label: 'it to ask again'});
	playground.type('half a sent');
	await playground.holds('half a sent');
	playground.press('Escape');
	await playground.waitFor('› browsing');
	playground.press('Home', 'n');
	await playground.waitFor('THE PAST');
	await playground.waitFor('client-1 sent  Hello');
	await playground.waitFor(/ 1 asked · #\d/v);
	const since = (): number => Number(/ (?<count>\d{1,9}) more since/v.exec(playground.screen())?.groups?.['count']);
	const before = since();
	await playground.waitFor(() => since() > before + 20, {label: 'events to come while one looks back'});
	expect(playground.asked()).toBe(1);

	playground.press('Shift+Up');
	await playground.waitFor('this is the past: nothing can be sent or changed');
	playground.press('Escape');
	await playground.holds('half a sent');
	await playground.waitFor(() => playground.asked() > 2, {label: 'now to be back'});
	expect(playground.row(0)).not.toContain('THE PAST');
});

test('--speed replays, Space pauses and goes on', async () => {
	const file = temporaryFile();
	await record(file);
	// A reply that takes an hour: whoever waits for it sees that time passes, and at what speed.
	const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
	const at = lines.findIndex(line => line.includes('"type":"received","peer":"client-1"'));
	writeFileSync(file, lines.map((line, index) => index < at ? `${line}\n` : `${line.replace(/"t":(?<t>[\d.]+)/v, (_, t: string) => `"t":${Number(t) + 3_600_000}`)}\n`).join(''));
	const playground = await openFile(file, ['--speed', '60']);
	await playground.waitFor('×60');
	await playground.sees('client-1', /waits \d+ s for a reply/v);
	playground.press('Space');
	await playground.waitFor('Space: play');
	const paused = playground.pane('client-1');
	playground.press('Ctrl+l');
	await playground.waitFor('Space: play');
	expect(playground.pane('client-1')).toBe(paused);
	playground.press('Space');
	await playground.waitFor(() => playground.pane('client-1') !== paused, {label: 'time to pass again'});
	playground.press('End');
	await playground.sees('client-1', 'closed');
});

test('/record says what it does; a file that is there is not overwritten', async () => {
	const file = temporaryFile();
	writeFileSync(file, 'precious');
	const playground = await openPlayground({columns: 120, rows: 40, flags: atOnce});
	playground.submit(`/record ${file}`);
	await playground.waitFor('nothing was overwritten');
	expect(readFileSync(file, 'utf8')).toBe('precious');
	playground.press('Ctrl+u');
	playground.submit(`/record ${file} again`);
	await playground.waitFor('● REC');
	playground.submit('/record off');
	await playground.waitFor('is complete: zmq-playground open shows it');
	await playground.waitFor(screen => !screen.includes('● REC'), {label: 'the sign to go out'});
});

test('a damaged recording says so on the screen', async () => {
	const file = temporaryFile();
	await record(file);
	const lines = readFileSync(file, 'utf8').split('\n');
	writeFileSync(file, lines.with(9, '{').join('\n'));
	const playground = await openFile(file);
	await playground.waitFor('line 10 is damaged: it is no JSON. --skip-damaged reads on');
	expect(playground.row(22)).toContain('● #8');
});
