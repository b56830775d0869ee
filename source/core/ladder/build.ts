/** Folds events into the ladder: arrows from `messages.ts`, and what each peer did as bars and marks. */
import {formatElapsed} from '../duration.js';
import {peerOf, type Event, type Role} from '../events.js';
import {type Exchange} from '../exchanges.js';
import {clientIdOf, lostWith} from '../hop.js';
import {describeFrames} from '../rows.js';
import {visible} from '../text.js';
import {type Way} from '../wire-events.js';
import {barAfter} from './bars.js';
import {Messages} from './messages.js';
import {
	type Arrow,
	type Bars,
	type FaultMark,
	type Ladder,
	type MarkKind,
	type Step,
} from './model.js';

/** What is known beside the events. `roles` and `before` are of the moment before the first event. */
export type Surroundings = {
	readonly roles: ReadonlyMap<string, Role>;
	readonly before: Bars;
	/** The exchange that the event of that number closed. */
	readonly settledBy: (n: number) => Exchange | undefined;
	/** Whose routing id that is, as far as it is known. */
	readonly clientOf?: (id: string) => string | undefined;
};

/** Draws the ladder of these events, oldest first. */
export function buildLadder(events: Iterable<Event>, surroundings: Surroundings): Ladder {
	const builder = new Builder(surroundings);
	for (const event of events) {
		builder.take(event);
	}

	return {before: surroundings.before, steps: builder.end()};
}

class Builder {
	readonly #surroundings: Surroundings;
	readonly #steps: Step[] = [];
	#roles: Map<string, Role>;
	#bars: Bars;
	#messages: Messages;
	/** Whose socket has been closed: the next one is worth a mark. */
	readonly #closed: Set<string>;

	constructor(surroundings: Surroundings) {
		const {roles, before} = surroundings;
		this.#surroundings = surroundings;
		this.#roles = new Map(roles);
		this.#bars = before;
		this.#messages = new Messages(this.#roles);
		this.#closed = new Set(Object.keys(before).filter(peer => before[peer] === 'closed'));
	}

	take(event: Event): void {
		if (this.#isKnown(event)) {
			this.#followBar(event);
			this.#follow(event);
		}
	}

	/** All steps, when there are no more events. */
	end(): readonly Step[] {
		this.#messages.end();
		return this.#steps;
	}

