/**
The gate of single steps: while it is on, each send and receive of a peer, and each hop of a broker, waits in front of libzmq until a person lets it go.

Law: what waits here has not been called yet: the socket knows nothing of it, and its machine stands still. A receive that libzmq had in hand
before the gate was closed can't be held any more.
*/
import {type Problem} from '../commands/record.js';
import {type Fact} from '../core/events.js';
import {type Step} from '../core/steps.js';

type Held = Step & {readonly letGo: (isCalled: boolean) => void};

export class StepGate {
	readonly #emit: (fact: Fact) => void;
	#isOn = false;
	#held: readonly Held[] = [];
	#watchers: ReadonlyArray<{readonly peer: string; readonly tell: () => void}> = [];

	constructor(emit: (fact: Fact) => void) {
		this.#emit = emit;
	}

	get isOn(): boolean {
		return this.#isOn;
	}

	/** Off lets everything go that waits, in its order. */
	switch(isOn: boolean): void {
		this.#isOn = isOn;
		this.#emit({type: 'steps-switched', isOn});
		if (!isOn) {
			this.#letGo(this.#held, true);
		}
	}

	/** Waits at the gate. Resolves with false if the call is not to be made any more: its socket is being closed. */
	async pass(peer: string, operation: Step['operation'], hop: Pick<Step, 'side' | 'frames' | 'worker'> = {}): Promise<boolean> {
		if (!this.#isOn) {
			return true;
		}

		return new Promise(resolve => {
			this.#held = [...this.#held, {peer, operation, ...(hop.side && {side: hop.side}), letGo: resolve}];
			this.#emit({type: 'step-held', peer, operation, ...hop});
			const watchers = this.#watchers;
			this.#watchers = watchers.filter(each => each.peer !== peer);
			for (const each of watchers) {
				if (each.peer === peer) {
					each.tell();
				}
			}
		});
	}

	/** Lets the oldest call go, or the oldest of each of those peers; `named` is how a person called them. */
	next(named?: string, peers: readonly string[] = named === undefined ? [] : [named]): Problem | undefined {
		if (!this.#isOn) {
			return {reason: 'nothing is held', next: '/step on holds each send and receive'};
		}

		const held = named === undefined ? this.#held.slice(0, 1) : peers.flatMap(name => this.#held.find(({peer}) => peer === name) ?? []);
		if (held.length === 0) {
			return {reason: named === undefined ? 'nobody is about to send or receive' : `${named} ${peers.length > 1 ? 'are' : 'is'} about to do nothing`, next: 'send a message'};
		}

		this.#letGo(held, true);
		return undefined;
	}

	/** The peer's socket is about to be closed: none of its calls will be made. */
	cancel(peer: string): void {
		this.#letGo(this.#held.filter(each => each.peer === peer), false);
	}

	/** Resolves when a call of the peer waits: whatever else it is told to do waits behind that. */
	async holds(peer: string): Promise<void> {
		if (this.#held.some(each => each.peer === peer && each.operation === 'send')) {
			return;
		}

		return new Promise(resolve => {
			this.#watchers = [...this.#watchers, {peer, tell: resolve}];
		});
	}

	#letGo(some: readonly Held[], isCalled: boolean): void {
		this.#held = this.#held.filter(each => !some.includes(each));
		for (const {peer, operation, side, letGo} of some) {
			this.#emit({type: isCalled ? 'step-taken' : 'step-dropped', peer, operation, ...(side && {side})});
			letGo(isCalled);
		}
	}
}
