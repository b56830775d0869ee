/** `learn --check` on the built program: the proof of the built-in lessons, and what it says of lessons that are wrong. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {courseFiles} from '../../source/lessons/load.js';
import {doing, lessonOf, predicting} from '../helpers/lessons.js';
import {run} from '../helpers/shell.js';

/** A lesson in a file that is gone when the test is over. */
function lesson(...steps: readonly string[]): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'lesson-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	const file = path.join(folder, '03-test.md');
	writeFileSync(file, lessonOf(...steps));
	return file;
}

test('every built-in lesson is proved by running it', {timeout: 120_000}, async () => {
	const {status, stdout, stderr} = await run(['learn', '--check', '--json'], {limitMs: 110_000});
	const proofs = stdout.trimEnd().split('\n').map(line => JSON.parse(line) as {readonly lesson: string; readonly isProved: boolean});
	expect(proofs.filter(({isProved}) => !isProved)).toEqual([]);
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	const files = await courseFiles();
	expect(proofs.map(proof => proof.lesson)).toEqual([...files.keys()]);
	expect(files.size).toBeGreaterThan(0);
});

test('a built-in lesson is called by its name', async () => {
	const {status, stdout, stderr} = await run(['learn', '--check', 'late-server']);
	expect(stderr).toBe('');
	expect(stdout).toMatch(/^✓ late-server: 4 steps proved in /v);
	expect(status).toBe(0);
});

test('a lesson of one’s own is proved, and a line says so', async () => {
	const {status, stdout, stderr} = await run(['learn', '--check', lesson(doing('event received of client-1', 'send Hello'), predicting('exchanges replied = 2', 'client-1 is stuck'))]);
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	expect(stdout).toMatch(/^✓ test: 2 steps proved in [\d.]+ m?s\n$/);
});

test('a lesson that is not proved is told with its line, and exit status 1', async () => {
	const file = lesson(doing('client-1 is open', 'send Hello'));
	const {status, stdout, stderr} = await run(['learn', '--check', file]);
	expect(status).toBe(1);
	expect(stdout).toMatch(/^✗ test: not proved/);
	expect(stderr).toMatch(/:12: step 1, Do: the check is true before anything is done: client-1 is \S+ since [\d.]+ s: ask for something/);
	expect(stderr.split('\n')).toHaveLength(2);
});

test('mistakes are told by line and column, and nothing runs', async () => {
	const file = lesson(doing('client-1 is replid', 'send Hello'));
	const {status, stdout, stderr} = await run(['learn', '--check', file]);
	expect({status, stdout}).toEqual({status: 2, stdout: ''});
	expect(stderr).toBe(`${file}:12:13: “replid” is not a word for a peer: did you mean replied?\n`);
	const json = await run(['learn', '--check', '--json', file]);
	expect(JSON.parse(json.stdout)).toMatchObject({v: 1, type: 'lesson-errors', isProved: false, errors: [{line: 12, column: 13}]});
});

test.each([['/nowhere/at-all.md', 'it can’t be read: '], ['/', 'it can’t be read: '], ['/dev/zero', 'it is larger than 8.0 MB']])('%s is no lesson', async (file, reason) => {
	const {status, stdout, stderr} = await run(['learn', '--check', file]);
	expect({status, stdout}).toEqual({status: 2, stdout: ''});
	expect(stderr).toContain(`${file}:1:1: ${reason}`);
});
