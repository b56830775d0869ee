/**
Where a journal's events are kept: in memory while a lab lives (`memory.ts`), in a file for a recording.

Law: the numbers of the events ascend; some may be missing (forgotten, or damaged in a file). What an archive says of a moment
depends on nothing that came after it.
*/
import {type Event} from './events.js';
import {type Exchange} from './exchanges.js';
import {type Landmarks} from './landmarks.js';
import {type Snapshot} from './snapshot.js';

/** The events in order, and what was known at each of them. Numbers are event numbers; both borders of a walk are included. */
export type Archive = {
	/** What is known at the newest event. */
	readonly snapshot: Snapshot;
	/** The number of the oldest event still kept; 0 if there is none. */
	readonly horizon: number;
	/** How many events are kept. */
	readonly length: number;
	readonly landmarks: Landmarks;
	readonly at: (n: number) => Event | undefined;
	/** The exchange that the event of that number closed. */
	readonly settledBy: (n: number) => Exchange | undefined;
	readonly newestFirst: (from: number) => Generator<Event>;
	readonly oldestFirst: (from: number) => Generator<Event>;
	/** The events of one peer, newest first. */
	readonly newestOf: (peer: string, from: number) => Generator<Event>;
	/** What was known at event `n`; at the oldest one for a number before it. */
	readonly snapshotAt: (n: number) => Snapshot;
};

/** Every so many events an archive keeps a snapshot, so that any moment is a short fold away. */
export const eventsPerCheckpoint = 2000;
