/**
The tapped links of a lab: one relay for each peer and endpoint that it connects to, and the faults in force on all of them.

Law: with the tap off nothing here is in anybody's way. With it on, every tcp and ipc connection that a peer makes goes through a relay;
where that can't be, the peer goes straight, and an event says why.
The rules are shared: one that strikes the third reply counts the replies of all links.
*/
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {type Action, type Problem} from '../commands/record.js';
import {freeEndpoint, type Endpoint} from '../core/endpoint.js';
import {type Fact} from '../core/events.js';
import {type TapEvent} from '../tap/events.js';
import {parseRules, type Rule, type Wrong} from '../tap/faults/rule.js';
import {Relay} from '../tap/relay.js';
import {type SeenUnit} from '../tap/seen.js';
import {type Clock} from './clock.js';
import {failureOf} from './failure.js';
import {tellTapEvent, tellUnit} from './wire-facts.js';

type TapsOptions = {readonly emit: (fact: Fact) => void; readonly clock: Clock; readonly seed: number};
type Tap = {readonly peer: string; readonly to: Endpoint; readonly relay: Relay; readonly via: Promise<Endpoint>};

/** Counts the ipc paths of this process. */
let paths = 0;

export class Taps {
	readonly #options: TapsOptions;
	readonly #taps = new Map<string, Tap>();
	#isOn = false;
	#isSilent = false;
	#rules: readonly Rule[] = [];
	#lastRule = 0;

	constructor(options: TapsOptions) {
		this.#options = options;
	}

	get isOn(): boolean {
		return this.#isOn;
	}

	/** Whether links are tapped that are made from now on; those that stand stay as they are. */
	switch(isOn: boolean): void {
		this.#isOn = isOn;
		this.#emit({type: 'tap-switched', isOn});
	}

	/** Where a peer has to go to reach an endpoint: a tap's, or its own. Never rejects. */
	readonly route = async (peer: string, to: Endpoint): Promise<Endpoint> => {
		if (!this.#isOn) {
			return to;
		}

		const why = whyNot(to);
		if (why !== undefined) {
			this.#emit({type: 'tap-failed', peer, to, reason: why});
			return to;
		}

		const key = `${peer} ${to}`;
		const tap = this.#taps.get(key) ?? this.#open(peer, to);
		this.#taps.set(key, tap);
		try {
			return await tap.via;
		} catch (error) {
			this.#taps.delete(key);
			this.#emit({type: 'tap-failed', peer, to, reason: `${failureOf(error).code}: the tap could not listen`});
			return to;
		}
	};

	/** Puts faults in force or lifts them, as a person asked. What could not be done comes back. */
	obey(action: Extract<Action, {readonly verb: 'fault' | 'fault-lift'}>): Problem | undefined {
		if (action.verb === 'fault-lift') {
			return this.lift(action.which);
		}

		if (!this.#isOn) {
			return {reason: 'the tap is off, and a fault strikes only what passes through it', next: '/tap on, then again'};
		}

		return action.text === '' ? {reason: 'which fault?', next: 'write one, as in /fault drop reply 3'} : this.add(action.text);
	}

	/** Adds faults; they strike what passes from now on. What was not understood comes back. */
	add(text: string): Wrong | undefined {
		const rules = parseRules(text, this.#options.seed + this.#lastRule, this.#lastRule + 1);
		if ('reason' in rules) {
			return rules;
		}

		this.#lastRule += rules.length;
		for (const {inForce} of rules) {
			this.#emit({type: 'fault-set', ...inForce});
		}

		this.#put([...this.#rules, ...rules]);
		return undefined;
	}

	/** Takes faults away, all or the one of that number. */
	lift(which: number | 'all'): Wrong | undefined {
		const lifted = this.#rules.filter(({number}) => which === 'all' || number === which);
		if (lifted.length === 0) {
			const numbers = this.#rules.map(({number}) => number);
			return {reason: which === 'all' ? 'no fault is in force' : `there is no fault ${which}`, next: numbers.length === 0 ? '' : `in force: ${numbers.join(', ')}`};
		}

		for (const {inForce} of lifted) {
			this.#emit({type: 'fault-lifted', ...inForce});
		}

		this.#put(this.#rules.filter(rule => !lifted.includes(rule)));
		return undefined;
	}

	/** Ends every tap, with what still goes through it. */
	async close(): Promise<void> {
		const taps = [...this.#taps.values()];
		this.#taps.clear();
		await Promise.all(taps.map(async ({peer, to, relay}) => {
			await relay.stop();
			this.#emit({type: 'tap-closed', peer, to});
		}));
	}

	/** Its lab is over, or another has begun: nothing is heard of these taps any more. */
	fallSilent(): void {
		this.#isSilent = true;
	}

	#emit(fact: Fact): void {
		if (!this.#isSilent) {
			this.#options.emit(fact);
		}
	}

	#put(rules: readonly Rule[]): void {
		this.#rules = rules;
		for (const {relay} of this.#taps.values()) {
			relay.setRules(rules);
		}
	}

	#open(peer: string, to: Endpoint): Tap {
		const {clock, seed} = this.#options;
		let newest: SeenUnit | undefined;
		const relay = new Relay({
			listen: to.startsWith('ipc:') ? `ipc://${join(tmpdir(), `zmq-tap-${process.pid}-${++paths}`)}` : freeEndpoint,
			upstream: to,
			seed,
			clock,
			rules: this.#rules,
			observe(seen) {
				newest = seen;
			},
			hear: (event: TapEvent) => {
				const fact = event.type === 'unit' ? newest && tellUnit(event, newest) : tellTapEvent(event);
				if (fact) {
					this.#emit({...fact, peer, to});
				}
			},
		});
		return {peer, to, relay, via: this.#start(relay, {peer, to})};
	}

	async #start(relay: Relay, who: {readonly peer: string; readonly to: Endpoint}): Promise<Endpoint> {
		const via = await relay.start();
		this.#emit({type: 'tap-opened', ...who, via});
		return via;
	}
}

function whyNot(endpoint: Endpoint): string | undefined {
	if (endpoint.startsWith('inproc:')) {
		return 'inproc stays within one process: it has no bytes to tap';
	}

	return endpoint.startsWith('ipc://@') ? 'an abstract Unix socket can’t be tapped here' : undefined;
}
