/** The tap between an entrant and its server: counts what has passed, and takes a reply when it is told to. */
import {freeEndpoint, type Endpoint} from '../core/endpoint.js';
import {systemClock} from '../lab/clock.js';
import {type TapEvent} from '../tap/events.js';
import {parseRules} from '../tap/faults/rule.js';
import {Relay} from '../tap/relay.js';

export class TappedLink {
	/** How many handshakes there have been. */
	shakes = 0;
	/** How many requests have come to the tap. */
	requests = 0;
	/** How many replies it has taken. */
	taken = 0;
	/** The connections on which both sides have shaken hands. */
	readonly #connections = new Set<number>();
	readonly #changed: () => void;
	readonly #seed: number;
	#relay: Relay | undefined;
	#rules = 0;

	/** `changed` is called after each change of what is counted. */
	constructor(seed: number, changed: () => void) {
		this.#seed = seed;
		this.#changed = changed;
	}

	/** Whether anybody is connected through it, hands shaken. */
	get isConnected(): boolean {
		return this.#connections.size > 0;
	}

	/** Listens at a free port for clients of the server at `upstream`, and gives where. */
	async start(upstream: Endpoint): Promise<Endpoint> {
		this.#relay = new Relay({
			listen: freeEndpoint, upstream, seed: this.#seed, clock: systemClock,
			hear: event => {
				this.#hear(event);
			},
		});
		return this.#relay.start();
	}

	/** Takes the next reply out. */
	takeNextReply(): void {
		const rules = parseRules('drop reply 1', this.#seed, ++this.#rules);
		if ('reason' in rules) {
			throw new Error(rules.reason);
		}

		this.#relay?.setRules(rules);
	}

	async stop(): Promise<void> {
		await this.#relay?.stop();
	}

	#hear(event: TapEvent): void {
		switch (event.type) {
			case 'handshake': {
				this.#connections.add(event.link);
				this.shakes++;
				break;
			}

			case 'link-closed': {
				this.#connections.delete(event.link);
				break;
			}

			case 'unit': {
				this.requests += event.way === 'request' ? 1 : 0;
				break;
			}

			case 'fault-struck': {
				this.taken++;
				break;
			}

			default: {
				return;
			}
		}

		this.#changed();
	}
}
