import {describe, expect, test} from 'vitest';
import {judge} from '../../../source/commands/conditions/condition.js';
import {labConditions} from '../../../source/commands/conditions/lab-conditions.js';
import {parseCondition} from '../../../source/commands/conditions/parse.js';
import {peerConditions} from '../../../source/commands/conditions/peer-conditions.js';
import {peerWords} from '../../../source/commands/conditions/peer-words.js';
import {unitKinds} from '../../../source/commands/conditions/wire-conditions.js';
import {type Unit} from '../../../source/zmtp/units.js';
import {Witness} from '../../../source/commands/conditions/witness.js';
import {
	isAdded,
	opens,
	closes,
	crashes,
	crowd,
	isRefused,
	later,
	link,
	numbered,
	oneOfEach,
	pair,
	receives,
	sends,
	sets,
	timesOut,
	type Telling,
} from '../../helpers/events.js';

/** Whether the condition holds after that story, and what was so. */
function judged(source: string, story: readonly Telling[], since = 0): {readonly holds: boolean; readonly was: string} {
	const parsed = parseCondition(source);
	if (!parsed.ok) {
		throw new Error(`${source}: ${parsed.reason}: ${parsed.next}`);
	}

	const witness = new Witness();
	for (const event of numbered(story)) {
		witness.take(event);
	}

	return judge(parsed.condition, witness.moment(since, witness.snapshot.t + 2000));
}

const asked: readonly Telling[] = [...pair, sends('client-1', 'Hello'), receives('server-1', 'Hello')];
const answered: readonly Telling[] = [...asked, sends('server-1', 'World'), receives('client-1', 'World')];
const hired: readonly Telling[] = [isAdded('worker-1', 'server'), opens('worker-1')];
const deadlock: readonly Telling[] = [...asked, crashes('server-1')];
const holding: readonly Telling[] = [...asked, {type: 'held', peer: 'server-1'}];

const {forwarded, unit, 'fault-set': isSet, 'fault-struck': strikes, 'zap-request': visit} = oneOfEach('drop reply');
const passesOn: Telling = {...forwarded, frames: [{role: 'routing-id', text: 'ana', size: 3}, {role: 'body', text: 'Hello', size: 5}]};
const passes = (kind: string): Telling => ({...unit, kind});
const visits = (verdict: 'allowed' | 'denied'): Telling => ({...visit, verdict});

describe('what holds', () => {
	test.each<[source: string, story: readonly Telling[]]>([
		['client-1 is idle', pair],
		['client-1 is awaiting-reply', asked],
		['client-1 is waiting', asked],
		['client-1 is replied and server-1 is replied', answered],
		['client-1 is not replied', asked],
		['client-1 is stuck', deadlock],
		['server-1 is closed and server-1 is crashed', deadlock],
		['server-1 is closed and not server-1 is crashed', [...asked, closes('server-1')]],
		['server-1 holds', holding],
		['server-1 is waiting', holding],
		['server-1 is bound and client-1 is connected', pair],
		['client-1 is connecting', pair.slice(0, 9)],
		['exchanges >= 1', asked],
		['exchanges pending=1', asked],
		['exchanges replied != 0', answered],
		['exchanges lost = 1', deadlock],
		['exchanges timed-out > 0', [...asked, timesOut('client-1')]],
		['last reply is "World"', answered],
		['last reply of server-1 is World', answered],
		['last reply is not "Welt"', answered],
		['last request contains "ell"', asked],
		['last request of server-1 is Hello', asked],
		[String.raw`last request is "say \"Hi\""`, [...pair, sends('client-1', 'say "Hi"')]],
		['last refusal is EFSM', [...asked, isRefused('client-1', 'send', 'EFSM')]],
		['last outcome of client-1 is lost', deadlock],
		['client-1 option recover is "relaxed"', [...pair, sets('client-1', 'recover', 'relaxed')]],
		['client-1 sockets = 1', pair],
		['server-1 connections >= 1', pair],
		['scene is pair', pair],
		['scene is not both-connect', pair],
		['clients >= 3', crowd(3)],
		['servers = 1', crowd(3)],
		['every client is idle and not any client is replied', crowd(3)],
		['any client is awaiting-reply', [...crowd(3), sends('client-2', 'Hello')]],
		['workers = 1 and servers = 2', [...pair, ...hired]],
		['every worker is idle and not every server is idle', [...asked, receives('server-1', 'Hello'), ...hired]],
		['client-1 is parked', [...pair, {type: 'parked', peer: 'client-1', operation: 'receive'}]],
		['client-1 replies = 1 and server-1 replies = 1', answered],
		['client-1 diagnosis contains "lost with server-1"', deadlock],
		['client-1 diagnosis is ""', pair],
		['last verdict of server-1 is denied', [...pair, visits('denied')]],
		['last hop contains "id ana | Hello"', [...pair, passesOn]],
		['unit ping', [...pair, passes('ping')]],
		['unit ping of client-1', [...pair, passes('ping'), passes('message')]],
		['unit ping size = 4', [...pair, passes('ping')]],
		['steps held = 1', [...pair, {type: 'steps-switched', isOn: true}, {type: 'step-held', peer: 'client-1', operation: 'send'}]],
		['faults >= 1 and faults struck = 2', [...pair, isSet, strikes, strikes]],
		['tap is on', [...pair, {type: 'tap-switched', isOn: true}]],
		['tap is off', pair],
		['event handshake-done', pair],
		['event refused of client-1', [...asked, isRefused('client-1', 'send', 'EFSM')]],
		['client-1 is idle or client-1 is replied and server-1 is bound', pair],
		['not (client-1 is replied or client-1 is stuck)', asked],
	])('%s', (source, story) => {
		expect(judged(source, story)).toMatchObject({holds: true});
		expect(judged(`not (${source})`, story)).toMatchObject({holds: false});
	});
});

