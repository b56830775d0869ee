/** Who comes and goes at one side of a broker, by what libzmq's monitor says of its socket. */
import {type Event as MonitorEvent} from 'zeromq';
import {type Side} from '../core/hop.js';
import {failedHandshake, type FailedHandshake} from '../lab/monitor.js';
import {type BrokerFact} from './events.js';

export class Arrivals {
	readonly #side: Side;
	/** Connections whose handshake is under way. */
	#shaking = 0;
	#joined = 0;
	/** Failed handshakes whose connection has yet to end. */
	#failed = 0;

	constructor(side: Side) {
		this.#side = side;
	}

	/** What an event of the monitor tells; undefined if nobody has come or gone. */
	take(event: MonitorEvent): BrokerFact | undefined {
		switch (event.type) {
			case 'accept': {
				this.#shaking++;
				return undefined;
			}

			case 'handshake': {
				this.#shaking = Math.max(0, this.#shaking - 1);
				this.#joined++;
				return {type: 'peer-joined', side: this.#side};
			}

			case 'handshake:error:protocol':
			case 'handshake:error:auth':
			case 'handshake:error:other': {
				return this.#fail(failedHandshake(event));
			}

			case 'disconnect': {
				return this.#leave();
			}

			default: {
				return undefined;
			}
		}
	}

	#fail(failure: FailedHandshake): BrokerFact {
		// A box of CURVE that does not open is told so too, and its connection stands.
		if (this.#shaking > 0) {
			this.#shaking--;
			this.#failed++;
		}

		return {type: 'handshake-failed', side: this.#side, ...failure};
	}

	/** Whoever has not come can't go: a failed handshake ends in a disconnect, too. */
	#leave(): BrokerFact | undefined {
		if (this.#failed > 0) {
			this.#failed--;
			return undefined;
		}

		// Hung up on without a word, as whoever is no ZeroMQ socket.
		if (this.#joined === 0) {
			this.#shaking = Math.max(0, this.#shaking - 1);
			return undefined;
		}

		this.#joined--;
		return {type: 'peer-left', side: this.#side};
	}
}
