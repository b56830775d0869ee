/** The process of a race that is watched on a screen: neither a terminal that stalls nor a lab beside it changes what it measures. Batches of events go out; it ends when its parent does. */
import process from 'node:process';
import {type RaceRequest} from '../core/race/entrants.js';
import {type RaceEvent} from '../core/race/events.js';
import {ignoreTerminalSignals} from '../lab/child-signals.js';
import {Race} from './race.js';

/** How long (ms) events are gathered: less than a frame. */
const gatherMs = 20;

let batch: RaceEvent[] = [];
let timer: NodeJS.Timeout | undefined;

function flush(): void {
	timer = undefined;
	const events = batch;
	batch = [];
	if (process.connected) {
		process.send?.(events);
	}
}

process.on('disconnect', () => {
	process.exit(0);
});
ignoreTerminalSignals();

const race = new Race({
	...JSON.parse(process.argv[2] ?? '{}') as RaceRequest,
	hear(event) {
		batch.push(event);
		timer ??= setTimeout(flush, gatherMs);
	},
});
await race.run();
clearTimeout(timer);
flush();
process.disconnect();
