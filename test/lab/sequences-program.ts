/**
Random sequences of ask, crash, restart, recover, reopen and quit, a few labs at a time in one process: `sequences-program <count> <seed>`.

Each sequence ends with a quit in whatever moment it is; at last the process ends by itself, or something was left behind.
*/
import process from 'node:process';
import {setImmediate as turn} from 'node:timers/promises';
import {createRandom} from '../../source/core/random.js';
import {recoveryExamples} from '../../source/core/recovery.js';
import {Lab} from '../../source/lab/lab.js';

const count = Number(process.argv[2]);
const seed = Number(process.argv[3]);

/** How many labs there are at a time: most of what a sequence takes is the linger of its last reply. */
const lanes = 6;

/** How long (ms) a quit may take: longer than a closed socket's linger, far shorter than a person waits. */
const quitMs = 3000;

let events = 0;
let slowestMs = 0;
let next = 0;

/** Throws one sequence at a new lab; the same for its seed, as far as the sockets' own timing lets it be. */
async function runSequence(itsSeed: number): Promise<void> {
	const random = createRandom(itsSeed);
	const below = (end: number): number => Math.floor(random() * end);
	const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;
	const anyone = (): string => pick(['client-1', 'server-1', 'clients', 'servers', 'all']);
	const sayings: ReadonlyArray<() => string> = [
		() => '@clients send Hello',
		() => '@client-1 send Hello',
		() => '@server-1 crash',
		() => `@${anyone()} crash`,
		() => `@${anyone()} restart`,
		() => `@clients recover ${pick(recoveryExamples)}`,
		() => `@${anyone()} open`,
		() => `@${anyone()} close`,
		() => `@servers ${pick(['hold', 'release', 'delay 1ms', 'delay off'])}`,
		() => `${pick(['client', 'server'])} add`,
		() => pick(['client remove client-2', 'server remove server-2']),
	];
	const lab = new Lab({scene: 'pair', seed: itsSeed, endpoint: 'tcp://127.0.0.1:*', delay: 'off'}, () => {
		events++;
	});
	const isStaged = lab.start();
	if (random() < 0.9) {
		await isStaged;
	}

	for (let left = 3 + below(12); left > 0; left--) {
		const isDone = lab.execute(pick(sayings)(), 'pipe');
		// Now after it was carried out, now after a turn of the loop, now in the same moment as the next.
		const patience = below(4);
		if (patience < 2) {
			await (patience === 0 ? turn() : isDone);
		}
	}

	const start = performance.now();
	await lab.end();
	slowestMs = Math.max(slowestMs, performance.now() - start);
}

async function runLane(): Promise<void> {
	while (next < count) {
		await runSequence(seed + next++);
	}
}

await Promise.all(Array.from({length: Math.min(lanes, count)}, runLane));
if (slowestMs > quitMs) {
	throw new Error(`a quit took ${Math.round(slowestMs)} ms`);
}

process.stdout.write(`${count} sequences, ${events} events, the slowest quit ${Math.round(slowestMs)} ms\n`);
