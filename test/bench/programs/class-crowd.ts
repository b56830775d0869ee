/** Joins so many to a class (`DOOR CODE SIZE`), says `joined` with the ms that it took, and then asks as each line of its input says: how often, and with which rest (ms) in between. */
import process from 'node:process';
import {createInterface} from 'node:readline';
import {joinCrowd} from '../../helpers/class-crowd.js';

const [door = '', code = '', size = ''] = process.argv.slice(2);
const began = performance.now();
const crowd = await joinCrowd({door, code, size: Number(size)});
process.stdout.write(`joined ${performance.now() - began}\n`);
for await (const line of createInterface({input: process.stdin})) {
	const askingBegan = performance.now();
	const [times = 1, restMs = 0] = line.split(' ').map(Number);
	process.stdout.write(`answered ${await crowd.ask(times, restMs)} ${performance.now() - askingBegan}\n`);
}

await crowd.leave();
