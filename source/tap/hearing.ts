/**
What is heard of one connection: its units as they pass, the conversation that they make, and how much of it is told one by one.

Law: it never changes what passes, and what it keeps and tells is bounded, whatever passes: above a rate units are only counted.
*/
import {Connection, type Side} from '../zmtp/connection.js';
import {type Piece, type Unit} from '../zmtp/units.js';
import {type OfLink} from './events.js';
import {type Harm} from './faults/gate.js';
import {Lane} from './lane.js';
import {Depth, type Quota} from './pace.js';
import {type RoundTrips} from './round-trips.js';
import {Seen, type Observe} from './seen.js';

/** What all connections of a tap share. */
export type Audience = {
	readonly clock: () => number;
	readonly quota: Quota;
	readonly roundTrips: RoundTrips;
	/** Hears of each unit that is told, with its first bytes. */
	readonly observe?: Observe | undefined;
	/** Something was counted and not told. */
	readonly sampled: () => void;
};

/** `isSwallowed`: what comes from that side goes nowhere any more. */
type Port = {readonly link: number; readonly audience: Audience; readonly tell: (fact: OfLink) => void; readonly isSwallowed: (from: Side) => boolean};

/** So much of a frame is kept for what is said about it. */
const kept = {headLimit: 256, framesKept: 16};

/** A handshake is always told; what comes later shares a rate, whatever it is: heartbeats can be a flood too. */
const handshakeUnits = 8;

/** How a stream ends, or that it can't be read any more: told whatever the rate. */
const lastWords: ReadonlySet<Unit['type']> = new Set(['framing-error', 'cut', 'opaque']);

export class Hearing {
	readonly lane: Lane;
	readonly #port: Port;
	readonly #connection = new Connection(kept);
	/** The first bytes of what passes, if anybody wants them. */
	readonly #seen: Readonly<Record<Side, Seen>> | undefined;
	readonly #depth = new Depth();
	/** When what is being heard came. */
	#t = 0;
	/** Something of it was counted and not told. */
	#isCounted = false;
	#isWhole = false;

	constructor(port: Port) {
		this.#port = port;
		this.lane = new Lane(this.#connection, port.audience.roundTrips);
		this.#seen = port.audience.observe && {connector: new Seen(), listener: new Seen()};
	}

	/** Whether each message is to be looked into, however many there are: what only counts them can't single one out. */
	needAll(isWhole: boolean): void {
		this.#isWhole = isWhole;
		this.#setDetail();
	}

	/** Whether a direction is in the middle of a unit. */
	isInside(from: Side): boolean {
		return this.#connection.pending(from) !== undefined;
	}

	/** Decodes a chunk: what is in it can be harmed before it is listened to. */
	push(from: Side, chunk: Uint8Array): readonly Piece[] {
		this.#t = this.#port.audience.clock();
		const pieces = this.#connection.push(from, chunk);
		this.#seen?.[from].take(chunk, pieces);
		return pieces;
	}

	/** No more will come from this side. */
	end(from: Side): readonly Piece[] {
		this.#t = this.#port.audience.clock();
		return this.#connection.end(from);
	}

	/** Takes in what a chunk had. `isHeard`: its units have been heard one by one already. */
	listen(from: Side, pieces: readonly Piece[], isHeard: boolean): void {
		const {quota, sampled} = this.#port.audience;
		let units = 0;
		for (const piece of pieces) {
			if (piece.type === 'unit-end') {
				units++;
				if (!isHeard) {
					this.hearUnit(from, piece.unit);
				}
			} else if (piece.type === 'run' && piece.units > 0) {
				units += piece.units;
				quota.count(piece.units, this.#t);
				this.#isCounted = true;
				this.lane.count(from, piece.units);
			}
		}

		if (quota.hasSampled) {
			sampled();
		}

		if (this.#depth.note(units, this.#t)) {
			this.#setDetail();
		}
	}

	/** Takes in one unit, and what was done to it. */
	hearUnit(from: Side, unit: Unit, {struckBy, takenBy}: Harm = {}): void {
		const t = this.#t;
		const {link, audience, isSwallowed} = this.#port;
		const isTold = (unit.type !== 'message' && unit.id <= handshakeUnits) || lastWords.has(unit.type) || audience.quota.allow(t);
		this.#isCounted ||= !isTold;
		const isTaken = takenBy !== undefined || isSwallowed(from);
		const rule = takenBy ?? struckBy;
		if (isTold && this.#seen) {
			audience.observe?.({link, from, unit, t, bytes: this.#seen[from].bytesOf(unit.id), isTaken, ...(rule && {rule: rule.number})});
		}

		this.#tellAll(this.lane.hear(from, unit, t, {isTold, fate: isTaken ? 'taken' : 'passed', rule: takenBy?.number}));
	}

	/** What has come out since, if that is news. */
	look(): void {
		this.#tellAll(this.lane.look());
	}

	/** The connection is over. */
	close(): void {
		this.#t = this.#port.audience.clock();
		this.#tellAll(this.lane.end(this.#t));
	}

	/** Tells where the conversation stands, if some of it was only counted since the last time. */
	tellCounts(): void {
		const {counts} = this.lane;
		if (this.#isCounted && counts) {
			this.#port.tell({type: 'link-counted', ...counts});
		}

		this.#isCounted = false;
	}

	#setDetail(): void {
		this.#connection.setDetail(this.#depth.isWalking && !this.#isWhole ? 'count' : 'full');
	}

	#tellAll(facts: readonly OfLink[]): void {
		for (const fact of facts) {
			this.#port.tell(fact);
		}
	}
}