test('an event counts only since the newest command', () => {
	expect(judged('event handshake-done of client-1', pair, pair.length - 1).holds).toBe(true);
	expect(judged('event handshake-done of client-1', pair, pair.length)).toEqual({holds: false, was: 'no event handshake-done of client-1 since #12 (the newest is #12)'});
});

test('what the lab before a reset said is forgotten', () => {
	expect(judged('last reply is World', [...answered, ...pair])).toEqual({holds: false, was: 'there is no reply yet'});
});

describe('what was so, in words', () => {
	test.each<[source: string, story: readonly Telling[], was: string]>([
		['client-1 is replied', asked, 'client-1 is awaiting-reply since 2.0 s'],
		['client-1 is replied', deadlock, 'client-1 is awaiting-reply since 2.0 s, and stuck'],
		['client-1 is idle', [...asked, later(500, link('accepted', 'server-1'))], 'client-1 is awaiting-reply since 2.5 s'],
		['server-1 is open', deadlock, 'server-1 is closed by a crash since 2.0 s'],
		['client-1 is connected', pair.slice(0, 8), 'client-1 is connecting (tcp://127.0.0.1:5560)'],
		['exchanges replied >= 10', answered, 'exchanges replied: 1'],
		['last reply is Welt', answered, 'the last reply is "World"'],
		['last reply is "a\u{1B}[2Jb"', [...asked, sends('server-1', 'x'), receives('client-1', '\u{1B}[2J')], 'the last reply is "␛[2J"'],
		['client-1 is replied and server-1 is open and exchanges = 7', asked, 'client-1 is awaiting-reply since 2.0 s; exchanges asked: 1'],
		['client-1 is replied or exchanges = 7', asked, 'client-1 is awaiting-reply since 2.0 s; exchanges asked: 1'],
		['any worker is open', pair, 'there is no worker'],
		['workers >= 1', pair, 'there are 0 workers'],
		['every client is replied', crowd(5), 'client-1 is idle since 2.0 s; client-2 is idle since 2.0 s; client-3 is idle since 2.0 s; and 2 more'],
		['clinet-1 is open', pair, 'there is no peer clinet-1; did you mean client-1?'],
		['constructor-1 is open', pair, 'there is no peer constructor-1'],
		['client-1 option recover is relaxed', pair, 'recover of client-1 is as usual'],
		['client-1 is parked', pair, 'client-1 is idle since 2.0 s'],
		['client-1 replies >= 2', answered, 'client-1 has received 1 reply'],
		['server-1 replies = 0', answered, 'server-1 has given 1 reply'],
		['client-1 diagnosis is lost', pair, 'client-1 waits for nothing'],
		['client-1 diagnosis contains lost', [...asked, {type: 'held', peer: 'server-1'}], 'client-1: held by server-1 for 2 s'],
		['last verdict is allowed', [...pair, visits('denied')], 'the last verdict is "denied"'],
		['unit ping size > 4', [...pair, passes('ping')], 'unit ping of 4 B: #13'],
		['steps held >= 1', pair, 'steps held: 0'],
		['last hop is x', pair, 'there is no hop yet'],
		['unit pong', [...pair, passes('ping')], 'no unit pong since #0'],
		['unit ping of client-2', [...pair, passes('ping')], 'no unit ping since #0'],
		['faults = 0', [...pair, isSet], 'faults in force: 1'],
		['faults struck >= 1', [...pair, isSet], 'faults struck: 0'],
		['tap is on', pair, 'the tap is off'],
	])('%s', (source, story, was) => {
		const judgement = judged(source, story);
		expect(judgement.holds).toBe(false);
		expect(judgement.was).toBe(was);
	});
});

