/**
The words of the decoder: what it says about a stream of ZMTP bytes.

Law: every byte of a direction belongs to exactly one unit, and everything here is plain data: it can cross a process boundary or be recorded.

Sizes and offsets are in bytes. `at` counts from the first byte of the direction; offsets inside a unit count the unit's own bytes only, so a heartbeat that came between two frames of a message does not shift them.
*/

/**
What a unit turns out to be can be known only at its end; what it is treated as is known from its first byte.

- `greeting`: the first bytes of a direction, whatever they prove to be.
- `command`: one command frame.
- `message`: all frames of one ZMQ message. It may be dropped, held or duplicated whole and the stream stays well-formed.
- `sealed`: one frame of an encrypting mechanism. It may be a part of a message or a heartbeat, and its nonce must grow: dropping it only is safe for the framing, never for the conversation.
- `broken`: a byte that no frame begins with.
- `opaque`: bytes that are passed, counted, and not looked into, to the end of the stream.
*/
export type Family = 'greeting' | 'command' | 'message' | 'sealed' | 'broken' | 'opaque';

/** Which bytes of a unit: `framing` is the greeting and the flags and size of a frame, `body` is everything else. */
export type Part = 'framing' | 'body';

/** What a frame of a request-reply conversation is for (RFC 28); `body` wherever there is no such envelope. */
export type Role = 'routing-id' | 'request-id' | 'delimiter' | 'body';

/** One frame of a message (RFC 23 and 37, "Framing"). */
export type Frame = {
	/** The first byte of the frame as it came: bit 0 MORE, bit 1 LONG. */
	readonly flags: number;
	/** The size of the frame's body. */
	readonly size: number;
	/** Where the frame's flags are, from the unit's first byte. */
	readonly offset: number;
	readonly role: Role;
	/** The first bytes of the body, as many as the limit allowed; never a view into a chunk. */
	readonly head: Uint8Array;
};

/** One property of READY or INITIATE. Names compare without regard to case. */
export type Property = {readonly name: string; readonly value: Uint8Array};

/** The major and minor version as the greeting says them. */
export type Version = {readonly major: number; readonly minor: number};

/** What a stream that is not ZMTP looks like, from its first bytes. */
export type LooksLike =
	| 'http-request' | 'http-response' | 'http2' | 'tls' | 'ssh' | 'smtp-or-ftp'
	| 'redis' | 'amqp' | 'mysql' | 'telnet' | 'text' | 'binary';

/** Why the bytes of a direction are not looked into any more. */
export type WhyOpaque = 'not-zmtp' | 'zmtp-1.0' | 'zmtp-2.0' | 'framing-error' | 'after-end';

/** Why a frame can't be read (RFC 23 and 37, "Framing"): after it nobody can say where the next one begins. */
export type FramingReason = 'reserved-flags' | 'command-with-more' | 'size-too-large';

type GreetingContent =
	/** ZMTP 3.x, 64 bytes. A major version above 3 is read as 3 (RFC 37: "MUST accept higher protocol versions"). */
	| {readonly type: 'greeting'; readonly version: Version; readonly mechanism: string; readonly asServer: boolean; readonly raw: Uint8Array}
	/** ZMTP 1.0 or 2.0, or a 3.x peer that fell back to talk to one (`isFallback`). The rest of the direction is opaque. */
	| {readonly type: 'old-greeting'; readonly protocol: 'zmtp-1.0' | 'zmtp-2.0'; readonly isFallback: boolean; readonly socketType?: string; readonly raw: Uint8Array}
	| {readonly type: 'not-zmtp'; readonly looksLike: LooksLike; readonly raw: Uint8Array};

/** What one command says. `curve-…` are the commands of RFC 26, `plain-…` those of RFC 24. */
export type CommandContent =
	| {readonly type: 'ready'; readonly properties: readonly Property[]}
	| {readonly type: 'error'; readonly reason: string}
	/** `ttl` in milliseconds (tenths of a second on the wire); 0 is none. */
	| {readonly type: 'ping'; readonly ttl: number; readonly context: Uint8Array}
	| {readonly type: 'pong'; readonly context: Uint8Array}
	| {readonly type: 'subscribe'; readonly topic: Uint8Array; readonly topicSize: number}
	| {readonly type: 'cancel'; readonly topic: Uint8Array; readonly topicSize: number}
	/** The password itself is kept nowhere, not even in `head`. */
	| {readonly type: 'plain-hello'; readonly username: string; readonly passwordSize: number}
	| {readonly type: 'plain-welcome'}
	| {readonly type: 'plain-initiate'; readonly properties: readonly Property[]}
	| {readonly type: 'curve-hello'; readonly nonce: number}
	| {readonly type: 'curve-welcome'}
	| {readonly type: 'curve-initiate'; readonly nonce: number; readonly boxSize: number}
	| {readonly type: 'curve-ready'; readonly nonce: number; readonly boxSize: number}
	/** A frame that a mechanism has encrypted; what is in the box can't be known: a frame of a message, PING, PONG. The nonce is CURVE's, exact up to 2^53. */
	| {readonly type: 'sealed'; readonly nonce?: number; readonly boxSize: number}
	| {readonly type: 'unknown-command'};

