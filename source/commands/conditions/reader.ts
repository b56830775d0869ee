/**
The words of a condition, read one after the other. What can't be read is thrown as `Unreadable`, which `parseCondition` turns into a value:
the readers of the single conditions stay as short as what they read.
*/
import {nearest} from '../registry.js';
import {type Problem} from '../record.js';

/** A word, a text in double quotes, or a mark such as `>=`. `at` and `end` are positions (UTF-16) in the whole. */
export type Token = {readonly type: 'word' | 'text' | 'mark'; readonly text: string; readonly at: number; readonly end: number};

/** What is wrong, and where. */
export class Unreadable extends Error {
	readonly problem: Problem;
	readonly at: number;

	constructor(problem: Problem, at: number) {
		super(problem.reason);
		this.problem = problem;
		this.at = at;
	}
}

/** A number compared with the one that was written. */
export type Comparison = {readonly text: string; readonly holds: (count: number) => boolean};
/** A text compared with the one that was written. */
export type Likeness = {readonly holds: (text: string) => boolean};

const comparisons: Readonly<Record<string, (count: number, limit: number) => boolean>> = {
	'>=': (count, limit) => count >= limit,
	'<=': (count, limit) => count <= limit,
	'>': (count, limit) => count > limit,
	'<': (count, limit) => count < limit,
	'=': (count, limit) => count === limit,
	'!=': (count, limit) => count !== limit,
};

// A pasted megabyte is quoted in part.
const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

export class Reader {
	readonly #source: string;
	readonly #tokens: readonly Token[];
	#next = 0;

	constructor(source: string) {
		this.#source = source;
		this.#tokens = tokensOf(source);
	}

	/** The next token, or one further on, without taking it. */
	peek(ahead = 0): Token | undefined {
		return this.#tokens[this.#next + ahead];
	}

	/** Takes the next token, whatever it is. */
	take(wanted: string): Token {
		const token = this.peek();
		if (!token) {
			throw new Unreadable({reason: `${wanted} is missing`, next: 'the condition ends here'}, this.#source.trimEnd().length);
		}

		this.#next++;
		return token;
	}

	/** Takes the next token if it is this word or mark. */
	takes(text: string): boolean {
		const token = this.peek();
		const isIt = token !== undefined && token.type !== 'text' && token.text === text;
		this.#next += isIt ? 1 : 0;
		return isIt;
	}

	/** Takes a word that must be one of the known ones. */
	oneOf(known: readonly string[], wanted: string): string {
		const token = this.take(wanted);
		return token.type === 'word' && known.includes(token.text) ? token.text : fail(token, known, wanted);
	}

	/** Takes `of <peer>` if it is there. */
	ofPeer(): string | undefined {
		return this.takes('of') ? this.take('the name of a peer').text : undefined;
	}

	/** Takes `>= 3`. */
	comparison(): Comparison {
		const token = this.take('a comparison such as >= 3');
		const compare = token.type === 'mark' ? comparisons[token.text] : undefined;
		if (!compare) {
			throw new Unreadable({reason: `${quoted(token.text)} is no comparison`, next: `write one of ${Object.keys(comparisons).join(' ')} and a number`}, token.at);
		}

		const number = this.take('a number');
		if (!/^\d{1,15}$/.test(number.text)) {
			throw new Unreadable({reason: `${quoted(number.text)} is no number`, next: 'write a whole number such as 3'}, number.at);
		}

		return {text: `${token.text} ${number.text}`, holds: count => compare(count, Number(number.text))};
	}

	/** Takes `is "…"`, `is not "…"` or `contains "…"`; a single word needs no quotes. */
	likeness(): Likeness {
		if (this.oneOf(['is', 'contains'], '“is” or “contains”') === 'contains') {
			const {text} = this.take('a text');
			return {holds: other => other.includes(text)};
		}

		const isNot = this.takes('not');
		const {text} = this.take('a text');
		return {holds: other => (other === text) !== isNot};
	}

	/** What stands between a token and the last one taken, as it was written. */
	writtenFrom(token: Token | undefined): string {
		return this.#source.slice(token?.at ?? 0, this.#tokens[this.#next - 1]?.end ?? 0);
	}
}

/** Says what was found instead of what was wanted, and the nearest known word. */
export function fail(token: Token, known: readonly string[], wanted: string): never {
	const meant = token.type === 'word' ? nearest(token.text, known) : undefined;
	throw new Unreadable({reason: `${quoted(token.text)} is not ${wanted}`, next: meant === undefined ? `write one of: ${known.join(', ')}` : `did you mean ${meant}?`}, token.at);
}

function tokensOf(source: string): readonly Token[] {
	const pattern = /\s*(?:(?<mark>[!<>]=?|[()=])|"(?<text>[^"\\]*(?:\\.[^"\\]*)*)"|(?<word>[^\s!"()<=>]+))/sy;
	const end = source.trimEnd().length;
	const tokens: Token[] = [];
	while (pattern.lastIndex < end) {
		const from = pattern.lastIndex;
		const groups = pattern.exec(source)?.groups;
		if (!groups) {
			throw new Unreadable({reason: 'a quote is left open', next: 'close it with "'}, from + (/\S/.exec(source.slice(from))?.index ?? 0));
		}

		const {mark, text, word} = groups;
		const written = mark ?? word ?? `"${text}"`;
		const position = {at: pattern.lastIndex - written.length, end: pattern.lastIndex};
		tokens.push(text === undefined ? {type: mark === undefined ? 'word' : 'mark', text: written, ...position} : {type: 'text', text: text.replaceAll(/\\(?<escaped>.)/gs, '$<escaped>'), ...position});
	}

	return tokens;
}
