/** Reads a condition (its grammar stands in `condition.ts`). Bad input is a value with its position and the nearest known word. */
import {brokerName, isCalled, type Calling} from '../../core/scenes.js';
import {type PeerSnapshot, type Snapshot} from '../../core/snapshot.js';
import {visible} from '../../core/text.js';
import {parseDuration} from '../../core/duration.js';
import {nearest} from '../registry.js';
import {type Problem} from '../record.js';
import {type Condition, type Judgement, type Moment} from './condition.js';
import {labConditions} from './lab-conditions.js';
import {peerConditions} from './peer-conditions.js';
import {fail, Reader, Unreadable, type Token} from './reader.js';

/** `at` is the position (UTF-16, from 0) of what is wrong; `limitMs` what stood after the word that may limit it. */
export type ParsedCondition =
	| {readonly ok: true; readonly condition: Condition; readonly limitMs?: number}
	| ({readonly ok: false; readonly at: number} & Problem);

/** Reads a whole condition. `limit` is the word that may follow it with a time: `for 5s`, `within 2s`. */
export function parseCondition(source: string, limit?: 'for' | 'within'): ParsedCondition {
	try {
		const reader = new Reader(source);
		const condition = readAny(reader);
		const limitMs = limit !== undefined && reader.takes(limit) ? readLimit(reader, limit) : undefined;
		const rest = reader.peek();
		return rest
			? fail(rest, ['and', 'or', ...(limit === undefined || limitMs !== undefined ? [] : [limit])], 'expected here')
			: {ok: true, condition, ...(limitMs !== undefined && {limitMs})};
	} catch (error) {
		if (error instanceof Unreadable) {
			return {ok: false, ...error.problem, at: error.at};
		}

		throw error;
	}
}

function readLimit(reader: Reader, limit: string): number {
	const token = reader.take(`a time after “${limit}”`);
	const ms = parseDuration(token.text);
	if (!ms) {
		throw new Unreadable({reason: `“${token.text.slice(0, 40)}” is no time`, next: `write ${limit} 5s, or ${limit} 800ms`}, token.at);
	}

	return ms;
}

const readAny = (reader: Reader, depth = 0): Condition => readJoined(reader, 'or', () => readJoined(reader, 'and', () => readOne(reader, depth)));

function readJoined(reader: Reader, type: 'and' | 'or', readPart: () => Condition): Condition {
	const first = reader.peek();
	const parts = [readPart()];
	while (reader.takes(type)) {
		parts.push(readPart());
	}

	const [only] = parts;
	return only && parts.length === 1 ? only : {type, text: reader.writtenFrom(first), parts};
}

/** Deeper than anyone writes; what is read by calls within calls must not be deep without end. */
const deepest = 100;

function readOne(reader: Reader, depth: number): Condition {
	const first = reader.peek();
	if (depth > deepest) {
		throw new Unreadable({reason: `more than ${deepest} conditions within each other`, next: 'write fewer parentheses and nots'}, first?.at ?? 0);
	}

	if (reader.takes('not')) {
		const part = readOne(reader, depth + 1);
		return {type: 'not', text: reader.writtenFrom(first), part};
	}

	if (reader.takes('(')) {
		const inner = readAny(reader, depth + 1);
		const end = reader.take('a closing parenthesis');
		return end.type === 'mark' && end.text === ')' ? inner : fail(end, [')', 'and', 'or'], 'expected here');
	}

	const judge = readCheck(reader);
	return {type: 'check', text: reader.writtenFrom(first), judge};
}

const keywords = labConditions.map(({keyword}) => keyword);
const verbs = peerConditions.map(({verb}) => verb);
const callings: readonly Calling[] = ['client', 'server', 'worker'];

/** Whom a condition about peers means: one, all or some of a role. */
type Who = {readonly name: string} | {readonly quantity: 'every' | 'any'; readonly calling: Calling};

function readCheck(reader: Reader): (moment: Moment) => Judgement {
	const first = reader.take('a condition');
	const lab = first.type === 'word' ? labConditions.find(({keyword}) => keyword === first.text) : undefined;
	if (lab) {
		return lab.read(reader);
	}

	const who = readWho(reader, first);
	const verb = reader.oneOf(verbs, 'what a peer can be or do');
	const judgePeer = peerConditions.find(each => each.verb === verb)?.read(reader);
	return moment => judgeWho(who, moment.snapshot, peer => judgePeer?.(peer, moment) ?? {holds: false, was: ''});
}

function readWho(reader: Reader, first: Token): Who {
	if (first.type === 'word' && (first.text === 'every' || first.text === 'any')) {
		return {quantity: first.text, calling: reader.oneOf(callings, 'client, server or worker') as Calling};
	}

	// Which peers there will be, nobody knows yet. But what is followed by no verb of a peer is no peer, and peers are numbered, but for the broker.
	const next = reader.peek();
	const isFollowed = next?.type === 'word' && (verbs.includes(next.text) || nearest(next.text, verbs) !== undefined);
	const isNearKeyword = !/\d$/.test(first.text) && first.text !== brokerName && nearest(first.text, keywords) !== undefined;
	return first.type !== 'word' || isNearKeyword || (next && !isFollowed && !/\d$/.test(first.text))
		? fail(first, [...keywords, 'every', 'any', 'not'], 'a peer or a condition')
		: {name: first.text};
}

function judgeWho(who: Who, {peers}: Snapshot, judgePeer: (peer: PeerSnapshot) => Judgement): Judgement {
	if ('name' in who) {
		const peer = Object.hasOwn(peers, who.name) ? peers[who.name] : undefined;
		if (peer) {
			return judgePeer(peer);
		}

		const meant = nearest(who.name, Object.keys(peers));
		return {holds: false, was: `there is no peer ${visible(who.name.slice(0, 40))}${meant === undefined ? '' : `; did you mean ${meant}?`}`};
	}

	const {quantity, calling} = who;
	const judgements = Object.values(peers).filter(peer => isCalled(peer, calling)).map(peer => judgePeer(peer));
	if (judgements.length === 0) {
		return {holds: false, was: `there is no ${calling}`};
	}

	const holds = quantity === 'every' ? judgements.every(each => each.holds) : judgements.some(each => each.holds);
	const telling = judgements.filter(each => quantity === 'every' ? holds || !each.holds : !holds || each.holds).map(({was}) => was);
	return {holds, was: telling.length > 3 ? `${telling.slice(0, 3).join('; ')}; and ${telling.length - 3} more` : telling.join('; ')};
}
