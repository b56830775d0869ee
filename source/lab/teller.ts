/** What a lab says: its facts numbered, timed, remembered, recorded and handed to the listener, until it is over. */
import {type Problem} from '../commands/record.js';
import {eventVersion, type Event, type Fact} from '../core/events.js';
import {frameLimit} from '../core/frames.js';
import {systemClock} from './clock.js';
import {failureOf} from './failure.js';
import {type Recorder} from './recorder.js';

export class Teller {
	readonly #recorder: Recorder;
	readonly #listener: (event: Event) => void;
	#n: number;
	#isOver = false;

	/** `after` is the number of the last event before the first one here. */
	constructor(recorder: Recorder, listener: (event: Event) => void, after: number) {
		this.#recorder = recorder;
		this.#listener = listener;
		this.#n = after;
	}

	/** The number of the newest event. */
	get n(): number {
		return this.#n;
	}

	/** Whether the last word has been said; nothing is told after it. */
	get isOver(): boolean {
		return this.#isOver;
	}

	/** Tells one fact as the next event. */
	emit(fact: Fact): void {
		if (this.#isOver) {
			return;
		}

		const event: Event = {v: eventVersion, n: ++this.#n, t: systemClock(), ...fact};
		this.#recorder.remember(event);
		// Written before it is told: nobody knows of an event that a crash could still take out of the recording.
		const next = this.#recorder.write(event);
		this.#listener(event);
		if (next) {
			this.emit(next);
		}
	}

	/** The last word. */
	end(): void {
		this.emit({type: 'lab-ended'});
		this.#isOver = true;
	}

	/** A line could not be carried out, if there is a problem. */
	problem(problem: Problem | undefined, line: string): void {
		if (problem) {
			this.fail(line, problem.reason, problem.next);
		}
	}

	/** The line `text` could not be carried out: why, and what to do. */
	fail(text: string, reason: string, next: string, peer?: string): void {
		this.emit({type: 'command-failed', text: text.slice(0, frameLimit), reason, next, ...(peer !== undefined && {peer})});
	}

	/** As an error of libzmq's, or of ours, says. */
	failWith(error: unknown, text: string, peer?: string): void {
		const {code, message} = failureOf(error);
		this.emit({
			type: 'command-failed', text: text.slice(0, frameLimit), reason: message, next: '', code, ...(peer !== undefined && {peer}),
		});
	}
}
