/** The order in which a script judges, on events that a test tells: in one batch, as they come from a lab's own process. */
import {expect, test} from 'vitest';
import {parseScript} from '../../source/commands/script.js';
import {type Fact} from '../../source/core/events.js';
import {ScriptRun, type Ending, type Outcome} from '../../source/script/run.js';
import {numbered, pair, receives, sends} from '../helpers/events.js';

/** Plays a script on a lab that answers each line with one batch: what `answers` has for it, between the command and its end. */
async function play(source: string, answers: Readonly<Record<string, readonly Fact[]>>, later: readonly Fact[] = []): Promise<{readonly ending: Ending; readonly outcomes: readonly Outcome[]}> {
	const parsed = parseScript(source);
	const outcomes: Outcome[] = [];
	let n = 0;
	const run: ScriptRun = new ScriptRun(parsed.ok ? parsed.steps : [], {
		execute(line) {
			const command = n + 1;
			tell([{type: 'command', text: line, from: 'script'}, ...answers[line] ?? [], {type: 'command-done', command}, ...later]);
		},
		now: () => 0,
		after(outcome) {
			outcomes.push(outcome);
		},
		stop: new AbortController().signal,
	});
	const tell = (facts: readonly Fact[]): void => {
		run.take(numbered(facts, n + 1));
		n += facts.length;
	};

	tell(pair);
	return {ending: await run.run(), outcomes};
}

const reply: readonly Fact[] = [receives('server-1', 'Hello'), sends('server-1', 'World'), receives('client-1', 'World')];

test('an expectation is judged when the command before it is over, whatever comes in the same batch', async () => {
	const {ending, outcomes} = await play('@client-1 send Hello\nexpect client-1 is awaiting-reply\nwait client-1 is replied\nexpect exchanges replied = 1', {'@client-1 send Hello': [sends('client-1', 'Hello')]}, reply);
	expect(ending).toEqual({type: 'held', expectations: 2});
	expect(outcomes.map(({step, n}) => [step.line, n])).toEqual([[1, 18], [2, 15], [3, 18], [4, 18]]);
});

test('a wait ends at the first event that satisfies it, and what follows is judged there', async () => {
	const {ending} = await play('@client-1 send Hello\nwait server-1 is awaiting-reply\nexpect client-1 is replied', {'@client-1 send Hello': [sends('client-1', 'Hello')]}, reply);
	expect(ending).toMatchObject({type: 'failed', outcome: {step: {line: 3}, was: 'client-1 is awaiting-reply since 0.0 s', n: 16}});
});

test('what libzmq refuses goes on, with its code; a line that was wrong ends the script', async () => {
	const failed = {type: 'command-failed', text: '@server-1 bind inproc://x', reason: 'taken', next: ''} as const;
	expect(await play(failed.text, {[failed.text]: [{...failed, code: 'EADDRINUSE'}]})).toMatchObject({ending: {type: 'held'}});
	expect(await play(failed.text, {[failed.text]: [{...failed, peer: 'server-1'}]})).toMatchObject({ending: {type: 'failed', outcome: {was: 'server-1: taken'}}});
});

test('a lab that ends, ends the script', async () => {
	expect(await play('@client-1 restart', {'@client-1 restart': [{type: 'lab-ended', reason: 'its process died (SIGSEGV)'}]})).toMatchObject({ending: {type: 'failed', outcome: {was: 'the lab has ended: its process died (SIGSEGV)'}}});
});
