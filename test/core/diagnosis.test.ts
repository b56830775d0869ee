/** One test a rule: a story, and what is said of whoever waits at its end. The same on real sockets: `test/lab/diagnosis.test.ts`. */
import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {diagnose, diagnoseAll, isStuck, type Diagnosis} from '../../source/core/diagnosis.js';
import {formatClock} from '../../source/core/age.js';
import {why, whyText} from '../../source/core/why.js';
import {
	beginning,
	closes,
	crashes,
	isAdded,
	labStarts,
	later,
	link,
	opens,
	pair,
	passes,
	peerNamed,
	place,
	receives,
	retries,
	sends,
	sets,
	snapshotOf,
	taps,
	timesOut,
	type Telling,
} from '../helpers/events.js';
import {randomStory} from '../helpers/random-stories.js';

/** What is said of a peer three seconds after the last of these events. */
function diagnosisAfter(peer: string, ...story: readonly Telling[]): Diagnosis {
	const snapshot = snapshotOf(...story);
	const diagnosis = diagnose(snapshot, peerNamed(snapshot, peer), snapshot.t + 3000);
	if (!diagnosis) {
		throw new Error(`${peer} does not wait`);
	}

	return diagnosis;
}

const tapped = [...pair, taps('client-1')];
const faultIs = (fault: string): Telling => ({type: 'fault-set', rule: 1, fault});
const strikes = (fault: string, way: 'request' | 'reply'): Telling => ({type: 'fault-struck', peer: 'client-1', to: place, link: 1, way, exchange: 1, rule: 1, fault});
const isTaken = (way: 'request' | 'reply'): Telling => ({type: 'exchange-seen', peer: 'client-1', to: place, link: 1, exchange: 1, outcome: 'lost', evidence: 'exact', ms: 1, why: 'fault', way, rule: 1});
const linkIsGone: Telling = {type: 'exchange-seen', peer: 'client-1', to: place, link: 1, exchange: 1, outcome: 'lost', evidence: 'exact', ms: 1, why: 'disconnected'};

/** What matters of it, in a line. */
const summary = ({rule, waitsFor, where, hope, isStuck: isItStuck}: Diagnosis) => ({rule, waitsFor, where: where.text, evidence: where.evidence, answer: hope.answer, isStuck: isItStuck});

const asks = sends('client-1', 'Hello');
const arrives = receives('server-1', 'Hello');
const answers = sends('server-1', 'World');
const isHeld = {type: 'held', peer: 'server-1'} as const;
const reconnects = [link('disconnected', 'client-1'), link('connected', 'client-1'), link('handshake-done', 'client-1')];
const other = 'tcp://127.0.0.1:5562';
const second = [isAdded('client-2', 'client'), opens('client-2'), link('connecting', 'client-2'), link('connected', 'client-2'), link('handshake-done', 'client-2'), link('accepted', 'server-1'), link('handshake-done', 'server-1')];
const bothConnect = [labStarts('both-connect'), isAdded('server-1', 'server'), opens('server-1'), link('connecting', 'server-1'), isAdded('client-1', 'client'), opens('client-1'), link('connecting', 'client-1')];
const alone = [isAdded('client-1', 'client'), opens('client-1'), link('connecting', 'client-1')];

