import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {type Event, type Fact} from '../../../source/core/events.js';
import {Journal} from '../../../source/core/journal.js';
import {ladderRows} from '../../../source/core/ladder/rows.js';
import {ladderWindow, wholeLadder} from '../../../source/core/ladder/window.js';
import {describeArrow, fateOf, namesOf} from '../../../source/core/ladder/words.js';
import {type Arrow, type Ladder} from '../../../source/core/ladder/model.js';
import {
	closes,
	crashes,
	crowd,
	isAdded,
	isRefused,
	journalOf,
	labStarts,
	later,
	link,
	numbered,
	opens,
	pair,
	receives,
	sends,
	sets,
	timesOut,
	type Telling,
} from '../../helpers/events.js';
import {randomStory} from '../../helpers/random-stories.js';

const asks = sends('client-1', 'Hello');
const arrives = receives('server-1', 'Hello');
const answers = sends('server-1', 'World');
const isAnswered = receives('client-1', 'World');

const meets = link('handshake-done', 'client-1');
/** A client that has shaken hands with its server. */
const together: readonly Telling[] = [...crowd(1), meets];

const ladderOf = (...tellings: readonly Telling[]): Ladder => wholeLadder(journalOf(tellings));

/** Every message once, in short: who, to whom, what became of it. */
function arrowsOf({steps}: Ladder): readonly string[] {
	const arrows = new Set(steps.flatMap(step => step.type === 'mark' ? [] : [step.arrow]));
	return [...arrows].map(({from, to, fate, flaw, gone}) => [`${namesOf(from)} > ${namesOf(to)}`, fate, ...(flaw ? [flaw] : []), ...(gone ? [gone] : [])].join(' '));
}

describe('what became of each message', () => {
	test.each<[what: string, story: readonly Telling[], arrows: readonly string[]]>([
		['nothing', [], []],
		['an exchange', [asks, arrives, answers, isAnswered], ['client-1 > server-1 arrived', 'server-1 > client-1 arrived']],
		['a question under way', [asks], ['client-1 > ? under-way']],
		['a reply under way', [asks, arrives, answers], ['client-1 > server-1 arrived', 'server-1 > client-1 under-way']],
		['in the link or lost with the server: a plain link can’t tell', [asks, crashes('server-1')], ['client-1 > ? unknown server-1']],
		['it was not lost after all', [asks, crashes('server-1'), opens('server-1'), arrives], ['client-1 > server-1 arrived']],
		['the client goes while it is asked for', [asks, crashes('client-1')], ['client-1 > ? unknown client-1']],
		['a reply to a client that has gone', [asks, arrives, crashes('client-1'), answers], ['client-1 > server-1 arrived', 'server-1 > client-1 receiver-gone client-1']],
		['a reply that was under way when its client went', [asks, arrives, answers, closes('client-1')], ['client-1 > server-1 arrived', 'server-1 > client-1 receiver-gone client-1']],
		['a late reply', [asks, arrives, timesOut('client-1'), answers, isAnswered], ['client-1 > server-1 arrived', 'server-1 > client-1 arrived late']],
		['a request from nowhere', [arrives, answers], ['? > server-1 arrived', 'server-1 > ? outside']],
		['a reply from nowhere', [asks, isAnswered], ['client-1 > ? under-way', '? > client-1 arrived']],
		['a late reply that libzmq dropped', [
			sets('client-1', 'recover', 'relaxed+correlate'), asks, arrives, asks, answers, arrives, sends('server-1', 'Two'), receives('client-1', 'Two'),
		], ['client-1 > server-1 arrived', 'client-1 > server-1 arrived', 'server-1 > client-1 discarded', 'server-1 > client-1 arrived']],
		['the next try of a lazy pirate', [asks, closes('client-1'), opens('client-1'), meets, {...asks, attempt: 2}, arrives], ['client-1 > ? unknown client-1', 'client-1 > ? under-way', 'client-1 > server-1 arrived']],
		['a request like the one that was lost with the server', [asks, crashes('server-1'), opens('server-1'), asks, arrives], ['client-1 > ? unknown server-1', 'client-1 > server-1 arrived']],
		['a reply to the first try or to the second one: a plain link can’t tell', [
			asks, {type: 'peer-closed', peer: 'client-1', how: 'retry'}, opens('client-1'), meets, {...asks, attempt: 2}, arrives, answers, arrives, answers, isAnswered,
		], ['client-1 > ? unknown client-1', 'client-1 > ? under-way', 'client-1 > server-1 arrived', 'server-1 > client-1 under-way', 'client-1 > server-1 arrived', 'server-1 > client-1 under-way', 'server-1 > client-1 arrived']],
	])('%s', (_, story, arrows) => {
		expect(arrowsOf(ladderOf(...together, ...story))).toEqual(arrows);
	});

	test('a reply to another question is marked', () => {
		const story = [...together, sets('client-1', 'recover', 'relaxed'), asks, arrives, sends('client-1', 'Again'), answers, isAnswered];
		expect(arrowsOf(ladderOf(...story))).toContain('server-1 > client-1 arrived mismatched');
	});

	test('two clients with the same question: both are named, until a reply tells', () => {
		const story = [...crowd(2), asks, sends('client-2', 'Hello'), arrives];
		expect(arrowsOf(ladderOf(...story))).toContain('client-1 or client-2 > server-1 arrived');
		expect(arrowsOf(ladderOf(...story, answers))).toContain('server-1 > client-1 or client-2 under-way');
		expect(arrowsOf(ladderOf(...story, answers, receives('client-2', 'World')))).toContain('server-1 > client-2 arrived');
	});

	test('nobody is connected: it waits in its socket, until somebody is', () => {
		const alone: readonly Fact[] = [labStarts(), isAdded('server-1', 'server'), isAdded('client-1', 'client'), opens('client-1'), link('connecting', 'client-1')];
		expect(arrowsOf(ladderOf(...alone, asks))).toEqual(['client-1 > ? no-peer']);
		expect(arrowsOf(ladderOf(...alone, asks, link('handshake-done', 'client-1')))).toEqual(['client-1 > ? under-way']);
		expect(arrowsOf(ladderOf(...pair, asks))).toEqual(['client-1 > ? under-way']);
	});

	test('without a server in the lab a question goes outside', () => {
		expect(arrowsOf(ladderOf(labStarts('client'), isAdded('client-1', 'client'), opens('client-1'), asks, isAnswered))).toEqual(['client-1 > ? outside', '? > client-1 arrived']);
	});

	test('a message says all that is known of it', () => {
		const {steps} = ladderOf(...together, asks, arrives, answers, later(999, isAnswered));
		const last = steps.at(-1);
		expect(last?.type === 'arrives' && describeArrow(last.arrow)).toBe('reply World · server-1 to client-1 · 1.000 s under way · 1.002 s since the question');
	});
});

