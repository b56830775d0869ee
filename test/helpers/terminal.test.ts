import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import process from 'node:process';
import {
	describe,
	expect,
	onTestFinished,
	test,
} from 'vitest';
import {openTerminal, type TerminalOptions, type TestTerminal} from './terminal.js';

type Size = Partial<Pick<TerminalOptions, 'columns' | 'rows' | 'env'>>;

/** Runs a command in a small terminal that goes away with the test. */
function open(command: string[], {columns = 40, rows = 6, ...rest}: Size = {}): TestTerminal {
	const terminal = openTerminal({
		command, columns, rows, ...rest,
	});
	onTestFinished(async () => terminal.close());
	return terminal;
}

const node = (script: string, size?: Size): TestTerminal => open([process.execPath, '-e', script], size);
const bash = (script: string, size?: Size): TestTerminal => open(['bash', '-c', script], size);

/** In raw mode, shows all bytes received so far as one JSON string, however the kernel cut them up. */
const keyEcho = String.raw`
	let seen = '';
	process.stdin.setRawMode(true).setEncoding('utf8').on('data', data => {
		seen += data;
		process.stdout.write('\x1B[H\x1B[J' + JSON.stringify(seen));
	});
	process.stdout.write('ready');
`;

/** The message of the error that a promise is rejected with. */
async function failure(promise: Promise<unknown>): Promise<string> {
	try {
		await promise;
	} catch (error) {
		return (error as Error).message;
	}

	throw new Error('It should have failed.');
}

describe('waiting', () => {
	test('takes a text, a pattern or a question, and gives the screen that satisfied it', async () => {
		const terminal = bash(String.raw`printf "one\ntwo 42\n"; read`);
		await terminal.waitFor('two');
		await terminal.waitFor(/two \d+/gv);
		expect(await terminal.waitFor(screen => screen.startsWith('one'))).toBe('one\ntwo 42\n\n\n\n');
		expect(terminal.row(1)).toBe('two 42');
	});

	test('waits for output that is still to come', async () => {
		const terminal = bash(String.raw`printf first; read; printf "\e[H\e[Jsecond"; read`);
		await terminal.waitFor('first');
		const second = terminal.waitFor(screen => screen.includes('second') && !screen.includes('first'));
		terminal.press('Enter');
		await second;
	});

	test('fails at the time limit with the label, the size and the screen', async () => {
		const terminal = bash('printf "a 🚀 b"; read', {columns: 10, rows: 2});
		await terminal.waitFor('b');
		expect(await failure(terminal.waitFor('c', {timeoutMs: 1, label: 'the letter c'}))).toBe([
			'Waited 1 ms in vain for the letter c. The program is running. The normal screen, 10x2:',
			'┌──────────┐',
			'│a 🚀 b    │',
			'│          │',
			'└──────────┘',
		].join('\n'));
	});

	test('fails as soon as the program has ended, with its exit status', async () => {
		const terminal = bash('echo sorry; exit 3');
		const hour = 3_600_000;
		expect(await failure(terminal.waitFor(/thanks/v, {timeoutMs: hour}))).toMatch(/^Waited in vain for \/thanks\/v\. The program ended with code 3\.[\s\S]*│sorry /v);
		expect(await failure(terminal.waitFor('later', {timeoutMs: hour}))).toContain('The program ended with code 3.');
		await terminal.waitFor('sorry');
	});

	test('tells a failing condition from a screen that does not come', async () => {
		const terminal = bash('echo here; read');
		const condition = (): boolean => {
			throw new TypeError('a mistake in the test');
		};

		await expect(terminal.waitFor(condition, {label: 'nothing'})).rejects.toMatchObject({
			message: expect.stringContaining('The test\'s own condition failed, waiting for nothing.') as string,
			cause: new TypeError('a mistake in the test'),
		});
	});
});

describe('the end of the program', () => {
	test('has a code, after all output', async () => {
		const terminal = bash('seq 3000; exit 7', {rows: 3});
		expect(await terminal.waitForExit()).toEqual({code: 7});
		expect(terminal.screen()).toBe('2999\n3000\n');
		expect(terminal.scrollback()).toMatch(/^1\n2\n[\s\S]*\n3000$/v);
	});

	test('or a signal', async () => {
		const terminal = bash('echo up; read');
		await terminal.waitFor('up');
		expect(terminal.pid).toBeGreaterThan(0);
		terminal.kill('SIGTERM');
		expect(await terminal.waitForExit()).toEqual({signal: 'SIGTERM'});
	});

	test('is awaited with a limit', async () => {
		const terminal = bash('echo up; read');
		expect(await failure(terminal.waitForExit({timeoutMs: 1}))).toContain('in vain for the program to end. The program is running.');
	});

	test('comes with close, which may be called twice and ends a program that ignores signals', async () => {
		const terminal = bash('trap "" HUP TERM INT; echo up; while true; do read; done');
		await terminal.waitFor('up');
		await terminal.close();
		await terminal.close();
		expect(await terminal.waitForExit()).toEqual({signal: 'SIGKILL'});
	});

	test('comes with close even before the program has begun', async () => {
		const terminal = bash('read');
		await terminal.close();
		expect(await terminal.waitForExit()).toEqual({signal: 'SIGKILL'});
	});

	test('makes input and resizing harmless', async () => {
		const terminal = bash('exit');
		await terminal.waitForExit();
		terminal.type('x');
		terminal.press('Enter');
		terminal.resize(20, 4);
		terminal.kill('SIGTERM');
	});
});

