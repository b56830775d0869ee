/**
One student: its place in the class, the requests of it that wait, and how they are answered, one after the other as a REP would.

Law: it holds at most the limit of requests, and takes up no more than the limit a second; a request is answered once or lost once.
*/
import {classLimits} from '../core/class/limits.js';
import {type LossReason} from '../core/class/events.js';
import {formatClock} from '../core/age.js';
import {drawDelayMs} from '../core/delay.js';
import {type Random} from '../core/random.js';
import {fillTemplate} from '../core/template.js';
import {type Key} from '../core/z85.js';
import {type Service} from './service.js';

/** A request that waits: the envelope goes back as it came. `t` is when it came, in ms since the epoch. */
export type Waiting = {readonly request: number; readonly envelope: readonly Uint8Array[]; readonly body: readonly Uint8Array[]; readonly t: number};

export type Surroundings = {
	readonly clock: () => number;
	readonly random: Random;
	/** What holds for all. */
	readonly service: () => Service;
	readonly answer: (student: Student, waiting: Waiting, reply: readonly Uint8Array[], by: 'hand' | 'template') => void;
	readonly lose: (student: Student, waiting: Waiting, how: LossReason) => void;
};

export class Student {
	readonly name: string;
	readonly key: Key;
	/** The routing id that it has in the room: a secret. */
	readonly id: string;
	/** The routing id that the desk's connection has at present. */
	deskId: Uint8Array | undefined;
	isHere = true;
	/** What it has instead of what holds for all. */
	#own: Partial<Service> = {};
	#asked = 0;
	readonly #waiting: Waiting[] = [];
	#timer: NodeJS.Timeout | undefined;
	#lastTakenUp = -Infinity;
	readonly #surroundings: Surroundings;

	constructor({name, key, id}: {readonly name: string; readonly key: Key; readonly id: string}, surroundings: Surroundings) {
		this.name = name;
		this.key = key;
		this.id = id;
		this.#surroundings = surroundings;
	}

	get service(): Service {
		return {...this.#surroundings.service(), ...this.#own};
	}

	get waitingCount(): number {
		return this.#waiting.length;
	}

	/** Takes a request, and gives its number; undefined if too many wait already. `serve` has it answered. */
	take(envelope: readonly Uint8Array[], body: readonly Uint8Array[]): number | undefined {
		if (this.#waiting.length >= classLimits.waiting) {
			return undefined;
		}

		this.#asked++;
		this.#waiting.push({request: this.#asked, envelope, body, t: this.#surroundings.clock()});
		return this.#asked;
	}

	/** Sees to the request that has come, unless another one is under way. */
	serve(): void {
		if (this.#waiting.length === 1) {
			this.#takeUp();
		}
	}

	/** Ends what is under way. */
	stop(): void {
		clearTimeout(this.#timer);
	}

	/** Other settings of its own; what is under way is taken up anew. */
	change(own: Partial<Service>): void {
		this.#own = {...this.#own, ...own};
		this.#takeUp();
	}

	/** The settings for all have changed: they hold for it, too. */
	forget(names: ReadonlyArray<keyof Service>): void {
		this.#own = Object.fromEntries(Object.entries(this.#own).filter(([name]) => !names.includes(name as keyof Service)));
		this.#takeUp();
	}

	/** Answers the oldest request that waits. Tells whether there was one. */
	answer(reply: readonly Uint8Array[], by: 'hand' | 'template'): boolean {
		const waiting = this.#waiting.shift();
		if (!waiting) {
			return false;
		}

		this.#surroundings.answer(this, waiting, reply, by);
		this.#takeUp();
		return true;
	}

	/** Forgets all that waits. */
	lose(how: LossReason): void {
		clearTimeout(this.#timer);
		for (const waiting of this.#waiting.splice(0)) {
			this.#surroundings.lose(this, waiting, how);
		}
	}

	#takeUp(): void {
		clearTimeout(this.#timer);
		const {template, isHeld, delay} = this.service;
		const [next] = this.#waiting;
		if (!next || isHeld || template === undefined) {
			return;
		}

		const {clock, random} = this.#surroundings;
		const now = clock();
		const delayed = next.t + drawDelayMs(delay, random);
		const ms = Math.max(delayed, this.#lastTakenUp + (1000 / classLimits.perSecond)) - now;
		const answer = (): void => {
			this.#lastTakenUp = clock();
			this.answer(fillTemplate(template, {request: next.body, count: next.request, time: formatClock(clock())}), 'template');
		};

		if (ms <= 0) {
			answer();
		} else {
			// Node drops fractions, and no reply is early.
			this.#timer = setTimeout(answer, Math.ceil(ms));
		}
	}
}
