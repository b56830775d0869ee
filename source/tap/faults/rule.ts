/**
A fault in force: what, which way, when, for how long. Read from `drop reply 3`, `latency both 200ms`, `drop request p 0.1`; several are parted by `;`.

A rule counts what passes through the whole tap, not through one connection: `fin reply 1` strikes once, and not again after each reconnect.
*/
import {nearest} from '../../commands/registry.js';
import {drawDelayMs, parseDelay, type Delay} from '../../core/delay.js';
import {createRandom} from '../../core/random.js';
import {type InForce, type Way} from '../events.js';
import {type Fault} from './fault.js';
import {faults} from './registry.js';
import {Trigger, type When} from './trigger.js';

/** One rule in force. */
export class Rule {
	struck = 0;
	/** Counts the rules of a tap from 1; a number is not given twice. Events name it. */
	readonly number: number;
	readonly text: string;
	readonly fault: Fault;
	readonly #ways: ReadonlySet<Way>;
	readonly #trigger: Trigger;
	readonly #random: () => number;
	readonly #delay: Delay;

	constructor(text: string, fault: Fault, {number, ways, when, delay, seed}: Words & {readonly number: number; readonly seed: number}) {
		this.number = number;
		this.text = text;
		this.fault = fault;
		this.#ways = new Set(ways);
		this.#delay = delay;
		this.#random = createRandom(seed);
		this.#trigger = new Trigger(when, this.#random);
	}

	/** How events name this rule. */
	get inForce(): InForce {
		return {rule: this.number, fault: this.text};
	}

	goes(way: Way): boolean {
		return this.#ways.has(way);
	}

	/** One more has come by: is it struck? */
	next(): boolean {
		return this.#trigger.next();
	}

	/** The time of the rule in ms, drawn anew each time. */
	drawMs(): number {
		return drawDelayMs(this.#delay, this.#random);
	}
}

type Words = {readonly ways: readonly Way[]; readonly when: When; readonly delay: Delay};

/** What is wrong with what was written, and what to write instead. */
export type Wrong = {readonly reason: string; readonly next: string};

/** Reads rules as a person writes them; each draws from a seed of its own. `firstNumber` is the number of the first: count on where the tap has had rules before. */
export function parseRules(text: string, seed: number, firstNumber = 1): readonly Rule[] | Wrong {
	const rules: Rule[] = [];
	for (const [index, part] of text.split(';').map(each => each.trim()).filter(Boolean).entries()) {
		const rule = parseRule(part, seed + index, firstNumber + index);
		if (!(rule instanceof Rule)) {
			return rule;
		}

		rules.push(rule);
	}

	return rules;
}

function parseRule(text: string, seed: number, number: number): Rule | Wrong {
	const [name = '', ...words] = text.split(/\s+/);
	const fault = faults.find(each => each.name === name);
	if (!fault) {
		const names = faults.map(each => each.name);
		const meant = nearest(name, names);
		return {reason: `there is no fault “${name}”`, next: meant ? `did you mean ${meant}?` : `choose one of ${names.join(', ')}`};
	}

	const read = readWords(words);
	if (typeof read === 'string') {
		return {reason: `“${read}” means nothing to the fault ${name}`, next: `write ${name} ${fault.usage}`};
	}

	return fits(fault, read)
		? new Rule(text, fault, {number, ways: read.ways ?? ['request', 'reply'], when: read.when ?? {type: 'always'}, delay: read.delay ?? {type: 'none'}, seed})
		: {reason: `“${text}” does not say what the fault ${name} needs`, next: `write ${name} ${fault.usage}`};
}

/** A stretch of bytes has no number, a new connection goes no way, and a time is given where one is needed. */
const fits = ({strikes, takesTime}: Fault, {ways, when, delay}: Read): boolean =>
	(delay !== undefined) === takesTime && (strikes !== 'bytes' || when === undefined) && (strikes !== 'connection' || ways === undefined);

type Read = {ways?: readonly Way[]; when?: When; delay?: Delay};

/** Reads way, trigger and time in any order; gives the word that is none of them. */
function readWords(words: readonly string[]): Read | string {
	const read: Read = {};
	const rest = [...words];
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		const when = whenOf(word, rest);
		const delay = parseDelay(word);
		if (word === 'request' || word === 'reply' || word === 'both') {
			read.ways = word === 'both' ? ['request', 'reply'] : [word];
		} else if (when) {
			read.when = when;
		} else if (delay && delay.type !== 'none') {
			read.delay = delay;
		} else {
			return word;
		}
	}

	return read;
}

function whenOf(word: string, rest: string[]): When | undefined {
	const isNamed = word === 'nth' || word === 'every' || word === 'p';
	const number = isNamed ? rest[0] ?? '' : word;
	const value = /^\d+(?:\.\d+)?$/.test(number) ? Number(number) : NaN;
	const isFit = word === 'p' ? value >= 0 && value <= 1 : Number.isSafeInteger(value) && value > 0;
	if (!isFit) {
		return undefined;
	}

	if (isNamed) {
		rest.shift();
	}

	return word === 'p' ? {type: 'probability', p: value} : {type: word === 'every' ? 'every' : 'nth', n: value};
}
