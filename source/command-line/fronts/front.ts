import {type Direction, type Role} from '../../core/events.js';

/** One flag. `value` names what follows it; a flag without one is a switch. */
export type Flag = {readonly name: string; readonly value?: string; readonly summary: string; readonly isRepeatable?: true};

export type FrontName = 'playground' | 'client' | 'server' | 'broker' | 'worker' | 'class' | 'join' | 'keys' | 'probe' | 'tap' | 'race' | 'run' | 'open' | 'learn';

/**
One front: what can be started from a shell. To add one, write its record in a file beside this one, and list it in `registry.ts`.
`solo` is who is started, for a front with one peer; the playground has a pair.
*/
export type Front = {
	readonly name: FrontName;
	readonly usage: string;
	readonly summary: string;
	readonly details: readonly string[];
	readonly flags: readonly Flag[];
	readonly examples: readonly string[];
	/** What else the help lists; a function is only called for a help of this front, so that no other start loads what its lines are made of. */
	readonly appendix?: {readonly title: string; readonly lines: readonly string[] | (() => Promise<readonly string[]>)};
	readonly solo?: {readonly peer: string; readonly role: Role; readonly direction: Direction};
};