describe('a client', () => {
	test('whose server closed with its request is stuck, before and after it is there again', () => {
		const story = [...pair, asks, arrives, isHeld, crashes('server-1')];
		const lostAt = formatClock(beginning + story.length);
		const lost = {rule: 'lost-with-server', waitsFor: 'server-1', where: `lost with server-1 at ${lostAt}`, evidence: 'inferred', answer: 'no', isStuck: true};
		expect(summary(diagnosisAfter('client-1', ...story))).toEqual(lost);
		expect(summary(diagnosisAfter('client-1', ...story, opens('server-1'), link('bound', 'server-1'), ...reconnects))).toEqual(lost);
		expect(diagnosisAfter('client-1', ...story).ways.map(({command}) => command)).toEqual(['/@client-1 recover relaxed', '/@client-1 restart']);
	});

	test('is stuck since its reply can’t come, not since it asked', () => {
		const story = [...pair, asks, arrives, isHeld, later(60_000, crashes('server-1'))];
		expect(diagnosisAfter('client-1', ...story)).toMatchObject({since: snapshotOf(...story).t, isStuck: true});
	});

	test.each<[fault: string, way: 'request' | 'reply', where: string]>([
		['drop request 1', 'request', 'its request was dropped by fault 1'],
		['drop reply', 'reply', 'its reply was dropped by fault 1'],
		['black-hole', 'request', 'its request was swallowed by fault 1'],
		['cut-short reply', 'reply', 'its reply was cut short by fault 1'],
	])('that %s has struck on its tapped link knows which fault, and for whom it waits', (fault, way, where) => {
		expect(summary(diagnosisAfter('client-1', ...tapped, faultIs(fault), asks, passes('client-1', 1), strikes(fault, way), isTaken(way)))).toEqual({
			rule: 'lost-on-wire', waitsFor: 'server-1', where, evidence: 'exact', answer: 'no', isStuck: true,
		});
	});

	test('whose tapped connection has ended is stuck', () => {
		const diagnosis = diagnosisAfter('client-1', ...tapped, asks, passes('client-1', 1), linkIsGone);
		expect(summary(diagnosis)).toMatchObject({rule: 'lost-on-wire', waitsFor: 'server-1', evidence: 'exact', answer: 'no', isStuck: true});
		expect(diagnosis.where.text).toMatch(/^the connection ended at /v);
	});

	test.each<[fault: string, way: 'request' | 'reply', where: string]>([
		['hold request 1h', 'request', 'its request is held back by fault 1'],
		['hold reply 1h', 'reply', 'its reply is held back by fault 1'],
		['latency 10s', 'reply', 'its reply is delayed by fault 1'],
	])('whose message meets %s is told of the fault, and that lifting it helps', (fault, way, where) => {
		const seen = way === 'request' ? [] : [passes('client-1', 1), arrives, answers];
		const diagnosis = diagnosisAfter('client-1', ...tapped, faultIs(fault), asks, ...seen, strikes(fault, way));
		expect(summary(diagnosis)).toMatchObject({rule: 'kept-on-wire', where, evidence: 'exact', answer: 'yes', isStuck: false});
		expect(diagnosis.ways.map(({command}) => command)).toEqual(['/fault lift 1']);
	});

	test('whose request has passed the tap and was shown by no server: it is up to that server', () => {
		expect(summary(diagnosisAfter('client-1', ...tapped, asks, passes('client-1', 1)))).toMatchObject({rule: 'passed-tap', waitsFor: 'server-1', where: 'gone through the tap to server-1', evidence: 'exact', answer: 'unknown', isStuck: false});
		const outsiders = [...alone, taps('client-1'), link('connected', 'client-1'), link('handshake-done', 'client-1'), asks, passes('client-1', 1)];
		expect(summary(diagnosisAfter('client-1', ...outsiders))).toMatchObject({rule: 'passed-tap', waitsFor: 'a server outside this lab', where: `gone through the tap to whoever is at ${place}`});
	});

	test('whose server has yet to call receive, step by step', () => {
		const diagnosis = diagnosisAfter('client-1', ...pair, {type: 'steps-switched', isOn: true}, {type: 'step-held', peer: 'server-1', operation: 'receive'}, asks);
		expect(summary(diagnosis)).toMatchObject({rule: 'not-yet-received', waitsFor: 'server-1', answer: 'yes'});
		expect(diagnosis.ways[0]?.command).toBe('/step server-1');
	});

	test('that gave up by a time-out before its server closed is stuck all the same', () => {
		expect(summary(diagnosisAfter('client-1', ...pair, asks, arrives, timesOut('client-1'), crashes('server-1')))).toMatchObject({rule: 'lost-with-server', isStuck: true});
	});

	test('that is relaxed is not stuck: it may send again', () => {
		const diagnosis = diagnosisAfter('client-1', ...pair, sets('client-1', 'recover', 'relaxed'), asks, arrives, crashes('server-1'));
		expect(summary(diagnosis)).toMatchObject({rule: 'lost-with-server', answer: 'no', isStuck: false});
		expect(diagnosis.ways[0]?.command).toBe('/@client-1 send Hello');
	});

	test('that is a lazy pirate is not stuck while it has tries left', () => {
		expect(summary(diagnosisAfter('client-1', ...pair, sets('client-1', 'recover', 'lazy-pirate 3x 2s'), asks, arrives, crashes('server-1')))).toMatchObject({rule: 'lost-with-server', isStuck: false});
	});

	test('where nobody listens is told who has to', () => {
		const diagnosis = diagnosisAfter('client-1', ...bothConnect, asks);
		expect(summary(diagnosis)).toMatchObject({rule: 'nobody-listens', waitsFor: 'server-1', evidence: 'exact', answer: 'yes', isStuck: false});
		expect(diagnosis.ways.map(({command}) => command)).toEqual(['/@server-1 disconnect', '/@server-1 bind tcp://127.0.0.1:5560']);
	});

	test('that nobody is connected to waits for a peer', () => {
		const diagnosis = diagnosisAfter('client-1', ...alone, asks, retries('client-1', 1, beginning));
		expect(summary(diagnosis)).toMatchObject({rule: 'waits-for-peer', waitsFor: 'a server', where: 'in its own socket: nobody is connected', evidence: 'exact', answer: 'yes'});
		expect(diagnosis.ways[0]?.command).toBe('zmq-playground server tcp://127.0.0.1:5560');
		expect(diagnosisAfter('client-1', ...pair, crashes('server-1'), link('disconnected', 'client-1'), asks)).toMatchObject({rule: 'waits-for-peer', waitsFor: 'server-1', ways: [{command: '/@server-1 open'}]});
	});

	test('that somebody took a connection from without a word waits for a handshake, and nobody knows whether it comes', () => {
		const silent = [...alone, link('connected', 'client-1'), asks];
		const diagnosis = diagnosisAfter('client-1', ...silent);
		expect(summary(diagnosis)).toEqual({rule: 'no-handshake-yet', waitsFor: `whoever is at ${place}`, where: 'in its own socket: no handshake yet', evidence: 'exact', answer: 'unknown', isStuck: false});
		expect(diagnosis.ways.map(({command}) => command)).toEqual([`zmq-playground probe ${place}`]);
		expect(diagnosisAfter('client-1', ...silent, link('disconnected', 'client-1'), retries('client-1', 1, beginning))).toMatchObject({rule: 'waits-for-peer'});
	});

	test('that gave up the endpoint of a queued request has lost it', () => {
		expect(summary(diagnosisAfter('client-1', ...alone, asks, link('disconnecting', 'client-1')))).toMatchObject({rule: 'left-its-endpoints', answer: 'no', isStuck: true});
	});

	test('whose request is held is told by whom, for how long, and what makes it reply', () => {
		const diagnosis = diagnosisAfter('client-1', ...pair, asks, arrives, isHeld);
		expect(summary(diagnosis)).toEqual({rule: 'held', waitsFor: 'server-1', where: 'held by server-1 for 3 s', evidence: 'inferred', answer: 'yes', isStuck: false});
		expect(diagnosis.ways[0]?.command).toBe('/@server-1 release');
	});

	test('whose connection was lost while its request is held is stuck', () => {
		expect(summary(diagnosisAfter('client-1', ...pair, asks, arrives, isHeld, ...reconnects))).toMatchObject({rule: 'held-in-vain', where: 'held by server-1 for 3 s', answer: 'no', isStuck: true});
	});

	test('that asked the same as another one may be the one that is served', () => {
		const diagnosis = diagnosisAfter('client-1', ...pair, ...second, asks, sends('client-2', 'Hello'), arrives);
		expect(summary(diagnosis)).toMatchObject({rule: 'perhaps-held', evidence: 'unknown', answer: 'yes', isStuck: false});
		expect(diagnosis.hope.text).toContain('client-1 or client-2');
	});

	test('whose reply is on its way', () => {
		expect(summary(diagnosisAfter('client-1', ...pair, asks, arrives, answers))).toMatchObject({rule: 'reply-in-link', answer: 'unknown', isStuck: false});
	});

	test('whose reply was on its way when the connection went is stuck', () => {
		expect(summary(diagnosisAfter('client-1', ...pair, asks, arrives, answers, ...reconnects))).toMatchObject({rule: 'reply-lost', answer: 'no', isStuck: true});
	});

	test('that was answered after its time-out may receive', () => {
		const diagnosis = diagnosisAfter('client-1', ...pair, asks, arrives, timesOut('client-1'), answers);
		expect(summary(diagnosis)).toMatchObject({rule: 'answered-late', answer: 'yes', isStuck: false});
		expect(diagnosis.ways[0]?.command).toBe('/@client-1 receive');
	});

	test('whose connection was lost before anybody showed the request: nobody can tell', () => {
		expect(summary(diagnosisAfter('client-1', ...pair, asks, ...reconnects))).toMatchObject({rule: 'connection-lost', evidence: 'unknown', answer: 'unknown', isStuck: false});
	});

	test('that came second with a routing id is ignored', () => {
		const diagnosis = diagnosisAfter('client-2', ...pair, sets('client-1', 'id', 'twin'), ...second, sets('client-2', 'id', 'twin'), sends('client-2', 'Hello'));
		expect(summary(diagnosis)).toMatchObject({rule: 'same-routing-id', waitsFor: 'client-1', evidence: 'inferred', answer: 'no', isStuck: true});
	});

	test('that waits in a queue is told who is served', () => {
		const diagnosis = diagnosisAfter('client-2', ...pair, ...second, asks, arrives, isHeld, sends('client-2', 'Me too'));
		expect(summary(diagnosis)).toMatchObject({rule: 'in-queue', where: 'in the queue of server-1, which serves client-1', evidence: 'inferred', answer: 'yes'});
		expect(diagnosis.ways[0]?.command).toBe('/@server-1 release');
	});

	test('whose turn was at a dead server', () => {
		expect(summary(diagnosisAfter('client-1', ...pair, link('connecting', 'client-1', other), asks, retries('client-1', 1, beginning, other)))).toMatchObject({
			rule: 'routed-to-nobody', waitsFor: `a server at ${other}`, evidence: 'inferred', answer: 'yes',
		});
	});

	test('of a server outside: nobody here can tell', () => {
		expect(summary(diagnosisAfter('client-1', ...alone, link('connected', 'client-1'), link('handshake-done', 'client-1'), asks))).toMatchObject({rule: 'outside', evidence: 'unknown', answer: 'unknown', isStuck: false});
	});

	test('whose request was seen nowhere: a plain link can’t tell, and heartbeats would notice a dead one', () => {
		const diagnosis = diagnosisAfter('client-1', ...pair, asks);
		expect(summary(diagnosis)).toMatchObject({rule: 'in-link', where: 'in the link, or lost on it', evidence: 'unknown', answer: 'unknown', isStuck: false});
		expect(diagnosis.ways[0]?.command).toBe('/@client-1 heartbeat 1s 3s');
		expect(diagnosisAfter('client-1', ...pair, sets('client-1', 'heartbeat', '1s 3s'), asks).ways[0]?.command).not.toContain('heartbeat');
	});

	test('that does not wait is not diagnosed', () => {
		const snapshot = snapshotOf(...pair, asks, arrives, answers, receives('client-1', 'World'));
		expect(diagnoseAll(snapshot, snapshot.t)).toEqual([]);
	});
});

