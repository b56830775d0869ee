/** A race that is watched: its board so far, folded from what its process tells. */
import {emptyBoard, foldRace, type Board} from '../core/race/board.js';
import {type RaceRequest} from '../core/race/entrants.js';
import {startRemoteRace, type RemoteRace} from '../race/remote.js';
import {type Playground} from './playground.js';

export type WatchedRace = {readonly board: () => Board; readonly stop: () => void};

/** Starts one in place of any other, and shows it. */
export function watchRace(playground: Playground, request: RaceRequest): void {
	playground.race?.stop();
	let board = emptyBoard;
	const remote: RemoteRace = startRemoteRace(request, events => {
		for (const event of events) {
			board = foldRace(board, event);
		}

		// Figures that run are motion, too.
		playground.notifySoon(playground.isCalm ? 1000 : 0);
	}, how => {
		playground.dispatch({type: 'notice', notice: {text: `our mistake, not yours: the race has ended (${how})`, isProblem: true}});
	});
	playground.race = {
		board: () => board,
		stop() {
			remote.stop();
		},
	};
	playground.dispatch({type: 'mode', mode: 'race'});
}
