/** Who is who among the processes of a test: the program, the lab that it started, and whether they are still there. */
import {execFileSync} from 'node:child_process';

/** The processes started by this one, oldest first. */
export function childrenOf(pid: number): readonly number[] {
	try {
		return execFileSync('pgrep', ['-P', String(pid)], {encoding: 'utf8'}).trim().split('\n').map(Number);
	} catch {
		// `pgrep` says by its status that there are none.
		return [];
	}
}

/** The only process started by this one. */
export function onlyChildOf(pid: number): number {
	const [child, ...others] = childrenOf(pid);
	if (child === undefined || others.length > 0) {
		throw new Error(`Process ${pid} has ${others.length + (child === undefined ? 0 : 1)} children, not one`);
	}

	return child;
}

/** Whether the process runs or sleeps or is stopped; one that has ended and is not yet buried does not. */
export const isRunning = (pid: number): boolean => /^[^Z]/v.test(stateOf(pid));

/** Whether the process is stopped, and would run on when continued. */
export const isStopped = (pid: number): boolean => stateOf(pid).startsWith('T');

/** The state as `ps` has it, beginning with a letter; empty if there is no such process. */
function stateOf(pid: number): string {
	try {
		return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], {encoding: 'utf8'});
	} catch {
		return '';
	}
}
