/** Grades: a script against a lesson's checks, on real sockets. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {parseScript} from '../../source/commands/script.js';
import {startLocalLab} from '../../source/lab/local.js';
import {grade, type Grade} from '../../source/lessons/grade.js';
import {parseLesson} from '../../source/lessons/parse.js';
import {doing, lessonOf, predicting} from '../helpers/lessons.js';
import {run} from '../helpers/shell.js';

const source = lessonOf(
	doing('event received of client-1', 'send Hello'),
	predicting('client-1 is stuck', 'client-1 is replied'),
	doing('client-1 is stuck', '@server-1 crash').replace('```check', '```stage\n@server-1 hold\n@client-1 send Held\nwait server-1 holds\n```\n```check'),
);

async function gradeOf(...lines: readonly string[]): Promise<Grade> {
	const lesson = parseLesson(source, 'test');
	const script = parseScript(lines.join('\n'));
	if (!lesson.ok || !script.ok) {
		throw new Error(JSON.stringify([lesson, script]));
	}

	return grade(lesson.lesson, {name: 'it.zmqp', steps: script.steps}, startLocalLab, 300);
}

test('a script that does every step gets all points; predictions give none, and stages come by themselves', async () => {
	expect(await gradeOf('@client-1 send Hello', 'wait client-1 is replied', '@server-1 crash')).toEqual({
		lesson: 'test', points: 2, of: 2, isPassed: true, trouble: [], steps: [{step: 1, title: 'Do', isDone: true}, {step: 3, title: 'Do', isDone: true}],
	});
});

test.each<[what: string, lines: readonly string[], points: number, reasons: ReadonlyArray<RegExp | undefined>, trouble: readonly RegExp[]]>([
	['one that stops half-way', ['@client-1 send Hello', 'wait client-1 is replied', '@server-1 delay 2s'], 1, [undefined, /^not done: client-1 is awaiting-reply/], []],
	['one that does nothing', [], 0, [/^not done: no event received of client-1/, /^the script did not get there$/], []],
	['one whose expectation does not hold', ['@client-1 send Hello', 'wait client-1 is replied', 'expect last reply is Welt'], 1, [undefined, /not/], [/^it\.zmqp:3: expect last reply is Welt$/, /expected: {2}last reply is Welt/, /was so: {4}the last reply is "World"/, /last events:/]],
])('%s is told why', async (_, lines, points, reasons, trouble) => {
	const result = await gradeOf(...lines);
	expect(result).toMatchObject({points, of: 2, isPassed: false});
	expect(result.steps).toHaveLength(reasons.length);
	for (const [index, {reason}] of result.steps.entries()) {
		expect(reason ?? '').toMatch(reasons[index] ?? /^$/);
	}

	expect(result.trouble.length >= trouble.length && (trouble.length > 0 || result.trouble.length === 0)).toBe(true);
	for (const [index, line] of trouble.entries()) {
		expect(result.trouble[index]).toMatch(line);
	}
});

test('learn --grade prints points and reasons, or one line of JSON, and its exit status says whether all was done', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'grade-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	const lesson = path.join(folder, 'test.md');
	writeFileSync(lesson, source);
	const script = '@client-1 send Hello\nwait client-1 is replied\n@server-1 crash\n';
	const good = await run(['learn', lesson, '--grade', '-', '--json'], {stdin: script});
	expect({...good, stdout: JSON.parse(good.stdout) as unknown}).toMatchObject({status: 0, stderr: '', stdout: {v: 1, type: 'grade', script: 'stdin', lesson: 'test', points: 2, of: 2, isPassed: true}});
	const poor = await run(['learn', lesson, '--grade', '-'], {stdin: '@client-9 send Hello\n'});
	expect(poor.status).toBe(1);
	expect(poor.stdout).toMatch(/^test: 0 of 2 points\n ✗ 1 Do: not done: no event received of client-1.*\n ✗ 3 Do: the script did not get there\nstdin:1: @client-9 send Hello\n {2}not done: {2}there is no peer @client-9\n/);
	expect(await run(['learn', lesson, '--grade', '-'], {stdin: 'sned Hello\n'})).toMatchObject({status: 2, stdout: '', stderr: 'stdin:1:1: there is no command sned: did you mean send?\n'});
	expect(await run(['learn', 'piza', '--grade', '-'], {stdin: script})).toMatchObject({status: 2, stdout: '', stderr: 'zmq-playground: there is no lesson “piza”\ndid you mean pizza?\n'});
});
