/** The teacher's screen and a student's, end to end: two terminals, and the sockets in processes of their own. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, onTestFinished, test} from 'vitest';
import {openClassScreen, say} from '../helpers/class-screen.js';
import {openClass} from '../helpers/classroom.js';
import {Playground} from '../helpers/playground.js';
import {onlyChildOf} from '../helpers/processes.js';
import {program} from '../helpers/program.js';
import {start} from '../helpers/shell.js';
import {openTerminal} from '../helpers/terminal.js';

describe.each([[120, 40], [60, 16]])('a class on %i columns', (columns, rows) => {
	test('shows who waits; the teacher answers by hand, crashes for one, shows one, and sends one out', async () => {
		const {screen, line} = await openClassScreen({columns, rows});
		onTestFinished(async () => screen.close());
		await say(screen, '/by-hand');
		const ana = start([...line, '--name', 'ana']);
		ana.write('A margherita, please\n');
		await screen.waitFor(/◐ ana +waits/v);
		await say(screen, 'With basil');
		await ana.says(/^◂ With basil/v);
		await screen.waitFor(/● ana +replied/v);
		const bo = start([...line, '--name', 'bo', '--timeout', 'off']);
		bo.write('Hello\n');
		await screen.waitFor(/◐ bo +waits/v);
		await say(screen, '/@bo crash');
		await screen.waitFor(/⚠ bo +STUCK/v);
		await say(screen, '/show ana');
		await screen.waitFor(/◂ With basil +by hand/v);
		screen.press('Escape');
		await screen.waitFor(/⚠ bo +STUCK/v);
		await say(screen, '/out bo');
		await screen.waitFor(/✗ bo +sent out/v);
		expect(await bo.end()).toMatchObject({status: 1, stderr: expect.stringContaining('the teacher has sent you out of the class') as string});
		screen.type('/lokc\r');
		await screen.waitFor('there is no command /lokc: did you mean /lock?');
	}, 90_000);
});

test('the student has a client of the playground, encrypted, and is told when the class is over', async () => {
	const {screen, line} = await openClassScreen();
	onTestFinished(async () => screen.close());
	await say(screen, '/delay off');
	const student = openTerminal({command: program(...line, '--name', 'dora'), columns: 100, rows: 28});
	onTestFinished(async () => student.close());
	await student.waitFor('client-1  REQ  connected');
	student.type('Hello');
	await student.waitFor('› Hello');
	student.press('Enter');
	await student.waitFor(/◂ World/v);
	expect(student.screen()).toMatch(/zmq-playground {2}class as dora/v);
	expect(student.screen()).toContain('◆ CURVE');
	screen.press('Ctrl+c');
	await student.waitFor(' The class is over (see you next time). Ctrl+C leaves');
	// What the pane shows is what the socket did: it is closed.
	await student.waitFor('client-1  REQ  closed');
	expect(await screen.waitForExit()).toMatchObject({code: 0});
});

test('a student whose class dies is told what to do, and so is one whose own process dies', async () => {
	const {screen, line} = await openClassScreen();
	onTestFinished(async () => screen.close());
	const student = openTerminal({command: program(...line, '--name', 'dora'), columns: 80, rows: 24});
	onTestFinished(async () => student.close());
	await student.waitFor('client-1  REQ  connected');
	process.kill(onlyChildOf(screen.pid), 'SIGKILL');
	await student.waitFor('The class can’t be reached. Is there a new line on the wall? Ctrl+C, then join');
	process.kill(onlyChildOf(student.pid), 'SIGKILL');
	await student.waitFor('the process of your client died (SIGKILL); join again');
	student.press('Ctrl+c');
	expect(await student.waitForExit()).toMatchObject({code: 0});
});

test('a class whose process dies is not shown as open', async () => {
	const {screen} = await openClassScreen();
	onTestFinished(async () => screen.close());
	process.kill(onlyChildOf(screen.pid), 'SIGKILL');
	expect(await screen.waitFor('the process of the class died (SIGKILL)')).not.toContain('npx zmq-playground join');
});

test('a student who is not let in is told so in the shell', async () => {
	const {screen, line} = await openClassScreen();
	onTestFinished(async () => screen.close());
	const student = openTerminal({command: program('join', line[1] ?? '', '0000-0000', '--name', 'eve'), columns: 100, rows: 28});
	await student.waitFor('this is not the code of the class (or not any more)');
	expect(await student.waitForExit()).toMatchObject({code: 1});
	await screen.waitFor('1 turned away');
});

test('a lesson for all: the student takes it on sockets of one’s own, the teacher sees the step, and it goes on when the class is over', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'class-lesson-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true, force: true});
	});
	const room = start(['class', '--endpoint', 'tcp://127.0.0.1:*', '--lesson', 'pizza', '--json']);
	const {code} = JSON.parse(await room.says(/"type":"code-changed"/v)) as {readonly code: string};
	const {door, lesson} = JSON.parse(await room.says(/"type":"class-opened"/v)) as {readonly door: string; readonly lesson: string};
	expect(lesson).toBe('pizza');
	const progress = async (pattern: RegExp): Promise<unknown> => JSON.parse(await room.says(new RegExp(`"type":"progress".*${pattern.source}`, 'v')));

	const student = new Playground({command: program('join', door, code, '--name', 'ana'), columns: 120, rows: 40, env: {XDG_DATA_HOME: folder}});
	onTestFinished(async () => student.close());
	await student.waitFor('in the class as ana: the teacher sees which step you are at');
	await student.waitFor('to do: this ticks by itself');
	expect(await progress(/"step":1/v)).toMatchObject({student: 'ana', lesson: 'pizza', step: 1, of: 6, done: false});
	student.submit('Margherita');
	await student.sees('client-1', '◂ One Margherita');
	await student.waitFor('✓ done');
	student.press('Enter');
	await student.waitFor('step 2 of 6');
	expect(await progress(/"step":2/v)).toMatchObject({student: 'ana', lesson: 'pizza', step: 2, of: 6, done: false});

	room.kill('SIGTERM');
	const {stdout} = await room.end();
	expect(stdout).not.toMatch(/"type":"asked"/v);
	await student.waitFor('your lesson goes on, though the class is over (see you next time)');
	await student.waitFor('to do: this ticks by itself');
	student.submit('Hawaii');
	await student.sees('client-1', '◂ One Hawaii');
	student.press('Ctrl+c');
	expect(await student.waitForExit()).toMatchObject({code: 0});
	await student.waitFor('zmq-playground: the class is over (see you next time)');
}, 90_000);

test('a lesson that is only in another version is named in the shell, and the student has the client of the class', async () => {
	const room = await openClass({lesson: './no-such-lesson.md'});
	const student = new Playground({command: program('join', room.door, room.code, '--name', 'ana'), columns: 100, rows: 28});
	onTestFinished(async () => student.close());
	await student.sees('client-1', 'connected');
	student.submit('Hello');
	await student.sees('client-1', '◂ World');
	student.press('Ctrl+c');
	expect(await student.waitForExit()).toMatchObject({code: 0});
	await student.waitFor('the class takes the lesson “./no-such-lesson.md”, which this version does not have');
});
