/** A tap in this process, between real sockets, and waits for what it says. Nothing is waited for by time. */
import {onTestFinished} from 'vitest';
import {type Fact, type Summary, type TapEvent} from '../../../source/tap/events.js';
import {type Rule} from '../../../source/tap/faults/rule.js';
import {Relay, type RelayOptions} from '../../../source/tap/relay.js';
import {systemClock} from '../../../source/lab/clock.js';

export const anyPort = 'tcp://127.0.0.1:*';

const patienceMs = 15_000;

type Type = Fact['type'];
type EventOf<Name extends Type> = Extract<TapEvent, {readonly type: Name}>;

/** A tap that listens, and all that it has said. */
export class Tapped {
	readonly events: TapEvent[] = [];
	endpoint = '';
	readonly #relay: Relay;
	readonly #waiting = new Set<() => void>();
	#isStopped = false;

	constructor(options: Partial<RelayOptions> & Pick<RelayOptions, 'upstream'>) {
		this.#relay = new Relay({
			listen: anyPort, seed: 1, clock: systemClock, ...options,
			hear: event => {
				this.events.push(event);
				for (const check of this.#waiting) {
					check();
				}
			},
		});
	}

	async start(): Promise<this> {
		this.endpoint = await this.#relay.start();
		return this;
	}

	all<Name extends Type>(type: Name): ReadonlyArray<EventOf<Name>> {
		return this.events.filter((event): event is EventOf<Name> => event.type === type);
	}

	/** Waits for `count` events of a type, and gives the last of them. */
	async sees<Name extends Type>(type: Name, count = 1): Promise<EventOf<Name>> {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				reject(new Error(`Waited for ${count} × ${type}:\n${this.events.map(event => JSON.stringify(event)).join('\n').slice(-4000)}`));
			}, patienceMs);
			const check = (): void => {
				const found = this.all(type)[count - 1];
				if (found) {
					clearTimeout(timer);
					this.#waiting.delete(check);
					resolve(found);
				}
			};

			this.#waiting.add(check);
			check();
		});
	}

	/** Puts these faults in force, in place of those that were. */
	setRules(rules: readonly Rule[]): void {
		this.#relay.setRules(rules);
	}

	get now(): Summary {
		return this.#relay.summary();
	}

	async stop(): Promise<Summary> {
		if (!this.#isStopped) {
			this.#isStopped = true;
			await this.#relay.stop();
		}

		return this.sees('summary');
	}
}

/** Starts a tap that ends with the test. */
export async function tap(upstream: string, options: Partial<RelayOptions> = {}): Promise<Tapped> {
	const tapped = new Tapped({upstream, ...options});
	onTestFinished(async () => {
		await tapped.stop();
	});
	return tapped.start();
}

/** The texts of a message's frames. */
export const texts = (frames: ReadonlyArray<{readonly size: number}> | undefined): readonly string[] =>
	(frames ?? []).map(frame => 'text' in frame ? String(frame.text) : `${frame.size} B`);
