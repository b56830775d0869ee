/** Scripts on the built program: exit statuses, what is told where, and inputs that are none. */
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {event as eventSchema} from '../../source/recording/schema.js';
import {run, start} from '../helpers/shell.js';

const script = async (source: string | Uint8Array, ...flags: readonly string[]): ReturnType<typeof run> => run(['run', '-', ...flags], {stdin: source});

/** A file that is gone when the test is over. */
function fileWith(content: string | Uint8Array): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'script-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	const file = path.join(folder, 'test.zmqp');
	writeFileSync(file, content);
	return file;
}

const examples = readdirSync(new URL('../scripts/', import.meta.url));

test.each(examples)('the example %s holds', async name => {
	const {status, stdout, stderr} = await run(['run', `test/scripts/${name}`]);
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	expect(stdout).toMatch(/\d expectations held\n$/);
});

test('there are examples', () => {
	expect(examples.length).toBeGreaterThanOrEqual(6);
});

test('a failed expectation tells the line, what was expected, what was so, and the last events; nothing after it runs', async () => {
	const {status, stdout, stderr} = await script('@server-1 hold\nwait client-1 is connected\nsend Hello\nexpect client-1 is replied within 50ms\nsend never\n');
	expect(status).toBe(1);
	expect(stderr).toMatch(/^stdin:4: expect client-1 is replied within 50ms\n {2}expected: {2}client-1 is replied within 50 ms\n {2}was so: {4}client-1 is awaiting-reply since 0\.\d s \(after \d+ ms\)\n {2}last events:\n/);
	expect(stderr).toMatch(/#\d+ +client-1 +sent +Hello/);
	expect(stdout).toMatch(/ 4 ✗ expect/);
	expect(stdout).not.toContain('never');
});

test('a wait that is in vain ends by its limit, with the same report', async () => {
	const {status, stderr} = await script('wait clients >= 7 for 20ms\n');
	expect(status).toBe(1);
	expect(stderr).toContain('was so:    there is 1 client');
});

test('a command that can’t be done ends the script; what libzmq refuses does not', async () => {
	expect(await script('@client-9 send Hello\n')).toMatchObject({status: 1, stderr: expect.stringContaining('not done:  there is no peer @client-9') as string});
	expect(await script('receive\n')).toMatchObject({status: 1, stderr: expect.stringContaining('could mean several peers') as string});
	expect(await script('open\n')).toMatchObject({status: 1});
	expect(await script('@client-1 receive\nexpect event refused of client-1\n')).toMatchObject({status: 0, stderr: ''});
});

test('each command is over before the next: what it changed can be expected at once', async () => {
	const lines = ['@client-1 timeout 7s', 'expect client-1 option timeout is 7s', '@client-1 restart', 'expect client-1 sockets = 2', '@server-1 close', 'expect server-1 is closed', '@client-1 send Hello', 'expect client-1 is awaiting-reply', 'reset', 'expect client-1 is idle'];
	expect(await script(lines.join('\n'))).toMatchObject({status: 0, stderr: ''});
});

test('a script with mistakes does not begin: all are told, with exit status 2', async () => {
	const {status, stdout, stderr} = await script('send Hello\nsned Hello\nexpect client-1 is replid\n');
	expect({status, stdout}).toEqual({status: 2, stdout: ''});
	expect(stderr).toBe('stdin:2:1: there is no command sned: did you mean send?\nstdin:3:20: “replid” is not a word for a peer: did you mean replied?\n');
});

test('--json gives the events, a line for each expectation, and the same exit status', async () => {
	const {status, stdout} = await script('@server-1 delay off\nsend Hello\nwait client-1 is replied\nexpect last reply is Welt\n', '--json', '--seed', '7');
	expect(status).toBe(1);
	const lines = stdout.trimEnd().split('\n').map(line => JSON.parse(line) as {readonly type: string});
	expect(lines.filter(({type}) => type === 'expectation')).toMatchObject([
		{v: 1, line: 3, kind: 'wait', condition: 'client-1 is replied', held: true},
		{v: 1, line: 4, kind: 'expect', condition: 'last reply is Welt', held: false, was: 'the last reply is "World"'},
	]);
	const events = lines.filter(({type}) => type !== 'expectation');
	expect(events.every(event => eventSchema.safeParse(event).success)).toBe(true);
	expect(events).toContainEqual(expect.objectContaining({type: 'lab-started', seed: 7}));
	expect(events.at(-1)).toMatchObject({type: 'lab-ended'});
});

test('--set replaces what the script sets, and nothing else', async () => {
	const source = 'set body = Hello\n@server-1 delay off\nsend $body\nwait client-1 is replied\nexpect last request is "Good day"\n';
	expect(await script(source, '--set', 'body=Good day')).toMatchObject({status: 0});
	expect(await script(source)).toMatchObject({status: 1});
	expect(await script(source, '--set', 'bodi=x')).toMatchObject({status: 2, stdout: '', stderr: expect.stringContaining('did you mean body?') as string});
});

describe('what is no script', () => {
	test.each<[what: string, content: string | Uint8Array]>([
		['bytes', Uint8Array.of(0xFF, 0xFE, 0x00, 0x80)],
		['zero bytes', 'send \0\n'],
	])('%s', async (_, content) => {
		expect(await run(['run', fileWith(content)])).toMatchObject({status: 2, stdout: '', stderr: expect.stringContaining('no text') as string});
	});

	test.each([
		['/nowhere/at-all.zmqp', 'there is no such file or directory\ncheck the path'],
		['/', 'it is a directory\nname a file in it'],
	])('%s', async (file, told) => {
		expect(await run(['run', file])).toEqual({status: 2, stdout: '', stderr: `${file}: it can’t be read: ${told}\n`});
	});

	test('a text of another kind: its first mistakes are told', async () => {
		const {status, stderr} = await script('pizza\n'.repeat(50_000));
		expect(status).toBe(2);
		expect(stderr.split('\n').slice(-3)).toEqual(['stdin:20:1: there is no command pizza: the readme names the commands', 'stdin: no more than 20 mistakes are told at once', '']);
	});

	test('an endless file', async () => {
		expect(await run(['run', '/dev/zero'])).toMatchObject({status: 2, stderr: expect.stringContaining('larger than 8.0 MB') as string});
	});

	test('a word of a megabyte', async () => {
		const {status, stderr} = await script('x'.repeat(1_000_000));
		expect(status).toBe(2);
		expect(stderr.length).toBeLessThan(1000);
	});
});

test('a message of a megabyte is a message', async () => {
	const {status, stdout} = await script(`@server-1 delay off\nsend ${'x'.repeat(1_000_000)}\nwait client-1 is replied\n`);
	expect(status).toBe(0);
	expect(stdout.length).toBeLessThan(20_000);
});

test('a script from Windows is a script, and its last line needs no end', async () => {
	const {status, stdout, stderr} = await script('\u{FEFF}# Hello\r\n@server-1 delay off\r\nsend Hello\r\nwait client-1 is replied\r\nexpect last request is Hello');
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	expect(stdout).toMatch(/^stdin: 1 expectation held$/m);
});

test('an empty script holds', async () => {
	expect(await script('')).toMatchObject({status: 0, stdout: expect.stringMatching(/^stdin: done; it expected nothing$/m) as string, stderr: ''});
});

test('Ctrl+C ends a wait at once, with exit status 1', async () => {
	const running = start(['run', fileWith('@server-1 hold\nsend Hello\nwait client-1 is replied for 1h\n')]);
	await running.says(/^ {3}2 +send/v);
	running.kill('SIGINT');
	const {status, stderr} = await running.end();
	expect({status, stderr: stderr.split('\n', 1)[0]}).toMatchObject({status: 1, stderr: expect.stringMatching(/:[23]: stopped before its end$/) as string});
});

describe('wrong usage', () => {
	test.each<[argv: readonly string[], text: RegExp]>([
		[[], /a script is missing/],
		[['a.zmqp', 'b.zmqp'], /one script/],
		[['-', '--pause'], /add --on-screen/],
		[['-', '--on-screen'], /name of its file/],
		[['a.zmqp', '--on-screen', '--json'], /exclude each other/],
		[['test/scripts/efsm.zmqp', '--on-screen'], /needs a terminal/],
		[['-', '--set', 'x'], /--set name=value/],
		[['-', '--set', 'x=1', '--set', 'x=2'], /set twice/],
	])('%s', async (argv, text) => {
		const {status, stdout, stderr} = await run(['run', ...argv]);
		expect({status, stdout}).toEqual({status: 2, stdout: ''});
		expect(stderr).toMatch(text);
	});
});
