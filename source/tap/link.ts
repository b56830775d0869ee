/**
One connection through the tap: two sockets, the bytes between them, and the conversation that they carry.

Law: the decoder sees bytes before they are passed on (zmtp/connection.ts), and what it finds never changes them: only a fault may.
An end (FIN) and a reset (RST) pass through as what they are.
*/
import {type Socket} from 'node:net';
import {Connection, type Side} from '../zmtp/connection.js';
import {type Piece} from '../zmtp/units.js';
import {type Leaving, type OfLink} from './events.js';
import {Gate} from './faults/gate.js';
import {type Rule} from './faults/rule.js';
import {Flow} from './flow.js';
import {Lane} from './lane.js';
import {Depth, type Quota} from './pace.js';
import {type RoundTrips} from './round-trips.js';

/** Both ends of a connection: who came to the tap, and where the tap went for it. */
export type Ends = Readonly<Record<Side, Socket>>;

/** What a link shares with all others of its tap. */
export type Shared = {
	readonly clock: () => number;
	readonly quota: Quota;
	readonly roundTrips: RoundTrips;
	/** What harms every link. */
	readonly rules: readonly Rule[];
	readonly tell: (link: Link, fact: OfLink) => void;
	/** Something was counted and not told. */
	readonly sampled: () => void;
	readonly closed: (link: Link) => void;
};

export const sides = ['connector', 'listener'] as const;
export const otherSide = {connector: 'listener', listener: 'connector'} as const;

/** So much of a frame is kept for what is said about it. */
const kept = {headLimit: 256, framesKept: 16};

export class Link {
	readonly number: number;
	readonly lane: Lane;
	/** Resolves once both sockets are closed. */
	readonly gone: Promise<void>;
	readonly #ends: Ends;
	readonly #shared: Shared;
	readonly #connection = new Connection(kept);
	readonly #flows: Readonly<Record<Side, Flow>>;
	/** What harms messages; without such rules bytes pass as they come. */
	readonly #gates: Readonly<Record<Side, Gate>> | undefined;
	readonly #depth = new Depth();
	readonly #ended = new Set<Side>();
	readonly #closed = new Set<Side>();
	#isHole = false;
	#onGone: () => void = () => undefined;
	#leaving: {readonly by: Side | 'tap'; readonly how: Leaving} | undefined;

