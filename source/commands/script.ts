/**
Scripts: one command a line, in the grammar of the input line without its slash, and what a script alone has.

	line = command                                    as in the input line, without its slash
	     | "wait" condition [ "for" time ]            goes on as soon as it holds; 10 s unless told otherwise
	     | "expect" condition [ "within" time ]       must hold now, or within that time
	     | "set" name "=" value                       $name stands for it from here on; $$ is a dollar
	     | "#" comment | nothing

Law: a script is read whole before anything runs, and what is wrong with it is told at once, by line and column.
*/
import {commandNamed, commands, nearest} from './registry.js';
import {type CommandRecord, type Problem} from './record.js';
import {readLine} from './grammar.js';
import {type Condition} from './conditions/condition.js';
import {parseCondition} from './conditions/parse.js';
import {expand, type Variables} from './script-variables.js';

/** How long (ms) a wait lasts that names no limit: a script never hangs for ever. */
export const usualWaitMs = 10_000;

/** How many mistakes are told at once. A file of another kind would have one in each line. */
export const mistakesAtOnce = 20;

/** One step. `line` counts from 1; `text` is what is carried out, variables filled in. */
export type Step =
	| {readonly type: 'command'; readonly line: number; readonly text: string; readonly record: CommandRecord; readonly address?: string}
	| {readonly type: 'wait' | 'expect'; readonly line: number; readonly text: string; readonly condition: Condition; readonly limitMs: number};

/** What is wrong with a line; `column` counts from 1. */
export type ScriptError = Problem & {readonly line: number; readonly column: number};
export type ParsedScript = {readonly ok: true; readonly steps: readonly Step[]} | {readonly ok: false; readonly errors: readonly ScriptError[]};

/** Reads a script. What is `given` from outside stands in for what the script sets under the same name. */
export function parseScript(source: string, given: Variables = new Map()): ParsedScript {
	const steps: Step[] = [];
	const errors: ScriptError[] = [];
	const variables = new Map(given);
	// A byte order mark is how some editors begin a file.
	for (const [index, written] of source.replace(/^\u{FEFF}/u, '').split(/\r?\n/).entries()) {
		const line = index + 1;
		const read = readStep(written, line, variables);
		if ('at' in read) {
			const {at, reason, next} = read;
			errors.push({line, column: at + 1, reason, next: withoutSlashes(next)});
			if (errors.length === mistakesAtOnce) {
				break;
			}
		} else if (read.step) {
			steps.push(read.step);
		} else if (read.set) {
			const {name, value} = read.set;
			variables.set(name, given.get(name) ?? value);
		}
	}

	return errors.length > 0 ? {ok: false, errors} : {ok: true, steps};
}

/** The names that a script sets: what may be given from outside. */
export function variablesOf(source: string): readonly string[] {
	return [...source.matchAll(/^[\t ]*set[\t ]+(?<name>[a-z_]\w*)[\t ]*=/gim)].map(match => match.groups?.['name'] ?? '');
}

type ReadStep = {readonly step?: Step; readonly set?: {readonly name: string; readonly value: string}} | (Problem & {readonly at: number});

function readStep(written: string, line: number, variables: Variables): ReadStep {
	const indent = /^\s*/.exec(written)?.[0].length ?? 0;
	const body = written.slice(indent);
	if (body === '' || body.startsWith('#')) {
		return {};
	}

	if (body.startsWith('/')) {
		return {reason: 'a script’s commands have no slash', next: `write ${body.slice(1, 40).split(/\s/, 1)[0] ?? ''}`, at: indent};
	}

	const expanded = expand(written, variables);
	if ('at' in expanded) {
		return expanded;
	}

	const text = expanded.text.slice(indent);
	const [, word = '', gap = ''] = /^(?<word>set|wait|expect)(?<gap>\s+|$)/.exec(text) ?? [];
	const from = indent + word.length + gap.length;
	if (word === 'set') {
		return readSet(expanded.text, from);
	}

	if (word === 'wait' || word === 'expect') {
		const parsed = parseCondition(expanded.text.slice(from), word === 'wait' ? 'for' : 'within');
		return parsed.ok
			? {step: {type: word, line, text: text.trimEnd(), condition: parsed.condition, limitMs: parsed.limitMs ?? (word === 'wait' ? usualWaitMs : 0)}}
			: {reason: parsed.reason, next: parsed.next, at: expanded.columnOf(from + parsed.at)};
	}

	return readCommand(text, line, indent);
}

function readSet(line: string, from: number): ReadStep {
	const groups = /^(?<name>[a-z_]\w*)\s*=(?<value>.*)$/i.exec(line.slice(from))?.groups;
	return groups
		? {set: {name: groups['name'] ?? '', value: (groups['value'] ?? '').trim()}}
		: {reason: 'this sets nothing', next: 'write set name = value, the name of letters, digits and _', at: Math.min(from, line.length)};
}

function readCommand(text: string, line: number, at: number): ReadStep {
	const read = readLine(text);
	if (read.ok) {
		const {record, address} = read;
		return record.subject === 'screen' && record.name !== 'events'
			? {reason: `${record.name} is for a person at the screen`, next: 'leave the line out', at}
			: {step: {type: 'command', line, text, record, ...(address !== undefined && {address})}};
	}

	const verbFrom = /^(?:@\S+\s+)?/.exec(text)?.[0].length ?? 0;
	const verb = /^\S*/.exec(text.slice(verbFrom))?.[0] ?? '';
	const meant = commandNamed(verb) ? undefined : nearest(verb, [...commands.map(({name}) => name), 'wait', 'expect', 'set']);
	return {
		reason: shorten(withoutSlashes(read.reason)),
		next: meant === undefined ? (commandNamed(verb) ? read.next : 'the readme names the commands') : `did you mean ${meant}?`,
		at: at + verbFrom,
	};
}

const shorten = (text: string): string => text.length > 200 ? `${text.slice(0, 200)}…` : text;

/** What a command's record says is written for the input line. */
const withoutSlashes = (text: string): string => text.replaceAll(/(?<=^|[\s(])\/(?=@?[a-z][\w-]*(?:[\s),.:;?]|$))/g, '');