test('bars tell what each peer does', () => {
	const {steps} = ladderOf(...together, asks, arrives, {type: 'delay-started', peer: 'server-1', ms: 10}, {type: 'delay-ended', peer: 'server-1'}, {type: 'held', peer: 'server-1'}, {type: 'released', peer: 'server-1'}, answers, isAnswered, crashes('server-1'), opens('server-1'));
	expect(steps.slice(1).map(({bars}) => `${bars['client-1']} ${bars['server-1']}`)).toEqual([
		'waiting idle', 'waiting serving', 'waiting delaying', 'waiting holding', 'waiting serving', 'waiting idle', 'idle idle', 'idle closed', 'idle idle',
	]);
});

test('marks say what went wrong; a server that closes says what is lost with it', () => {
	const {steps} = ladderOf(...together, asks, isRefused('client-1', 'send', 'EFSM'), arrives, crashes('server-1'), opens('server-1'), timesOut('client-1'));
	expect(steps.flatMap(step => step.type === 'mark' ? [`${step.peer ?? 'lab'} ${step.mark}: ${step.text}`] : [])).toEqual([
		'lab lab: a fresh lab: crowd', 'client-1 refused: send refused: EFSM', 'server-1 crashed: crashed, and lost with it: Hello', 'server-1 opened: a new socket', 'client-1 timed-out: no reply within 1.000 s',
	]);
});

