/** The end comes when it is asked for, whatever is still to be done; and when nobody is there any more. */
import process from 'node:process';
import {
	describe,
	expect,
	onTestFinished,
	test,
} from 'vitest';
import {Request} from 'zeromq';
import {freePort, program, quoted} from '../helpers/program.js';
import {childrenOf, isRunning, onlyChildOf} from '../helpers/processes.js';
import {until} from '../helpers/socket-waits.js';
import {
	expectTerminalBack,
	isUp,
	labIn,
	quickPair,
	runInScript,
	startInScript,
	statusOf,
} from '../helpers/trusted-terminal.js';

describe('nothing holds the exit', () => {
	test.each([
		['a request for a port where nobody listens', [], ['/disconnect', '/connect tcp://127.0.0.1:1', 'Hello']],
		['the linger of a closed socket', [], ['/disconnect', '/connect tcp://127.0.0.1:1', 'Hello', '/close']],
		['a delay that has begun', ['--delay', '1h'], ['Hello']],
		['a reply held back', [], ['/@server-1 hold', 'Hello']],
		['exchanges that run flat out', ['--delay', 'off'], ['/every 0ms Hello']],
	])('%s', async (_, flags, lines) => {
		const terminal = await startInScript({command: program(...freePort, ...flags)});
		for (const line of lines) {
			terminal.submit(line);
		}

		await terminal.waitFor(/\b[1-9]\d* asked/v);
		terminal.submit('/quit');
		expect(await statusOf(terminal)).toBe(0);
		expectTerminalBack(terminal);
	});

	test('many clients, each with a request that is not answered', async () => {
		const terminal = await startInScript({command: program(...freePort, '--delay', '1h')});
		const endpoint = /tcp:\/\/127\.0\.0\.1:\d+/v.exec(terminal.row(0))?.[0] ?? '';
		await askFromMany(endpoint, 50);
		await terminal.waitFor('listening · 51 peers');
		terminal.submit('/quit');
		expect(await statusOf(terminal)).toBe(0);
		expectTerminalBack(terminal);
	});

	test('a lab that does not answer', async () => {
		const terminal = await startInScript();
		const lab = labIn(terminal);
		process.kill(lab, 'SIGSTOP');
		terminal.submit('/quit');
		expect(await statusOf(terminal)).toBe(0);
		expectTerminalBack(terminal);
		expect(isRunning(lab)).toBe(false);
	});
});

describe('nobody is there any more', () => {
	test('the window is closed: the program and its lab end', async () => {
		const terminal = runInScript(`script --quiet --command ${quoted([quoted(program(...quickPair))])} /dev/null`);
		await isUp(terminal);
		const window = onlyChildOf(terminal.pid);
		const [shell = 0] = childrenOf(window);
		const [running = shell] = childrenOf(shell);
		const family = [running, ...childrenOf(running)];
		process.kill(window, 'SIGKILL');
		await until(() => family.every(pid => !isRunning(pid)), 'the program and its lab have ended');
	});

	test('the output is read no more', async () => {
		const terminal = runInScript(`${quoted(program('--json', ...freePort))} | head -n 1; (exit \${PIPESTATUS[0]})`);
		expect(await statusOf(terminal)).toBe(1);
		expectTerminalBack(terminal);
	});
});

/** Connects that many foreign clients, and has each of them ask. */
async function askFromMany(endpoint: string, count: number): Promise<void> {
	for (let asked = 0; asked < count; asked++) {
		const client = new Request({linger: 0});
		onTestFinished(() => {
			client.close();
		});
		client.connect(endpoint);
		await client.send('Hello');
	}
}
