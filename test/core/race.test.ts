/** The pure half of a race: which request each fault strikes, and what the board says. */
import {describe, expect, test} from 'vitest';
import {emptyBoard, fateOf, foldRace, recoveryOf, type Board, type RaceRow} from '../../source/core/race/board.js';
import {type RaceFact} from '../../source/core/race/events.js';
import {createSchedule, wordsOfFault} from '../../source/core/race/schedule.js';
import {tableOf, titleOf} from '../../source/core/race/table.js';

const seeds = Array.from({length: 50}, (_, seed) => seed);

describe('a schedule', () => {
	test('is the same for the same seed, and another for another', () => {
		expect(createSchedule(200, 7)).toEqual(createSchedule(200, 7));
		expect(createSchedule(200, 7)).not.toEqual(createSchedule(200, 8));
	});

	test.each([30, 31, 45, 200, 1000])('of %i requests has each kind, few of them, and requests that go well around each', requests => {
		for (const seed of seeds) {
			const schedule = createSchedule(requests, seed);
			expect(new Set(schedule.map(({kind}) => kind))).toEqual(new Set(['crash', 'drop', 'delay']));
			expect(schedule.length).toBeLessThanOrEqual(Math.max(3, requests / 14));
			const struck = schedule.map(({request}) => request);
			for (const [index, request] of struck.entries()) {
				expect(request - (struck[index - 1] ?? 0)).toBeGreaterThanOrEqual(2);
				expect(request).toBeLessThan(requests);
			}
		}
	});

	test('of too few requests has none', () => {
		expect(createSchedule(5, 1)).toEqual([]);
	});

	test('is told in words', () => {
		expect([{kind: 'crash', request: 17}, {kind: 'drop', request: 23}, {kind: 'delay', request: 31}].map(fault => wordsOfFault(fault as never)))
			.toEqual(['crash while holding #17', 'drop reply #23', 'delay #31 past the time-out']);
	});
});

function boardAfter(...facts: readonly RaceFact[]): Board {
	let board = emptyBoard;
	for (const [n, fact] of facts.entries()) {
		board = foldRace(board, {v: 1, n, t: 1500, ...fact});
	}

	return board;
}

const started: RaceFact = {type: 'race-started', requests: 30, seed: 7, entrants: ['none', 'relaxed+correlate'], schedule: [{kind: 'crash', request: 2}]};
const row = (changes: Partial<RaceRow>): RaceRow => ({entrant: 'none', state: 'finished', asked: 30, answered: 30, lost: 0, mismatched: 0, abandoned: 0, late: 0, sockets: 1, struck: 0, recoveries: [], isWell: true, ...changes});

describe('the board', () => {
	const {rows, ...rest} = boardAfter(
		started,
		{type: 'socket-opened', entrant: 'none'},
		{type: 'asked', entrant: 'none', request: 1},
		{type: 'closed', entrant: 'none', request: 1, outcome: 'answered'},
		{type: 'asked', entrant: 'none', request: 2},
		{type: 'struck', entrant: 'none', request: 2, kind: 'crash'},
		{type: 'closed', entrant: 'none', request: 2, outcome: 'lost'},
		{type: 'stuck', entrant: 'none', request: 2, proof: {send: 'EFSM', receive: 'pending', witness: 'answered'}},
		{type: 'race-ended', ms: 2345},
	);

	test('counts each entrant for itself', () => {
		expect(rows).toEqual([
			row({state: 'stuck', asked: 2, answered: 1, lost: 1, sockets: 1, struck: 1, stuckAt: 2, isWell: false, ms: 1500}),
			row({entrant: 'relaxed+correlate', state: 'running', asked: 0, answered: 0, sockets: 0}),
		]);
		expect(rest).toMatchObject({requests: 30, seed: 7, ms: 2345});
	});

	test.each([40, 60, 80, 120])('fits a screen of %i columns, with what matters most', width => {
		const {head, lines} = tableOf({rows, ...rest}, width);
		expect(new Set([...head, ...lines].map(line => line.length)).size).toBe(1);
		expect(head[1]).toMatch(/^entrant .*asked .*lost .*at/v);
		expect(lines[0]?.length).toBeLessThanOrEqual(Math.max(width, 60));
	});

	test('is complete where there is room', () => {
		expect(titleOf({rows, ...rest})).toBe('30 requests, 1 fault, seed 7: over after 2.3s');
		expect(tableOf({rows, ...rest}).head[1].split(/\s+/v)).toEqual(['entrant', 'asked', 'wered', 'lost', 'matched', 'late', 'doned', 'at', 'in', 'most', 'ets', 'took']);
		expect(tableOf({rows, ...rest}).lines[0]?.split(/\s+/v)).toEqual(['none', '2', '1', '1', '0', '0', '0', '#2', '-', '-', '1', '1.5s']);
	});
});

test.each<[times: readonly number[], expected: ReturnType<typeof recoveryOf>]>([
	[[], undefined],
	[[5], {medianMs: 5, maxMs: 5}],
	[[9, 1, 4], {medianMs: 4, maxMs: 9}],
	[[9, 1], {medianMs: 5, maxMs: 9}],
])('the times %j to recover are summed up', (recoveries, expected) => {
	expect(recoveryOf(row({recoveries}))).toEqual(expected);
});

test.each<[changes: Partial<RaceRow>, fate: RegExp]>([
	[{state: 'running'}, /^is asking$/v],
	[{state: 'running', isWell: false, asked: 12}, /struck; at #12$/v],
	[{state: 'stuck', stuckAt: 5}, /for ever at #5:/v],
	[{answered: 28, mismatched: 2}, /wrong pizza: 2 got/v],
	[{sockets: 4}, /every question answered; took 3 new sockets/v],
	[{answered: 27, lost: 2, abandoned: 1}, /3 unanswered, none wrong/v],
])('what has become of %j is told', (changes, fate) => {
	expect(fateOf(row(changes), 30)).toMatch(fate);
});