test('a fault is marked where it struck, and what it took ends there', () => {
	const endpoint = 'tcp://127.0.0.1:5560';
	const strikes = (way: 'request' | 'reply'): readonly Telling[] => [
		{type: 'fault-struck', peer: 'client-1', to: endpoint, link: 1, rule: 2, fault: `drop ${way} 1`, way, unit: 3, exchange: 1},
		{type: 'exchange-seen', peer: 'client-1', to: endpoint, link: 1, exchange: 1, outcome: 'lost', evidence: 'exact', ms: 3, why: 'fault', way, rule: 2},
	];
	const request = ladderOf(...together, asks, ...strikes('request')).steps;
	expect(request.at(-1)).toMatchObject({type: 'mark', mark: 'fault', text: 'fault 2: drop request 1', fault: {from: 'client-1', to: 'server-1'}});
	expect(request.flatMap(step => step.type === 'leaves' ? [fateOf(step.arrow)] : [])).toEqual(['taken by fault 2']);
	const reply = ladderOf(...together, asks, arrives, answers, ...strikes('reply')).steps;
	expect(reply.at(-1)).toMatchObject({mark: 'fault', fault: {from: 'server-1', to: 'client-1'}});
	expect(reply.flatMap(step => step.type === 'leaves' ? [fateOf(step.arrow)] : [])).toEqual([undefined, 'taken by fault 2']);
});

describe('rows', () => {
	const typesOf = (...story: readonly Telling[]): readonly string[] =>
		ladderRows(ladderOf(...together, ...story)).slice(1).map(row => row.type === 'arrow' ? row.part : row.type);

	test('a message that arrives at once is one row, one that something comes between is two', () => {
		expect(typesOf(asks, arrives)).toEqual(['whole']);
		expect(typesOf(asks, isRefused('client-1', 'send', 'EFSM'), arrives)).toEqual(['leaves', 'mark', 'arrives']);
	});

	test('a wait is a row with its length', () => {
		expect(typesOf(asks, arrives, later(500, answers), isAnswered)).toEqual(['whole', 'gap', 'whole']);
		expect(typesOf(asks, later(500, arrives))).toEqual(['leaves', 'gap', 'arrives']);
	});
});

describe('a window of a long journal', () => {
	const exchanges = (count: number): readonly Telling[] => Array.from({length: count}, () => [asks, arrives, answers, isAnswered]).flat();
	/** Without what is only known from outside the window. */
	const inShort = (ladder: Ladder): ReadonlyArray<readonly [number, string, string]> => ladder.steps.map(step => [step.n, step.type, step.type === 'mark' ? step.text : describeArrow(step.arrow)]);

	test('it shows what the whole ladder shows there, wherever one looks', () => {
		const journal = journalOf([...together, ...exchanges(1500), asks]);
		const whole = inShort(wholeLadder(journal));
		for (const upTo of [10, 700, 3000, 5999, journal.snapshot.n]) {
			expect(inShort(ladderWindow(journal, {steps: 20, upTo}))).toEqual(whole.filter(([n]) => n <= upTo).slice(-20));
		}
	});

	test('what a peer has done for long is known though it lies far back', () => {
		const journal = journalOf([...crowd(2), sends('client-2', 'Long ago'), ...exchanges(1000)]);
		expect(ladderWindow(journal, {steps: 10}).before).toMatchObject({'client-2': 'waiting'});
	});

	test('it begins where the lab began', () => {
		const journal = journalOf([...together, asks, labStarts(), isAdded('client-1', 'client')]);
		expect(ladderWindow(journal, {steps: 10}).steps.map(({type}) => type)).toEqual(['mark']);
	});

	test('of a journal at its limit only what is near is looked at', () => {
		let reads = 0;
		class CountingJournal extends Journal {
			override * newestFirst(from?: number): Generator<Event> {
				for (const event of super.newestFirst(from)) {
					reads++;
					yield event;
				}
			}
		}

		const journal = new CountingJournal();
		for (const event of numbered([...together, ...exchanges(5000)])) {
			journal.append(event);
		}

		ladderWindow(journal, {steps: 50});
		expect(reads).toBeGreaterThan(0);
		expect(reads).toBeLessThan(5000);
	});
});

test('any story has a ladder: each arrival one arrow, no arrow arrives before it leaves, and the same events give the same', () => {
	fc.assert(fc.property(randomStory, story => {
		const {steps} = ladderOf(...story);
		const arrived = steps.flatMap(step => step.type === 'arrives' ? [step.arrow] : []);
		expect(new Set<Arrow>(arrived).size).toBe(arrived.length);
		for (const {sent, arrived: at, from, to} of arrived) {
			expect(sent?.n ?? 0).toBeLessThan(at?.n ?? 0);
			expect(to).toHaveLength(1);
			expect(new Set(from).size).toBe(from.length);
		}

		expect(ladderOf(...story)).toEqual({before: {}, steps});
	}));
});