describe('input', () => {
	test('types text and presses keys as xterm does', async () => {
		const terminal = node(keyEcho);
		await terminal.waitFor('ready');
		terminal.type('hé🚀');
		terminal.press('Up', 'Ctrl+c', 'Alt+x', 'Shift+Tab', 'Enter');
		await terminal.waitFor(JSON.stringify('hé🚀\u{1B}[A\u{3}\u{1B}x\u{1B}[Z\r'));
	});

	test('sends arrows in the form that the program has chosen', async () => {
		const terminal = node(String.raw`process.stdout.write('\x1B[?1h'); ${keyEcho}`);
		await terminal.waitFor('ready');
		terminal.press('Up', 'Ctrl+Up');
		await terminal.waitFor(JSON.stringify('\u{1B}OA\u{1B}[1;5A'));
	});

	test('pastes in brackets only if the program asks for them', async () => {
		const terminal = node(String.raw`process.stdin.once('data', () => process.stdout.write('\x1B[?2004h bracketed')); ${keyEcho}`, {columns: 60});
		await terminal.waitFor('ready');
		terminal.paste('a\nb');
		await terminal.waitFor(() => terminal.modes().bracketedPaste);
		terminal.paste('c\r\nd');
		await terminal.waitFor(JSON.stringify('a\rb\u{1B}[200~c\rd\u{1B}[201~'));
	});

	test('brings a large paste through whole', async () => {
		const terminal = node(String.raw`
			let length = 0;
			process.stdin.setRawMode(true).on('data', data => {
				length += data.length;
				process.stdout.write('\r' + length);
			});
			process.stdout.write('ready');
		`);
		await terminal.waitFor('ready');
		terminal.paste('x'.repeat(200_000));
		await terminal.waitFor('200000');
	});

	test('answers what the program asks of its terminal', async () => {
		const terminal = node(String.raw`${keyEcho} process.stdout.write('\x1B[6n');`);
		await terminal.waitFor(JSON.stringify('\u{1B}[1;6R'));
	});
});

describe('the tty', () => {
	test('is cooked until the program makes it raw, and has no more than the variables of a person', async () => {
		const terminal = node(`
			const names = ['CI', 'NO_COLOR', 'FORCE_COLOR', 'INK_SCREEN_READER', 'EXTRA', 'HOME', 'TERM', 'COLORTERM'];
			console.log(names.map(name => process.env[name]).join());
			process.stdin.once('data', () => process.stdin.setRawMode(true) && console.log('raw'));
		`, {env: {EXTRA: 'extra', HOME: undefined}});
		await terminal.waitFor(',,,,extra,,xterm-256color,truecolor');
		expect(terminal.ttyState()).toEqual({mode: 'cooked', echo: true});
		terminal.press('Enter');
		await terminal.waitFor('raw');
		expect(terminal.ttyState()).toEqual({mode: 'raw', echo: false});
	});

	test('tells the program of a resize', async () => {
		const terminal = node(String.raw`
			const show = () => process.stdout.write('\x1B[H\x1B[J' + process.stdout.columns + 'x' + process.stdout.rows);
			process.stdout.on('resize', show);
			process.stdin.resume();
			show();
		`);
		await terminal.waitFor('40x6');
		terminal.resize(61, 9);
		await terminal.waitFor('61x9');
		expect(terminal.screen().split('\n')).toHaveLength(9);
	});

	test('blocks the program while paused', async () => {
		// The program tells of its full tty by another way: terminal paused -> tty full -> connection -> terminal resumed.
		const server = createServer().listen(0, '127.0.0.1');
		onTestFinished(() => {
			server.close();
		});
		await once(server, 'listening');
		const {port} = server.address() as AddressInfo;
		const terminal = node(String.raw`
			const {openSync, writeSync, constants} = require('node:fs');
			process.stdin.once('data', () => {
				const tty = openSync('/dev/tty', constants.O_WRONLY | constants.O_NONBLOCK);
				try {
					for (;;) writeSync(tty, 'x'.repeat(1000));
				} catch (error) {
					require('node:net').connect(${port}, '127.0.0.1', () => process.stdout.write('\r\n' + error.code));
				}
			});
			process.stdout.write('ready');
		`);
		await terminal.waitFor('ready');
		terminal.pause();
		terminal.press('Enter');
		await once(server, 'connection');
		expect(terminal.screen().trim()).toBe('ready');
		terminal.resume();
		await terminal.waitFor('EAGAIN');
	});
});

test('a command must be a list of strings, which native code does not check', () => {
	expect(() => open([])).toThrow('one or more strings');
	expect(() => open(['bash', 1 as unknown as string])).toThrow('one or more strings');
});
