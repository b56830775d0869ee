/**
One direction of a link with faults in force: lets units through, and gives to each fault the messages that it strikes.

Law: what no fault strikes comes out as it went in, in order. All pieces of one unit share one fate, so that the stream stays well-formed (zmtp/decoder.ts); that holds too when a rule is added or lifted in the middle of one.
What is gathered is bounded: a message that is longer than 1 MB can't be held whole; the fault misses it, and says so.
*/
import {concatenate} from '../../zmtp/encode.js';
import {type Family, type Piece, type Unit} from '../../zmtp/units.js';
import {type OfLink, type Way} from '../events.js';
import {Kept, type Later} from './kept.js';
import {Look} from './look.js';
import {type MessageFault, type Struck} from './fault.js';
import {whyNotSealed} from './fit.js';
import {type Rule} from './rule.js';

/** How many bytes of a message are gathered. */
const gatherLimit = 1024 * 1024;

/** What a gate works on. */
export type GatePort = Pick<Struck, 'pass' | 'leave'> & {
	readonly later: Later;
	/** Nothing goes through this connection any more, until the rule is lifted. */
	readonly swallow: (rule: Rule) => void;
	readonly way: () => Way;
	/** Which exchange a message belongs to, where it can be told. */
	readonly exchangeOf: (unit: Unit | undefined) => number | undefined;
	readonly tell: (fact: OfLink) => void;
	/** A unit has come whole, and this is what was done to it. */
	readonly ended: (unit: Unit, harm: Harm) => void;
};

/** The rule that has struck a unit, and the one because of which it does not arrive, which may be another: a black hole takes all that comes after what it has struck. */
export type Harm = {readonly struckBy?: Rule | undefined; readonly takenBy?: Rule | undefined};

type BytesPiece = Extract<Piece, {readonly type: 'bytes'}>;
type MessageRule = {readonly rule: Rule; readonly fault: MessageFault};

/** A message that is gathered: until it is whole for the fault that has struck it, or, while there is no such fault yet, until it can be told which texts are in it. */
type Caught = {readonly id: number; readonly by: MessageRule | undefined; readonly parts: Uint8Array[]; readonly look: Look | undefined; size: number};

export class Gate {
	readonly #port: GatePort;
	#rules: readonly MessageRule[] = [];
	readonly #missed = new Set<Rule>();
	#caught: Caught | undefined;
	/** The newest message that will not arrive; its pieces may come in many chunks. */
	#taken: {readonly id: number; readonly rule: Rule} | undefined;
	/** The newest message that a rule has struck. */
	#struck: {readonly id: number; readonly rule: Rule} | undefined;
	/** The stretch of the chunk at hand that is to pass and has not yet. */
	#passing: {readonly chunk: Uint8Array; start: number; end: number} | undefined;
	/** Units that have begun and not ended: between their pieces nothing else may be put. */
	#openUnits: number;
	/** What is kept back, and what is due. */
	readonly #kept: Kept;
	/** Who swallows everything. Once lifted it goes on to the end of the unit that it swallows at the time. */
	#hole: {readonly rule: Rule; isLifted: boolean} | undefined;

