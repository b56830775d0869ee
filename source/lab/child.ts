/**
The lab's own process, whenever there is a screen: a terminal that stalls freezes the process that writes to it, and must not freeze the sockets.

Speaks with its parent over Node's IPC: `{line, from}` and `{end}` in, batches of events out.
*/
import process from 'node:process';
import {type Event} from '../core/events.js';
import {type FromChild, type LabOptions, type ToChild} from '../core/lab-port.js';
import {Lab} from './lab.js';

let batch: Event[] = [];

function flush(): void {
	const events = batch;
	batch = [];
	if (process.connected) {
		process.send?.({events} satisfies FromChild);
	}
}

const lab = new Lab(JSON.parse(process.argv[2] ?? '{}') as LabOptions, event => {
	batch.push(event);
	if (batch.length === 1) {
		setImmediate(flush);
	}
});

process.on('message', (message: ToChild) => {
	if (message.type === 'end') {
		lab.end();
		flush();
		process.disconnect();
	} else {
		void lab.execute(message.line, message.from);
	}
});

// The parent's death, however it came, ends the lab: no socket is left behind.
process.on('disconnect', () => {
	lab.end();
	process.exit(0);
});

// The terminal's signals go to the whole process group. The parent decides what they mean; while it is stopped the sockets go on.
for (const signal of ['SIGINT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const) {
	process.on(signal, () => undefined);
}

await lab.start();
