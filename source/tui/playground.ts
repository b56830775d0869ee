/**
The screen's model: the journal, the interface's state, and a version number that grows when either changes.

Events are many and frames are few: notifications are gathered and given at most every 33 ms, and less often where drawing is slow:
it takes at most a third of the time, so that events never pile up unread. A key's own effect is shown at once.
Nothing ticks unless the view changes by itself.
*/
import {peerOf, type Event, type Origin} from '../core/events.js';
import {frameLimit} from '../core/frames.js';
import {Journal} from '../core/journal.js';
import {type LabPort} from '../core/lab-port.js';
import {firstClient, firstServer} from '../core/scenes.js';
import {nextChangeMs} from '../core/view.js';
import {
	firstInterfaceState,
	reduce,
	type InterfaceAction,
	type InterfaceState,
} from './interface-state.js';

const frameMs = 33;
const restPerFrame = 2;

/** What keys do to a script that plays. */
export type Player = {readonly next: () => void; readonly stop: () => void};

export class Playground {
	readonly journal = new Journal();
	readonly now: () => number;
	/** Whoever plays a script, and hears the keys meanwhile. */
	player: Player | undefined;
	readonly #port: LabPort;
	readonly #listeners = new Set<() => void>();
	#state: InterfaceState;
	#version = 0;
	#nextFrame = 0;
	#gathering: NodeJS.Timeout | undefined;
	#ticking: NodeJS.Timeout | undefined;

	constructor(port: LabPort, focus: string, now: () => number) {
		this.#port = port;
		this.#state = firstInterfaceState(focus);
		this.now = now;
		port.subscribe(events => {
			this.#take(events);
		});
	}

	get state(): InterfaceState {
		return this.#state;
	}

	/** For `useSyncExternalStore`: grows with each change. */
	readonly version = (): number => this.#version;

	/** For `useSyncExternalStore`. */
	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	/** Changes what belongs to the person at the screen; shown at once. */
	dispatch(action: InterfaceAction): void {
		this.#state = reduce(this.#state, action);
		this.notify();
	}

	/** Hands a line to the lab. */
	execute(line: string, from: Origin = 'keys'): void {
		this.#port.execute(line, from);
	}

	/** Draws again now, whatever changed. */
	notify(): void {
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		this.#version++;
		const began = this.now();
		for (const listener of this.#listeners) {
			listener();
		}

		// React draws in a microtask of its own, which was asked for before this one.
		queueMicrotask(() => {
			const ended = this.now();
			this.#nextFrame = Math.max(began + frameMs, ended + ((ended - began) * restPerFrame));
		});
		this.#tickIfNeeded();
	}

	/** Stops every timer. */
	stop(): void {
		clearTimeout(this.#gathering);
		clearTimeout(this.#ticking);
		this.#listeners.clear();
	}

	#take(events: readonly Event[]): void {
		for (const event of events) {
			this.journal.append(event);
			this.#follow(event);
		}

		this.#gathering ??= setTimeout(() => {
			this.notify();
		}, Math.max(0, this.#nextFrame - this.now()));
	}

	/** A message or command that was refused goes back to where it was typed. A peer's outcomes come in the order of its messages. */
	#follow(event: Event): void {
		const {submissions} = this.#state;
		if (event.type === 'peer-removed' || event.type === 'lab-started') {
			this.#stayWithSomebody(event);
		} else if (event.type === 'sent' || (event.type === 'refused' && event.operation === 'send')) {
			const submission = submissions.find(({peer}) => peer === event.peer);
			this.#state = submission ? reduce(this.#state, {type: event.type === 'sent' ? 'accepted' : 'given-back', submission}) : this.#state;
		} else if (event.type === 'command-failed') {
			const submission = submissions.find(({line}) => line.slice(0, frameLimit) === event.text);
			this.#state = submission ? reduce(this.#state, {type: 'given-back', submission}) : this.#state;
			this.#state = reduce(this.#state, {type: 'notice', notice: {text: [event.reason, event.next].filter(Boolean).join(': '), isProblem: true}});
		}
	}

	/** The pane in focus may be of a peer that is no more: then it is that of the same role's first. */
	#stayWithSomebody(event: Event): void {
		const {focus} = this.#state;
		const role = focus.startsWith('server') ? 'server' : 'client';
		const heirs = Object.values(this.journal.snapshot.peers).toSorted((one, other) => Number(other.role === role) - Number(one.role === role));
		const heir = event.type === 'lab-started' ? (role === 'client' ? firstClient : firstServer) : heirs[0]?.name;
		const isGone = event.type === 'lab-started' ? focus !== heir : peerOf(event) === focus;
		if (isGone && heir !== undefined) {
			this.#state = reduce(this.#state, {type: 'focus', peer: heir});
		}
	}

	#tickIfNeeded(): void {
		clearTimeout(this.#ticking);
		const ms = nextChangeMs(this.journal.snapshot, this.now());
		this.#ticking = ms === undefined
			? undefined
			: setTimeout(() => {
				this.notify();
			}, ms);
	}
}
