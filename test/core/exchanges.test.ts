import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {foldExchanges, noExchanges, type Exchanges, type Tally} from '../../source/core/exchanges.js';
import {
	closes,
	crashes,
	crowd,
	deepFreeze,
	foldAll,
	isRefused,
	later,
	numbered,
	opens,
	receives,
	sends,
	snapshotOf,
	timesOut,
	type Telling,
} from '../helpers/events.js';
import {randomStory} from '../helpers/random-stories.js';

const oneClient = crowd(1);
const twoClients = crowd(2);
/** What became of the exchanges after these events in a lab of one client and one server. */
const after = (...tellings: readonly Telling[]): Exchanges => snapshotOf(...oneClient, ...tellings).exchanges;
const afterTwo = (...tellings: readonly Telling[]): Exchanges => snapshotOf(...twoClients, ...tellings).exchanges;
/** Only the sums that are not 0. */
const counted = ({tally}: Exchanges): Partial<Tally> => Object.fromEntries(Object.entries(tally).filter(([, count]) => count > 0));

const asks = sends('client-1', 'Hello');
const arrives = receives('server-1', 'Hello');
const answers = sends('server-1', 'World');
const isAnswered = receives('client-1', 'World');

describe('outcomes', () => {
	test.each<[what: string, story: readonly Telling[], tally: Partial<Tally>]>([
		['nothing asked', [], {}],
		['asked', [asks], {asked: 1, pending: 1}],
		['asked and arrived', [asks, arrives], {asked: 1, pending: 1}],
		['replied', [asks, arrives, answers, isAnswered], {asked: 1, replied: 1}],
		['replied twice', [asks, arrives, answers, isAnswered, asks, arrives, answers, isAnswered], {asked: 2, replied: 2}],
		['replied to by somebody outside this lab', [asks, isAnswered], {asked: 1, replied: 1}],
		['timed out', [asks, arrives, timesOut('client-1')], {asked: 1, 'timed-out': 1}],
		['timed out, and late', [asks, arrives, timesOut('client-1'), answers, isAnswered], {asked: 1, 'timed-out': 1, late: 1}],
		['abandoned by a close', [asks, closes('client-1')], {asked: 1, abandoned: 1}],
		['abandoned by a crash', [asks, arrives, crashes('client-1'), answers], {asked: 1, abandoned: 1}],
		['abandoned by a relaxed REQ that asks anew', [asks, asks], {asked: 2, abandoned: 1, pending: 1}],
		['abandoned by a relaxed REQ that asks anew and finds nobody', [asks, isRefused('client-1', 'send', 'EAGAIN')], {asked: 1, abandoned: 1}],
		['lost with a server that crashed', [asks, arrives, crashes('server-1')], {asked: 1, lost: 1}],
		['lost with a server that was closed', [asks, arrives, closes('server-1')], {asked: 1, lost: 1}],
		['lost, whatever the server does next', [asks, arrives, crashes('server-1'), opens('server-1'), closes('server-1')], {asked: 1, lost: 1}],
		['still pending where it may have been in the link when the server crashed', [asks, crashes('server-1')], {asked: 1, pending: 1}],
		['still pending when the server crashed after its answer', [asks, arrives, answers, crashes('server-1')], {asked: 1, pending: 1}],
		['a refused send is no exchange', [isRefused('client-1', 'send', 'EFSM'), isRefused('client-1', 'send', 'EAGAIN')], {}],
		['a refusal out of turn changes nothing', [asks, isRefused('client-1', 'send', 'EFSM'), isRefused('client-1', 'receive', 'EAGAIN')], {asked: 1, pending: 1}],
		['a late reply alone', [isAnswered], {late: 1}],
		['what strangers do', [sends('stranger', 'Hello'), receives('stranger', 'Hello'), timesOut('stranger'), crashes('stranger')], {}],
	])('%s', (_, story, tally) => {
		expect(counted(after(...story))).toEqual(tally);
	});

	test('a closed outcome never changes: the late reply finds nothing open', () => {
		const exchanges = after(asks, arrives, timesOut('client-1'), answers, isAnswered);
		expect(exchanges.open).toEqual({});
		expect(exchanges.settled).toBeUndefined();
	});
});

describe('what an open exchange knows', () => {
	// The lab of one client has five events of its own: the story's first is number 6.
	test('who asked, when, and how far it got', () => {
		expect(after(asks, arrives, answers).open['client-1']).toMatchObject({
			id: 1, client: 'client-1', sent: 6, server: 'server-1', arrived: 7, answered: 8, outcome: 'pending', evidence: 'inferred',
		});
	});

	test('its round trip, once it is closed', () => {
		const {settled} = after(asks, arrives, answers, later(99, isAnswered));
		expect(settled).toMatchObject({outcome: 'replied', sent: 6, closed: 9});
		expect((settled?.closedAt ?? 0) - (settled?.sentAt ?? 0)).toBe(102);
	});

	test('`settled` is there for one event only', () => {
		expect(after(asks, isAnswered).settled?.outcome).toBe('replied');
		expect(after(asks, isAnswered, opens('server-1')).settled).toBeUndefined();
	});

	test('numbers go on from one exchange to the next', () => {
		expect(after(asks, isAnswered, asks).open['client-1']?.id).toBe(2);
	});
});