	constructor(number: number, ends: Ends, shared: Shared) {
		this.number = number;
		this.#ends = ends;
		this.#shared = shared;
		this.lane = new Lane(this.#connection, shared.roundTrips);
		this.#flows = {connector: new Flow(ends.connector, ends.listener), listener: new Flow(ends.listener, ends.connector)};
		this.#gates = shared.rules.some(({fault}) => fault.strikes === 'message') ? {connector: this.#gateOf('connector'), listener: this.#gateOf('listener')} : undefined;
		for (const side of sides) {
			this.#flows[side].delayMs = () => this.#delayOf(side);
		}

		this.gone = new Promise(resolve => {
			this.#onGone = resolve;
		});
	}

	/** Starts to pass bytes. */
	start(): void {
		this.#tell({type: 'link-opened'});
		for (const rule of this.#shared.rules) {
			if (rule.fault.strikes !== 'bytes') {
				continue;
			}

			rule.struck++;
			this.#tell({type: 'fault-struck', fault: rule.text});
		}

		for (const side of sides) {
			this.#attach(side, this.#ends[side]);
		}

		for (const side of sides) {
			this.#ends[side].resume();
		}
	}

	/** Bytes from each side so far. */
	get bytes(): Readonly<Record<Side, number>> {
		return {connector: this.#flows.connector.received, listener: this.#flows.listener.received};
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

	/** From now on nothing goes through, not even an end. */
	swallow(): void {
		this.#isHole = true;
		for (const side of sides) {
			this.#flows[side].isSwallowing = true;
		}
	}

	#gateOf(from: Side): Gate {
		return new Gate({
			rules: this.#shared.rules,
			way: () => this.lane.wayFrom(from),
			tell: fact => {
				this.#tell(fact);
			},
			pass: bytes => {
				this.#flows[from].pass(bytes);
			},
			later: (ms, act) => {
				this.#flows[from].later(ms, act);
			},
			leave: how => {
				this.leave(how);
			},
			swallow: () => {
				this.swallow();
			},
		});
	}

	#delayOf(from: Side): number {
		let ms = 0;
		for (const rule of this.#shared.rules) {
			ms += rule.fault.strikes === 'bytes' && rule.goes(this.lane.wayFrom(from)) ? rule.drawMs() : 0;
		}

		return ms;
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
			if (!this.#isHole) {
				this.leave('rst', side);
			}
		});
		socket.on('close', () => {
			this.#close(side);
		});
	}

	#hear(from: Side, chunk: Uint8Array): void {
		const t = this.#shared.clock();
		const flow = this.#flows[from];
		flow.received += chunk.length;
		const pieces = this.#connection.push(from, chunk);
		const gate = this.#gates?.[from];
		if (gate) {
			gate.take(chunk, pieces);
		} else {
			flow.pass(chunk);
		}

		this.#listen(from, pieces, t);
	}

	#listen(from: Side, pieces: readonly Piece[], t: number): void {
		const {quota} = this.#shared;
		let units = 0;
		for (const piece of pieces) {
			if (piece.type === 'unit-end') {
				units++;
				const isTold = piece.unit.type !== 'message' || quota.allow(t);
				const isTaken = this.#gates?.[from].hasTaken(piece.id) ?? false;
				this.#tellAll(this.lane.hear(from, piece.unit, t, {isTold, fate: isTaken || this.#flows[from].isSwallowing ? 'taken' : 'passed'}));
			} else if (piece.type === 'run' && piece.units > 0) {
				units += piece.units;
				quota.count(piece.units, t);
				this.lane.count(from, piece.units);
			}
		}

		if (quota.hasSampled) {
			this.#shared.sampled();
		}

		// What only counts messages can't single one out for a fault.
		if (this.#depth.note(units, t) && !this.#gates) {
			this.#connection.setDetail(this.#depth.isWalking ? 'count' : 'full');
		}
	}

	#end(side: Side): void {
		this.#leaving ??= {by: side, how: 'fin'};
		this.#ended.add(side);
		const pieces = this.#connection.end(side);
		this.#gates?.[side].end();
		this.#listen(side, pieces, this.#shared.clock());
		this.#tellAll(this.lane.look());
		if (!this.#ended.has(otherSide[side])) {
			this.#tell({type: 'half-closed', side});
		}

		this.#flows[side].end();
	}

	#close(side: Side): void {
		this.#closed.add(side);
		if (this.#closed.size < sides.length) {
			// Gone without an end or an error: nobody is left to pass anything to.
			if (!this.#ended.has(side) && !this.#leaving && !this.#isHole) {
				this.leave('rst', side);
			}

			return;
		}

		for (const each of sides) {
			this.#flows[each].stop();
			if (!this.#ended.has(each)) {
				this.#listen(each, this.#connection.end(each), this.#shared.clock());
			}
		}

		this.#tellAll(this.lane.end(this.#shared.clock()));
		this.#tell({type: 'link-closed', ...(this.#leaving ?? {by: 'tap', how: 'fin'}), bytes: this.bytes});
		this.#shared.closed(this);
		this.#onGone();
	}

	#tellAll(facts: readonly OfLink[]): void {
		for (const fact of facts) {
			this.#tell(fact);
		}
	}

	#tell(fact: OfLink): void {
		this.#shared.tell(this, fact);
	}
}

/**
A reset, which unix sockets don't have: they are just closed.

Nor can one be sent while an end is under way: libuv refuses (`uv_tcp_close_reset`), and Node would then never say that the socket is closed.
*/
export function reset(socket: Socket): void {
	const isEnding = socket.writableEnded && !socket.writableFinished;
	if (socket.remoteFamily === undefined || socket.destroyed || isEnding) {
		socket.destroy();
	} else {
		socket.resetAndDestroy();
	}
}
