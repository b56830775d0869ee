/** A race: every entrant at once, each on a course of its own, against the same faults. */
import {entrants, type RaceRequest} from '../core/race/entrants.js';
import {type RaceEvent, type RaceFact} from '../core/race/events.js';
import {createSchedule} from '../core/race/schedule.js';
import {Course} from './course.js';
import {entrantsByName} from './entrants/registry.js';

export type RaceOptions = RaceRequest & {readonly hear: (event: RaceEvent) => void};

/** How long (ms) an entrant waits for a reply: far longer than one takes on loopback, and short enough to watch. */
const timeoutMs = 200;

export class Race {
	readonly #options: RaceOptions;
	readonly #courses: readonly Course[];
	readonly #began = performance.now();
	#n = 0;
	#isStopped = false;

	constructor(options: RaceOptions) {
		const {requests, seed} = options;
		const racing = entrants.map(({name}) => name).filter(name => options.names.length === 0 || options.names.includes(name));
		const schedule = createSchedule(requests, seed);
		this.#options = options;
		this.#courses = racing.map(name => new Course({
			entrant: entrantsByName[name], requests, seed, schedule, timeoutMs,
			hear: fact => {
				this.#tell(fact);
			},
		}));
		this.#tell({type: 'race-started', requests, seed, entrants: racing, schedule});
	}

	/** Resolves once every entrant has asked all its questions or is stuck, or the race was stopped. Rejects if one of them failed by our mistake. */
	async run(): Promise<void> {
		try {
			await Promise.all(this.#courses.map(async course => course.run()));
		} catch (error) {
			if (!this.#isStopped) {
				this.stop();
				throw error;
			}
		}

		this.#tell({type: 'race-ended', ms: Math.round(performance.now() - this.#began)});
	}

	/** Ends it early, with every socket closed. */
	stop(): void {
		this.#isStopped = true;
		for (const course of this.#courses) {
			course.stop();
		}
	}

	#tell(fact: RaceFact): void {
		if (!this.#isStopped) {
			this.#n++;
			this.#options.hear({v: 1, n: this.#n, t: Number((performance.now() - this.#began).toFixed(1)), ...fact});
		}
	}
}
