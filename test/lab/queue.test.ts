/** Many REQs at one slow REP: who will be served next is told beforehand, and real sockets do as they were foretold. */
import {expect, test} from 'vitest';
import {viewQueue} from '../../source/core/queues.js';
import {bodyOf, openLab, openPair, type TestLab} from '../helpers/lab.js';

async function openCrowd(delay: string): Promise<TestLab> {
	const lab = await openLab({scene: 'crowd', delay});
	await lab.comesTo(({peers}) => Object.values(peers).every(({links}) => links.some(({connections}) => connections > 0)), 'all have shaken hands');
	await lab.comesTo(({peers}) => peers['server-1']?.links[0]?.connections === 12, 'the server knows all of them');
	return lab;
}

const queueOf = (lab: TestLab) => viewQueue(lab.snapshot.queues, 'server-1');
const isReplied = (count: number) => ({exchanges: {tally}}: TestLab['snapshot']): boolean => tally.replied === count;

/** Sends one after the other, each once the one before has arrived: it has passed its tap, and libzmq's one thread has done a round trip of another lab since then. */
async function sendInOrder(lab: TestLab, lines: readonly string[]): Promise<void> {
	const other = await openPair();
	for (const line of lines) {
		lab.run(line);
		await lab.sees('unit', {way: 'request'});
		await other.asks('Has it arrived?');
		await other.asks('For certain?');
	}
}

test('the last arrival is served next, then the rest in order of arrival', async () => {
	const lab = await openCrowd('off');
	lab.run('hold', '@client-6 send from 6');
	await lab.sees('held');
	await sendInOrder(lab, [3, 1, 5, 2, 4].map(number => `@client-${number} send from ${number}`));
	expect(queueOf(lab)).toMatchObject({serving: 'client-6', order: ['client-4', 'client-3', 'client-1', 'client-5', 'client-2']});
	lab.run('release');
	await lab.comesTo(isReplied(6), 'all are answered');
	const servedNumbers = lab.all('received', {peer: 'server-1'}).map(event => bodyOf(event));
	expect(servedNumbers).toEqual(['from 6', 'from 4', 'from 3', 'from 1', 'from 5', 'from 2']);
});

test('of equal requests each reply shows whose it was, and that it was foretold', async () => {
	const lab = await openCrowd('off');
	lab.run('hold', '@client-1 send Hello');
	await lab.sees('held');
	await sendInOrder(lab, [5, 2, 9, 7].map(number => `@client-${number} send Hello`));
	// Far apart: a busy machine must not tell two replies in the wrong order.
	lab.run('delay 150ms', 'release');
	await lab.comesTo(isReplied(5), 'all are answered');
	const {right, wrong, order} = queueOf(lab)!;
	expect({wrong, order}).toEqual({wrong: 0, order: []});
	// The newest arrival may have been too near to the first reply to foretell by it.
	expect(right).toBeGreaterThanOrEqual(3);
});