describe('a server', () => {
	const owes = [...pair, asks, arrives];

	test.each<[rule: string, waitsFor: string, command: string, story: readonly Telling[]]>([
		['held-back', 'you', '/@server-1 release', [...owes, isHeld]],
		['by-hand', 'you', '/@server-1 reply World', [...pair, sets('server-1', 'service', 'by-hand'), asks, arrives]],
		['delayed', 'its delay', '/@server-1 reply World', [...owes, {type: 'delay-started', peer: 'server-1', ms: 10_000}]],
		['owes', 'nobody', '/@server-1 reply World', owes],
	])('%s: it waits for %s', (rule, waitsFor, command, story) => {
		expect(diagnosisAfter('server-1', ...story)).toMatchObject({rule, waitsFor, isStuck: false, hope: {answer: 'yes'}, ways: [{command}]});
	});

	test('whose asker is gone replies to nobody', () => {
		expect(diagnosisAfter('server-1', ...owes, isHeld, closes('client-1'))).toMatchObject({hope: {answer: 'no'}, isStuck: false});
	});

	test('that was asked from outside can’t know by whom', () => {
		expect(diagnosisAfter('server-1', ...pair, arrives)).toMatchObject({hope: {answer: 'unknown', evidence: 'unknown'}});
	});
});

