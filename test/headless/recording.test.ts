/** Recordings of the built program: what is left of one whose writer is killed, whose disk is full, or that is opened meanwhile. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {temporaryDirectory, readAll} from '../recording/helpers.js';
import {freePort, quoted} from '../helpers/program.js';
import {bash, eventsOf, eventsOfType, run, start, type Running} from '../helpers/shell.js';

/** A lab that asks without end, and records. */
function recorded(file: string): Running {
	const running = start([...freePort, '--delay', 'off', '--json', '--record', file]);
	running.write('Hello\n'.repeat(20_000));
	return running;
}

test('kill -9 loses nothing that was told, and leaves a recording', async () => {
	const file = path.join(temporaryDirectory(), 'lab.jsonl');
	const running = recorded(file);
	await running.sees('received', 50);
	running.kill('SIGKILL');
	const {status, stdout} = await running.end();
	expect(status).toBe('SIGKILL');
	const told = eventsOf(stdout.slice(0, stdout.lastIndexOf('\n') + 1));
	const {events, findings} = await readAll(file);
	// Whole lines, but for the one that was being written.
	expect(findings.filter(({type}) => type !== 'torn')).toEqual([]);
	expect(events.slice(0, told.length)).toEqual(told);
	expect(await run(['open', file])).toMatchObject({status: 0});
});

test('a recording that is being written can be opened', async () => {
	const file = path.join(temporaryDirectory(), 'lab.jsonl');
	const running = recorded(file);
	await running.sees('received', 20);
	const {status, stdout} = await run(['open', file, '--json']);
	expect(status).toBe(0);
	expect(eventsOfType(stdout, 'received').length).toBeGreaterThanOrEqual(20);
	running.kill('SIGKILL');
});

// The same as a full disk, without one: the system takes no more.
test.runIf(process.platform === 'linux')('a file that may not grow any more ends the recording with a word, at a whole line, and the lab goes on', async () => {
	const file = path.join(temporaryDirectory(), 'lab.jsonl');
	// In blocks of 1,024 bytes. The cache of compiled code is no file of ours.
	const {status, stdout, stderr} = await bash(`export NODE_DISABLE_COMPILE_CACHE=1; ulimit -f 16; yes Hello | head -60 | zmq-playground ${quoted([...freePort, '--delay', 'off', '--record', file])}`);
	expect(status).toBe(0);
	expect(stdout.match(/◂ World/g)).toHaveLength(60);
	expect(stderr).toContain(`lab: EFBIG: ${file}: the file may not grow any more (go on in another file)`);
	expect(readFileSync(file, 'utf8')).toMatch(/\}\n$/);
	const {findings} = await readAll(file);
	expect(findings).toEqual([]);
});
