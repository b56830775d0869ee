/** Lines of a pipe are requests as they are: each is asked, each exchange is printed, and the exit status says whether all were answered. */
import {Buffer} from 'node:buffer';
import {describe, expect, test} from 'vitest';
import {freePort} from '../helpers/program.js';
import {bash, eventsOfType, run, start, type Outcome} from '../helpers/shell.js';

const atOnce = [...freePort, '--delay', 'off'];
const echo = [...atOnce, '--reply', '{request}'];

/** What was printed, without the round trips, which differ. */
const linesOf = ({stdout}: Outcome): readonly string[] => stdout.split('\n').slice(0, -1).map(line => line.replace(/ {2}[\d.]+ m?s$/v, ''));

describe('a pipe', () => {
	test('asks each line and prints each exchange', async () => {
		const outcome = await bash(String.raw`printf 'Hello\nAgain\n' | zmq-playground --delay 20ms --endpoint 'tcp://127.0.0.1:*'`);
		expect(linesOf(outcome)).toEqual(['▸ Hello', '◂ World', '▸ Again', '◂ World']);
		expect(outcome.stdout).toMatch(/World {2}\d+ ms$/mv);
		expect(outcome.status).toBe(0);
	});

	test('asks nothing of an empty input, and all was answered', async () => {
		expect(await run(atOnce)).toMatchObject({status: 0, stdout: ''});
	});

	test.each<[what: string, stdin: string, asked: readonly string[]]>([
		['a last line without its newline', 'Hello\nAgain', ['Hello', 'Again']],
		['an empty line', '\n', ['']],
		['lines of Windows', 'Hello\r\nAgain\r\n', ['Hello', 'Again']],
		['what would be commands on the screen', '/quit\n//slash\n@all close\n@client-1 crash\n', ['/quit', '//slash', '@all close', '@client-1 crash']],
		['what would be options', '--frames a b\n--\n-- x\n--json\n', ['--frames a b', '--', '-- x', '--json']],
		['blanks at both ends', '  a  \n\tb\t\n', ['  a  ', '\tb\t']],
		['what other programs take for ends of lines', 'a\u{2028}b\u{85}c\rd\u{C}e\n', ['a\u{2028}b\u{85}c\rd\u{C}e']],
		['a byte order mark, which is not ours to drop', '\u{FEFF}a\n', ['\u{FEFF}a']],
		['a NUL', 'a\0b\n', ['a\0b']],
	])('asks %s literally', async (_what, stdin, asked) => {
		const {status, stdout} = await run([...echo, '--json'], {stdin});
		const bodies = eventsOfType(stdout, 'received').filter(({peer}) => peer === 'client-1').map(({frames}) => frames);
		expect(bodies).toEqual(asked.map(text => [{text, size: Buffer.byteLength(text)}]));
		expect(status).toBe(0);
	});

	test('asks bytes that are no text as they are', async () => {
		const bytes = Buffer.from([0xFF, 0x00, 0xFE, 0xC3, 0x28]);
		const {status, stdout} = await run([...echo, '--json'], {stdin: Buffer.concat([bytes, Buffer.from('\n')])});
		expect(eventsOfType(stdout, 'received').map(({frames}) => frames)).toEqual(Array.from({length: 2}, () => [{base64: bytes.toString('base64'), size: 5}]));
		expect(status).toBe(0);
	});

	test.each<[what: string, line: Uint8Array, shown: RegExp]>([
		['text', Buffer.alloc(1_048_576, 'a'), /^◂ a{4096}… \(1,048,576 B\) {2}/mv],
		['bytes', Buffer.alloc(1_048_576, 0xFF), /^◂ (?:ff ){16}… \(1,048,576 B\) {2}/mv],
	])('asks 1 MB of %s, and cuts it only where it is shown', async (_what, line, shown) => {
		const {status, stdout} = await run(echo, {stdin: line});
		expect(stdout).toMatch(shown);
		expect(status).toBe(0);
	});

	test('shows hostile text harmlessly', async () => {
		const outcome = await run(echo, {stdin: '\u{1B}[2J\u{1B}]0;owned\u{7}\u{202E}abc\n'});
		expect(linesOf(outcome)).toEqual(['▸ ␛[2J␛]0;owned␇<202e>abc', '◂ ␛[2J␛]0;owned␇<202e>abc']);
	});

	test('answers line by line while the input is still open', async () => {
		const playground = start(atOnce);
		playground.write('Hello\n');
		await playground.says(/^◂ World/v);
		playground.write('Ag');
		playground.write('ain\n');
		await playground.says(/^◂ World/v, 2);
		playground.endInput();
		expect(await playground.end()).toMatchObject({status: 0});
	});

	test('stops at a request that is not answered in time, says so, and says it with its exit status', async () => {
		const outcome = await run([...freePort, '--delay', '10s', '--timeout', '100ms'], {stdin: 'Hello\nAgain\n'});
		expect(linesOf(outcome)).toEqual(['▸ Hello']);
		expect(outcome.stderr).toMatch(/^client-1: no reply within 100 ms \(.*--timeout waits longer\.\)$/mv);
		expect(outcome.status).toBe(1);
	});

	test('stops there even if its input never ends', async () => {
		const outcome = await bash('set -o pipefail; yes | zmq-playground --delay 10s --timeout 100ms --endpoint \'tcp://127.0.0.1:*\'; echo $?');
		expect(outcome.stdout).toBe('▸ y\n1\n');
	});

	test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends with 1 at %s while it waits for its input', async signal => {
		const playground = start(atOnce);
		await playground.listening();
		playground.kill(signal);
		expect(await playground.end()).toMatchObject({status: 1, stdout: ''});
	});

	test('ends with 1 at SIGINT while it waits for a reply', async () => {
		const playground = start([...freePort, '--delay', '30s']);
		playground.write('Hello\n');
		await playground.says(/^▸ Hello/v);
		playground.kill('SIGINT');
		expect(await playground.end()).toMatchObject({status: 1});
	});
});

