/** The words behind a fault's name: which way, when, for how long, how much. Pure. */
import {parseDelay, type Delay} from '../../core/delay.js';
import {type Way} from '../events.js';
import {type Amount} from './fault.js';
import {type When} from './trigger.js';

/** What has been read. `text` must be in the message, `times` is how often at most it strikes, `bytes` is a size or a size a second. */
export type Words = {ways?: readonly Way[]; when?: When; text?: string; times?: number; delay?: Delay; bytes?: number};

/** Parts that ; separates, except between quotes. */
export const partsOf = (text: string): readonly string[] =>
	(text.match(/(?:"(?:[^"\\]|\\.)*"|[^;])+/g) ?? []).map(part => part.trim()).filter(Boolean);

/** Words that blanks separate; a text between quotes is one, quotes included. */
export const wordsOf = (part: string): readonly string[] => part.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];

/** Reads the words in any order; gives the one that means nothing. */
export function readWords(words: readonly string[], takes: Amount): Words | string {
	const read: Words = {};
	const rest = [...words];
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		const one = readBytes(word, takes) ?? readWord(word, rest);
		if (!one) {
			return word;
		}

		Object.assign(read, one);
	}

	return read;
}

function readWord(word: string, rest: string[]): Words | undefined {
	if (word === 'request' || word === 'reply' || word === 'both') {
		return {ways: word === 'both' ? ['request', 'reply'] : [word]};
	}

	const text = /^"(?<text>.+)"$/s.exec(word)?.groups?.['text'];
	if (text !== undefined) {
		return {text: text.replaceAll(/\\(?<character>["\\])/g, '$<character>')};
	}

	const times = word === 'once' ? 1 : countOf(/^[x×](?<count>\d+)$/.exec(word)?.groups?.['count'] ?? '');
	if (times !== undefined) {
		return {times};
	}

	const when = whenOf(word, rest);
	if (when) {
		return {when};
	}

	const delay = parseDelay(word);
	return delay && delay.type !== 'none' ? {delay} : undefined;
}

const countOf = (word: string): number | undefined => {
	const value = /^\d+$/.test(word) ? Number(word) : 0;
	return Number.isSafeInteger(value) && value > 0 ? value : undefined;
};

function whenOf(word: string, rest: string[]): When | undefined {
	const isNamed = word === 'nth' || word === 'every' || word === 'p';
	const number = isNamed ? rest[0] ?? '' : word;
	const p = word === 'p' && /^\d+(?:\.\d+)?$/.test(number) ? Number(number) : NaN;
	const n = word === 'p' ? undefined : countOf(number);
	if (isNamed && (p <= 1 || n !== undefined)) {
		rest.shift();
	}

	if (p <= 1) {
		return {type: 'probability', p};
	}

	return n === undefined ? undefined : {type: word === 'every' ? 'every' : 'nth', n};
}

const units: Readonly<Record<string, number>> = {b: 1, kb: 1024, mb: 1024 * 1024};

/** `7`, `7B`, `64KB`, `1.5MB`, of units of 1,024; a rate ends in /s. */
function readBytes(word: string, takes: Amount): Words | undefined {
	if (takes !== 'size' && takes !== 'rate') {
		return undefined;
	}

	const match = /^(?<amount>\d+(?:\.\d+)?)(?<unit>[km]?b)?(?<per>\/s)?$/i.exec(word)?.groups;
	const bytes = Math.floor(Number(match?.['amount']) * (units[(match?.['unit'] ?? 'b').toLowerCase()] ?? NaN));
	const isRate = match?.['per'] !== undefined;
	return bytes > 0 && Number.isSafeInteger(bytes) && isRate === (takes === 'rate') ? {bytes} : undefined;
}
