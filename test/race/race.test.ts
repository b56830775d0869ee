/** A race on real sockets: what is counted is the same in every run of a seed, and every question has one fate. */
import {describe, expect, test} from 'vitest';
import {emptyBoard, foldRace, type Board, type RaceRow} from '../../source/core/race/board.js';
import {type EntrantName} from '../../source/core/race/entrants.js';
import {type RaceEvent} from '../../source/core/race/events.js';
import {Race} from '../../source/race/race.js';

type Raced = {readonly board: Board; readonly events: readonly RaceEvent[]};

async function raced(requests: number, seed: number, names: readonly EntrantName[] = []): Promise<Raced> {
	const events: RaceEvent[] = [];
	let board = emptyBoard;
	const race = new Race({
		requests, seed, names,
		hear(event) {
			events.push(event);
			board = foldRace(board, event);
		},
	});
	await race.run();
	return {board, events};
}

/** All but the times. */
const counts = ({board: {rows}}: Raced): unknown => rows.map(({recoveries, ms: _, ...row}) => ({...row, recoveries: recoveries.length}));

/** The request that the first fault of these kinds strikes. */
const firstOf = ({board: {schedule}}: Raced, kinds: readonly string[]): number | undefined => schedule.find(({kind}) => kinds.includes(kind))?.request;

const proofs = ({events}: Raced): unknown => Object.fromEntries(events.filter(event => event.type === 'stuck').map(({entrant, proof}) => [entrant, proof]));

const rowOf = ({board}: Raced, name: EntrantName): RaceRow | undefined => board.rows.find(({entrant}) => entrant === name);

describe('a race', () => {
	test('counts the same in five runs of one seed', async () => {
		const first = counts(await raced(60, 7));
		for (let run = 2; run <= 5; run++) {
			expect(counts(await raced(60, 7)), `run ${run}`).toEqual(first);
		}
	}, 60_000);

	test.each([1, 2, 3])('of seed %i gives every question one fate, and every entrant its own', async seed => {
		const race = await raced(60, seed);
		const {length: faults} = race.board.schedule;
		const delays = race.board.schedule.filter(({kind}) => kind === 'delay').length;
		for (const {entrant, asked, answered, lost, mismatched, abandoned} of race.board.rows) {
			expect(asked, entrant).toBe(answered + lost + mismatched + abandoned);
		}

		const lostForEver = firstOf(race, ['crash', 'drop']);
		expect(rowOf(race, 'none')).toMatchObject({state: 'stuck', stuckAt: lostForEver, asked: lostForEver, lost: 1, mismatched: 0, abandoned: 0, sockets: 1});
		expect(rowOf(race, 'timeout')).toMatchObject({state: 'stuck', stuckAt: lostForEver, mismatched: 0, sockets: 1});
		const lostReply = firstOf(race, ['drop']) ?? 0;
		expect(rowOf(race, 'broker')).toMatchObject({state: 'stuck', stuckAt: lostReply, asked: lostReply, answered: lostReply - 1, lost: 1, mismatched: 0, late: 0, sockets: 1});
		expect(rowOf(race, 'broker')?.recoveries).toHaveLength(race.board.schedule.filter(({request}) => request < lostReply).length);
		expect(proofs(race)).toEqual({broker: {send: 'EFSM', receive: 'pending', witness: 'answered'}, none: {send: 'EFSM', receive: 'pending', witness: 'answered'}, timeout: {send: 'EFSM', receive: 'EAGAIN', witness: 'answered'}});

		expect(rowOf(race, 'relaxed')).toMatchObject({state: 'finished', asked: 60, sockets: 1});
		expect(rowOf(race, 'relaxed')?.mismatched).toBeGreaterThan(0);
		for (const name of ['relaxed+correlate', 'dealer'] as const) {
			expect(rowOf(race, name)).toMatchObject({state: 'finished', asked: 60, answered: 60 - faults, lost: faults - delays, mismatched: 0, abandoned: delays, late: delays, sockets: 1});
		}

		expect(rowOf(race, 'lazy-pirate')).toMatchObject({state: 'finished', asked: 60, answered: 60, late: delays, sockets: 1 + faults});
		expect(rowOf(race, 'lazy-pirate')?.recoveries).toHaveLength(faults);
	}, 30_000);

	test('may be of some of them, and is over soon when it is stopped', async () => {
		const names = new Set<string>();
		const race = new Race({
			requests: 10_000, seed: 7, names: ['dealer', 'relaxed'],
			hear(event) {
				if (event.type === 'asked') {
					names.add(event.entrant);
				} else if (event.type === 'struck') {
					race.stop();
				}
			},
		});
		await race.run();
		expect(names).toEqual(new Set(['relaxed', 'dealer']));
	});
});
