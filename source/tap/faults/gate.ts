/**
One direction of a link with faults in force: lets units through, and gives to each fault the messages that it strikes.

Law: what no fault strikes comes out as it went in, in order. All pieces of one unit share one fate, so that the stream stays well-formed (zmtp/decoder.ts).
What is gathered is bounded: a message that is longer than 1 MB can't be held whole; the fault misses it, and says so.
*/
import {concatenate} from '../../zmtp/encode.js';
import {type Family, type Piece, type Unit} from '../../zmtp/units.js';
import {type OfLink, type Way} from '../events.js';
import {type MessageFault, type Struck} from './fault.js';
import {type Rule} from './rule.js';

/** How many bytes of a message are gathered. */
const gatherLimit = 1024 * 1024;

/** What a gate works on. */
export type GatePort = Pick<Struck, 'pass' | 'leave' | 'swallow'> & {
	readonly later: (ms: number, act: () => void) => void;
	readonly rules: readonly Rule[];
	readonly way: () => Way;
	readonly tell: (fact: OfLink) => void;
};

type MessageRule = {readonly rule: Rule; readonly fault: MessageFault};

/** A message that a fault has struck: gathered until it is whole, or taken. */
type Caught = MessageRule & {readonly id: number; readonly parts: Uint8Array[]; size: number};

const missReasons = {
	sealed: 'an encrypting mechanism hides where messages begin and end, and its nonces must grow',
	long: 'the message is longer than 1 MB, and is passed as it is',
} as const;

export class Gate {
	readonly #port: GatePort;
	readonly #rules: readonly MessageRule[];
	readonly #missed = new Set<Rule>();
	readonly #takenInChunk = new Set<number>();
	#caught: Caught | undefined;
	/** The newest message that will not arrive; its pieces may come in many chunks. */
	#taken = 0;

	/** Units that have begun and not ended: between their pieces nothing else may be put. */
	#openUnits = 0;
	/** What was held and is due, and waits for the end of the unit that is passing. */
	readonly #due: Uint8Array[] = [];

	constructor(port: GatePort) {
		this.#port = port;
		this.#rules = port.rules.flatMap(rule => rule.fault.strikes === 'message' ? [{rule, fault: rule.fault}] : []);
	}

	/** Whether a fault has taken the unit, as of its last piece in the chunk just taken. */
	hasTaken(id: number): boolean {
		return this.#takenInChunk.has(id);
	}

	/** Takes a chunk with what the decoder found in it. */
	take(chunk: Uint8Array, pieces: readonly Piece[]): void {
		this.#takenInChunk.clear();
		let passFrom = 0;
		let at = 0;
		const flush = (): void => {
			if (at > passFrom) {
				this.#port.pass(chunk.subarray(passFrom, at));
			}

			passFrom = at;
		};

		for (const piece of pieces) {
			if (piece.type === 'unit-begin') {
				this.#openUnits++;
				if (this.#rules.length > 0 && isMessage(piece.family)) {
					flush();
					this.#begin(piece.id, piece.family);
				}
			} else if (piece.type === 'unit-end') {
				flush();
				this.#openUnits--;
				this.#end(piece.unit);
				this.#passDue();
			} else if (piece.type === 'bytes' && (piece.id === this.#taken || piece.id === this.#caught?.id)) {
				flush();
				at = piece.end;
				passFrom = at;
				this.#gather(piece.id, chunk.subarray(piece.start, piece.end));
			} else {
				at = piece.end;
			}
		}

		flush();
	}

	/** The stream has ended: what was gathered of a message that did not come whole is passed as it is. */
	end(): void {
		this.#takenInChunk.clear();
		this.#release();
		this.#openUnits = 0;
		this.#passDue();
	}

	#begin(id: number, family: Family): void {
		const way = this.#port.way();
		// Every rule counts every message, whichever of them strikes.
		let hit: MessageRule | undefined;
		for (const each of this.#rules) {
			const {rule, fault} = each;
			if (rule.goes(way) && this.#mayStrike(rule, fault, family) && rule.next()) {
				hit ??= each;
			}
		}

		if (!hit) {
			return;
		}

		if (hit.fault.needs === 'nothing') {
			this.#taken = id;
			this.#strike(hit, id, {bytes: new Uint8Array(0), unit: undefined});
		} else {
			this.#caught = {...hit, id, parts: [], size: 0};
		}
	}

	#mayStrike(rule: Rule, fault: MessageFault, family: Family): boolean {
		if (family !== 'sealed' || fault.worksSealed) {
			return true;
		}

		this.#miss(rule, 'sealed');
		return false;
	}

	#miss(rule: Rule, why: keyof typeof missReasons): void {
		if (!this.#missed.has(rule) || why === 'long') {
			this.#missed.add(rule);
			this.#port.tell({type: 'fault-missed', fault: rule.text, reason: missReasons[why]});
		}
	}

	#gather(id: number, bytes: Uint8Array): void {
		const caught = this.#caught;
		if (caught?.id !== id) {
			return;
		}

		caught.parts.push(bytes);
		caught.size += bytes.length;
		if (caught.size > gatherLimit) {
			this.#miss(caught.rule, 'long');
			this.#release();
		}
	}

	/** Lets go of what was gathered, unharmed. */
	#release(): void {
		const parts = this.#caught?.parts ?? [];
		this.#caught = undefined;
		for (const part of parts) {
			this.#port.pass(part);
		}
	}

	#passDue(): void {
		const due = this.#openUnits === 0 ? this.#due.splice(0) : [];
		for (const bytes of due) {
			this.#port.pass(bytes);
		}
	}

	#end(unit: Unit): void {
		if (unit.id === this.#taken) {
			this.#takenInChunk.add(unit.id);
			return;
		}

		const caught = this.#caught;
		if (caught?.id !== unit.id) {
			return;
		}

		if (unit.type !== 'message' && unit.type !== 'sealed') {
			this.#release();
			return;
		}

		this.#caught = undefined;
		if (!caught.fault.arrives) {
			this.#takenInChunk.add(unit.id);
		}

		this.#strike(caught, unit.id, {bytes: concatenate(caught.parts), unit});
	}

	#strike({rule, fault}: MessageRule, id: number, what: Pick<Struck, 'bytes' | 'unit'>): void {
		const {pass, later, leave, swallow, way, tell} = this.#port;
		const passLater = (ms: number, bytes: Uint8Array): void => {
			later(ms, () => {
				this.#due.push(bytes);
				this.#passDue();
			});
		};

		rule.struck++;
		tell({type: 'fault-struck', fault: rule.text, way: way(), unit: id});
		fault.strike({...what, ms: rule.drawMs(), pass, passLater, leave, swallow});
	}
}

/** Before the end of the handshake a sealed mechanism has only commands, so that no handshake is struck. */
const isMessage = (family: Family): boolean => family === 'message' || family === 'sealed';
