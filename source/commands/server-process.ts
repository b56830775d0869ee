/** Whether a server lives in the lab's process or in one of its own. */
import {done, problem, type CommandRecord, type Read} from './record.js';

/** Reads what follows `server`. A name may follow where there are several. */
export function readServerPlace(rest: string): Read {
	const [where = '', named, ...more] = rest.trim().split(/\s+/);
	return (where === 'process' || where === 'inside') && more.length === 0
		? done({verb: 'server-place', where, ...(named !== undefined && {named})})
		: problem(where === '' ? 'where shall the server run?' : `“${rest.trim()}” is no place for a server`, 'write /server process, or /server inside');
}

export const serverCommands: readonly CommandRecord[] = [
	{
		name: 'server',
		subject: 'lab',
		usage: 'server process | inside [name]',
		summary: 'run the server as a process of its own, so that /crash is a real SIGKILL; or in the lab’s',
		read: readServerPlace,
		suggest: () => ['process', 'inside'],
	},
];
