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

/** Whether the process runs; one that has ended and is not yet buried does not. */
export function isRunning(pid: number): boolean {
	try {
		return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], {encoding: 'utf8'}).startsWith('Z');
	} catch {
		return false;
	}
}
