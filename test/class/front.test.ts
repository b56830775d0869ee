/** The fronts `class` and `join` as they are started from two shells. */
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {type ClassEvent} from '../../source/core/class/events.js';
import {run, start, type Running} from '../helpers/shell.js';

/** A class in a process of its own, and what is typed to join it. */
async function startClass(...flags: readonly string[]): Promise<{readonly room: Running; readonly line: readonly string[]}> {
	const room = start(['class', '--endpoint', 'tcp://127.0.0.1:*', ...flags]);
	const shown = await room.says(/^npx zmq-playground join /v);
	return {room, line: shown.split(' ').slice(2)};
}

const eventsIn = (stdout: string): readonly ClassEvent[] => stdout.trimEnd().split('\n').map(line => JSON.parse(line) as ClassEvent);

describe('zmq-playground class', () => {
	test('shows the line to type; who types it asks and is answered', async () => {
		const {room, line} = await startClass();
		room.write('/delay off\n');
		await room.says(/^the class replies at once$/v);
		const [ana, bo] = await Promise.all(['ana', 'bo'].map(async name => run([...line, '--name', name], {stdin: `Hello\nfrom ${name}\n`})));
		expect(ana).toMatchObject({status: 0, stdout: expect.stringMatching(/^▸ Hello\n◂ World .*\n▸ from ana\n◂ World .*\n$/v) as string});
		expect(ana?.stderr).toMatch(/^join: in the class as ana, over CURVE\n/v);
		expect(bo).toMatchObject({status: 0});
		await room.says(/^bo #2 gets: World {2}\(after /v);
		await room.says(/^(?:ana|bo) has left$/v, 2);
		room.kill('SIGINT');
		expect(await room.end()).toMatchObject({status: 0, stdout: expect.stringMatching(/the class is over: 2 joined, 4 asked, 4 answered\n$/v) as string, stderr: ''});
	});

	test('prints events as JSON, takes commands from its input, and tells what is wrong with them', async () => {
		const room = start(['class', '--endpoint', 'tcp://127.0.0.1:*', '--json']);
		await room.says(/"type":"code-changed"/v);
		room.write('lokc\n/lock\n');
		expect(await room.complains(/^class: /v)).toBe('class: there is no command /lokc: did you mean /lock?');
		await room.says(/"type":"locked"/v);
		room.kill('SIGTERM');
		const {status, stdout} = await room.end();
		expect(status).toBe(0);
		expect(eventsIn(stdout).map(({type}) => type)).toEqual(['class-opened', 'code-changed', 'command', 'command-failed', 'command', 'locked', 'class-closed']);
	});

	test('can’t listen where somebody does', async () => {
		const {line} = await startClass();
		const [, place = ''] = line;
		const {status, stderr} = await run(['class', '--endpoint', `tcp://${place}`]);
		expect(status).toBe(1);
		expect(stderr).toBe(`class: EADDRINUSE: the door can’t listen at tcp://${place} (choose another place with --endpoint)\n`);
	});

	test('has a lesson that every laptop has; who joins in a pipe is told of it, and asks as ever', async () => {
		const {room, line} = await startClass('--lesson', 'pizza');
		room.write('/delay off\n');
		const ana = await run([...line, '--name', 'ana'], {stdin: 'Hello\n'});
		expect(ana).toMatchObject({status: 0, stdout: expect.stringContaining('◂ World') as string});
		expect(ana.stderr).toContain('join: the class takes the lesson “pizza”: join in a terminal to take it, too\n');
	});

	test.each([
		['piza', 'there is no lesson “piza”\ndid you mean pizza?'],
		['xylophone', 'there is no lesson “xylophone”\nchoose one that ships with the program: zmq-playground learn lists them'],
		['./mine.md', 'the laptops of the class don’t have the file “./mine.md”\nchoose one that ships with the program: zmq-playground learn lists them'],
	])('refuses the lesson %s', async (lesson, reason) => {
		expect(await run(['class', '--lesson', lesson])).toEqual({status: 2, stdout: '', stderr: `zmq-playground: ${reason}\n`});
	});

	test('over ipc, too', async () => {
		const path = `/tmp/zmq-playground-class-${process.pid}`;
		const room = start(['class', '--endpoint', `ipc://${path}`]);
		const shown = await room.says(/^npx zmq-playground join ipc:/v);
		room.write('/delay off\n');
		expect(await run([...shown.split(' ').slice(2), '--name', 'ana'], {stdin: 'Hello\n'})).toMatchObject({status: 0});
	});
});

describe('zmq-playground join', () => {
	test('is not let in with a wrong code, and says what to do', async () => {
		const {room, line} = await startClass();
		const [, place = ''] = line;
		expect(await run(['join', place, 'k7qm3tdx', '--name', 'eve'], {stdin: 'Hello\n'})).toEqual({status: 1, stdout: '', stderr: 'join: this is not the code of the class (or not any more)\nlook at the wall again: the teacher may have changed it\n'});
		await room.says(/^turned away: a wrong code \(eve\)$/v);
	});

	test('ends with 1 when it is sent out, and the teacher hears no more of it', async () => {
		const {room, line} = await startClass();
		room.write('/hold\n');
		const ana = start([...line, '--name', 'ana']);
		ana.write('Hello\n');
		await room.says(/^ana #1 asks: Hello$/v);
		room.write('/out ana\n');
		expect(await ana.end()).toMatchObject({status: 1, stderr: expect.stringMatching(/join: the teacher has sent you out of the class\nask the teacher; to come back, join again\n/v) as string});
		await room.says(/^ana #1 is lost: sent out$/v);
	});

	test('that dies without a word is noticed, and its name is free again', async () => {
		const {room, line} = await startClass();
		const ana = start([...line, '--name', 'ana']);
		await ana.complains(/in the class as ana/v);
		expect(await run([...line, '--name', 'ana'])).toMatchObject({status: 1, stderr: 'join: somebody in the class has this name already\nchoose another one with --name\n'});
		ana.kill('SIGKILL');
		await room.says(/^ana is gone without a word$/v);
		room.write('/delay off\n');
		expect(await run([...line, '--name', 'ana'], {stdin: 'Hello\n'})).toMatchObject({status: 0});
	});

	test.each<[argv: readonly string[], reason: string, next: RegExp]>([
		[[], 'the address and the code are missing', /join 192\.0\.2\.7 K7QM-3TDX/v],
		[['192.0.2.7'], 'the code is missing', /join 192\.0\.2\.7 K7QM-3TDX/v],
		[['192.0.2.7', 'K7QM'], '“K7QM” is no code', /eight letters and digits/v],
		[['tcp://192.0.2.7:99999', 'K7QM-3TDX'], 'the port “99999” is not between 1 and 65535', /./v],
		[['192.0.2.7', 'K7QM-3TDX', '--name', 'a b'], '“a b” can’t be a name', /up to 20 letters/v],
	])('is called wrongly with %j', async (argv, reason, next) => {
		const {status, stderr} = await run(['join', ...argv]);
		expect(status).toBe(2);
		expect(stderr).toContain(`zmq-playground: ${reason}\n`);
		expect(stderr).toMatch(next);
	});
});
