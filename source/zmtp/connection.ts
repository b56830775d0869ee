/**
A connection: two directions that need to know a little of each other.

Law: bytes must be pushed in the order in which the proxy passes them, before it passes them on. A peer answers only what it has seen, so what a direction needs to know of the other has then always been told.
*/
import {Decoder, type DecoderOptions, type Detail} from './decoder.js';
import {canTalk} from './socket-types.js';
import {
	type Facts,
	type LooksLike,
	type Pending,
	type Piece,
} from './units.js';

/** Who sends: the peer that connected, or the one that listens. Either may be the client of the conversation. */
export type Side = 'connector' | 'listener';

/** What is wrong between two peers; each names what the sides have said. */
export type Trouble =
	| {readonly type: 'not-zmtp'; readonly side: Side; readonly looksLike: LooksLike}
	| {readonly type: 'old-zmtp'; readonly side: Side; readonly protocol: 'zmtp-1.0' | 'zmtp-2.0'}
	| {readonly type: 'framing-error'; readonly side: Side}
	/** RFC 37: both must name the same mechanism. */
	| {readonly type: 'mechanism-mismatch'; readonly connector: string; readonly listener: string}
	| {readonly type: 'socket-mismatch'; readonly connector: string; readonly listener: string}
	/**
	`side` ended its stream before it had said its last word of the handshake; the mechanism and socket type are what it had seen of the other.

	This is how libzmq meets a mechanism or socket type that does not fit: it hangs up in the middle of its own greeting or before its own READY, so that a proxy never learns what it would have said.
	*/
	| {readonly type: 'hung-up'; readonly side: Side; readonly during: 'greeting' | 'handshake'; readonly mechanism?: string; readonly socketType?: string}
	/** `side` sent ERROR: it has refused the other. */
	| {readonly type: 'refused'; readonly side: Side; readonly reason: string};

const otherSide = {connector: 'listener', listener: 'connector'} as const;
const sides = ['connector', 'listener'] as const;

/** Decodes both directions of one connection. */
export class Connection {
	readonly #decoders: Readonly<Record<Side, Decoder>>;

	constructor(options: DecoderOptions = {}) {
		this.#decoders = {connector: new Decoder(options), listener: new Decoder(options)};
	}

	/** Takes the next bytes that `from` has sent. */
	push(from: Side, chunk: Uint8Array): readonly Piece[] {
		return this.#tell(from, decoder => decoder.push(chunk));
	}

	/** `from` will send no more. */
	end(from: Side): readonly Piece[] {
		return this.#tell(from, decoder => decoder.end());
	}

	pending(from: Side): Pending | undefined {
		return this.#decoders[from].pending();
	}

	facts(from: Side): Facts {
		return this.#decoders[from].facts;
	}

	setDetail(detail: Detail): void {
		for (const side of sides) {
			this.#decoders[side].setDetail(detail);
		}
	}

	/** The first thing that keeps these two from talking, as far as the bytes tell. */
	get trouble(): Trouble | undefined {
		return troubleBetween(this.facts('connector'), this.facts('listener'));
	}

	#tell(from: Side, step: (decoder: Decoder) => readonly Piece[]): readonly Piece[] {
		const decoder = this.#decoders[from];
		const pieces = step(decoder);
		this.#decoders[otherSide[from]].learn(decoder.facts);
		return pieces;
	}
}

/** What keeps two peers of which these facts are known from talking. */
export function troubleBetween(connector: Facts, listener: Facts): Trouble | undefined {
	return troubleOf('connector', connector) ?? troubleOf('listener', listener) ?? mismatch(connector, listener) ?? hangUp(connector, listener);
}

function troubleOf(side: Side, {protocol, looksLike, error, opaque}: Facts): Trouble | undefined {
	if (looksLike) {
		return {type: 'not-zmtp', side, looksLike};
	}

	if (protocol === 'zmtp-1.0' || protocol === 'zmtp-2.0') {
		return {type: 'old-zmtp', side, protocol};
	}

	if (opaque === 'framing-error') {
		return {type: 'framing-error', side};
	}

	return error === undefined ? undefined : {type: 'refused', side, reason: error};
}

function mismatch(connector: Facts, listener: Facts): Trouble | undefined {
	if (connector.mechanism !== undefined && listener.mechanism !== undefined && connector.mechanism !== listener.mechanism) {
		return {type: 'mechanism-mismatch', connector: connector.mechanism, listener: listener.mechanism};
	}

	return connector.socketType !== undefined && listener.socketType !== undefined && canTalk(connector.socketType, listener.socketType) === false ? {type: 'socket-mismatch', connector: connector.socketType, listener: listener.socketType} : undefined;
}

/** Who has hung up first: the one that had come less far. Whoever saw nothing of the other had no reason in it. */
function hangUp(connector: Facts, listener: Facts): Trouble | undefined {
	for (const during of ['greeting', 'handshake'] as const) {
		for (const [side, own, other] of [['connector', connector, listener], ['listener', listener, connector]] as const) {
			const {mechanism, socketType} = other;
			if (own.ended === during && mechanism !== undefined) {
				return {type: 'hung-up', side, during, mechanism, ...(socketType && {socketType})};
			}
		}
	}

	return undefined;
}
