/** The front `race` in a terminal. */
import process from 'node:process';
import {type RaceOptions} from '../command-line/race.js';
import {type Board} from '../core/race/board.js';
import {boardLines} from '../core/race/table.js';
import {noLab, showScreen} from './on-screen.js';

/** A race on the screen; whoever has left finds its board in the shell. */
export async function watchRace({race, looks}: RaceOptions): Promise<number> {
	let board: Board | undefined;
	const status = await showScreen(noLab, {
		looks,
		race: {
			...race,
			left(last) {
				board = last;
			},
		},
	});
	if (board && board.rows.length > 0) {
		process.stdout.write(`${boardLines(board, process.stdout.columns).join('\n')}\n`);
	}

	return status;
}