	/** `isInside`: the direction is in the middle of a unit. */
	constructor(port: GatePort, isInside: boolean) {
		this.#port = port;
		this.#kept = new Kept(port.later, () => {
			this.#passDue();
		});
		// Perhaps a command inside a message: then two are open. The next message sets it right.
		this.#openUnits = isInside ? 2 : 0;
	}

	/** Whether this gate changes nothing any more, so that bytes may go without it. */
	get isIdle(): boolean {
		return this.#rules.length === 0 && !this.#hole && this.#openUnits === 0 && this.#kept.isEmpty;
	}

	/** Other rules are in force. What a lifted one holds is let go of; a message that one is taking is taken whole. */
	setRules(rules: readonly Rule[]): void {
		this.#rules = rules.flatMap(rule => rule.fault.strikes === 'message' ? [{rule, fault: rule.fault}] : []);
		const inForce = new Set(rules);
		if (this.#caught && this.#caught.by && !inForce.has(this.#caught.by.rule)) {
			this.#release();
		}

		this.#kept.letGo(inForce);
		if (this.#hole && !inForce.has(this.#hole.rule)) {
			this.#hole.isLifted = true;
			this.#passDue();
		}
	}

	/** From now on nothing goes through. */
	swallow(rule: Rule): void {
		this.#flush();
		this.#hole ??= {rule, isLifted: false};
	}

	/** Takes a chunk with what the decoder found in it. */
	take(chunk: Uint8Array, pieces: readonly Piece[]): void {
		this.#passing = {chunk, start: 0, end: 0};
		for (const piece of pieces) {
			if (piece.type === 'unit-begin') {
				this.#begin(piece.id, piece.family);
			} else if (piece.type === 'unit-end') {
				this.#end(piece.unit);
			} else if (piece.type === 'bytes' && (piece.id === this.#taken?.id || piece.id === this.#caught?.id)) {
				this.#flush();
				this.#passing = {chunk, start: piece.end, end: piece.end};
				this.#gather(piece, chunk.subarray(piece.start, piece.end));
			} else {
				this.#passing.end = piece.end;
			}
		}

		this.#flush();
		this.#passing = undefined;
	}

	/** The stream has ended: what was gathered of a message that did not come whole is passed as it is. */
	end(pieces: readonly Piece[]): void {
		this.#release();
		this.#openUnits = 0;
		this.#kept.passSwapped();
		this.#passDue();
		for (const piece of pieces) {
			if (piece.type === 'unit-end') {
				this.#tellEnded(piece.unit);
			}
		}
	}

	#begin(id: number, family: Family): void {
		// No message begins inside another one; a command may.
		this.#openUnits = isMessage(family) ? 1 : this.#openUnits + 1;
		if (!isMessage(family)) {
			return;
		}

		const isLooking = family === 'message' && this.#rules.some(({rule}) => rule.wanted && rule.goes(this.#port.way()));
		if (isLooking) {
			this.#caught = {id, by: undefined, parts: [], look: new Look(), size: 0};
		} else {
			this.#decide(id, family);
		}
	}

	/** Which rule strikes a message, by its number and by what has been seen of it: it is caught for the fault, or taken. */
	#decide(id: number, family: Family, caught?: Caught): void {
		const way = this.#port.way();
		// Every rule counts every message, whichever of them strikes.
		let hit: MessageRule | undefined;
		for (const each of this.#rules) {
			const {rule} = each;
			const isWanted = (): boolean => rule.wanted === undefined || caught?.look?.has(rule.wanted) === true;
			// The message that another one lets go first is not struck by the same rule.
			if (rule.goes(way) && this.#mayStrike(rule, family) && isWanted() && rule.next(this.#kept.swapper !== rule)) {
				hit ??= each;
			}
		}

		if (!hit) {
			return;
		}

		if (hit.fault.needs === 'nothing') {
			this.#caught = undefined;
			this.#taken = {id, rule: hit.rule};
			this.#strike(hit, id, {bytes: new Uint8Array(0), unit: undefined});
		} else {
			this.#caught = {id, by: hit, parts: caught?.parts ?? [], look: undefined, size: caught?.size ?? 0};
		}
	}

	/** All that decides has been seen: lets go of the message if no rule wants it. */
	#decideCaught(caught: Caught): void {
		this.#decide(caught.id, 'message', caught);
		if (this.#caught === caught) {
			this.#release();
		}
	}

	#mayStrike(rule: Rule, family: Family): boolean {
		const reason = family === 'sealed' ? whyNotSealed(rule.fault, rule.wanted !== undefined) : undefined;
		if (reason !== undefined) {
			this.#tellMissed(rule, reason);
		}

		return reason === undefined;
	}

	#gather({id, part}: BytesPiece, bytes: Uint8Array): void {
		const caught = this.#caught;
		if (caught?.id !== id) {
			return;
		}

		caught.parts.push(bytes);
		caught.size += bytes.length;
		caught.look?.add(bytes, part);
		if (caught.look?.isFull) {
			this.#decideCaught(caught);
		} else if (caught.by && caught.size > gatherLimit) {
			this.#port.tell({type: 'fault-missed', ...caught.by.rule.inForce, reason: 'the message is longer than 1 MB, and is passed as it is'});
			this.#release();
		}
	}

	/** Passes what has gathered of the chunk; before anything else is put into the stream. */
	#flush(): void {
		const passing = this.#passing;
		if (!passing || passing.start === passing.end) {
			return;
		}

		const bytes = passing.chunk.subarray(passing.start, passing.end);
		passing.start = passing.end;
		this.#pass(bytes);
	}

	#pass(bytes: Uint8Array): void {
		this.#flush();
		if (!this.#hole) {
			this.#port.pass(bytes);
		}
	}

	/** Lets go of what was gathered, unharmed. */
	#release(): void {
		const parts = this.#caught?.parts ?? [];
		this.#caught = undefined;
		for (const part of parts) {
			this.#pass(part);
		}
	}

	/** Between two units: what is due may go, and a lifted hole ends. */
	#passDue(): void {
		if (this.#openUnits > 0) {
			return;
		}

		if (this.#hole?.isLifted) {
			this.#flush();
			this.#hole = undefined;
		}

		for (const bytes of this.#kept.takeDue()) {
			this.#pass(bytes);
		}
	}

	#tellEnded(unit: Unit): void {
		this.#port.ended(unit, {takenBy: this.#takenBy(unit.id), struckBy: this.#struck?.id === unit.id ? this.#struck.rule : undefined});
	}

	#takenBy(id: number): Rule | undefined {
		return this.#taken?.id === id ? this.#taken.rule : this.#hole?.rule;
	}

	#end(unit: Unit): void {
		if (this.#caught?.id === unit.id && this.#caught.look) {
			this.#decideCaught(this.#caught);
		}

		const {by, parts} = this.#caught?.id === unit.id ? this.#caught : {by: undefined, parts: []};
		const {swapper} = this.#kept;
		if (by) {
			this.#strikeWhole(by, parts, unit);
		}

		this.#tellEnded(unit);
		this.#openUnits = Math.max(0, this.#openUnits - 1);
		if (swapper && unit.type === 'message') {
			this.#kept.passSwapped();
		}

		this.#passDue();
	}

	#strikeWhole(by: MessageRule, parts: readonly Uint8Array[], unit: Unit): void {
		if ((unit.type !== 'message' && unit.type !== 'sealed') || this.#isTooMuch(by)) {
			this.#release();
			return;
		}

		this.#caught = undefined;
		if (!by.fault.arrives) {
			this.#taken = {id: unit.id, rule: by.rule};
		}

		this.#strike(by, unit.id, {bytes: concatenate([...parts]), unit});
	}

	/** Whether a message can't be held any more, which is told once. */
	#isTooMuch({rule, fault}: MessageRule): boolean {
		if (fault.takes !== 'time' || this.#kept.hasRoomFor(this.#caught?.size ?? 0)) {
			return false;
		}

		this.#tellMissed(rule, 'as much is held already as there is room for (16 MB); what comes now is passed as it is');
		return true;
	}

	#tellMissed(rule: Rule, reason: string): void {
		if (!this.#missed.has(rule)) {
			this.#missed.add(rule);
			this.#port.tell({type: 'fault-missed', ...rule.inForce, reason});
		}
	}

	#strike({rule, fault}: MessageRule, id: number, what: Pick<Struck, 'bytes' | 'unit'>): void {
		const {leave, swallow, way, tell, exchangeOf} = this.#port;
		this.#flush();
		const exchange = exchangeOf(what.unit);
		rule.struck++;
		this.#struck = {id, rule};
		tell({type: 'fault-struck', ...rule.inForce, way: way(), unit: id, ...(exchange !== undefined && {exchange})});
		fault.strike({
			...what,
			ms: rule.drawMs(),
			pass: bytes => {
				this.#pass(bytes);
			},
			passLater: (ms, bytes) => {
				this.#kept.hold(rule, ms, bytes);
			},
			passAfterNext: bytes => {
				this.#kept.swap(rule, bytes);
			},
			leave,
			swallow() {
				swallow(rule);
			},
		});
	}
}

/** Before the end of the handshake a sealed mechanism has only commands, so that no handshake is struck. */
const isMessage = (family: Family): boolean => family === 'message' || family === 'sealed';