/** A command as it came: `head` is the beginning of its body (name length, name, data). */
type CommandFrame = {
	readonly name: string;
	readonly flags: number;
	readonly bodySize: number;
	readonly head: Uint8Array;
};

type MessageContent = {
	readonly type: 'message';
	/** The first frames, as many as the limit allowed. */
	readonly frames: readonly Frame[];
	/** How many frames there were. */
	readonly frameCount: number;
	/** All bodies together, without flags and sizes. */
	readonly bodySize: number;
	/** How sure the frames' roles are: `inferred` where only their shape says so. */
	readonly evidence: Evidence;
};

/** `exact`: it can't be otherwise. `inferred`: the shape says so, and other senders could make the same shape. */
export type Evidence = 'exact' | 'inferred';

type Interruption =
	/** `offset` is that of the offending byte in the stream; `family` is what the unit had begun as. */
	| {readonly type: 'framing-error'; readonly reason: FramingReason; readonly offset: number; readonly family: Family}
	/** The unit did not come to its end. `missing`: bytes of its greeting or of its present frame, where the size was known. */
	| {readonly type: 'cut'; readonly family: Family; readonly missing?: number}
	| {readonly type: 'opaque'; readonly why: WhyOpaque};

type Place = {
	/** Units of one direction are numbered from 1 in the order in which they begin. */
	readonly id: number;
	/** Where its first byte is in the stream. */
	readonly at: number;
	/** How many bytes it has. */
	readonly size: number;
	/** In what it breaks the protocol although its framing is sound: sentences for people. */
	readonly problems: readonly string[];
};

/** What a unit says, without its place. */
export type Content = GreetingContent | (CommandContent & CommandFrame) | MessageContent | Interruption;

/** A unit that has ended: one thing that a peer said. */
export type Unit = Place & Content;

/** The unit of one type. */
export type UnitOf<Type extends Unit['type']> = Extract<Unit, {readonly type: Type}>;

/**
One step of the story of a chunk. `start` and `end` are offsets in that chunk.

- The `bytes` and `run` pieces of a chunk follow one another without gap or overlap, from 0 to its length.
- `unit-begin` comes before a unit's first bytes and `unit-end` after its last, perhaps many chunks later.
- Between the frames of an open message a whole command may begin and end; otherwise units don't interleave.
- A `run` (only in `detail: 'count'`) stands for the bytes of many messages: `units` and `frames` count those that ended in it. It may begin and end inside a message.
*/
export type Piece =
	| {readonly type: 'unit-begin'; readonly id: number; readonly at: number; readonly family: Family}
	| {readonly type: 'bytes'; readonly id: number; readonly part: Part; readonly start: number; readonly end: number}
	| {readonly type: 'unit-end'; readonly id: number; readonly unit: Unit}
	| {readonly type: 'run'; readonly start: number; readonly end: number; readonly units: number; readonly frames: number; readonly bodyBytes: number};

/** The unit that has begun and not ended; of a command inside an open message, the command. */
export type Pending = {
	readonly id: number;
	readonly at: number;
	readonly family: Family;
	/** How many bytes of the unit have come. */
	readonly received: number;
	/** How many of its frames have come whole. */
	readonly frames: number;
	/** The frame in progress, once its size is known: a message of 100 MB shows here with its first bytes. */
	readonly frame?: {readonly flags: number; readonly size: number; readonly received: number};
	/** How many bytes the decoder itself keeps of it. */
	readonly held: number;
};

/** How far a direction has come (RFC 37: "A connection is a greeting, a handshake, and traffic"). */
export type Phase = 'greeting' | 'handshake' | 'traffic' | 'opaque';

/** What one direction has told about its sender, as far as it has. */
export type Facts = {
	readonly protocol?: 'zmtp-3' | 'zmtp-2.0' | 'zmtp-1.0' | 'not-zmtp';
	readonly looksLike?: LooksLike;
	readonly version?: Version;
	readonly mechanism?: string;
	readonly asServer?: boolean;
	/** From READY or INITIATE; hidden under CURVE. */
	readonly properties?: readonly Property[];
	readonly socketType?: string;
	readonly identity?: Uint8Array;
	/** Whether the sender has said its last word of the handshake (READY or INITIATE). */
	readonly isReady: boolean;
	/** The reason of an ERROR command. */
	readonly error?: string;
	/** In what the sender was when its stream ended, if it has. */
	readonly ended?: Phase;
	/** Why the rest of the direction is opaque, if it is. */
	readonly opaque?: Exclude<WhyOpaque, 'after-end'>;
};