describe('an output that nobody reads', () => {
	test('ends it quietly, and not with 0', async () => {
		const outcome = await bash('set -o pipefail; yes | zmq-playground --delay off --endpoint \'tcp://127.0.0.1:*\' | head -1; echo $?');
		expect(outcome.stdout).toBe('▸ y\n1\n');
		expect(outcome.stderr).toMatch(/^server-1: listens at \S+\n$/v);
	});

	test('ends a server too', async () => {
		const server = start(['server', 'tcp://127.0.0.1:*', '--delay', 'off']);
		const endpoint = await server.listening();
		server.closeOutput();
		await run(['client', endpoint, '--timeout', '5s'], {stdin: 'Hello\n'});
		const {status, stderr} = await server.end();
		expect(status).toBe(1);
		expect(stderr.trim().split('\n')).toHaveLength(1);
	});

	test('does no harm where it is that of what went wrong', async () => {
		const outcome = await bash('zmq-playground --delay off --endpoint \'tcp://127.0.0.1:*\' <<< Hello 2>&-; echo $?');
		expect(outcome.stdout).toMatch(/^▸ Hello\n◂ World .*\n0\n$/v);
	});
});

describe('what is drawn', () => {
	test('has ASCII signs with --ascii', async () => {
		expect(linesOf(await run([...atOnce, '--ascii'], {stdin: 'Hello\n'}))).toEqual(['> Hello', '< World']);
	});

	test.each<[what: string, argv: readonly string[], env: Readonly<Record<string, string>>]>([
		['by itself', [], {}],
		['with --no-color', ['--no-color'], {}],
		['with NO_COLOR', [], {NO_COLOR: '1'}],
		['though FORCE_COLOR is set, with NO_COLOR', [], {NO_COLOR: '1', FORCE_COLOR: '1'}],
	])('has no colours %s', async (_what, argv, env) => {
		const {stdout, stderr, status} = await run([...atOnce, ...argv], {stdin: 'Hello\n', env});
		expect(stdout + stderr).not.toContain('\u{1B}');
		expect(status).toBe(0);
	});
});
