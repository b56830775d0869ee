/**
The screen's place in time: now, a moment of the past, or a replay that runs from one.

Everything is drawn from `shown` at the time `now`: of the living lab's newest moment that is our own clock, of a moment of the past its own.
*/
import {type Journal} from '../core/journal.js';
import {timeIn, type Replay} from './replay.js';

export class Travel {
	readonly #whole: Journal;
	/** Whether there is a lab that lives on while one looks back. */
	readonly #isLiving: boolean;
	readonly #clock: () => number;
	#shown: Journal;
	#moment: number | undefined;
	#replay: Replay | undefined;
	/** The time in a replay that pauses, between two events. */
	#pausedAt: number | undefined;

	constructor(whole: Journal, isLiving: boolean, clock: () => number) {
		this.#whole = whole;
		this.#shown = whole;
		this.#isLiving = isLiving;
		this.#clock = clock;
	}

	/** The journal as it was at the moment shown. */
	get shown(): Journal {
		return this.#shown;
	}

	/** The event at which one is; undefined for the newest. */
	get moment(): number | undefined {
		return this.#moment;
	}

	/** How fast a replay runs; undefined if none does. */
	get speed(): number | undefined {
		return this.#replay?.speed;
	}

	/** What time it is in what is shown, in ms since the epoch. */
	now(): number {
		if (this.#replay) {
			return timeIn(this.#replay, this.#clock());
		}

		return this.#moment === undefined && this.#isLiving ? this.#clock() : this.#pausedAt ?? this.#shown.snapshot.t;
	}

	/** Goes to a moment; a replay ends. */
	goTo(moment: number | undefined): void {
		this.#replay = undefined;
		this.#pausedAt = undefined;
		this.#show(moment);
	}

	/** Replays from the moment shown; from the beginning if that is the end. */
	play(speed: number): void {
		const from = this.#pausedAt;
		if (this.#moment === undefined) {
			this.#show(this.#whole.horizon);
		}

		this.#replay = {speed, since: this.#clock(), from: from ?? this.#shown.snapshot.t};
		this.#pausedAt = undefined;
	}

	/** Stops a replay where it is. */
	pause(): void {
		this.#pausedAt = this.now();
		this.#replay = undefined;
	}

	/** Takes a replay to where its clock is; it ends with the newest event. */
	advance(): void {
		if (!this.#replay) {
			return;
		}

		const now = this.now();
		let {n} = this.#shown.snapshot;
		for (const event of this.#whole.oldestFirst(n + 1)) {
			if (event.t > now) {
				break;
			}

			n = event.n;
		}

		if (n >= this.#whole.snapshot.n) {
			this.goTo(undefined);
		} else if (n !== this.#moment) {
			this.#show(n);
		}
	}

	/** In how many ms (of ours) a replay shows its next event; undefined if none runs. */
	get nextEventMs(): number | undefined {
		if (!this.#replay) {
			return undefined;
		}

		const [next] = this.#whole.oldestFirst(this.#shown.snapshot.n + 1);
		return next ? Math.max(0, (next.t - this.now()) / this.#replay.speed) : 0;
	}

	#show(moment: number | undefined): void {
		this.#moment = moment;
		this.#shown = moment === undefined ? this.#whole : this.#whole.asOf(moment);
	}
}
