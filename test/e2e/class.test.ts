/** The teacher's screen and a student's, end to end: two terminals, and the sockets in processes of their own. */
import {describe, expect, onTestFinished, test} from 'vitest';
import {openClassScreen, say} from '../helpers/class-screen.js';
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
	await student.waitFor('the class is over');
	expect((await screen.waitForExit()).code).toBe(0);
});

test('a student who is not let in is told so in the shell', async () => {
	const {screen, line} = await openClassScreen();
	onTestFinished(async () => screen.close());
	const student = openTerminal({command: program('join', line[1] ?? '', '0000-0000', '--name', 'eve'), columns: 100, rows: 28});
	await student.waitFor('this is not the code of the class (or not any more)');
	expect((await student.waitForExit()).code).toBe(1);
	await screen.waitFor('1 turned away');
});
