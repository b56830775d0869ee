/** Events in sentences, for whoever sees no panes. */
import {describe, expect, test} from 'vitest';
import {narrate} from '../../source/core/narration.js';
import {crashes, isRefused, journalOf, labStarts, later, link, oneOfEach, opens, pair, receives, sends, type Telling} from '../helpers/events.js';

/** All that is said of a story, the pair's first second left out. */
function said(...story: readonly Telling[]): readonly string[] {
	const journal = journalOf([...pair, ...story]);
	return [...journal.oldestFirst(pair.length + 1)].flatMap(event => narrate(event, journal) ?? []);
}

test('a question and its answer, and what each machine may do then', () => {
	expect(said(
		sends('client-1', 'Hello'),
		receives('server-1', 'Hello'),
		{type: 'delay-started', peer: 'server-1', ms: 1000},
		later(999, sends('server-1', 'World')),
		receives('client-1', 'World'),
	)).toEqual([
		'client-1 sent Hello, now awaits the reply',
		'server-1 received Hello, now owes a reply',
		'server-1 owes a reply for 1 s',
		'server-1 replied World, after 1.001 s, now receives the next request',
		'client-1 received World, after 1.003 s, now may send again',
	]);
});

test('a refusal says libzmq’s code, why, and what would work', () => {
	expect(said(sends('client-1', 'Hello'), {...isRefused('client-1', 'send', 'EFSM'), frames: sends('client-1', 'Early').frames})[1])
		.toMatch(/^client-1 refused, EFSM: not sent: Early\. A REQ that awaits a reply may not send again\. Wait for the reply; .+\.$/v);
});

test('how the lab begins: the scene, who listens, who is connected, each once', () => {
	const journal = journalOf(pair);
	expect([...journal.oldestFirst(1)].flatMap(event => narrate(event, journal) ?? [])).toEqual([
		'scene pair: one REQ connects, one REP binds',
		'server-1: listens at tcp://127.0.0.1:5560',
		'client-1 is connected to tcp://127.0.0.1:5560',
	]);
});

test('a server alone says who comes', () => {
	const journal = journalOf([labStarts('server'), ...pair.filter(fact => 'peer' in fact && fact.peer === 'server-1')]);
	expect([...journal.oldestFirst(1)].flatMap(event => narrate(event, journal) ?? [])).toContain('server-1: somebody is connected at tcp://127.0.0.1:5560');
});

test('a crash, and a new socket', () => {
	expect(said(crashes('server-1'), opens('server-1'), link('bound', 'server-1'))).toEqual(['server-1: crashed', 'server-1 has a new socket, idle', 'server-1: listens at tcp://127.0.0.1:5560']);
});

describe('whatever comes off a socket is one harmless line', () => {
	const hostile = 'a\u{1B}[2J\u{202E}\r\nb\u{7}';
	test.each(Object.entries(oneOfEach(hostile)))('%s', (_, fact) => {
		expect(said(fact).join('')).not.toMatch(/[\p{Control}\u{202E}]/v);
	});
});
