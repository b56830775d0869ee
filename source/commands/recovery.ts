/** Commands that choose how a client gets out of trouble. */
import {parseRecovery, recoveryExamples} from '../core/recovery.js';
import {done, problem, type CommandRecord} from './record.js';

export const recoveryCommands: readonly CommandRecord[] = [
	{
		name: 'recover',
		subject: 'client',
		usage: 'recover none | timeout 2s | relaxed | relaxed+correlate | lazy-pirate 3x 2s [back-off 250ms]',
		summary: 'what a client does when a reply does not come',
		read(rest) {
			const recovery = parseRecovery(rest);
			return recovery
				? done({verb: 'recover', recovery})
				: problem(rest.trim() === '' ? 'a way out is missing' : `“${rest.trim()}” is no way out`, `write one of: ${recoveryExamples.join(', ')}`);
		},
		suggest: () => recoveryExamples,
	},
];
