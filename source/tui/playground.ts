/** The screen's model: the journal, the interface's state, and a version number that grows when either changes. A key's own effect is shown at once, events with the next frame. */
import {peerOf, type Event, type Origin} from '../core/events.js';
import {frameLimit} from '../core/frames.js';
import {Journal} from '../core/journal.js';
import {type LabPort} from '../core/lab-port.js';
import {tapPeer} from '../core/lanes.js';
import {firstClient, firstServer, sceneNamed} from '../core/scenes.js';
import {visible} from '../core/text.js';
import {nextChangeMs} from '../core/view.js';
import {type GrowingRecording} from '../recording/growing.js';
import {frameMs, Frames} from './frames.js';
import {
	firstInterfaceState,
	reduce,
	type InterfaceAction,
	type InterfaceState,
} from './interface-state.js';
import {type LessonRow, type LessonWish} from './lesson-control.js';
import {type LessonPlayer} from './lesson-player.js';
import {type WatchedRace} from './race-control.js';
import {type Timeline} from './time-bar.js';
import {Travel} from './travel.js';

/** What keys do to a script that plays. */
export type Player = {readonly next: () => void; readonly stop: () => void};

export class Playground {
	/** All that has happened, or all of a recording that has been read. */
	readonly journal: Journal;
	/** What is looked at instead of a living lab. */
	readonly recording: GrowingRecording | undefined;
	readonly #travel: Travel;
	/** Whether what moves by itself does so once a second at most. */
	readonly isCalm: boolean;
	readonly #firstFocus: string;
	/** Whoever plays a script, and hears the keys meanwhile. */
	player: Player | undefined;
	/** The lesson that is being taken. */
	lesson: LessonPlayer | undefined;
	/** The list of lessons, once it was asked for; `isPresenting`: for a class. */
	lessons: {readonly rows: readonly LessonRow[]; readonly isPresenting: boolean} | undefined;
	/** Who hears where one is in a lesson. */
	tellTeacher: LessonWish['tell'];
	/** Resolves when what was learnt is kept. */
	keeping: Promise<void> = Promise.resolve();
	/** The race that is or was watched last. */
	race: WatchedRace | undefined;
	/** Whether there is nothing but the race to look at. */
	isOnlyRace = false;
	/** For `useSyncExternalStore`: grows with each frame. */
	readonly version: Frames['version'];
	/** For `useSyncExternalStore`. */
	readonly subscribe: Frames['subscribe'];
	readonly #port: LabPort;
	readonly #frames: Frames;
	#state: InterfaceState;
	/** How fast a replay runs, if one is asked for. */
	#speed = 1;
	#toldTrouble: string | undefined;

