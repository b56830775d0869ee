import {expect, test} from 'vitest';
import {arrived, emptyQueue, served, servingOrder, terminated, type FairQueue} from '../../source/core/fair-queue.js';

const arriving = (queue: FairQueue, ...pipes: readonly string[]): FairQueue => {
	let after = queue;
	for (const pipe of pipes) {
		after = arrived(after, pipe);
	}

	return after;
};

test('one is served, five come meanwhile: the last arrival is next, then the rest in order', () => {
	const {queue, pipe} = served(arriving(emptyQueue, 'c5'));
	expect([pipe, ...servingOrder(arriving(queue, 'c2', 'c0', 'c4', 'c1', 'c3'))]).toEqual(['c5', 'c3', 'c2', 'c0', 'c4', 'c1']);
});

test('all come before the first is served: first come, first served', () => {
	expect(servingOrder(arriving(emptyQueue, 'c1', 'c2', 'c3', 'c4'))).toEqual(['c1', 'c2', 'c3', 'c4']);
});

test('who was served alone and asks again at once jumps the queue', () => {
	const {queue} = served(arriving(emptyQueue, 'c1'));
	expect(servingOrder(arriving(queue, 'c2', 'c3', 'c1'))).toEqual(['c1', 'c2', 'c3']);
});

test('who was served in a round and asks again comes after those of the same round', () => {
	const first = served(arriving(emptyQueue, 'c1', 'c2', 'c3'));
	const second = served(first.queue);
	expect([first.pipe, second.pipe]).toEqual(['c1', 'c2']);
	expect(servingOrder(arriving(second.queue, 'c4', 'c1'))).toEqual(['c3', 'c4', 'c1']);
});

test.each<[gone: string, order: readonly string[]]>([
	['c2', ['c4', 'c3']],
	['c1', ['c2', 'c3', 'c4']],
	['stranger', ['c2', 'c3', 'c4']],
])('%s leaves: the last one takes the place', (gone, order) => {
	const {queue} = served(arriving(emptyQueue, 'c1', 'c2', 'c3', 'c4'));
	expect(servingOrder(terminated(queue, gone))).toEqual(order);
});

test('nobody waits', () => {
	expect(servingOrder(emptyQueue)).toEqual([]);
	expect(served({active: ['c1', 'c2'], current: 1, waiting: []})).toEqual({queue: emptyQueue, pipe: undefined});
});
