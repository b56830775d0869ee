/** The first line of a recording: who wrote it, and from what the fold of its events begins. */
import {type Snapshot} from '../core/snapshot.js';

/** What is known before the first event of a recording. What will be served next is inferred, and inferred anew. */
export type Known = Omit<Snapshot, 'queues'>;

/** The version of the file's form. A reader reads this one and all before it. */
export const recordingVersion = 1;

/**
`at` is ms since the epoch. `before` is there only if the lab had forgotten its first events when the recording began: what was known by them.
`versions` name the program (`zmq-playground`), libzmq and Node.
*/
export type Header = {
	readonly type: 'recording';
	readonly version: typeof recordingVersion;
	readonly at: number;
	readonly versions: Readonly<Record<string, string>>;
	readonly seed: number;
	readonly scene: string;
	readonly before?: Known;
};
