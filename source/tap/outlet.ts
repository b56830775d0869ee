/**
Where the front `tap` prints, without ever waiting for whoever reads: a terminal that stalls (Ctrl+S, a selection with the mouse) must not
stall a connection between programs of others.

A terminal is written to by a process of its own, as Node's writes to it wait until they are taken; a pipe takes what it can by itself.
What is not read in time is left out, and counted.
*/
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {type Writable} from 'node:stream';
import {setTimeout as pause} from 'node:timers/promises';

/** So many bytes wait for their reader; more are left out. */
const mostWaiting = 16 * 1024 * 1024;

/** How long (ms) the last lines may take to be read when it is over. */
const goodbyeMs = 1000;

/** Copies its input to the terminal. What is meant for the tap (Ctrl+C, a hang-up) is not meant for it: the last lines are yet to come. */
const copying = 'for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined); process.stdout.on("error", () => process.exit()); process.stdin.pipe(process.stdout);';

/** `unread` resolves if nobody reads any more. `end` resolves when the last line is written, or nobody has read it for a while. */
export type Outlet = {readonly print: (line: string) => void; readonly unread: Promise<void>; readonly end: () => Promise<void>};

/** Opens it on this process's stdout. `describeLeftOut` makes the line that tells how many are missing. */
export function openOutlet(describeLeftOut: (count: number) => string): Outlet {
	if (!process.stdout.isTTY) {
		return outletOn(process.stdout, describeLeftOut, async () => new Promise(resolve => {
			process.stdout.write('', () => {
				resolve();
			});
		}));
	}

	const copier = spawn(process.execPath, ['-e', copying], {stdio: ['pipe', 'inherit', 'ignore']});
	return outletOn(copier.stdin, describeLeftOut, async () => {
		const exit = once(copier, 'exit');
		copier.stdin.end();
		await Promise.race([exit, pause(goodbyeMs)]);
		copier.kill('SIGKILL');
	});
}

function outletOn(stream: Writable, describeLeftOut: (count: number) => string, end: () => Promise<void>): Outlet {
	let left = 0;
	stream.on('drain', () => {
		if (left > 0) {
			stream.write(`${describeLeftOut(left)}\n`);
			left = 0;
		}
	});
	return {
		print(line) {
			if (stream.writableLength > mostWaiting) {
				left++;
			} else if (stream.writable) {
				stream.write(`${line}\n`);
			}
		},
		unread: new Promise(resolve => {
			stream.on('error', () => {
				resolve();
			});
		}),
		end,
	};
}
