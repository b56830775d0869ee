/** The lab's boundary: lines of text in, events out. Both can cross a pipe, so a lab may live in this process or in a child. */
import {type Endpoint} from './endpoint.js';
import {type Event, type Origin} from './events.js';
import {type Actor} from './scenes.js';
import {type Key} from './z85.js';

/** How a screen, a pipe or a test reaches a lab. */
export type LabPort = {
	/** Hands the lab one line of the grammar. What becomes of it comes back as events. */
	readonly execute: (line: string, from: Origin) => void;
	/** Calls back with each batch of events, in order; the ones before the first subscription are kept for it. */
	readonly subscribe: (listener: (events: readonly Event[]) => void) => void;
	/** Closes every socket and ends the lab. Never rejects, never hangs on unsent messages. */
	readonly end: () => Promise<void>;
};

/** Where to record to; a file that is there already is refused, or overwritten if it shall be written `again`. */
export type RecordingTarget = {readonly file: string; readonly again: boolean};

/**
What a lab is started with. `actors` replace the named scene's own; `endpoint` replaces where they go, without a fallback.
`after` is the number of the last event of a lab that died: its successor counts on, and keeps the transcript.
*/
export type LabOptions = {
	readonly scene: string;
	readonly actors?: readonly Actor[];
	readonly seed: number;
	readonly after?: number;
	readonly endpoint?: string;
	/** Every scene listens at free ports from the start: of several labs at once none can be taken for another, not even while a server is away. */
	readonly freePorts?: true;
	readonly delay?: string;
	readonly replyWith?: string;
	readonly timeout?: string;
	/** Whether links are tapped from the beginning, whatever the scene says. */
	readonly tap?: true;
	/** A tap between programs of others, in place of peers: the scene `tap`. */
	readonly attach?: Attach;
	/** CURVE from the start. Secrets stay in their files: the process that has the sockets reads them, and nobody else. */
	readonly curve?: CurveStart;
	/** A file to record to from the first event on. */
	readonly record?: RecordingTarget;
	/** The version of this program, for the header of a recording. */
	readonly program?: string;
};

/** Where a tap listens and where it goes, and the faults that it begins with, as a person writes them. */
export type Attach = {readonly listen: Endpoint; readonly upstream: Endpoint; readonly faults: string};

/** Where the keys come from; without a file the lab makes its own. `serverKey` is the public key of a server outside this lab. */
export type CurveStart = {readonly secretFile?: string; readonly serverKey?: Key; readonly allowFile?: string};

/** What a screen's process says to the process of its lab. */
export type ToChild = {readonly type: 'line'; readonly line: string; readonly from: Origin} | {readonly type: 'end'};

/** What that process says: the newest events, in order. */
export type FromChild<Happening = Event> = {readonly events: readonly Happening[]};
