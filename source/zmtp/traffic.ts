/**
Everything after the greeting: frames, one after another, made into commands, messages and sealed frames (RFC 23 and 37, "Framing").

Three things may be open at once: the message in progress (between its frames, too), the draft whose frame is passing, and that frame. libzmq sends PING and PONG between the frames of a message when the line is slow, so a command never closes the message around it.
*/
import {
	CommandDraft,
	CountedDraft,
	MessageDraft,
	type Draft,
	type Limits,
} from './drafts.js';
import {type Ends} from './envelope.js';
import {walkFrames, type Tally} from './flood.js';
import {
	command,
	flagsProblem,
	HeaderReader,
	more,
} from './frame-header.js';
import {type Story} from './story.js';
import {
	type Content,
	type FramingReason,
	type Part,
	type Pending,
} from './units.js';

/** What the frames of a direction depend on. */
export type Context = {
	readonly mechanism: string;
	readonly isReady: boolean;
	readonly isCounting: boolean;
	readonly ends: Ends;
	readonly limits: Limits;
	/** The number of the first of so many units that begin. */
	takeIds(count: number): number;
	/** A command has ended: it may say something that the decoder must know for what follows. */
	hear(content: Content): void;
};

/** Reads the frames of one direction until one can't be read. */
export class Traffic {
	/** Whether a frame could not be read: the rest of the direction is opaque. */
	isBroken = false;
	readonly #context: Context;
	readonly #isSealed: boolean;
	readonly #header = new HeaderReader();
	/** Of the body of the present frame. Counted up and not down: a size above 2^53 is not exact, and what is taken off it would be lost. */
	#passed = 0;
	#isInBody = false;
	/** Whose frame is passing. */
	#draft: MessageDraft | CommandDraft | CountedDraft | undefined;
	/** The message in progress. */
	#message: MessageDraft | CountedDraft | undefined;
	/** One for all walks: there may be thousands a second. */
	readonly #tally: Tally = {
		units: 0,
		frames: 0,
		bodyBytes: 0,
		isInside: false,
		unitStart: 0,
		unitFrames: 0,
	};

	constructor(context: Context) {
		this.#context = context;
		// What an unknown mechanism does to frames is unknown; only these two are known to leave them readable (RFC 37, "Wire Analysis").
		this.#isSealed = context.mechanism !== 'NULL' && context.mechanism !== 'PLAIN';
	}

	/** Reads from `start` on; returns where it stopped, which is the end of the chunk unless a frame could not be read. */
	read(chunk: Uint8Array, start: number, story: Story): number {
		let at = start;
		while (at < chunk.length && !this.isBroken) {
			at = this.#isInBody ? this.#readBody(chunk, at, story) : this.#readHeader(chunk, at, story);
		}

		return at;
	}

	pending(): Pending | undefined {
		const draft = this.#draft ?? this.#message;
		return draft && {
			id: draft.id,
			at: draft.at,
			family: draft.family,
			received: draft.received,
			frames: draft.frameCount,
			...(this.#isInBody && {
				frame: {
					flags: this.#header.flags,
					size: this.#header.size,
					received: this.#passed,
				},
			}),
			held: draft.held + (draft === this.#message ? 0 : this.#message?.held ?? 0),
		};
	}

	/** No more will come: what is open ends as it is. */
	end(story: Story): void {
		if (this.#draft !== this.#message) {
			this.#cut(this.#draft, story);
		}

		this.#cut(this.#message, story);
	}

	#readHeader(chunk: Uint8Array, start: number, story: Story): number {
		if (this.#header.isAtStart) {
			const walked = this.#walk(chunk, start, story);
			if (walked > start) {
				return walked;
			}

			const flags = chunk[start] ?? 0;
			const problem = flagsProblem(flags);
			if (problem) {
				return this.#breakOff(problem, this.#message, start, story);
			}

			this.#draft = this.#draftFor(flags, story.base + start, story);
		}

		let at = start;
		while (at < chunk.length && !this.#header.isComplete) {
			const problem = this.#header.accept(chunk[at] ?? 0);
			if (problem) {
				this.#pass('framing', start, at, story);
				return this.#breakOff(problem, this.#draft, at, story);
			}

			at++;
		}

		this.#pass('framing', start, at, story);
		if (this.#header.isComplete) {
			this.#openFrame(story);
		}

		return at;
	}

	#readBody(chunk: Uint8Array, start: number, story: Story): number {
		const end = Math.min(chunk.length, start + this.#header.size - this.#passed);
		this.#draft?.addBody(chunk, start, end);
		this.#pass('body', start, end, story);
		this.#passed += end - start;
		if (this.#passed === this.#header.size) {
			this.#closeFrame(story);
		}

		return end;
	}

	#draftFor(flags: number, at: number, story: Story): MessageDraft | CommandDraft | CountedDraft {
		if ((flags & command) !== 0) {
			return this.#begin(new CommandDraft(this.#context.takeIds(1), at, 'command'), story);
		}

		if (this.#message) {
			return this.#message;
		}

		const family = this.#isSealed ? 'sealed' : 'message';
		if (this.#context.isCounting) {
			this.#message = new CountedDraft(this.#context.takeIds(1), at, family);
			return this.#message;
		}

		if (family === 'sealed') {
			return this.#begin(new CommandDraft(this.#context.takeIds(1), at, family), story);
		}

		this.#message = this.#begin(new MessageDraft(this.#context.takeIds(1), at, this.#limits), story);
		return this.#message;
	}

	#begin<Kind extends Draft>(draft: Kind, story: Story): Kind {
		story.begin(draft.id, draft.at, draft.family);
		return draft;
	}

	/** Before the end of PLAIN's handshake a frame of the wrong kind might hold the password: nothing of it is kept. */
	get #limits(): Limits {
		const {limits} = this.#context;
		return this.#isUnready && this.#context.mechanism === 'PLAIN' ? {...limits, headLimit: 0} : limits;
	}

	get #isUnready(): boolean {
		return !this.#context.isReady;
	}

	#pass(part: Part, start: number, end: number, story: Story): void {
		const draft = this.#draft;
		if (!draft) {
			return;
		}

		draft.received += end - start;
		if (draft instanceof CountedDraft) {
			story.run(start, end);
		} else {
			story.bytes(draft.id, part, start, end);
		}
	}

	#openFrame(story: Story): void {
		this.#draft?.openFrame(this.#header.flags, this.#header.size);
		this.#passed = 0;
		this.#isInBody = this.#header.size > 0;
		if (!this.#isInBody) {
			this.#closeFrame(story);
		}
	}

	#closeFrame(story: Story): void {
		const draft = this.#draft;
		const {flags, size} = this.#header;
		this.#header.reset();
		this.#isInBody = false;
		this.#draft = undefined;
		draft?.closeFrame();
		if (draft instanceof CommandDraft) {
			this.#endCommand(draft, story);
			return;
		}

		const isLast = (flags & more) === 0 || this.#isSealed;
		if (isLast) {
			this.#message = undefined;
		}

		if (draft instanceof CountedDraft) {
			story.count(isLast ? 1 : 0, 1, size);
		} else if (draft && isLast) {
			story.end(draft, draft.finish(this.#context.ends, this.#isUnready));
		}
	}

	#endCommand(draft: CommandDraft, story: Story): void {
		const {mechanism, isReady, limits} = this.#context;
		const finished = draft.finish(mechanism, isReady, limits.headLimit);
		story.end(draft, finished);
		this.#context.hear(finished.content);
	}

	/** Counts whole frames where that is asked for. A message that began as a unit is finished as one first. */
	#walk(chunk: Uint8Array, start: number, story: Story): number {
		const open = this.#message;
		if (!this.#context.isCounting || open instanceof MessageDraft) {
			return start;
		}

		const tally = this.#tally;
		Object.assign(tally, {
			units: 0,
			frames: 0,
			bodyBytes: 0,
			isInside: open !== undefined,
		});
		const end = walkFrames(chunk, start, tally, this.#isSealed);
		if (end > start) {
			story.run(start, end);
			story.count(tally.units, tally.frames, tally.bodyBytes);
			this.#message = this.#openAfterWalk(open, end - start, end, story.base);
		}

		return end;
	}

	/** The message that a walk stopped inside of, and numbers for those that it passed. */
	#openAfterWalk(open: CountedDraft | undefined, walked: number, end: number, base: number): CountedDraft | undefined {
		const {units, frames, isInside, unitStart, unitFrames} = this.#tally;
		const begun = units + (isInside ? 1 : 0) - (open ? 1 : 0);
		const last = this.#context.takeIds(begun) + begun - 1;
		if (!isInside) {
			return undefined;
		}

		const isSame = open !== undefined && units === 0;
		const draft = isSame ? open : new CountedDraft(last, base + unitStart, 'message');
		draft.received += isSame ? walked : end - unitStart;
		draft.frameCount += isSame ? frames : unitFrames;
		return draft;
	}

	/** The byte at `at` can't be read: it ends the unit that it would have belonged to, or is one of its own. */
	#breakOff(reason: FramingReason, owner: Draft | undefined, at: number, story: Story): number {
		const family = owner?.family ?? 'broken';
		let unit = {id: 0, at: story.base + at, received: 1};
		if (!owner || owner instanceof CountedDraft) {
			unit.id = this.#context.takeIds(1);
			story.begin(unit.id, unit.at, 'broken');
		} else {
			unit = {id: owner.id, at: owner.at, received: owner.received + 1};
		}

		story.bytes(unit.id, 'framing', at, at + 1);
		story.end(unit, {
			content: {
				type: 'framing-error',
				reason,
				offset: story.base + at,
				family,
			},
			problems: [],
		});
		if (owner !== this.#message) {
			this.#cut(this.#message, story);
		}

		this.#message = undefined;
		this.#draft = undefined;
		this.isBroken = true;
		return at + 1;
	}

	#cut(draft: Draft | undefined, story: Story): void {
		if (!draft || draft instanceof CountedDraft) {
			return;
		}

		const missing = draft === this.#draft && this.#isInBody ? {missing: this.#header.size - this.#passed} : {};
		story.end(draft, {content: {type: 'cut', family: draft.family, ...missing}, problems: []});
	}
}
