/** The lab's boundary: lines of text in, events out. Both can cross a pipe, so a lab may live in this process or in a child. */
import {type Event, type Origin} from './events.js';
import {type Actor} from './scenes.js';

/** How a screen, a pipe or a test reaches a lab. */
export type LabPort = {
	/** Hands the lab one line of the grammar. What becomes of it comes back as events. */
	readonly execute: (line: string, from: Origin) => void;
	/** Calls back with each batch of events, in order; the ones before the first subscription are kept for it. */
	readonly subscribe: (listener: (events: readonly Event[]) => void) => void;
	/** Closes every socket and ends the lab. Never rejects, never hangs on unsent messages. */
	readonly end: () => Promise<void>;
};

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
	readonly delay?: string;
	readonly replyWith?: string;
	readonly timeout?: string;
	/** Whether links are tapped from the beginning, whatever the scene says. */
	readonly tap?: true;
};

/** What a screen's process says to the process of its lab. */
export type ToChild = {readonly type: 'line'; readonly line: string; readonly from: Origin} | {readonly type: 'end'};

/** What that process says: the newest events, in order. */
export type FromChild = {readonly events: readonly Event[]};
