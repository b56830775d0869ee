/**
The teacher's screen: the roster, what belongs to the person at the screen, and a version number that grows when either changes.
Events are many and frames are few: they are gathered and shown at most every 33 ms, and less often where drawing is slow. A key's own effect is shown at once.
*/
import {type ClassEvent} from '../../core/class/events.js';
import {listed, Roster, type ListedStudent} from '../../core/class/roster.js';
import {type RemotePort} from '../../lab/remote.js';
import {type Notice} from '../interface-state.js';
import {edit, emptyEditor, type LineAction, type LineEditor} from '../line-editor.js';

const frameMs = 33;
const restPerFrame = 2;
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
	readonly #listeners = new Set<() => void>();
	#version = 0;
	#nextFrame = 0;
	#gathering: NodeJS.Timeout | undefined;
	#ticking: NodeJS.Timeout | undefined;

	constructor(port: RemotePort<ClassEvent>, clock: () => number) {
		this.#port = port;
		this.#clock = clock;
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

	/** For `useSyncExternalStore`. */
	readonly version = (): number => this.#version;
	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

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
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		this.#version++;
		const began = this.#clock();
		for (const listener of this.#listeners) {
			listener();
		}

		queueMicrotask(() => {
			const ended = this.#clock();
			this.#nextFrame = Math.max(began + frameMs, ended + ((ended - began) * restPerFrame));
		});
		clearTimeout(this.#ticking);
		this.#ticking = this.students.some(({state}) => state === 'waiting' || state === 'stuck')
			? setTimeout(() => {
				this.notify();
			}, tickMs)
			: undefined;
	}

	stop(): void {
		clearTimeout(this.#gathering);
		clearTimeout(this.#ticking);
		this.#listeners.clear();
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

		this.#gathering ??= setTimeout(() => {
			this.notify();
		}, Math.max(0, this.#nextFrame - this.#clock()));
	}
}
