/** One side sends as fast as it can, the other counts what comes: `flood.ts plain 30` messages of 30 bytes through a plain proxy, `flood.ts tap 30` through the tap. */
import process from 'node:process';
import {Dealer, Router} from 'zeromq';
import {answerRuns} from '../loop-program.js';
import {startBetween} from './between.js';

const [kind, size] = process.argv.slice(2);
const message = new Uint8Array(Number(size));
const sink = new Router();
await sink.bind('tcp://127.0.0.1:*');
const source = new Dealer();
source.connect(await startBetween(kind, sink.lastEndpoint ?? ''));

let count = 0;
let sending: Promise<void> = Promise.resolve();

async function send(run: {isOver: boolean}): Promise<void> {
	while (!run.isOver) {
		await source.send(message);
	}
}

async function take(): Promise<void> {
	for await (const [from] of sink) {
		count += from ? 1 : 0;
	}
}

void take();

answerRuns(async ms => {
	await sending;
	const flood = {isOver: false};
	sending = send(flood);
	const before = count;
	const began = performance.now();
	await new Promise(resolve => {
		setTimeout(resolve, ms);
	});
	const run = {count: count - before, ms: performance.now() - began};
	flood.isOver = true;
	return run;
});
