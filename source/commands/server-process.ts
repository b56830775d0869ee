/** Whether a server lives in the lab's process or in one of its own. */
import {done, problem, type Read} from './record.js';

/** Reads what follows `server`. A name may follow where there are several. */
export function readServerPlace(rest: string): Read {
	const [where = '', named, ...more] = rest.trim().split(/\s+/);
	return (where === 'process' || where === 'inside') && more.length === 0
		? done({verb: 'server-place', where, ...(named !== undefined && {named})})
		: problem(`“${rest.trim()}” is no place for a server`, 'write /server process, or /server inside');
}
