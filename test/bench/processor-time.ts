/** The processor time of processes, from `/proc`: it says what a program costs also on a machine where much else runs. */
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

/** User and system time in ms, from proc_pid_stat(5): the program's name may hold blanks, so it counts from behind its bracket. */
export function processorMs(pids: readonly number[]): number {
	let ticks = 0;
	for (const pid of pids) {
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
		ticks += Number(fields[11]) + Number(fields[12]);
	}

	return ticks * 1000 / ticksPerSecond;
}

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], {encoding: 'utf8'}));
