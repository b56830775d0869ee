/**
Units in the making: what is kept of a unit while its bytes pass.

Law: a draft keeps a bounded number of bytes and frames, whatever sizes are declared and however many frames come; it counts the rest.
*/
import {Head, noBytes} from './bytes.js';
import {commandLimit, readCommand, type ReadCommand} from './commands.js';
import {describeEnvelope, type Ends} from './envelope.js';
import {headerSize} from './frame-header.js';
import {type Content, type Frame, type Role} from './units.js';

/** How much of each message is kept. */
export type Limits = {
	/** Bytes of each frame; a message keeps four times as many in all. */
	readonly headLimit: number;
	/** Frames of each message. */
	readonly framesKept: number;
};

const headsPerMessage = 4;

/** What a draft becomes: a unit without its place. */
export type Finished = {readonly content: Content; readonly problems: readonly string[]};

/** What the decoder does to any unit made of frames. */
export type Draft = {
	readonly id: number;
	readonly at: number;
	readonly family: 'message' | 'command' | 'sealed';
	/** Bytes of the unit that have come, counted by the decoder. */
	received: number;
	/** How many frames have ended. */
	readonly frameCount: number;
	/** How many bytes the draft keeps. */
	readonly held: number;
	/** A frame's header has come. */
	openFrame(flags: number, size: number): void;
	/** Bytes of the frame's body. */
	addBody(chunk: Uint8Array, start: number, end: number): void;
	/** The frame's body has come whole. */
	closeFrame(): void;
};

/** A message: its first frames with the beginnings of their bodies, and the count of all. */
export class MessageDraft implements Draft {
	readonly id: number;
	readonly at: number;
	readonly family = 'message';
	received = 0;
	frameCount = 0;
	held = 0;
	readonly #limits: Limits;
	readonly #frames: Array<Omit<Frame, 'role'> & {role: Role}> = [];
	#bodySize = 0;
	#offset = 0;
	#flags = 0;
	#size = 0;
	#head: Head | undefined;

	constructor(id: number, at: number, limits: Limits) {
		this.id = id;
		this.at = at;
		this.#limits = limits;
	}

	openFrame(flags: number, size: number): void {
		this.#flags = flags;
		this.#size = size;
		this.#offset = this.received - headerSize(flags);
		this.#bodySize += size;
		this.#head = this.#headFor(size);
	}

	addBody(chunk: Uint8Array, start: number, end: number): void {
		this.#head?.add(chunk, start, end);
	}

	closeFrame(): void {
		this.frameCount++;
		if (this.#frames.length < this.#limits.framesKept) {
			this.#frames.push({
				flags: this.#flags,
				size: this.#size,
				offset: this.#offset,
				role: 'body',
				head: this.#head?.take() ?? noBytes,
			});
		}
	}

	/** The message, with its frames' roles as far as the frames kept tell them. */
	finish(ends: Ends, isBeforeReady: boolean): Finished {
		const {roles, evidence} = describeEnvelope(this.#frames, ends);
		for (const [index, frame] of this.#frames.entries()) {
			frame.role = roles[index] ?? 'body';
		}

		return {
			content: {
				type: 'message',
				frames: this.#frames,
				frameCount: this.frameCount,
				bodySize: this.#bodySize,
				evidence,
			},
			problems: isBeforeReady ? ['A message before the end of the handshake'] : [],
		};
	}

	#headFor(size: number): Head | undefined {
		if (this.#frames.length >= this.#limits.framesKept) {
			return undefined;
		}

		const {headLimit} = this.#limits;
		const limit = Math.min(size, headLimit, (headLimit * headsPerMessage) - this.held);
		if (limit <= 0) {
			return undefined;
		}

		this.held += limit;
		return new Head(limit);
	}
}

/** A unit of one frame that begins with a name: a command, or a sealed frame. */
export class CommandDraft implements Draft {
	readonly id: number;
	readonly at: number;
	readonly family: 'command' | 'sealed';
	received = 0;
	frameCount = 0;
	held = 0;
	#flags = 0;
	#size = 0;
	#head = new Head(0);

	constructor(id: number, at: number, family: 'command' | 'sealed') {
		this.id = id;
		this.at = at;
		this.family = family;
	}

	openFrame(flags: number, size: number): void {
		this.#flags = flags;
		this.#size = size;
		this.held = Math.min(size, commandLimit);
		this.#head = new Head(this.held);
	}

	addBody(chunk: Uint8Array, start: number, end: number): void {
		this.#head.add(chunk, start, end);
	}

	closeFrame(): void {
		this.frameCount++;
	}

	/** What the command says, read by its sender's mechanism. */
	finish(mechanism: string, isReady: boolean, headLimit: number): Finished {
		const body = this.#head.take();
		const {name, content, problems} = this.#read(body, mechanism, isReady);
		return {
			content: {
				...content,
				name,
				flags: this.#flags,
				bodySize: this.#size,
				head: body.length > headLimit ? body.slice(0, headLimit) : body,
			},
			problems,
		};
	}

	#read(body: Uint8Array, mechanism: string, isReady: boolean): ReadCommand {
		// Of a mechanism that is not known not even the names are.
		if (this.family === 'sealed' && mechanism !== 'CURVE') {
			return {name: '', content: {type: 'sealed', boxSize: this.#size}, problems: []};
		}

		const read = readCommand(body, this.#size, mechanism, isReady);
		const isMisplaced = this.family === 'sealed' && read.content.type !== 'sealed';
		return isMisplaced ? {...read, problems: [...read.problems, 'Under CURVE every frame should be a MESSAGE']} : read;
	}
}

/** A message of which nothing but its length is known. */
export class CountedDraft implements Draft {
	readonly id: number;
	readonly at: number;
	readonly family: 'message' | 'sealed';
	readonly held = 0;
	received = 0;
	frameCount = 0;

	constructor(id: number, at: number, family: 'message' | 'sealed') {
		this.id = id;
		this.at = at;
		this.family = family;
	}

	openFrame(): void {
		// Nothing is kept of it.
	}

	addBody(): void {
		// Nothing is kept of it.
	}

	closeFrame(): void {
		this.frameCount++;
	}
}
