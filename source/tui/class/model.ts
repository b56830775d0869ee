/**
The teacher's screen: the roster, what belongs to the person at the screen, and a version number that grows when either changes.
What a key does is shown at once, also where the class does it; what the students do with the next frame.
*/
import {type ClassEvent} from '../../core/class/events.js';
import {listed, Roster, type ListedStudent} from '../../core/class/roster.js';
import {type RemotePort} from '../../lab/remote.js';
import {Frames} from '../frames.js';
import {type Notice} from '../interface-state.js';
import {edit, emptyEditor, type LineAction, type LineEditor} from '../line-editor.js';

/** The time (ms) between two frames that only students cause: of hundreds, nobody follows more, and a key finds the screen idle. */
const everyMs = 100;
/** Ages tick once a second, while somebody waits. */
const tickMs = 1000;

export class ClassModel {
	readonly roster = new Roster();
	editor: LineEditor = emptyEditor;
	focus: string | undefined;
	/** Whose exchanges fill the screen. */
	shown: string | undefined;
	help: number | undefined;
	notice: Notice | undefined;
	/** While Tab walks through the candidates: the input as it was typed, and which candidate stands there. */
	completing: {readonly input: string; readonly index: number} | undefined;
	readonly #port: RemotePort<ClassEvent>;
	readonly #clock: () => number;
	readonly #frames: Frames;
	/** For `useSyncExternalStore`: grows with each frame. */
	readonly version: Frames['version'];
	/** For `useSyncExternalStore`. */
	readonly subscribe: Frames['subscribe'];

	constructor(port: RemotePort<ClassEvent>, clock: () => number) {
		this.#port = port;
		this.#clock = clock;
		this.#frames = new Frames({
			clock,
			everyMs,
			nextChangeMs: () => this.students.some(({state}) => state === 'waiting' || state === 'stuck') ? tickMs : undefined,
		});
		this.version = this.#frames.version;
		this.subscribe = this.#frames.subscribe;
		port.subscribe(events => {
			this.#take(events);
		});
	}

	get students(): readonly ListedStudent[] {
		return listed(this.roster);
	}

	get focused(): ListedStudent | undefined {
		return this.focus === undefined ? undefined : this.roster.students.get(this.focus);
	}

	readonly now = (): number => this.#clock();

	/** Any next step ends a notice and a walk through completions. */
	edit(action: LineAction): void {
		this.editor = edit(this.editor, action);
		this.completing = undefined;
		this.tell(undefined);
	}

	tell(notice: Notice | undefined): void {
		this.notice = notice;
		this.notify();
	}

	/** The student so many places further down the list. */
	walk(by: number): void {
		const {students} = this;
		const at = students.findIndex(({name}) => name === this.focus);
		this.focus = students[(at + by + students.length) % Math.max(1, students.length)]?.name;
		if (this.shown !== undefined) {
			this.shown = this.focus;
		}

		this.tell(undefined);
	}

	execute(line: string): void {
		this.#port.execute(line, 'keys');
	}

	notify(): void {
		this.#frames.now();
	}

	stop(): void {
		this.#frames.stop();
	}

	#take(events: readonly ClassEvent[]): void {
		for (const event of events) {
			this.roster.take(event);
			if (event.type === 'command-failed') {
				this.notice = {text: `${event.reason}: ${event.next}`, isProblem: true};
			} else if (event.type === 'joined') {
				this.focus ??= event.student;
			}
		}

		if (events.some(({type}) => type === 'command')) {
			this.#frames.now();
		} else {
			this.#frames.soon();
		}
	}
}
