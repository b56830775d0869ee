/** The proof of a lesson, on real sockets in this process. */
import {expect, test} from 'vitest';
import {startLocalLab} from '../../source/lab/local.js';
import {parseLesson} from '../../source/lessons/parse.js';
import {prove, type Proof} from '../../source/lessons/proof.js';
import {doing, lessonOf, predicting} from '../helpers/lessons.js';

async function proofOf(...steps: readonly string[]): Promise<Proof> {
	const parsed = parseLesson(lessonOf(...steps), 'test');
	if (!parsed.ok) {
		throw new Error(JSON.stringify(parsed.errors));
	}

	return prove(parsed.lesson, startLocalLab, {withinMs: 300, quietMs: 100});
}

test('checks that are false before and true after, and a prediction with one right answer', async () => {
	const proof = await proofOf(doing('event received of client-1', 'send Hello'), doing('event received of client-1', 'send Again'), predicting('client-1 is stuck', 'exchanges replied = 3', 'exchanges replied = 4'));
	expect(proof).toMatchObject({lesson: 'test', isProved: true, steps: [{step: 1}, {step: 2}, {step: 3}]});
	expect(proof.steps.map(({flaw}) => flaw)).toEqual([undefined, undefined, undefined]);
});

test('a check may be true for a moment only', async () => {
	expect(await proofOf(doing('client-1 is awaiting-reply', 'send Hello\nwait client-1 is replied'))).toMatchObject({isProved: true});
});

test.each<[what: string, steps: readonly string[], line: number, reason: RegExp]>([
	['a check that is true before', [doing('client-1 is open', 'send Hello')], 12, /^the check is true before anything is done: client-1 is idle/],
	['a check that becomes true by itself', [doing('client-1 is connected', 'send Hello')], 12, /^the check is true before anything is done: client-1 is connected/],
	['a show that does not do it', [doing('client-1 is stuck', 'send Hello'), doing('client-1 is replied', 'send Hello')], 12, /^the check is not true 300 ms after the show began: client-1 is replied/],
	['a show that can’t be done', [doing('client-1 is replied', '@client-9 send Hello')], 15, /^the show can’t be done: @client-9 send Hello: there is no peer @client-9/],
	['a show that waits in vain', [doing('client-1 is stuck', '@server-1 hold\n@client-1 send Hello\nwait client-1 is replied for 100ms')], 17, /^the show waits in vain: wait client-1 is replied for 100ms \(\d+ ms\): client-1 is awaiting-reply/],
	['answers that hold both', [predicting('client-1 is replied', 'exchanges replied = 1')], 14, /^after the run more than one answer holds \(1: client-1 is replied since .*; 2: exchanges replied: 1\)/],
	['answers of which none holds', [predicting('client-1 is stuck', 'exchanges replied = 2')], 13, /^after the run no answer holds/],
])('%s is no proof, and what follows is not run', async (_, steps, line, reason) => {
	const proof = await proofOf(...steps, doing('event received of client-1', 'send Last'));
	expect(proof).toMatchObject({isProved: false, steps: [{step: 1, flaw: {line, reason: expect.stringMatching(reason) as string}}]});
	expect(proof.steps).toHaveLength(1);
});