	#follow(event: Event): void {
		switch (event.type) {
			case 'lab-started': {
				if (!event.continues) {
					this.#beginAnew();
				}

				this.#mark(event, 'lab', `a ${event.continues ? 'new' : 'fresh'} lab: ${visible(event.scene)}`);
				break;
			}

			case 'lab-ended': {
				this.#mark(event, 'lab', `the lab has ended${event.reason === undefined ? '' : `: ${visible(event.reason)}`}`);
				break;
			}

			case 'peer-added': {
				this.#roles.set(event.peer, event.role);
				break;
			}

			case 'peer-opened': {
				this.#messages.follow(event);
				// That its first socket is made is no news.
				if (this.#closed.delete(event.peer)) {
					this.#mark(event, 'opened', 'a new socket');
				}

				break;
			}

			case 'peer-closed': {
				const owed = this.#messages.follow(event);
				this.#closed.add(event.peer);
				if (event.how !== 'end') {
					this.#mark(event, event.how === 'crash' ? 'crashed' : 'closed', describeClosing(event.how, owed));
				}

				break;
			}

			case 'sent': {
				const isClient = this.#roles.get(event.peer) === 'client';
				this.#pass('leaves', event, isClient ? this.#messages.ask(event) : this.#messages.answer(event));
				break;
			}

			case 'received': {
				const isClient = this.#roles.get(event.peer) === 'client';
				this.#pass('arrives', event, isClient ? this.#messages.receive(event, this.#surroundings.settledBy(event.n)) : this.#messages.arrive(event));
				break;
			}

			case 'queued':
			case 'dropped':
			case 'forwarded': {
				const {ends, begins} = this.#messages.pass(event, this.#surroundings.clientOf?.(clientIdOf(event.frames)));
				if (ends) {
					this.#pass('arrives', event, ends);
				}

				if (begins) {
					this.#pass('leaves', event, begins);
				} else {
					this.#mark(event, event.type === 'dropped' ? 'refused' : 'held', event.type === 'dropped' ? `dropped: ${visible(event.code ?? 'its worker was given up')}` : 'no worker can take it');
				}

				break;
			}

			case 'request-dropped': {
				this.#mark(event, 'refused', `request dropped: ${lostWith(event.workers)}`);
				break;
			}

			case 'worker-lost': {
				this.#mark(event, 'closed', `gives up ${visible(event.worker)}`);
				break;
			}

			case 'refused': {
				this.#mark(event, 'refused', `${event.operation} refused: ${visible(event.code)}`);
				break;
			}

			case 'timed-out': {
				this.#mark(event, 'timed-out', `${event.tries === undefined ? 'no reply within' : 'gives up after'} ${formatElapsed(event.afterMs)}`);
				break;
			}

			case 'attempt-failed': {
				this.#mark(event, 'attempt-failed', `no reply within ${formatElapsed(event.afterMs)}: try ${event.attempt} of ${event.of}`);
				break;
			}

			case 'delay-started': {
				this.#mark(event, 'delay', `delay ${formatElapsed(event.ms)}`);
				break;
			}

			case 'held': {
				this.#mark(event, 'held', 'holds the reply');
				break;
			}

			case 'released': {
				this.#mark(event, 'released', 'gives the held reply');
				break;
			}

			case 'fault-struck': {
				const {peer, way, rule, fault} = event;
				const text = `fault ${rule}: ${visible(fault)}`;
				const server = this.#serverOf(event.exchange === undefined ? undefined : way);
				const ends = way === 'reply' ? {to: peer, ...(server !== undefined && {from: server})} : {from: peer, ...(server !== undefined && {to: server})};
				this.#mark(event, 'fault', text, {text, ...ends});
				break;
			}

			default: {
				this.#messages.follow(event);
			}
		}
	}

	/** Who is at the other end of a message that was struck, where only one can be. */
	#serverOf(way: Way | undefined): string | undefined {
		const [server, ...others] = [...this.#roles].filter(([, role]) => role === 'server').map(([name]) => name);
		return way !== undefined && others.length === 0 ? server : undefined;
	}

	/** An event about a peer that nobody introduced tells nothing, as in the snapshot. */
	#isKnown(event: Event): boolean {
		const peer = peerOf(event);
		return peer === undefined || event.type === 'peer-added' || this.#roles.has(peer);
	}

	#beginAnew(): void {
		this.#messages.end();
		this.#roles = new Map();
		this.#bars = {};
		this.#messages = new Messages(this.#roles);
		this.#closed.clear();
	}

	#followBar(event: Event): void {
		const peer = peerOf(event);
		const bar = peer === undefined ? undefined : barAfter(event.type, this.#roles.get(peer) ?? 'client');
		if (peer !== undefined && bar !== undefined && this.#bars[peer] !== bar) {
			this.#bars = {...this.#bars, [peer]: bar};
		}
	}

	#pass(type: 'leaves' | 'arrives', {n, t, peer}: Event & {readonly peer: string}, arrow: Arrow): void {
		this.#steps.push({type, n, t, peer, arrow, bars: this.#bars});
	}

	#mark(event: Event, mark: MarkKind, text: string, fault?: FaultMark): void {
		const peer = peerOf(event);
		this.#steps.push({type: 'mark', n: event.n, t: event.t, mark, text, bars: this.#bars, ...(peer !== undefined && {peer}), ...(fault && {fault})});
	}
}

function describeClosing(how: 'close' | 'crash' | 'retry', owed: Arrow | undefined): string {
	const what = how === 'crash' ? 'crashed' : (how === 'retry' ? 'closed, to ask again' : 'closed');
	return owed ? `${what}, and lost with it: ${describeFrames(owed.frames)}` : what;
}