describe('what a server owes', () => {
	test('to the one who asked', () => {
		expect(after(asks, arrives).debts['server-1']).toMatchObject({request: 7, askers: ['client-1'], exchange: 1});
	});

	test.each<[what: string, story: readonly Telling[]]>([
		['its answer', [answers]],
		['its crash', [crashes('server-1')]],
	])('nothing after %s', (_, story) => {
		expect(after(asks, arrives, ...story).debts).toEqual({});
	});

	test('to somebody outside this lab', () => {
		expect(after(receives('server-1', 'Who knows me?')).debts['server-1']).toMatchObject({askers: []});
	});

	test('to one who has given up meanwhile, and nobody is credited with the answer', () => {
		const exchanges = after(asks, arrives, crashes('client-1'), opens('client-1'), asks, answers);
		expect(exchanges.debts).toEqual({});
		expect(exchanges.open['client-1']?.answered).toBeUndefined();
	});
});

describe('two clients on plain links', () => {
	const bothAsk = [sends('client-1', 'Hello'), sends('client-2', 'Hello')];

	test('with the same body could each have asked: no claim is made', () => {
		const {open, debts} = afterTwo(...bothAsk, arrives);
		expect(debts['server-1']?.askers).toEqual(['client-1', 'client-2']);
		expect(debts['server-1']?.exchange).toBeUndefined();
		expect(Object.values(open).map(({arrived}) => arrived)).toEqual([undefined, undefined]);
	});

	test('a crash then loses neither for certain', () => {
		expect(counted(afterTwo(...bothAsk, arrives, crashes('server-1')))).toEqual({asked: 2, pending: 2});
	});

	test('once one has its reply, the other is meant', () => {
		const {debts} = afterTwo(...bothAsk, arrives, answers, receives('client-2', 'World'), arrives);
		expect(debts['server-1']).toMatchObject({askers: ['client-1'], exchange: 1});
	});

	test('a request that has arrived already is not taken for the next one', () => {
		const {debts} = afterTwo(sends('client-1', 'Hello'), arrives, answers, sends('client-2', 'Hello'), arrives);
		expect(debts['server-1']).toMatchObject({askers: ['client-2'], exchange: 2});
	});

	test.each<[what: string, second: Telling]>([
		['another text', sends('client-2', 'Good day')],
		['the same text in two frames', sends('client-2', 'Hello', '')],
		['a longer text that begins alike', sends('client-2', 'Hello!')],
	])('with %s are told apart', (_, second) => {
		expect(afterTwo(sends('client-1', 'Hello'), second, arrives).debts['server-1']?.askers).toEqual(['client-1']);
	});
});

describe('whatever happens', () => {
	test('asked is the sum of the outcomes, and pending the number of open ones', () => {
		fc.assert(fc.property(randomStory, story => {
			const {tally, open} = snapshotOf(...story).exchanges;
			const {asked, pending, replied, lost, mismatched, abandoned} = tally;
			expect(asked).toBe(pending + replied + tally['timed-out'] + lost + mismatched + abandoned);
			expect(pending).toBe(Object.keys(open).length);
			expect(Math.min(...Object.values(tally))).toBeGreaterThanOrEqual(0);
		}));
	});

	test('each event closes one exchange at the most, and a closed one is never open again', () => {
		fc.assert(fc.property(randomStory, story => {
			const closed = new Set<number>();
			let before = snapshotOf();
			for (const event of numbered(story)) {
				const next = foldAll([event], before);
				const {settled, open, tally} = next.exchanges;
				if (settled) {
					expect(closed.has(settled.id)).toBe(false);
					closed.add(settled.id);
				}

				expect(Object.values(open).filter(({id}) => closed.has(id))).toEqual([]);
				expect(tally.asked - tally.pending).toBe(closed.size);
				before = next;
			}
		}));
	});

	test('an event that concerns no exchange gives the very same value', () => {
		const exchanges = deepFreeze(after(asks, arrives));
		const [event] = numbered([opens('client-1')]);
		expect(event && foldExchanges(exchanges, event, {role: 'client', socketType: 'REQ', options: {}}, {})).toBe(exchanges);
		expect(event && foldExchanges(noExchanges, event, undefined, {})).toBe(noExchanges);
	});
});

describe('a burst of equal questions', () => {
	const three = (...tellings: readonly Telling[]) => snapshotOf(...crowd(3), sends('client-1', 'Hello'), sends('client-2', 'Hello'), sends('client-3', 'Hello'), ...tellings).exchanges;

	test('who has its reply is meant no longer by the request that the server has taken meanwhile', () => {
		// The server takes the next request before the client has heard of its reply.
		expect(three(arrives, answers, arrives, receives('client-2', 'World')).debts['server-1']?.askers).toEqual(['client-1', 'client-3']);
	});

	test('the last one left has asked, and a crash loses its question', () => {
		const story = [arrives, answers, arrives, receives('client-2', 'World'), answers, arrives, receives('client-1', 'World')];
		expect(three(...story).debts['server-1']).toMatchObject({askers: ['client-3'], exchange: 3});
		expect(counted(three(...story, crashes('server-1')))).toEqual({asked: 3, replied: 2, lost: 1});
	});
});
