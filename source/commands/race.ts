/** The command that shows the ways out side by side. The screen carries it out: a race has sockets of its own, and no peer of the lab takes part. */
import {fewestRequests, mostRequests, usualRequests} from '../core/race/entrants.js';
import {done, problem, type CommandRecord} from './record.js';

export const raceCommands: readonly CommandRecord[] = [
	{
		name: 'race',
		subject: 'screen',
		usage: 'race [<requests>] [seed <number>]',
		summary: `every way out side by side against the same faults, ${usualRequests} requests each; Esc ends it`,
		read(rest) {
			const words = /^(?<requests>\d{1,6})?\s*(?:seed\s+(?<seed>\d{1,15}))?$/v.exec(rest.trim())?.groups;
			const requests = Number(words?.['requests'] ?? usualRequests);
			return words && requests >= fewestRequests && requests <= mostRequests
				? done({verb: 'race', requests, ...(words['seed'] !== undefined && {seed: Number(words['seed'])})})
				: problem(`“${rest.trim()}” does not say how many requests, and which seed`, `write /race, /race 60 or /race 60 seed 7; from ${fewestRequests} requests on`);
		},
		suggest: () => ['60', '200', '200 seed 7'],
	},
];
