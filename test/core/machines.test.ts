/**
The truth test: what the table of the machines says is what libzmq does, refusals and their codes included.
Random sequences are driven through real sockets and recorded; the table, and every table with one wrong cell, is judged by the records.
*/
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {afterCompleted, afterRefused, arrowsOf, machines} from '../../source/core/machines.js';
import {
	agrees,
	allCells,
	cellsEntered,
	countHits,
	differenceIn,
	nameOf,
	withCell,
	wrongOutcomes,
	type Cell,
	type RecordedRun,
} from '../helpers/machine-judge.js';
import {anyPlan, planTo, type Plan} from '../helpers/machine-sequences.js';
import {record} from '../helpers/real-machine.js';

const seed = Number(process.env['ZMQ_TEST_SEED'] ?? Date.now() % 0x7F_FF_FF_FF);
const randomRuns = Number(process.env['ZMQ_TEST_RUNS'] ?? 1000);
const timeoutMs = randomRuns * 60;
const enoughHits = 20;
const runs: RecordedRun[] = [];

/** Drives one plan through real sockets, keeps the record, and holds it against the table. */
async function holds({setting, sequence}: Plan): Promise<void> {
	const run = await record(setting, sequence);
	const difference = differenceIn(machines, run);
	expect(difference, difference).toBeUndefined();
	runs.push(run);
}

/** The cell that was entered least often, if that is too seldom. */
function neglectedCell(): Cell | undefined {
	const hits = countHits(runs);
	const hitsOf = (cell: Cell): number => hits.get(nameOf(cell)) ?? 0;
	const least = allCells.toSorted((one, other) => hitsOf(one) - hitsOf(other))[0]!;
	return hitsOf(least) < enoughHits ? least : undefined;
}

describe(`the table and real sockets (ZMQ_TEST_SEED=${seed})`, () => {
	test('agree on random sequences', async () => {
		await fc.assert(fc.asyncProperty(anyPlan, holds), {seed, numRuns: randomRuns, endOnFailure: true});
	}, timeoutMs);

	test('agree on sequences that lead to neglected cells, until each cell was entered often enough', async () => {
		for (let round = 1, cell = neglectedCell(); cell; cell = neglectedCell(), round++) {
			const before = countHits(runs).get(nameOf(cell))!;
			const [plan] = fc.sample(planTo(cell), {seed: seed + round, numRuns: 1});
			await holds(plan!);
			expect(countHits(runs).get(nameOf(cell)), `the way to ${nameOf(cell)} gets there`).toBeGreaterThan(before);
		}

		expect(Math.min(...countHits(runs).values())).toBeGreaterThanOrEqual(enoughHits);
	}, timeoutMs);
});

describe('the records tell each wrong table from the right one', () => {
	test('the right one agrees with all of them', () => {
		expect(runs.length).toBeGreaterThanOrEqual(randomRuns);
		expect(agrees(machines, runs)).toBe(true);
	});

	test.each(allCells.map(cell => ({name: nameOf(cell), cell})))('$name', ({cell}) => {
		for (const outcome of wrongOutcomes(cell)) {
			expect(agrees(withCell(machines, cell, outcome), runs), JSON.stringify(outcome)).toBe(false);
		}
	});
});

test('the fold’s steps follow the sockets: where a completed or refused operation leads', () => {
	for (const run of runs) {
		for (const {cell: {kind, state, operation}, result, stands} of cellsEntered(run)) {
			const attempted = operation === 'send' ? 'send' : 'receive';
			const to = result === 'completed'
				? afterCompleted(kind, state, attempted)
				: afterRefused(kind, state, attempted, result, run.isRelaxed);
			expect(to).toBe(stands);
		}
	}
});

test('the diagrams’ arrows are the tutorial’s loop', () => {
	expect(arrowsOf('REQ')).toEqual([
		{from: 'idle', operation: 'send', to: 'awaiting-reply'},
		{from: 'awaiting-reply', operation: 'receive', to: 'replied'},
		{from: 'replied', operation: 'send', to: 'awaiting-reply'},
	]);
	expect(arrowsOf('REP')).toEqual([
		{from: 'idle', operation: 'receive', to: 'awaiting-reply'},
		{from: 'awaiting-reply', operation: 'send', to: 'replied'},
		{from: 'replied', operation: 'receive', to: 'awaiting-reply'},
	]);
});