describe('why', () => {
	test('draws who waits for whom, the peer in focus first, and closes the circle', () => {
		const snapshot = snapshotOf(...pair, asks, arrives, isHeld, crashes('server-1'), opens('server-1'), link('bound', 'server-1'));
		const text = whyText(snapshot, snapshot.t + 12_000);
		expect(text[0]).toMatch(/^client-1 waits for server-1 {2}stuck for 12 s$/v);
		expect(text.join('\n')).toContain('can come?  no: ');
		expect(text.join('\n')).toContain('way out    /@client-1 recover relaxed');
		expect(text.at(-1)).toBe('server-1 waits for a request, which client-1 may not send');
		const held = snapshotOf(...pair, asks, arrives, isHeld);
		expect(why(held, held.t, 'server-1')[0]?.label).toBe('server-1');
		expect(why(held, held.t)[0]?.label).toBe('client-1');
	});

	test('closes no circle where another client may send', () => {
		const story = [...pair, isAdded('client-2', 'client'), opens('client-2'), link('connecting', 'client-2'), asks, arrives, isHeld, crashes('server-1'), opens('server-1'), link('bound', 'server-1')];
		const snapshot = snapshotOf(...story);
		const text = whyText(snapshot, snapshot.t);
		expect(text[0]).toContain('client-1 waits for server-1');
		expect(text.join('\n')).not.toContain('may not send');
		const rest = snapshotOf(...story, closes('client-2'));
		expect(whyText(rest, rest.t).at(-1)).toBe('server-1 waits for a request, which client-1 may not send');
	});

	test('says so when nobody waits', () => {
		expect(whyText(snapshotOf(...pair), 0)).toEqual(['Nobody waits for a reply, and nobody owes one.']);
	});
});

test('whatever happens, whoever waits is diagnosed and nobody else, and stuck never depends on the moment', () => {
	fc.assert(fc.property(randomStory, fc.nat(1_000_000), (story, ms) => {
		const snapshot = snapshotOf(...story);
		for (const peer of Object.values(snapshot.peers)) {
			const diagnosis = diagnose(snapshot, peer, snapshot.t + ms);
			expect(diagnosis !== undefined).toBe(peer.state === 'awaiting-reply');
			expect(diagnosis?.isStuck ?? false).toBe(isStuck(snapshot, peer));
		}
	}));
});
