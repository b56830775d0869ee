/**
The lab's own process, whenever there is a screen: a terminal that stalls freezes the process that writes to it, and must not freeze the sockets.

Speaks with its parent over Node's IPC: `{line, from}` and `{end}` in, batches of events out.
*/
import process from 'node:process';
import {type Event} from '../core/events.js';
import {type FromChild, type LabOptions, type ToChild} from '../core/lab-port.js';
import {ignoreTerminalSignals} from './child-signals.js';
import {Lab} from './lab.js';

/** How long (ms) events are gathered after a batch: far less than a frame, and it saves a third of what a flood costs the parent. The first event after a rest goes at once. */
const gatherMs = 5;

let batch: Event[] = [];
let lastFlush = 0;
/** Batches that the screen's process has yet to take: it may stand still for hours (Ctrl+S), while others talk through the tap. */
let waiting = 0;
const mostWaiting = 100;

function flush(): void {
	const events = batch;
	batch = [];
	lastFlush = performance.now();
	if (events.length > 0 && process.connected) {
		waiting++;
		process.send?.({events} satisfies FromChild, () => {
			waiting--;
		});
	}
}

function flushSoon(): void {
	const ms = gatherMs - (performance.now() - lastFlush);
	if (ms > 0) {
		setTimeout(flush, ms);
	} else {
		setImmediate(flush);
	}
}

const lab = new Lab(JSON.parse(process.argv[2] ?? '{}') as LabOptions, event => {
	batch.push(event);
	if (batch.length === 1) {
		flushSoon();
	}
}, undefined, () => waiting > mostWaiting);

async function endInGoodOrder(): Promise<void> {
	const isGone = lab.end();
	flush();
	await isGone;
	process.disconnect();
}

process.on('message', (message: ToChild) => {
	if (message.type === 'end') {
		void endInGoodOrder();
	} else {
		void lab.execute(message.line, message.from);
	}
});

// The parent's death, however it came, ends the lab: no socket is left behind.
process.on('disconnect', () => {
	void lab.end();
	process.exit(0);
});

// While the parent is stopped the sockets go on.
ignoreTerminalSignals();

await lab.start();
