/** The lock of a pane, and who is taken for gone while keys are exchanged. */
import {describe, expect, test} from 'vitest';
import {type Fact} from '../../source/core/events.js';
import {lockOf} from '../../source/core/lock.js';
import {explainSecurityFailure} from '../../source/core/security-refusals.js';
import {
	closes,
	journalOf,
	later,
	link,
	pair,
	peerNamed,
	place,
	sets,
	snapshotOf,
	type Telling,
} from '../helpers/events.js';
import {chatRow} from '../../source/core/rows.js';

const fails = (peer: string, code: string): Fact => ({type: 'handshake-failed', peer, endpoint: place, kind: 'protocol', code});
const lockAfter = (peer: string, ...more: readonly Telling[]): string => {
	const {state, text} = lockOf(peerNamed(snapshotOf(...pair, ...more), peer));
	return `${state}: ${text}`;
};

describe('the lock', () => {
	test.each<[peer: string, more: readonly Telling[], lock: string]>([
		['client-1', [], 'plain: plain'],
		['client-1', [sets('client-1', 'curve', 'on')], 'curve: CURVE'],
		['client-1', [sets('client-1', 'curve', 'on'), sets('client-1', 'curve', 'off')], 'plain: plain'],
		['server-1', [sets('server-1', 'curve', 'on'), sets('server-1', 'allow', 'any')], 'curve: CURVE, lets in ANY key'],
		['server-1', [sets('server-1', 'curve', 'on'), sets('server-1', 'allow', 'client-1')], 'curve: CURVE, lets in client-1'],
		['client-1', [sets('client-1', 'curve', 'on'), fails('client-1', 'EPIPE')], 'failed: CURVE: wrong keys?'],
		['client-1', [fails('client-1', 'EPIPE')], 'plain: plain'],
		['client-1', [fails('client-1', 'ERR_ZMTP_MECHANISM_MISMATCH')], 'failed: plain: the other has CURVE'],
		['server-1', [sets('server-1', 'curve', 'on'), fails('server-1', 'ERR_ZMTP_MECHANISM_MISMATCH')], 'failed: CURVE: the other is plain'],
		['server-1', [sets('server-1', 'curve', 'on'), sets('server-1', 'allow', 'nobody'), fails('server-1', 'ZAP 400')], 'curve: CURVE, lets in nobody'],
		['server-1', [sets('server-1', 'curve', 'on'), fails('server-1', 'ERR_ZMTP_CRYPTOGRAPHIC'), link('handshake-done', 'server-1')], 'curve: CURVE'],
		['client-1', [sets('client-1', 'curve', 'on'), fails('client-1', 'EPIPE'), closes('client-1')], 'curve: CURVE'],
	])('%s after %j', (peer, more, lock) => {
		expect(lockAfter(peer, ...more)).toBe(lock);
	});
});

/** A client of this lab took a new socket, which the server met before it noticed that the old one was gone. */
const overtaken: readonly Telling[] = [closes('client-1'), link('accepted', 'server-1'), link('disconnected', 'server-1')];

test('who leaves while another exchanges keys is not counted twice', () => {
	const connections = (...more: readonly Telling[]): number | undefined => peerNamed(snapshotOf(...pair, ...more), 'server-1').links[0]?.connections;
	expect(connections(...overtaken, link('handshake-done', 'server-1'))).toBe(1);
	expect(connections(link('accepted', 'server-1'), link('handshake-done', 'server-1'))).toBe(2);
});

test('that one of this lab has left is not told as a stranger that was hung up on', () => {
	const rowAfter = (...more: readonly Telling[]): string | undefined => {
		const journal = journalOf([...pair, ...more]);
		const newest = journal.at(journal.snapshot.n);
		return newest && chatRow(newest, journal)?.text;
	};

	expect(rowAfter(...overtaken)).toBeUndefined();
	expect(rowAfter(closes('client-1'), later(5000, link('accepted', 'server-1')), link('disconnected', 'server-1'))).toBe(`no handshake at ${place}`);
});

test('a failure that has nothing to do with keys is not explained by them', () => {
	expect(explainSecurityFailure({kind: 'other', code: 'ECONNRESET', endpoint: place, direction: 'connect', isCurve: true})).toBeUndefined();
	expect(explainSecurityFailure({kind: 'protocol', code: 'ERR_ZMTP_UNEXPECTED_COMMAND', endpoint: place, direction: 'bind', isCurve: true})).toBeUndefined();
});
