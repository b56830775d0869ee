/**
A fault in force: what, which way, when, for how long. Read from `drop reply 3`, `latency both 200ms`, `drop request "pizza" once`; several are parted by `;`.

A rule counts what passes through the whole tap, not through one connection: `fin reply 1` strikes once, and not again after each reconnect.
*/
import {nearest} from '../../commands/registry.js';
import {drawDelayMs, type Delay} from '../../core/delay.js';
import {encodeText} from '../../core/frames.js';
import {createRandom} from '../../core/random.js';
import {type InForce, type Way} from '../events.js';
import {type Fault, type Shape} from './fault.js';
import {faults} from './registry.js';
import {Trigger} from './trigger.js';
import {partsOf, readWords, wordsOf, type Words} from './words.js';

/** One rule in force. */
export class Rule {
	struck = 0;
	/** Counts the rules of a tap from 1; a number is not given twice. Events name it. */
	readonly number: number;
	readonly text: string;
	readonly fault: Fault;
	/** What must be in a message for it to count. */
	readonly wanted: Uint8Array | undefined;
	readonly #ways: ReadonlySet<Way>;
	readonly #trigger: Trigger;
	readonly #random: () => number;
	readonly #delay: Delay;
	readonly #bytes: number;

	constructor(text: string, fault: Fault, {number, seed, ways = ['request', 'reply'], when = {type: 'always'}, text: wanted, times = Infinity, delay = {type: 'none'}, bytes = 0}: Words & {readonly number: number; readonly seed: number}) {
		this.number = number;
		this.text = text;
		this.fault = fault;
		this.wanted = wanted === undefined ? undefined : encodeText(wanted);
		this.#ways = new Set(ways);
		this.#delay = delay;
		this.#bytes = bytes;
		this.#random = createRandom(seed);
		this.#trigger = new Trigger(when, times, this.#random);
	}

	/** How events name this rule. */
	get inForce(): InForce {
		return {rule: this.number, fault: this.text};
	}

	goes(way: Way): boolean {
		return this.#ways.has(way);
	}

	/** One more has come by: is it struck? One that may not be struck is only counted. */
	next(mayStrike = true): boolean {
		return this.#trigger.next(mayStrike);
	}

	/** The time of the rule in ms, drawn anew each time. */
	drawMs(): number {
		return drawDelayMs(this.#delay, this.#random);
	}

	/** What a fault of bytes makes of those that come now; nothing for other faults and other ways. */
	shape(way: Way): Shape {
		return this.fault.strikes === 'bytes' && this.goes(way) ? this.fault.shape(this.fault.takes === 'time' ? this.drawMs() : this.#bytes) : {};
	}
}

/** What is wrong with what was written, and what to write instead. */
export type Wrong = {readonly reason: string; readonly next: string};

/** Reads rules as a person writes them; each draws from a seed of its own. `firstNumber` is the number of the first: count on where the tap has had rules before. */
export function parseRules(text: string, seed: number, firstNumber = 1): readonly Rule[] | Wrong {
	const rules: Rule[] = [];
	for (const [index, part] of partsOf(text).entries()) {
		const rule = parseRule(part, seed + index, firstNumber + index);
		if (!(rule instanceof Rule)) {
			return rule;
		}

		rules.push(rule);
	}

	return rules;
}

function parseRule(text: string, seed: number, number: number): Rule | Wrong {
	const [name = '', ...words] = wordsOf(text);
	const fault = faults.find(each => each.name === name);
	if (!fault) {
		const names = faults.map(each => each.name);
		const meant = nearest(name, names);
		return {reason: `there is no fault “${name}”`, next: meant ? `did you mean ${meant}?` : `choose one of ${names.join(', ')}`};
	}

	const next = `write ${name} ${fault.usage}`;
	const read = readWords(words, fault.takes);
	if (typeof read === 'string') {
		return {reason: `“${read}” means nothing to the fault ${name}`, next};
	}

	return fits(fault, read) ? new Rule(text, fault, {...read, number, seed}) : {reason: `“${text}” does not say what the fault ${name} needs`, next};
}

/** A stretch of bytes has no number, a new connection goes no way and has no text, and an amount is given where one is needed. */
function fits({strikes, takes}: Fault, {ways, when, text, times, delay, bytes}: Words): boolean {
	const isAmountFit = (delay !== undefined) === (takes === 'time') && (bytes !== undefined) === (takes === 'size' || takes === 'rate');
	const isTriggerFit = strikes !== 'bytes' || (when === undefined && text === undefined && times === undefined);
	return isAmountFit && isTriggerFit && (strikes !== 'connection' || (ways === undefined && text === undefined));
}
