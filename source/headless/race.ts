/** A race without a screen: the board at the end, or one line of JSON an entrant. Gives the exit status. */
import {emptyBoard, foldRace, recoveryOf, type Board, type RaceRow} from '../core/race/board.js';
import {type RaceRequest} from '../core/race/entrants.js';
import {boardLines} from '../core/race/table.js';
import {Race} from '../race/race.js';
import {createOutlets, flushed} from './outlets.js';

/** Resolves with 0 once each has asked all its questions or is stuck; with 1 if nobody read the board. */
export async function startRace(request: RaceRequest, isJson: boolean): Promise<number> {
	let board = emptyBoard;
	const race = new Race({
		...request,
		hear(event) {
			board = foldRace(board, event);
		},
	});
	const outlets = createOutlets(() => {
		race.stop();
	});
	await race.run();
	for (const line of isJson ? jsonLines(board) : boardLines(board)) {
		outlets.out(line);
	}

	await flushed();
	return outlets.isUnread() ? 1 : 0;
}

function jsonLines({rows, requests, seed}: Board): readonly string[] {
	return rows.map(row => JSON.stringify({v: 1, type: 'race-entrant', requests, seed, ...facts(row)}));
}

function facts(row: RaceRow): Readonly<Record<string, unknown>> {
	const {struck, recoveries, isWell: _, ms, ...counts} = row;
	return {...counts, faults: struck, recovery: {count: recoveries.length, ...recoveryOf(row)}, ms};
}
