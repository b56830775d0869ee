/** How the program is called: the help of every front, to the letter, and wrong usage told in two lines, with exit status 2 and nothing done. */
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {fronts} from '../../source/command-line/fronts/registry.js';
import {run} from '../helpers/shell.js';

const argvOf = (front: string): readonly string[] => front === 'playground' ? [] : [front];

describe('--help', () => {
	// After a change that was meant: npx vitest test/headless/usage.test.ts --update
	test.each(fronts.map(({name}) => name))('of %s', async front => {
		const {status, stdout, stderr} = await run([...argvOf(front), '--help']);
		await expect(stdout).toMatchFileSnapshot(`help/${front}.txt`);
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
		expect(stdout.split('\n').every(line => line.length <= 80)).toBe(true);
	});

	test('is asked for in vain by no wrong flag beside it', async () => {
		expect(await run(['--help', '--pizza'])).toMatchObject({status: 2, stdout: ''});
	});

	test('is the usage in the readme', async () => {
		const {stdout} = await run(['--help']);
		const readme = readFileSync(new URL('../../readme.md', import.meta.url), 'utf8');
		const block = /<!-- usage -->(?<block>.*?)<!-- \/usage -->/sv.exec(readme)?.groups?.['block'];
		expect(block, 'readme.md has no <!-- usage --> … <!-- /usage -->').toBeDefined();
		const fenced = /^```\w*\n(?<text>.*?)^```$/msv.exec(block ?? '')?.groups?.['text'];
		expect(fenced, 'between the usage markers of readme.md there is no code fence').toBeDefined();
		expect(fenced?.trim()).toBe(stdout.trim());
	});
});

test('--version is that of the package', async () => {
	const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {readonly version: string};
	expect(await run(['--version'])).toEqual({status: 0, stdout: `${version}\n`, stderr: ''});
});

describe('wrong usage', () => {
	test.each<[argv: readonly string[], reason: string, next: RegExp]>([
		[['--pizza'], 'there is no flag --pizza', /--help/v],
		[['--dealy', '5ms'], 'there is no flag --dealy', /did you mean --delay\?/v],
		[['--dealy=5ms'], 'there is no flag --dealy=5ms', /did you mean --delay\?/v],
		[['-h'], 'there is no flag -h', /did you mean --help\?/v],
		[['-json'], 'there is no flag -json', /did you mean --json\?/v],
		[['--count', '3'], 'there is no flag --count', /--help/v],
		[['client', '--reply', 'x'], 'there is no flag --reply for client', /--help/v],
		[['server', '--timeout', '1s'], 'there is no flag --timeout for server', /--help/v],
		[['probe', '--bind'], 'there is no flag --bind for probe', /--help/v],
		[['--delay'], '--delay needs a value', /--delay <delay>/v],
		[['--json=yes'], '--json takes no value', /--json alone/v],
		[['--delay', '1s', '--delay', '2s'], '--delay is given twice', /once/v],
		[['client', '--bind', '--connect'], '--bind and --connect exclude each other', /one of them/v],
		[['serve'], 'there is no “serve”', /did you mean zmq-playground server\?/v],
		[['pizza'], 'there is no “pizza”', /client or server/v],
		[['--json', 'Hello'], '“Hello” is one word too many', /piped in/v],
		[['--delay', 'long'], '“long” is no delay', /800ms/v],
		[['--delay', '2s..1s'], '“2s..1s” is no delay', /200ms\.\.2s/v],
		[['--delay', '5'], '“5” is no delay', /800ms/v],
		[['--timeout', 'never'], '“never” is no time-out', /--timeout off/v],
		[['--timeout', '0'], '“0” is no time-out', /--timeout off/v],
		[['--seed', 'x'], '“x” is no number for --seed', /whole number/v],
		[['server', '--count', '0'], '“0” is no number for --count', /whole number/v],
		[['server', '--count', '-1'], '“-1” is no number for --count', /whole number/v],
		[['server', 'tcp://127.0.0.1:99999'], 'the port “99999” is not between 1 and 65535', /\* for any free one/v],
		[['client', 'tcp://127.0.0.1:99999'], 'the port “99999” is not between 1 and 65535', /other side listens on/v],
		[['--endpoint', 'tcp://127.0.0.1:99999'], 'the port “99999” is not between 1 and 65535', /\* for any free one/v],
		[['client', 'tcp://127.0.0.1:0'], 'the port “0” is not between 1 and 65535', /other side listens on/v],
		[['client', 'tcp://127.0.0.1'], '“tcp://127.0.0.1” names no port', /tcp:\/\/host:port/v],
		[['client', 'tcp://*:5560'], '* is every address of this machine: one can listen there, not connect', /name a host/v],
		[['client', '127.0.0.1:5560'], '“127.0.0.1:5560” is no endpoint', /tcp:\/\/127\.0\.0\.1:5560/v],
		[['client', 'http://127.0.0.1:80'], 'the transport “http” is not supported here', /tcp:\/\//v],
		[['client', ''], '“” is no endpoint', /tcp:\/\/127\.0\.0\.1:5560/v],
		[['server', `ipc:///tmp/${'x'.repeat(200)}`], 'the path has 205 bytes and a Unix socket takes 107', /shorter/v],
		[['server', 'inproc://pizza'], 'inproc stays within one process, and there is nobody else in this one', /tcp:\/\/ or ipc:\/\//v],
		[['server', 'tcp://127.0.0.1:*', 'nonsense'], '“nonsense” is no endpoint', /tcp:\/\/127\.0\.0\.1:5560/v],
		[['tap'], 'the endpoint of the server is missing', /zmq-playground tap tcp:/v],
		[['tap', 'tcp://127.0.0.1:1', 'tcp://127.0.0.1:2'], 'a tap goes to one endpoint', /--listen/v],
		[['tap', 'tcp://127.0.0.1:1', '--fault', 'dorp reply 3'], 'there is no fault “dorp”', /did you mean drop\?/v],
		[['tap', 'tcp://127.0.0.1:1', '--fault', 'hold reply'], '“hold reply” does not say what the fault hold needs', /write hold .*<time>/v],
		[['tap', 'inproc://pizza'], 'inproc stays within one process: it has no bytes to tap', /tcp:\/\/ or ipc:\/\//v],
		[['tap', 'tcp://127.0.0.1:5555', '--listen', 'tcp://127.0.0.1:5555'], 'the tap would connect to itself', /another endpoint/v],
	])('%j', async (argv, reason, next) => {
		const {status, stdout, stderr} = await run(argv, {stdin: 'Hello\n'});
		const [first, second, ...more] = stderr.trimEnd().split('\n');
		expect(first).toBe(`zmq-playground: ${reason}`);
		expect(second).toMatch(next);
		expect(more).toEqual([]);
		expect({status, stdout}).toEqual({status: 2, stdout: ''});
	});

	test('is told before anything listens', async () => {
		const {stderr} = await run(['server', 'tcp://127.0.0.1:*', '--json', 'tcp://127.0.0.1:99999']);
		expect(stderr).not.toContain('listens at');
	});
});
