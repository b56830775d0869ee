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
	/** Ends the connection on both sides. */
	leave(how: Leaving): void;
	/** From now on nothing goes through this connection any more, in neither direction, not even its end. */
	swallow(): void;
};

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
	/** Whether a time is written behind it. */
	readonly takesTime: boolean;
	strike(struck: Struck): void;
};

/** Holds back every byte for the time given. */
export type BytesFault = Common & {readonly strikes: 'bytes'; readonly takesTime: true};

/** Turns new connections away. */
export type ConnectionFault = Common & {readonly strikes: 'connection'; readonly takesTime: false};

export type Fault = MessageFault | BytesFault | ConnectionFault;

/** What most faults of messages have in common. */
export const messageFault = {
	strikes: 'message', needs: 'whole', arrives: true, worksSealed: false, takesTime: false, usage: '[request|reply|both] [<n>|every <n>|p <0..1>]',
} as const;
