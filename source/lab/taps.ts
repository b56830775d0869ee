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
import {noPeerHere} from '../commands/registry.js';
import {freeEndpoint, type Endpoint} from '../core/endpoint.js';
import {type Fact} from '../core/events.js';
import {type Attach} from '../core/lab-port.js';
import {tapPeer} from '../core/lanes.js';
import {type TapEvent} from '../tap/events.js';
import {whyNotUnder} from '../tap/faults/fit.js';
import {faults} from '../tap/faults/registry.js';
import {parseRules, type Rule, type Wrong} from '../tap/faults/rule.js';
import {whyNotListening} from '../tap/not-listening.js';
import {Relay} from '../tap/relay.js';
import {type SeenUnit} from '../tap/seen.js';
import {type Clock} from './clock.js';
import {failureOf} from './failure.js';
import {tellTapEvent, tellUnit} from './wire-facts.js';

type TapsOptions = {readonly emit: (fact: Fact) => void; readonly clock: Clock; readonly seed: number; readonly isBehind?: (() => boolean) | undefined};
/** `isLeft`: its peer has gone elsewhere; it ends with the connections that are still open. */
type Tap = {readonly peer: string; readonly to: Endpoint; readonly relay: Relay; readonly via: Promise<Endpoint>; isLeft: boolean};

/** How often (ms) the sums of a tap between programs of others are told, while something passes. */
const figuresMs = 1000;

/** Counts the ipc paths of this process. */
let paths = 0;

export class Taps {
	readonly #options: TapsOptions;
	readonly #taps = new Map<string, Tap>();
	#isOn = false;
	#isSilent = false;
	#rules: readonly Rule[] = [];
	#lastRule = 0;
	/** Tells the sums once more, where there are any. */
	#lastFigures: (() => void) | undefined;

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

		const key = keyOf(peer, to);
		const tap = this.#taps.get(key) ?? this.#open(peer, to);
		tap.isLeft = false;
		this.#taps.set(key, tap);
		try {
			return await tap.via;
		} catch (error) {
			this.#taps.delete(key);
			this.#emit({type: 'tap-failed', peer, to, reason: `${failureOf(error).code}: the tap could not listen`});
			return to;
		}
	};

	/** Follows the peers: one that gives up an endpoint, or leaves the lab, needs its tap no more. */
	note(fact: Fact): void {
		for (const [key, tap] of this.#taps) {
			const isLeft = (fact.type === 'disconnecting' && key === keyOf(fact.peer, fact.endpoint)) || (fact.type === 'peer-removed' && tap.peer === fact.peer);
			if (!isLeft) {
				continue;
			}

			tap.isLeft = true;
			void this.#closeOnceIdle(key, tap);
		}
	}

	/** Stands between programs of others until it is closed. What is wrong, if it can't listen, comes back. */
	async attach({listen, upstream, faults: text}: Attach): Promise<Problem | undefined> {
		this.switch(true);
		const tap = this.#open(tapPeer, upstream, listen);
		try {
			await tap.via;
		} catch (error) {
			return {reason: `not listening at ${listen}: ${whyNotListening(error)}`, next: ''};
		}

		this.#taps.set(keyOf(tapPeer, upstream), tap);
		return this.add(text);
	}

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

		const why = this.#whyNotNow(rules);
		if (why) {
			return why;
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
		await Promise.all(taps.map(async tap => this.#close(tap)));
	}

	/** Its lab is over, or another has begun: nothing is heard of these taps any more. */
	fallSilent(): void {
		this.#lastFigures?.();
		this.#isSilent = true;
	}

	/** Why one of these could strike nothing: all that passes now is encrypted. Where nothing passes yet, it is put in force, and a strike that can't be is told. */
	#whyNotNow(rules: readonly Rule[]): Wrong | undefined {
		const mechanisms = [...this.#taps.values()].flatMap(({relay}) => [...relay.mechanisms]);
		for (const {fault, text, wanted} of rules) {
			const reasons = mechanisms.map(mechanism => whyNotUnder(mechanism, fault, wanted !== undefined));
			const [reason] = reasons;
			if (reason !== undefined && reasons.every(each => each !== undefined)) {
				const fitting = faults.filter(each => whyNotUnder(mechanisms[0] ?? '', each) === undefined).map(({name}) => name);
				return {reason: `${text} can’t strike under ${mechanisms[0]}: ${reason}`, next: `what makes sense there: ${fitting.join(', ')}`};
			}
		}

		return undefined;
	}

	/** What the peer had queued is delivered yet, if its linger says so. */
	async #closeOnceIdle(key: string, tap: Tap): Promise<void> {
		await tap.relay.idle();
		if (tap.isLeft && this.#taps.get(key) === tap) {
			this.#taps.delete(key);
			await this.#close(tap);
		}
	}

	async #close({peer, to, relay}: Tap): Promise<void> {
		await relay.stop();
		this.#emit({type: 'tap-closed', peer, to});
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

	/** `listen` is where it has to be found by programs of others; without it any free place will do. */
	#open(peer: string, to: Endpoint, listen?: Endpoint): Tap {
		const {clock, seed, isBehind} = this.#options;
		const figures = listen === undefined ? undefined : this.#figures({peer, to}, () => relay);
		let newest: SeenUnit | undefined;
		const relay = new Relay({
			listen: listen ?? (to.startsWith('ipc:') ? `ipc://${join(tmpdir(), `zmq-tap-${process.pid}-${++paths}`)}` : freeEndpoint),
			upstream: to,
			seed,
			clock,
			rules: this.#rules,
			...(isBehind && {isBehind}),
			observe(seen) {
				newest = seen;
			},
			hear: (event: TapEvent) => {
				const fact = event.type === 'unit' ? newest && tellUnit(event, newest) : tellTapEvent(event);
				if (fact) {
					this.#emit({...fact, peer, to});
				}

				figures?.();
			},
		});
		return {peer, to, relay, via: this.#start(relay, {peer, to}), isLeft: false};
	}

	/** Gives what is to be called whenever something has passed. */
	#figures(who: {readonly peer: string; readonly to: Endpoint}, relay: () => Relay): () => void {
		let timer: NodeJS.Timeout | undefined;
		const tell = (): void => {
			const {type: _type, waiting: _waiting, troubles: _troubles, faults: _faults, ...sums} = relay().summary();
			this.#emit({type: 'tap-figures', ...who, ...sums});
		};

		this.#lastFigures = tell;
		return () => {
			timer ??= setTimeout(() => {
				timer = undefined;
				tell();
			}, figuresMs);
			timer.unref();
		};
	}

	async #start(relay: Relay, who: {readonly peer: string; readonly to: Endpoint}): Promise<Endpoint> {
		const via = await relay.start();
		this.#emit({type: 'tap-opened', ...who, via});
		return via;
	}
}

/** What can be done where a tap stands between programs of others. */
const betweenOthers: ReadonlySet<Action['verb']> = new Set(['fault', 'fault-lift', 'record', 'record-off', 'reset', 'why']);

export const whyNotBetweenOthers = ({verb}: Action): Problem | undefined =>
	betweenOthers.has(verb) ? undefined : noPeerHere;

const keyOf = (peer: string, to: Endpoint): string => `${peer} ${to}`;

function whyNot(endpoint: Endpoint): string | undefined {
	if (endpoint.startsWith('inproc:')) {
		return 'inproc stays within one process: it has no bytes to tap';
	}

	return endpoint.startsWith('ipc://@') ? 'an abstract Unix socket can’t be tapped here' : undefined;
}
