/** The board of a race, folded from its events. Every question asked is answered, lost, mismatched or abandoned, or still open. */
import {type EntrantName} from './entrants.js';
import {type RaceEvent, type RaceOutcome} from './events.js';
import {type RaceFault} from './schedule.js';

/** What one entrant has come to. Times are in ms. */
export type RaceRow = Readonly<Record<RaceOutcome | 'asked' | 'late' | 'sockets' | 'struck', number>> & {
	readonly entrant: EntrantName;
	readonly state: 'running' | 'finished' | 'stuck';
	readonly stuckAt?: number;
	/** From each fault to the next right answer, in the order in which they came. */
	readonly recoveries: readonly number[];
	/** Every question so far, or since the last fault, was answered rightly. */
	readonly isWell: boolean;
	/** How long it took to its end. */
	readonly ms?: number;
};

export type Board = {readonly requests: number; readonly seed: number; readonly schedule: readonly RaceFault[]; readonly rows: readonly RaceRow[]; readonly ms?: number};

export const emptyBoard: Board = {requests: 0, seed: 0, schedule: [], rows: []};

const firstRow = (entrant: EntrantName): RaceRow => ({entrant, state: 'running', asked: 0, answered: 0, lost: 0, mismatched: 0, abandoned: 0, late: 0, sockets: 0, struck: 0, recoveries: [], isWell: true});

/** The board after one more event. */
export function foldRace(board: Board, event: RaceEvent): Board {
	switch (event.type) {
		case 'race-started': {
			const {requests, seed, schedule, entrants} = event;
			return {requests, seed, schedule, rows: entrants.map(name => firstRow(name))};
		}

		case 'race-ended': {
			return {...board, ms: event.ms};
		}

		default: {
			return {...board, rows: board.rows.map(row => row.entrant === event.entrant ? foldRow(row, event) : row)};
		}
	}
}

type OfEntrant = Extract<RaceEvent, {readonly entrant: EntrantName}>;

function foldRow(row: RaceRow, event: OfEntrant): RaceRow {
	switch (event.type) {
		case 'socket-opened': {
			return {...row, sockets: row.sockets + 1};
		}

		case 'asked': {
			return {...row, asked: row.asked + 1};
		}

		case 'struck': {
			return {...row, struck: row.struck + 1, isWell: false};
		}

		case 'closed': {
			return {...row, [event.outcome]: row[event.outcome] + 1};
		}

		case 'late': {
			return {...row, late: row.late + 1};
		}

		case 'recovered': {
			return {...row, recoveries: [...row.recoveries, event.ms], isWell: true};
		}

		case 'stuck': {
			return {...row, state: 'stuck', stuckAt: event.request, ms: event.t};
		}

		case 'finished': {
			return {...row, state: 'finished', ms: event.t};
		}
	}
}

/** The median and the longest of some times in ms, to the nearest whole one; undefined for none. */
export function recoveryOf({recoveries}: RaceRow): {readonly medianMs: number; readonly maxMs: number} | undefined {
	const sorted = recoveries.toSorted((one, other) => one - other);
	const middle = sorted.length / 2;
	const lower = sorted[Math.ceil(middle) - 1];
	const upper = sorted[Math.floor(middle)];
	return lower === undefined || upper === undefined ? undefined : {medianMs: Math.round((lower + upper) / 2), maxMs: Math.max(...sorted)};
}

/** What an entrant has come to, in a line of words. */
export function fateOf(row: RaceRow, requests: number): string {
	const {state, stuckAt, mismatched, lost, abandoned, answered, sockets, asked} = row;
	if (state === 'running') {
		return row.isWell ? 'is asking' : `a fault has struck; at #${asked}`;
	}

	if (state === 'stuck') {
		return `stuck for ever at #${stuckAt}: may not ask, and no reply comes`;
	}

	if (mismatched > 0) {
		return `the wrong pizza: ${mismatched} got the answer to another question`;
	}

	if (answered === requests) {
		return sockets > 1 ? `every question answered; took ${sockets - 1} new ${sockets === 2 ? 'socket' : 'sockets'} for it` : 'every question answered';
	}

	return `goes on after each fault; ${lost + abandoned} unanswered, none wrong`;
}
