/** Lanes: what a tap between programs of others knows of each connection, folded from what passed. */
import {describe, expect, test} from 'vitest';
import {lanesInOrder, tapPeer, tapScene, type Lane} from '../../source/core/lanes.js';
import {nextChangeMs} from '../../source/core/view.js';
import {snapshotOf, type Telling} from '../helpers/events.js';

const to = 'tcp://127.0.0.1:5555';
const begins: Telling = {type: 'lab-started', scene: tapScene, seed: 1, versions: {}};
const onLink = (link: number) => ({peer: tapPeer, to, link} as const);
const opens = (link: number): Telling => ({type: 'link-opened', ...onLink(link)});
const shakes = (link: number, connector = 'REQ', listener = 'REP'): Telling => ({type: 'link-handshake', ...onLink(link), connector, listener, mechanism: 'NULL', version: '3.1'});
const unit = {unit: 1, kind: 'message', size: 9, bytes: '', fields: []} as const;
const asks = (link: number, open = 1): Telling => ({
	type: 'unit', ...onLink(link), ...unit, from: 'connector', way: 'request', exchange: 1, machines: {connector: 'awaiting-reply', listener: 'awaiting-reply'}, open,
});
const answers = (link: number, client: 'replied' | 'awaiting-reply' = 'replied'): Telling => ({
	type: 'unit', ...onLink(link), ...unit, from: 'listener', way: 'reply', exchange: 1, machines: {connector: client, listener: 'replied'}, open: 0,
});
const isOver = (link: number, outcome: 'replied' | 'lost', ms = 4): Telling => ({type: 'exchange-seen', ...onLink(link), exchange: 1, outcome, evidence: 'exact', ms});

function laneOf(...tellings: readonly Telling[]): Lane {
	const [lane] = snapshotOf(begins, ...tellings).lanes?.open ?? [];
	if (!lane) {
		throw new Error('There is no lane');
	}

	return lane;
}

test('a lab with peers has none', () => {
	expect(snapshotOf({type: 'lab-started', scene: 'pair', seed: 1, versions: {}}, opens(1)).lanes).toBeUndefined();
});

describe('a lane', () => {
	test('has its ends once they have shaken hands', () => {
		expect(laneOf(opens(1), shakes(1))).toMatchObject({ends: {connector: 'REQ', listener: 'REP'}, mechanism: 'NULL', machines: {connector: 'idle', listener: 'idle'}});
	});

	test('waits from its first request on, and no more once it is answered', () => {
		const waiting = laneOf(opens(1), shakes(1), asks(1), asks(1, 2));
		const first = snapshotOf(begins, opens(1), shakes(1), asks(1));
		expect(waiting).toMatchObject({awaitingSince: first.t, open: 2, asked: 2, replied: 0, asker: 'connector'});
		const answered = laneOf(opens(1), shakes(1), asks(1), answers(1), isOver(1, 'replied', 7));
		expect(answered).toMatchObject({open: 0, asked: 1, replied: 1, lost: 0, lastMs: 7});
		expect(answered.awaitingSince).toBeUndefined();
	});

	test('whose reply a fault took waits on, and has lost one', () => {
		expect(laneOf(opens(1), shakes(1), asks(1), answers(1, 'awaiting-reply'), isOver(1, 'lost'))).toMatchObject({
			machines: {connector: 'awaiting-reply', listener: 'replied'}, replied: 0, lost: 1, awaitingSince: expect.any(Number) as number,
		});
	});

	test('that was only counted stands where the count says', () => {
		expect(laneOf(opens(1), shakes(1), {type: 'link-counted', ...onLink(1), machines: {connector: 'replied', listener: 'replied'}, open: 0, asked: 500, replied: 499, lost: 1}))
			.toMatchObject({asked: 500, replied: 499, lost: 1});
	});

	test('is asked by who listens, where the server is the one that connects', () => {
		const lane = laneOf(opens(1), shakes(1, 'REP', 'REQ'), {
			type: 'unit', ...onLink(1), ...unit, from: 'listener', way: 'request', machines: {connector: 'awaiting-reply', listener: 'awaiting-reply'}, open: 1,
		});
		expect(lane).toMatchObject({asker: 'listener', asked: 1});
	});

	test('that is sealed claims nothing', () => {
		const sealed: Telling = {type: 'unit', ...onLink(1), ...unit, kind: 'sealed', from: 'connector'};
		expect(laneOf(opens(1), shakes(1, 'hidden', 'hidden'), sealed, sealed)).toMatchObject({sealed: 2, asked: 0, open: 0});
	});
});

test('closed lanes are kept, the newest first and not for ever', () => {
	const closes = (link: number): Telling => ({type: 'link-closed', ...onLink(link), by: 'connector', how: 'fin'});
	const {lanes} = snapshotOf(begins, ...Array.from({length: 60}, (_, index) => [opens(index + 1), closes(index + 1)]).flat());
	expect(lanes?.open).toEqual([]);
	expect(lanes?.past).toHaveLength(50);
	expect(lanes?.past[0]).toMatchObject({link: 60, closed: {by: 'connector', how: 'fin'}});
});

test('an upstream that is missing is known until it is back', () => {
	const gone: Telling = {type: 'upstream-missing', peer: tapPeer, to, code: 'ECONNREFUSED'};
	expect(snapshotOf(begins, gone).lanes?.missing).toMatchObject({code: 'ECONNREFUSED'});
	expect(snapshotOf(begins, gone, {type: 'upstream-back', peer: tapPeer, to, attempts: 2, ms: 5}).lanes?.missing).toBeUndefined();
});

test('who waits for long stands first, then who is in trouble, then the newest', () => {
	const snapshot = snapshotOf(begins, opens(1), opens(2), shakes(2), asks(2), opens(3), {type: 'link-trouble', ...onLink(3), says: 'REQ can’t talk to PUB', next: ''}, opens(4));
	expect(lanesInOrder(snapshot.lanes!, snapshot.t + 5000).map(({link}) => link)).toEqual([2, 3, 4, 1]);
	expect(nextChangeMs(snapshot, snapshot.t + 5000)).toBeLessThanOrEqual(1001);
});
