/**
What happens in a race. The board is a fold of it.

`t` is ms since the race began, `request` counts from 1. Times differ from run to run; all else is the same for one seed.
*/
import {type EntrantName} from './entrants.js';
import {type RaceFault, type RaceFaultKind} from './schedule.js';

/** What became of one question of an entrant. */
export type RaceOutcome = 'answered' | 'mismatched' | 'lost' | 'abandoned';

/** How it is known that a socket stays stuck: the server answered somebody else meanwhile, and then the socket refused to send (libzmq's code) and had nothing to receive. */
export type StuckProof = {readonly send: string; readonly receive: string; readonly witness: 'answered'};

export type RaceFact =
	| {readonly type: 'race-started'; readonly requests: number; readonly seed: number; readonly entrants: readonly EntrantName[]; readonly schedule: readonly RaceFault[]}
	| {readonly type: 'socket-opened' | 'finished'; readonly entrant: EntrantName}
	| {readonly type: 'asked'; readonly entrant: EntrantName; readonly request: number}
	| {readonly type: 'struck'; readonly entrant: EntrantName; readonly request: number; readonly kind: RaceFaultKind}
	| {readonly type: 'closed'; readonly entrant: EntrantName; readonly request: number; readonly outcome: RaceOutcome}
	/** The server replied to a question that had been given up. */
	| {readonly type: 'late'; readonly entrant: EntrantName; readonly request: number}
	/** The first right answer since a fault, so long (ms) after it. */
	| {readonly type: 'recovered'; readonly entrant: EntrantName; readonly request: number; readonly ms: number}
	| {readonly type: 'stuck'; readonly entrant: EntrantName; readonly request: number; readonly proof: StuckProof}
	| {readonly type: 'race-ended'; readonly ms: number};

export type RaceEvent = RaceFact & {readonly v: 1; readonly n: number; readonly t: number};
