/**
One connection through the tap: two sockets, the bytes between them, and the conversation that they carry.

Law: the decoder sees bytes before they are passed on (zmtp/connection.ts), and what it finds never changes them: only a fault may.
An end (FIN) and a reset (RST) pass through as what they are.
*/
import {type Socket} from 'node:net';
import {type Side} from '../zmtp/connection.js';
import {otherSide, reset, sides, type Ends} from './ends.js';
import {type Leaving, type OfLink} from './events.js';
import {type Shape} from './faults/fault.js';
import {Gate} from './faults/gate.js';
import {type Rule} from './faults/rule.js';
import {Flow} from './flow.js';
import {Hearing, type Audience} from './hearing.js';
import {type Lane} from './lane.js';

/** What a link shares with all others of its tap. */
export type Shared = Audience & {
	/** What harms every link; may change while links are open. */
	rules: readonly Rule[];
	readonly tell: (link: Link, fact: OfLink) => void;
	readonly closed: (link: Link) => void;
};

export class Link {
	readonly number: number;
	/** Resolves once both sockets are closed. */
	readonly gone: Promise<void>;
	readonly #ends: Ends;
	readonly #shared: Shared;
	readonly #hearing: Hearing;
	readonly #flows: Readonly<Record<Side, Flow>>;
	/** What harms messages; without such rules bytes pass as they come. */
	readonly #gates: Record<Side, Gate | undefined> = {connector: undefined, listener: undefined};
	readonly #ended = new Set<Side>();
	readonly #closed = new Set<Side>();
	/** The rules that shape how bytes flow. */
	#shaping: readonly Rule[] = [];
	/** The black hole that this connection is in. */
	#hole: Rule | undefined;
	/** What the black hole keeps from the other side. */
	#kept: {readonly ends: Set<Side>; reset?: Side} = {ends: new Set()};
	#onGone: () => void = () => undefined;
	#leaving: {readonly by: Side | 'tap'; readonly how: Leaving} | undefined;

