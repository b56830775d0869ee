/** What a tapped link adds to what is known of an exchange. */
import {describe, expect, test} from 'vitest';
import {type Fact} from '../../source/core/events.js';
import {crowd, opens, passes, place, receives, sends, sets, snapshotOf, taps, type Telling} from '../helpers/events.js';

const ends = (peer: string, exchange: number, outcome: 'replied' | 'lost', why?: 'fault'): Fact => ({
	type: 'exchange-seen', peer, to: place, link: 1, exchange, outcome, evidence: 'exact', ms: 1, ...(why && {why, rule: 1}),
});
const settledAfter = (...story: readonly Telling[]) => snapshotOf(...crowd(2), taps('client-1'), taps('client-2'), ...story).exchanges.settled;

describe('through a tapped link', () => {
	test.each<[order: string, story: readonly Telling[]]>([
		['the socket tells first', [sends('client-1', 'Hello'), passes('client-1', 1)]],
		['the wire tells first', [passes('client-1', 1), sends('client-1', 'Hello')]],
	])('a reply is known exactly: %s', (_, story) => {
		expect(settledAfter(...story, receives('server-1', 'Hello'), sends('server-1', 'World'), ends('client-1', 1, 'replied'), receives('client-1', 'World')))
			.toMatchObject({outcome: 'replied', evidence: 'exact', client: 'client-1', server: 'server-1'});
	});

	test.each<[order: string, story: readonly Telling[]]>([
		['the socket tells first', [sends('client-1', 'Hello'), passes('client-1', 1), ends('client-1', 1, 'lost', 'fault')]],
		['the wire tells first', [passes('client-1', 1), ends('client-1', 1, 'lost', 'fault'), sends('client-1', 'Hello')]],
	])('a question that a fault took is lost, and that is known exactly: %s', (_, story) => {
		expect(settledAfter(...story)).toMatchObject({outcome: 'lost', evidence: 'exact', client: 'client-1'});
	});

	test('of two who ask the same, the one whose link the reply takes has been served', () => {
		const both = [sends('client-1', 'Hello'), passes('client-1', 1), sends('client-2', 'Hello'), passes('client-2', 1), receives('server-1', 'Hello')];
		const {debts} = snapshotOf(...crowd(2), taps('client-1'), taps('client-2'), ...both).exchanges;
		expect(debts['server-1']?.askers).toEqual(['client-1', 'client-2']);
		for (const reply of [[sends('server-1', 'World'), ends('client-2', 1, 'replied')], [ends('client-2', 1, 'replied'), sends('server-1', 'World')]]) {
			expect(settledAfter(...both, ...reply, receives('client-2', 'World'))).toMatchObject({client: 'client-2', server: 'server-1', outcome: 'replied', evidence: 'exact'});
		}
	});

	test('the wrong pizza is known exactly', () => {
		const story = [sets('client-1', 'recover', 'relaxed'), sends('client-1', 'one'), passes('client-1', 1), sends('client-1', 'two'), passes('client-1', 2), ends('client-1', 1, 'replied')];
		expect(settledAfter(...story, receives('client-1', 'World'))).toMatchObject({outcome: 'mismatched', evidence: 'exact'});
	});

	test('with correlate the older reply is dropped, and the own one taken', () => {
		const story = [sets('client-1', 'recover', 'relaxed+correlate'), sends('client-1', 'one'), passes('client-1', 1), sends('client-1', 'two'), passes('client-1', 2), ends('client-1', 1, 'replied')];
		expect(settledAfter(...story, ends('client-1', 2, 'replied'), receives('client-1', 'World'))).toMatchObject({outcome: 'replied', evidence: 'exact'});
	});

	test('where a connection ended with a question unseen, nothing more is claimed until the next socket', () => {
		const closed: Fact = {type: 'link-closed', peer: 'client-1', to: place, link: 1, by: 'listener', how: 'rst'};
		const unsure = [sends('client-1', 'Hello'), closed, passes('client-1', 1), ends('client-1', 1, 'replied'), receives('client-1', 'World')];
		expect(settledAfter(...unsure)).toMatchObject({outcome: 'replied', evidence: 'inferred'});
		expect(settledAfter(...unsure, opens('client-1'), sends('client-1', 'Hello'), passes('client-1', 1), ends('client-1', 1, 'replied'), receives('client-1', 'World'))).toMatchObject({evidence: 'exact'});
	});
});