	constructor(port: LabPort, focus: string, clock: () => number, {recording, isCalm = false}: {readonly recording?: GrowingRecording; readonly isCalm?: boolean} = {}) {
		this.#port = port;
		this.isCalm = isCalm;
		this.#firstFocus = focus;
		this.recording = recording;
		this.journal = recording?.journal ?? new Journal();
		this.#travel = new Travel(this.journal, recording === undefined, clock);
		this.#frames = new Frames({
			clock,
			nextChangeMs: () => this.#nextChangeMs(),
			advance: () => {
				this.#travel.advance();
			},
		});
		this.version = this.#frames.version;
		this.subscribe = this.#frames.subscribe;
		this.#state = recording ? reduce(firstInterfaceState(focus), {type: 'mode', mode: 'browsing'}) : firstInterfaceState(focus);
		if (recording) {
			recording.onChange(() => {
				this.#readOn(recording);
			});
			// It may have been read to its end by now.
			this.#readOn(recording);
		}

		port.subscribe(events => {
			this.#take(events);
		});
	}

	get state(): InterfaceState {
		return this.#state;
	}

	/** The journal at the moment that is looked at. */
	get shown(): Journal {
		return this.#travel.shown;
	}

	/** Where one is in time, for the time bar. */
	get timeline(): Timeline {
		const {recording} = this;
		const {moment, speed} = this.#travel;
		return {
			whole: this.journal,
			moment,
			...(recording && {recording: recording.name}),
			...(recording?.progress !== undefined && {progress: recording.progress}),
			...(speed !== undefined && {speed}),
		};
	}

	/** Why nothing can be sent or changed where one looks; undefined if it can. */
	get whyNothingCanBeDone(): string | undefined {
		if (this.recording) {
			return 'this is a recording: nothing can be sent or changed (your text stays)';
		}

		return this.#travel.moment === undefined ? undefined : 'this is the past: nothing can be sent or changed; End goes back to now';
	}

	/** What time it is in what is shown: ms since the epoch. */
	now(): number {
		return this.#travel.now();
	}

	/** Goes to the moment of an event; undefined for the newest. */
	travel(moment: number | undefined): void {
		this.#travel.goTo(moment);
		this.dispatch({type: 'travelled'});
	}

	/** Replays from where one is, at the speed last asked for, or stops it there. */
	playOrPause(speed = this.#speed): void {
		this.#speed = speed;
		if (this.#travel.speed !== undefined) {
			this.#travel.pause();
		} else if (this.whyNothingCanBeDone === undefined) {
			this.dispatch({type: 'notice', notice: {text: 'this is now: step back first (←), and replay from there', isProblem: false}});
			return;
		} else {
			this.#travel.play(speed);
		}

		this.dispatch({type: 'travelled'});
	}

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
		this.#frames.now();
	}

	/** Draws again with the next frame, in `leastMs` at the earliest. */
	notifySoon(leastMs = 0): void {
		this.#frames.soon(leastMs);
	}

	/** Stops every timer. */
	stop(): void {
		this.#frames.stop();
		this.race?.stop();
		this.lesson?.stop();
	}

	#take(events: readonly Event[]): void {
		for (const event of events) {
			this.journal.append(event);
			this.#follow(event);
		}

		this.lesson?.take(events);

		this.notifySoon();
	}

	#readOn({trouble}: GrowingRecording): void {
		const {peers} = this.journal.snapshot;
		const [first] = Object.keys(peers);
		if (first !== undefined && !Object.hasOwn(peers, this.#state.focus)) {
			this.#state = reduce(this.#state, {type: 'focus', peer: first});
		}

		if (trouble !== undefined && trouble !== this.#toldTrouble) {
			this.#toldTrouble = trouble;
			this.#state = reduce(this.#state, {type: 'notice', notice: {text: trouble, isProblem: true}});
		}

		this.notifySoon();
	}

	/** A message or command that was refused goes back to where it was typed. A peer's outcomes come in the order of its messages. */
	#follow(event: Event): void {
		const {submissions} = this.#state;
		if (event.type === 'peer-removed' || event.type === 'lab-started') {
			this.#stayWithSomebody(event);
		} else if (event.type === 'recording-started') {
			this.#state = reduce(this.#state, {type: 'notice', notice: {text: `records to ${visible(event.file)}: all that happened, and happens until /record off`, isProblem: false}});
		} else if (event.type === 'recording-stopped') {
			const {file, reason, next, code} = event;
			const text = reason === undefined ? `${visible(file)} is complete: zmq-playground open shows it` : `the recording has stopped: ${visible([code, reason, next].filter(Boolean).join(': '))}`;
			this.#state = reduce(this.#state, {type: 'notice', notice: {text, isProblem: reason !== undefined}});
		} else if (event.type === 'sent' || ((event.type === 'refused' || event.type === 'step-dropped') && event.operation === 'send')) {
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
		const heir = event.type === 'lab-started' ? this.#firstOf(role, event.scene) : heirs[0]?.name;
		const isGone = event.type === 'lab-started' ? focus !== heir : peerOf(event) === focus;
		if (isGone && heir !== undefined) {
			this.#state = reduce(this.#state, {type: 'focus', peer: heir});
		}
	}

	/** Who is in focus first in a fresh lab. A front with one peer has a scene of its own, and its peer a name of its own. */
	#firstOf(role: 'client' | 'server', scene: string): string {
		if (this.journal.snapshot.lanes) {
			return tapPeer;
		}

		return sceneNamed(scene) ? (role === 'client' ? firstClient : firstServer) : this.#firstFocus;
	}

	/** In how many ms something moves by itself; nothing does in a past that stands still. */
	#nextChangeMs(): number | undefined {
		const {speed, nextEventMs, moment} = this.#travel;
		const isStill = speed === undefined && (this.recording !== undefined || moment !== undefined);
		const ms = isStill ? undefined : nextChangeMs(this.shown.snapshot, this.now(), this.isCalm);
		return speed === undefined || nextEventMs === undefined ? ms : Math.max(frameMs, Math.min(nextEventMs, (ms ?? Infinity) / speed));
	}
}
