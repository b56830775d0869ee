/** A script on the screen: typed where a person would type it, one key a line, and afterwards the person goes on by hand. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {openPlayground} from '../helpers/playground.js';
import {program} from '../helpers/program.js';

test('a paused script shows each line before it is carried out, and its expectations; then one goes on by hand', async () => {
	const playground = await openPlayground({command: program('run', '--on-screen', '--pause', 'test/scripts/efsm.zmqp')});
	await playground.holds('/@client-1 receive');
	await playground.waitFor('Enter: carry it out');
	expect(playground.pane('client-1')).not.toContain('EFSM');

	playground.press('Enter');
	await playground.sees('client-1', 'EFSM: not received');
	await playground.holds('expect last refusal is EFSM and client-1 is idle');
	await playground.waitFor('Enter: carry it out');
	playground.press('Enter');
	await playground.waitFor('✓ expect last refusal is EFSM');

	playground.press('Escape');
	await playground.waitFor('ended here · go on by hand');
	await playground.holds('');
	playground.submit('/@server-1 delay off');
	await playground.sees('server-1', 'replies “World”');
	playground.press('Ctrl+c');
});

test('by itself it plays to its end, and the exit status says that it held', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'script-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	const file = path.join(folder, 'short.zmqp');
	writeFileSync(file, '@server-1 delay off\nsend Hello\nwait client-1 is replied\nexpect last reply is World\n');
	const playground = await openPlayground({command: program('run', '--on-screen', file)});
	await playground.waitFor('1 expectation held · go on by hand');
	await playground.sees('client-1', '◂ World');
	playground.press('Ctrl+c');
	expect(await playground.waitForExit()).toMatchObject({code: 0});
});