	constructor(number: number, ends: Ends, shared: Shared) {
		this.number = number;
		this.#ends = ends;
		this.#shared = shared;
		this.#hearing = new Hearing({
			link: number,
			audience: shared,
			tell: fact => {
				this.#tell(fact);
			},
			isSwallowed: from => this.#flows[from].isSwallowing,
		});
		this.#flows = {connector: new Flow(ends.connector, ends.listener), listener: new Flow(ends.listener, ends.connector)};
		for (const side of sides) {
			this.#flows[side].shape = () => this.#shapeOf(side);
		}

		this.gone = new Promise(resolve => {
			this.#onGone = resolve;
		});
	}

	/** Starts to pass bytes. */
	start(): void {
		this.#tell({type: 'link-opened'});
		this.changeRules([]);
		for (const side of sides) {
			this.#attach(side, this.#ends[side]);
		}

		for (const side of sides) {
			this.#ends[side].resume();
		}
	}

	get lane(): Lane {
		return this.#hearing.lane;
	}

	/** Bytes from each side so far. */
	get bytes(): Readonly<Record<Side, number>> {
		return {connector: this.#flows.connector.received, listener: this.#flows.listener.received};
	}

	/** Tells where it stands, if some of it was only counted since the last time. */
	tellCounts(): void {
		this.#hearing.tellCounts();
	}

	/** Ends the connection on both sides: in good order after what is under way, or at once. */
	leave(how: Leaving, by: Side | 'tap' = 'tap'): void {
		this.#leaving ??= {by, how};
		for (const side of sides) {
			this.#flows[side].stop();
			if (how === 'rst') {
				reset(this.#ends[side]);
			} else {
				// Read on to its end, or the system would make a reset of what nobody has read.
				this.#flows[side].isSwallowing = true;
				this.#ends[side].end();
				this.#ends[side].resume();
			}
		}
	}

	/** The tap's rules are others than `before`: what is lifted lets go of what it holds. */
	changeRules(before: readonly Rule[]): void {
		const {rules} = this.#shared;
		this.#shaping = rules.filter(({fault}) => fault.strikes === 'bytes');
		for (const rule of this.#shaping) {
			if (before.includes(rule)) {
				continue;
			}

			rule.struck++;
			this.#tell({type: 'fault-struck', ...rule.inForce});
		}

		const hasMessageRules = rules.some(({fault}) => fault.strikes === 'message');
		for (const side of sides) {
			if (hasMessageRules) {
				this.#gates[side] ??= this.#gateOf(side);
			}

			this.#gates[side]?.setRules(rules);
			if (before.some(rule => rule.fault.strikes === 'bytes' && !rules.includes(rule))) {
				this.#flows[side].letGo();
			}
		}

		this.#lookAsNeeded();
		if (this.#hole && !rules.includes(this.#hole)) {
			this.#leaveHole();
		}
	}

	#lookAsNeeded(): void {
		this.#hearing.needAll(sides.some(side => this.#gates[side]));
	}

	/** From now on nothing goes through, not even an end. */
	#swallow(rule: Rule): void {
		this.#hole ??= rule;
		for (const side of sides) {
			this.#gates[side]?.swallow(rule);
		}
	}

	/** The network is back: what was swallowed is gone, and what comes now goes through; so does an end that came meanwhile. */
	#leaveHole(): void {
		this.#hole = undefined;
		const {ends, reset: resetBy} = this.#kept;
		this.#kept = {ends: new Set()};
		if (resetBy) {
			this.leave('rst', resetBy);
			return;
		}

		for (const side of ends) {
			this.#flows[side].end();
		}
	}

	#gateOf(from: Side): Gate {
		return new Gate({
			way: () => this.lane.wayFrom(from),
			tell: fact => {
				this.#tell(fact);
			},
			pass: bytes => {
				this.#flows[from].pass(bytes);
			},
			later: (ms, act) => this.#flows[from].later(ms, act),
			leave: how => {
				this.leave(how);
			},
			swallow: rule => {
				this.#swallow(rule);
			},
			exchangeOf: unit => this.lane.exchangeOf(this.lane.wayFrom(from), unit),
			ended: (unit, harm) => {
				this.#hearing.hearUnit(from, unit, harm);
			},
		}, this.#hearing.isInside(from));
	}

	/** All that shapes this direction together: delays add up, the narrowest holds. */
	#shapeOf(from: Side): Shape {
		if (this.#shaping.length === 0) {
			return {};
		}

		const shapes = this.#shaping.map(rule => rule.shape(this.lane.wayFrom(from)));
		return {
			delayMs: shapes.reduce((sum, {delayMs = 0}) => sum + delayMs, 0),
			bytesPerSecond: Math.min(...shapes.map(({bytesPerSecond = Infinity}) => bytesPerSecond)),
			pieceBytes: Math.min(...shapes.map(({pieceBytes = Infinity}) => pieceBytes)),
		};
	}

	#attach(side: Side, socket: Socket): void {
		socket.setNoDelay(true);
		socket.on('data', (chunk: Uint8Array) => {
			this.#hear(side, chunk);
		});
		socket.on('end', () => {
			this.#end(side);
		});
		// A reset, or the network's own word that nobody is there: what it means to one side, it means to the other.
		socket.on('error', () => {
			if (this.#hole) {
				this.#kept.reset = side;
			} else {
				this.leave('rst', side);
			}
		});
		socket.on('close', () => {
			this.#close(side);
		});
	}

	#hear(from: Side, chunk: Uint8Array): void {
		const flow = this.#flows[from];
		flow.received += chunk.length;
		const pieces = this.#hearing.push(from, chunk);
		const gate = this.#gates[from];
		if (gate) {
			gate.take(chunk, pieces);
			if (gate.isIdle) {
				this.#gates[from] = undefined;
				this.#lookAsNeeded();
			}
		} else {
			flow.pass(chunk);
		}

		this.#hearing.listen(from, pieces, gate !== undefined);
	}

	#end(side: Side): void {
		this.#leaving ??= {by: side, how: 'fin'};
		this.#ended.add(side);
		this.#endUnits(side);
		this.#hearing.look();
		if (!this.#ended.has(otherSide[side])) {
			this.#tell({type: 'half-closed', side});
		}

		if (this.#hole) {
			this.#kept.ends.add(side);
		} else {
			this.#flows[side].end();
		}
	}

	#endUnits(side: Side): void {
		const pieces = this.#hearing.end(side);
		const gate = this.#gates[side];
		gate?.end(pieces);
		this.#hearing.listen(side, pieces, gate !== undefined);
	}

	#close(side: Side): void {
		this.#closed.add(side);
		if (this.#closed.size < sides.length) {
			// Gone without an end or an error: nobody is left to pass anything to.
			if (!this.#ended.has(side) && !this.#leaving && !this.#hole) {
				this.leave('rst', side);
			}

			return;
		}

		for (const each of sides) {
			this.#flows[each].stop();
			if (!this.#ended.has(each)) {
				this.#endUnits(each);
			}
		}

		this.#hearing.close();
		this.#tell({type: 'link-closed', ...(this.#leaving ?? {by: 'tap', how: 'fin'}), bytes: this.bytes});
		this.#shared.closed(this);
		this.#onGone();
	}

	#tell(fact: OfLink): void {
		this.#shared.tell(this, fact);
	}
}