describe('what can’t be read, where, and the nearest known word', () => {
	test.each<[source: string, at: number, reason: RegExp, next: RegExp]>([
		['client-1 is replid', 12, /“replid”/, /replied\?/],
		['client-1 si replied', 9, /“si”/, /is\?/],
		['client-1', 8, /missing/, /ends here/],
		['exhanges replied >= 1', 0, /“exhanges”/, /exchanges\?/],
		['exchanges repliedd >= 1', 10, /“repliedd”/, /replied\?/],
		['exchanges replied => 1', 19, /“>” is no number/, /whole number/],
		['exchanges replied >= many', 21, /“many” is no number/, /whole number/],
		['last replay is x', 5, /“replay”/, /reply\?/],
		['last reply equals x', 11, /“equals”/, /is, contains/],
		['last reply is "open', 14, /quote/, /close it/],
		['event handshake-dne', 6, /handshake-dne/, /handshake-done\?/],
		['scene is paar', 9, /paar/, /pair\?/],
		['last hopp is x', 5, /hopp/, /hop\?/],
		['unit pinq', 5, /pinq/, /ping\?/],
		['steps hold >= 1', 6, /hold/, /held\?/],
		['unit ping size big', 15, /big/, />=/],
		['faults >= many', 10, /many/, /whole number/],
		['tap is no', 7, /“no”/, /on\?/],
		['last verdct is denied', 5, /verdct/, /verdict\?/],
		['client-1 diagnoses is x', 9, /diagnoses/, /diagnosis\?/],
		['client-1 replies many', 17, /many/, /comparison|>=/],
		['client-1 option recovr is x', 16, /recovr/, /recover\?/],
		['(client-1 is open', 17, /parenthesis/, /ends here/],
		['client-1 is open)', 16, /“\)”/, /and, or/],
		['client-1 is open and', 20, /missing/, /ends here/],
		['client-1 is open adn client-1 is idle', 17, /“adn”/, /and\?/],
		['every peer is open', 6, /“peer”/, /client, server/],
		['', 0, /missing/, /ends here/],
		['"text"', 0, /text/, /write one of/],
	])('%s', (source, at, reason, next) => {
		const parsed = parseCondition(source);
		expect(parsed).toMatchObject({ok: false, reason: expect.stringMatching(reason) as string, next: expect.stringMatching(next) as string});
		expect(parsed).toHaveProperty('at', at);
	});

	test('a thousand parentheses, a thousand nots and a megabyte are refused in one line', () => {
		for (const source of ['('.repeat(1000), 'not '.repeat(1000), 'x'.repeat(1_000_000), `"${'x'.repeat(1_000_000)}"`]) {
			const parsed = parseCondition(source);
			expect(parsed.ok).toBe(false);
			expect(parsed.ok ? Infinity : parsed.reason.length).toBeLessThan(200);
		}
	});
});

test('the limit of a wait is no part of its condition', () => {
	expect(parseCondition('client-1 is open for 5s', 'for')).toMatchObject({ok: true, limitMs: 5000, condition: {text: 'client-1 is open'}});
	expect(parseCondition('last reply is "wait for 5s"', 'for')).not.toHaveProperty('limitMs');
	expect(parseCondition('client-1 is open within 5s', 'for')).toMatchObject({ok: false, at: 17});
});

test('each kind of unit is one of the decoder’s', () => {
	const known: ReadonlyArray<Unit['type']> = unitKinds;
	expect(new Set(known).size).toBe(unitKinds.length);
});

test('each kind of condition is named once, and its usage begins as it is written', () => {
	const names = [...labConditions.map(({keyword}) => keyword), ...peerConditions.map(({verb}) => verb)];
	expect(new Set(names).size).toBe(names.length);
	expect(labConditions.every(({keyword, usage}) => usage.startsWith(keyword))).toBe(true);
	expect(peerConditions.every(({verb, usage}) => usage.startsWith(`<peer> ${verb}`))).toBe(true);
	expect(new Set(peerWords.map(({word}) => word)).size).toBe(peerWords.length);
});
