/**
What a fault is. One file a fault; add one by copying `no-op.ts` and listing it in `registry.ts`.

Law: a fault at the level of messages leaves the stream well-formed unless it says that it does not: it is handed a whole message, and passes on whole messages or nothing. It never sees the clock or draws random numbers: when it strikes is the trigger's affair (`trigger.ts`), and the time that it may take comes with what it strikes.
*/
import {type Unit} from '../../zmtp/units.js';
import {type Leaving} from '../events.js';

/** A message (or a sealed frame) that a fault has struck, and what can be done to it and to its connection. */
export type Struck = {
	/** All of its bytes, flags and sizes included. Empty for a fault that strikes at the first byte. */
	readonly bytes: Uint8Array;
	/** What it says; undefined for a fault that strikes at the first byte. */
	readonly unit: Unit | undefined;
	/** The time given to the fault, in ms; 0 if none was. */
	readonly ms: number;
	/** Passes bytes on in the message's place. */
	pass(bytes: Uint8Array): void;
	/** The same, `ms` later; what comes meanwhile goes before it. */
	passLater(ms: number, bytes: Uint8Array): void;
	/** The same, right after the next message of this direction, or when the rule is lifted or the stream ends. */
	passAfterNext(bytes: Uint8Array): void;
	/** Ends the connection on both sides. */
	leave(how: Leaving): void;
	/** From now on nothing goes through this connection any more, in neither direction, not even its end. */
	swallow(): void;
};

/** What is written behind a fault: nothing, a time (`200ms`), a size (`64KB`) or a size a second (`64KB/s`). */
export type Amount = 'nothing' | 'time' | 'size' | 'rate';

type Common = {
	readonly name: string;
	/** What follows the name, for the help. */
	readonly usage: string;
	readonly summary: string;
};

/** Strikes single messages. */
export type MessageFault = Common & {
	readonly strikes: 'message';
	/** `nothing`: it strikes at the first byte, and the message is taken, whatever its size. `whole`: the message is gathered first, up to 1 MB. */
	readonly needs: 'nothing' | 'whole';
	/** Whether the message arrives in the end, so that the conversation goes on. */
	readonly arrives: boolean;
	/** Whether it may strike sealed frames (CURVE): a frame may be a part of a message or a heartbeat, and nonces must grow. */
	readonly worksSealed: boolean;
	readonly takes: 'nothing' | 'time';
	strike(struck: Struck): void;
};

/** How bytes flow: held back for so long, no faster than this, in pieces no larger than this. */
export type Shape = {readonly delayMs?: number; readonly bytesPerSecond?: number; readonly pieceBytes?: number};

/** Changes how bytes flow, never which. `shape` gets the amount written behind it: a time in ms, drawn anew for each chunk, or bytes. */
export type BytesFault = Common & {
	readonly strikes: 'bytes';
	readonly takes: 'time' | 'size' | 'rate';
	shape(amount: number): Shape;
};

/** Turns new connections away. */
export type ConnectionFault = Common & {readonly strikes: 'connection'; readonly takes: 'nothing'};

export type Fault = MessageFault | BytesFault | ConnectionFault;

/** What most faults of messages have in common. */
export const messageFault = {
	strikes: 'message', needs: 'whole', arrives: true, worksSealed: false, takes: 'nothing', usage: '[request|reply|both] ["<text>"] [<n>|every <n>|p <0..1>] [once|x<n>]',
} as const;
