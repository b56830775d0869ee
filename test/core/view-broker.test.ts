/** What the pane of a broker says: how much waits there, and how much is with workers. */
import {expect, test} from 'vitest';
import {type Fact} from '../../source/core/events.js';
import {type HopFrame} from '../../source/core/hop.js';
import {viewPeer} from '../../source/core/view.js';
import {chatRow} from '../../source/core/rows.js';
import {closes, isAdded, journalOf, labStarts, opens, peerNamed, receives, sends, type Telling} from '../helpers/events.js';

const hop = (id: string, body: string): readonly HopFrame[] => [
	{role: 'routing-id', text: id, size: id.length}, {role: 'delimiter', text: '', size: 0}, {role: 'body', text: body, size: body.length},
];
const passes = (from: 'frontend' | 'backend', id: string, body: string, worker?: string): Fact => ({type: 'forwarded', peer: 'broker', from, frames: hop(id, body), waiting: 0, ...(worker !== undefined && {worker})});
const queues = (id: string, body: string): Fact => ({type: 'queued', peer: 'broker', frames: hop(id, body), waiting: 1});
const clients = ['client-1', 'client-2', 'client-3'];
const cast: readonly Telling[] = [
	labStarts(),
	{type: 'peer-added', peer: 'broker', role: 'broker', socketType: 'ROUTER+DEALER', options: {}},
	isAdded('worker-1', 'server'),
	...clients.map(name => isAdded(name, 'client')),
	...['broker', 'worker-1', ...clients].map(peer => opens(peer)),
];

const statusAfter = (...story: readonly Telling[]): string => {
	const {snapshot} = journalOf([...cast, ...story]);
	return viewPeer(snapshot, peerNamed(snapshot, 'broker'), snapshot.t).status.text.replace(/ · longest .*$/v, '');
};

// None of them has an id of its own choice, and all say the same: the broker can't be told whose request is whose.
const threeAsk = clients.map(name => sends(name, 'Hello'));

test.each<[what: string, story: readonly Telling[], status: string]>([
	['nothing', [], 'nothing waits here'],
	['three requests of clients that look alike', [...threeAsk, ...['a', 'b', 'c'].map(id => passes('frontend', id, 'Hello'))], '3 with workers · none waits'],
	['one of them answered', [...threeAsk, ...['a', 'b', 'c'].map(id => passes('frontend', id, 'Hello')), passes('backend', 'a', 'World'), receives('client-1', 'World')], '2 with workers · none waits'],
	['one passed on, one that waits', [...threeAsk.slice(0, 2), passes('frontend', 'a', 'Hello'), queues('b', 'Hello')], '1 waits for a worker · 1 with workers'],
	['a request that its client has given up', [...threeAsk.slice(0, 1), passes('frontend', 'a', 'Hello'), closes('client-1')], 'nothing waits here'],
])('%s', (_, story, status) => {
	expect(statusAfter(...story)).toBe(status);
});

test('whom a message goes to stands behind it only where the id in front does not say so', () => {
	const asides = [passes('frontend', 'a', 'Hello'), passes('frontend', 'a', 'Hello', 'worker-1'), passes('backend', 'a', 'World')].map(fact => {
		const journal = journalOf([...cast, fact]);
		const event = journal.at(journal.snapshot.n);
		return event && chatRow(event, journal)?.aside;
	});
	expect(asides).toEqual([undefined, 'to worker-1', undefined]);
});
