/** A race in a process of its own, seen from the screen's. */
import {fork} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {type RaceRequest} from '../core/race/entrants.js';
import {type RaceEvent} from '../core/race/events.js';

/** Ends it at once; all that it had is its own. */
export type RemoteRace = {readonly stop: () => void};

/** Starts a race. `hear` gets batches of events in order, `failed` how its process died, if it did before the race was over. */
export function startRemoteRace(request: RaceRequest, hear: (events: readonly RaceEvent[]) => void, failed: (how: string) => void): RemoteRace {
	const child = fork(fileURLToPath(new URL('race-child.js', import.meta.url)), [JSON.stringify(request)], {stdio: ['ignore', 'ignore', 'ignore', 'ipc']});
	let isStopped = false;
	child.on('message', events => {
		if (!isStopped) {
			hear(events as readonly RaceEvent[]);
		}
	});
	child.on('error', error => {
		failed(error.message);
	});
	child.on('exit', (code, signal) => {
		if (!isStopped && code !== 0) {
			failed(signal ?? `exit status ${code}`);
		}
	});
	return {
		stop() {
			isStopped = true;
			child.kill('SIGKILL');
		},
	};
}
