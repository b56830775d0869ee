/** A request through a broker is four arrows: to the broker, to a worker, and the same way back. */
import {expect, test} from 'vitest';
import {type Fact} from '../../../source/core/events.js';
import {type HopFrame} from '../../../source/core/hop.js';
import {describeArrow} from '../../../source/core/ladder/words.js';
import {ladderRows} from '../../../source/core/ladder/rows.js';
import {wholeLadder} from '../../../source/core/ladder/window.js';
import {isAdded, journalOf, labStarts, opens, receives, sends, sets, type Telling} from '../../helpers/events.js';

const hop = (id: string, body: string): readonly HopFrame[] => [
	{role: 'routing-id', text: id, size: id.length}, {role: 'delimiter', text: '', size: 0}, {role: 'body', text: body, size: body.length},
];
const passes = (from: 'frontend' | 'backend', id: string, body: string): Fact => ({type: 'forwarded', peer: 'broker', from, frames: hop(id, body), waiting: 0});
const cast: readonly Telling[] = [
	labStarts(),
	{type: 'peer-added', peer: 'broker', role: 'broker', socketType: 'ROUTER+DEALER', options: {}},
	isAdded('worker-1', 'server'),
	isAdded('client-1', 'client'),
	isAdded('client-2', 'client'),
	sets('client-1', 'id', 'ana'),
	sets('client-2', 'id', 'ben'),
	...['broker', 'worker-1', 'client-1', 'client-2'].map(peer => opens(peer)),
];
const arrows = (...story: readonly Telling[]): readonly string[] => ladderRows(wholeLadder(journalOf([...cast, ...story]))).flatMap(row =>
	row.type === 'arrow' ? [describeArrow(row.arrow).split(' · ').slice(0, 2).join(': ')] : []);

test('each hop has an arrow of its own', () => {
	expect([...new Set(arrows(
		sends('client-1', 'Hello'), passes('frontend', 'ana', 'Hello'), receives('worker-1', 'Hello'), sends('worker-1', 'World'), passes('backend', 'ana', 'World'), receives('client-1', 'World'),
	))]).toEqual(['request Hello: client-1 to broker', 'request Hello: broker to worker-1', 'reply World: worker-1 to broker', 'reply World: broker to client-1']);
});

test('whose request it is the routing id says, where two ask the same', () => {
	expect([...new Set(arrows(
		sends('client-1', 'Hello'), sends('client-2', 'Hello'), passes('frontend', 'ben', 'Hello'),
	))]).toEqual(['request Hello: client-1 to ?', 'request Hello: client-2 to broker', 'request Hello: broker to ?']);
});
