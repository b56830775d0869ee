/** What went wrong with a script, in lines for a person: the same without a screen and after one. */
import {peerOf} from '../core/events.js';
import {formatElapsed} from '../core/duration.js';
import {describe} from '../core/rows.js';
import {visible} from '../core/text.js';
import {mistakesAtOnce, type ScriptError} from '../commands/script.js';
import {type LoadedScript} from './read.js';
import {type Ending, type Outcome} from './run.js';

/** How much of a line is shown: a script may hold a megabyte. */
const longest = 200;

/** A text from a script on one line, nothing hidden in it, cut where it is long. */
export const short = (text: string): string => visible(text.length > longest ? `${text.slice(0, longest)}…` : text);

/** A failure in lines: where, what was expected, what was so, and the last events. */
function explainFailure(name: string, {step, was, next, afterMs, lastEvents}: Outcome): readonly string[] {
	const within = step.type === 'command' || step.limitMs === 0 ? '' : ` within ${formatElapsed(step.limitMs)}`;
	return [
		`${name}:${step.line}: ${short(step.text)}`,
		...(step.type === 'command'
			? [`  not done:  ${short(was)}`, ...(next === undefined || next === '' ? [] : [`  next step: ${short(next)}`])]
			: [`  expected:  ${short(step.condition.text)}${within}`, `  was so:    ${short(was)}${within === '' ? '' : ` (after ${formatElapsed(afterMs)})`}`]),
		'  last events:',
		...lastEvents.map(event => `    #${String(event.n).padEnd(5)} ${(peerOf(event) ?? 'lab').padEnd(10)} ${event.type.padEnd(16)} ${short(describe(event))}`),
	];
}

/** What is wrong with a script, one line each: `deadlock.zmqp:3:7: …`. */
export const explainErrors = (name: string, errors: readonly ScriptError[]): readonly string[] => [
	...errors.map(({line, column, reason, next}) => `${name}:${line}:${column}: ${short(reason)}${next === '' ? '' : `: ${short(next)}`}`),
	...(errors.length === mistakesAtOnce ? [`${name}: no more than ${mistakesAtOnce} mistakes are told at once`] : []),
];

/** Why a script was not even begun. */
export const explainUnready = (script: Extract<LoadedScript, {readonly ok: false}>): readonly string[] =>
	'errors' in script ? explainErrors(script.name, script.errors) : [`${script.name}: ${script.reason}`, script.next];

/** Why a script did not hold to its end; `ending` is undefined if it was still playing. */
export function explainEnding(name: string, ending: Ending | undefined): readonly string[] {
	switch (ending?.type) {
		case undefined: {
			return [`${name}: left before its end`];
		}

		case 'held': {
			return [];
		}

		case 'stopped': {
			return [`${name}:${ending.step.line}: stopped before its end`];
		}

		case 'failed': {
			return explainFailure(name, ending.outcome);
		}
	}
}

/** A good end in words. */
export const describeHeld = (expectations: number): string =>
	expectations === 0 ? 'done; it expected nothing' : `${expectations} ${expectations === 1 ? 'expectation' : 'expectations'} held`;
