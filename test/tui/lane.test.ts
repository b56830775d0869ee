/** The lane tells what has arrived, what is under way, and what a fault took. */
import {expect, test} from 'vitest';
import {drawLane} from '../../source/tui/lane.js';
import {type Journal} from '../../source/core/journal.js';
import {createTheme} from '../../source/tui/theme.js';
import {labStarts, journalOf, pair, receives, sends, type Telling} from '../helpers/events.js';

const theme = createTheme({hasColor: false, isAscii: false});
/** As if a row of three lines stood in a pane for each message, oldest first. */
const placesOf = (journal: Journal): ((n: number) => number | undefined) => {
	const sent = [...journal.oldestFirst(1)].filter(({type}) => type === 'sent').map(({n}) => n);
	return n => sent.includes(n) ? sent.indexOf(n) * 3 : undefined;
};

const arrows = (...story: readonly Telling[]): readonly string[] => {
	const journal = journalOf([labStarts(), ...pair, ...story]);
	return drawLane(theme, journal, {width: 11, height: 9, rowOf: placesOf(journal)}).filter((_, row) => row % 3 === 0).map(line => line.trim());
};

const asks = sends('client-1', 'Hello');
const arrives = receives('server-1', 'Hello');
const answers = sends('server-1', 'World');
const taken = (way: 'request' | 'reply'): Telling => ({type: 'exchange-seen', peer: 'client-1', to: 'tcp://127.0.0.1:5560', link: 1, exchange: 1, outcome: 'lost', evidence: 'exact', ms: 3, why: 'fault', way, rule: 1});

test('a message is dotted until it has arrived, and one that a fault took has a cross in its way', () => {
	expect(arrows(asks)).toEqual(['╌╌╌╌╌╌╌╌▸', '', '']);
	expect(arrows(asks, taken('request'))).toEqual(['╌╌╌╌✗╌╌╌▸', '', '']);
	expect(arrows(asks, arrives, answers)).toEqual(['━━━━━━━━▸', '◂╌╌╌╌╌╌╌╌', '']);
	expect(arrows(asks, arrives, answers, taken('reply'))).toEqual(['━━━━━━━━▸', '◂╌╌╌╌✗╌╌╌', '']);
	expect(arrows(asks, arrives, answers, taken('reply'), asks)).toEqual(['━━━━━━━━▸', '◂╌╌╌╌✗╌╌╌', '╌╌╌╌╌╌╌╌▸']);
});

test('an arrow stands beside what was sent, beside what arrived where that is out of sight, and never above the one before', () => {
	const journal = journalOf([labStarts(), ...pair, asks, arrives, answers, receives('client-1', 'World')]);
	const [question, arrival, answer] = [...journal.oldestFirst(1)].filter(({type}) => type === 'sent' || type === 'received').map(({n}) => n);
	const drawn = (rows: Readonly<Record<number, number>>): readonly string[] => drawLane(theme, journal, {width: 11, height: 5, rowOf: n => rows[n]}).map(line => line.trim());
	expect(drawn({[question ?? 0]: 1, [answer ?? 0]: 3})).toEqual(['', '━━━━━━━━▸', 'Hello', '◂━━━━━━━━', 'World']);
	expect(drawn({[arrival ?? 0]: 0, [answer ?? 0]: 0})).toEqual(['━━━━━━━━▸', '◂━━━━━━━━', 'World', '', '']);
	expect(drawn({[answer ?? 0]: 4})).toEqual(['', '', '', '', '◂━━━━━━━━']);
});

test('what came nowhere does not push what follows away from its rows', () => {
	// The server pane is a row behind the client pane: its lost reply has no row of its own below the request before.
	const journal = journalOf([labStarts(), ...pair, asks, arrives, sends('client-1', 'Again'), answers, receives('server-1', 'Again'), sends('server-1', 'World again'), receives('client-1', 'World again')]);
	const [first, , again, lost, , reply] = [...journal.oldestFirst(1)].filter(({type}) => type === 'sent' || type === 'received').map(({n}) => n);
	const rows: Readonly<Record<number, number>> = {[first ?? 0]: 0, [again ?? 0]: 2, [lost ?? 0]: 1, [reply ?? 0]: 3};
	const drawn = drawLane(theme, journal, {width: 4, height: 5, rowOf: n => rows[n]}).map(line => line.trim());
	expect(drawn).toEqual(['━━━▸', '', '━━━▸', '◂━━━', '']);
});

test('an arrow whose own row stands above the one before goes to where it arrived', () => {
	const journal = journalOf([labStarts(), ...pair, asks, arrives, answers, receives('client-1', 'World')]);
	const [question, , answer, end] = [...journal.oldestFirst(1)].filter(({type}) => type === 'sent' || type === 'received').map(({n}) => n);
	const rows: Readonly<Record<number, number>> = {[question ?? 0]: 1, [answer ?? 0]: 0, [end ?? 0]: 3};
	const drawn = drawLane(theme, journal, {width: 4, height: 5, rowOf: n => rows[n]}).map(line => line.trim());
	expect(drawn).toEqual(['', '━━━▸', '', '◂━━━', '']);
});
