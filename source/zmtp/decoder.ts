/**
The ZMTP decoder: one direction of a connection, chunks in, pieces and "what is pending" out.

Law:
- Pure: no I/O, no clock. It keeps no chunk and changes none.
- It never throws, and what it keeps is bounded, whatever it is fed.
- Every byte belongs to exactly one unit, and the pieces of a chunk cover it in order: whoever forwards every `bytes` and `run` piece forwards the chunk.
- What it says does not depend on how the stream was cut into chunks.

Theory of operation. A direction is a greeting, a handshake and traffic (RFC 37). Three readers follow one another, and each byte is read by one of them:

```
greeting ──3.x──▶ frames ──framing error──▶ opaque
    └──1.0, 2.0, not ZMTP──────────────────────▲
```

A unit begins with its first byte, passes in `bytes` pieces, and ends with its last; only then is it known what it says. So a proxy decides at `unit-begin` (the family is known), holds the bytes if it must look first, and drops, holds or duplicates the pieces of one `id` as a whole: the stream stays well-formed as long as all pieces of an id share one fate. `part` tells the flags and sizes from the bodies. A body is never held; `pending().frame` tells the size of the frame in progress with its first bytes.

```
chunk   │ 01 00 00 05 h e l │ l o 04 05 …
pieces   begin 7 message · framing 7 · body 7 │ body 7 · end 7 · begin 8 command …
```

What the other direction knows comes in by `learn`: its protocol (a 3.x peer falls back for an older one) and its socket type (who talks to whom tells what the frames are for). `connection.ts` does that for two directions.

In `detail: 'count'` messages are walked and counted in `run` pieces and everything else is told as always. The detail may change at any time; a message in progress is finished as it began.
*/
import {greetingSize, judgeGreeting} from './greeting.js';
import {propertyOf} from './metadata.js';
import {Story} from './story.js';
import {Traffic, type Context} from './traffic.js';
import {asciiOf, Head} from './bytes.js';
import {type Limits} from './drafts.js';
import {
	type Content,
	type Facts,
	type Pending,
	type Phase,
	type Piece,
	type Property,
	type WhyOpaque,
} from './units.js';

/** `full`: a unit for everything. `count`: messages are only counted. */
export type Detail = 'full' | 'count';

/** How much is told and kept. */
export type DecoderOptions = Partial<Limits> & {readonly detail?: Detail};

const defaults: Limits = {headLimit: 4096, framesKept: 64};

type Passing = {id: number; at: number; received: number};

/** Decodes one direction of a connection. */
export class Decoder {
	readonly #limits: Limits;
	readonly #context: Context;
	#detail: Detail;
	#position = 0;
	#lastId = 0;
	#facts: Facts = {isReady: false};
	#other: Facts = {isReady: false};
	/** What has come of the greeting; no greeting needs more. */
	readonly #greeting = new Head(greetingSize);
	#traffic: Traffic | undefined;
	/** Set once the bytes are not looked into any more. */
	#why: WhyOpaque | undefined;
	/** The greeting or the opaque rest, while it passes. */
	#passing: Passing | undefined;

	constructor({detail = 'full', ...limits}: DecoderOptions = {}) {
		this.#detail = detail;
		this.#limits = {...defaults, ...limits};
		this.#context = this.#createContext();
	}

	/** What the bytes so far have told about their sender. */
	get facts(): Facts {
		return this.#facts;
	}

	/** Takes the next chunk of the stream and tells what is in it. */
	push(chunk: Uint8Array): readonly Piece[] {
		const story = new Story(this.#position);
		let at = 0;
		while (at < chunk.length) {
			at = this.#read(chunk, at, story);
		}

		this.#position += chunk.length;
		return story.pieces;
	}

	/** No more will come: what is open ends as `cut`, the opaque rest as what it is. */
	end(): readonly Piece[] {
		const story = new Story(this.#position);
		const ended = this.#phase;
		if (this.#why) {
			this.#endPassing({type: 'opaque', why: this.#why}, story);
		} else if (this.#traffic) {
			this.#traffic.end(story);
		} else {
			this.#endGreeting(story);
		}

		this.#traffic = undefined;
		this.#why ??= 'after-end';
		this.#facts = {...this.#facts, ended: this.#facts.ended ?? ended};
		return story.pieces;
	}

	/** The unit that has begun and not ended, if there is one. */
	pending(): Pending | undefined {
		if (this.#passing) {
			return {
				...this.#passing,
				family: this.#why ? 'opaque' : 'greeting',
				frames: 0,
				held: this.#why ? 0 : this.#greeting.length,
			};
		}

		return this.#traffic?.pending();
	}

	/** Hands in what the other direction of the connection has told. */
	learn(other: Facts): void {
		this.#other = other;
	}

	setDetail(detail: Detail): void {
		this.#detail = detail;
	}

	get #phase(): Phase {
		if (this.#why) {
			return 'opaque';
		}

		if (!this.#traffic) {
			return 'greeting';
		}

		return this.#facts.isReady ? 'traffic' : 'handshake';
	}

	#createContext(): Context {
		const facts = () => this.#facts;
		const ends = () => ({from: this.#facts.socketType, to: this.#other.socketType});
		const isCounting = () => this.#detail === 'count';
		return {
			get mechanism() {
				return facts().mechanism ?? '';
			},
			get isReady() {
				return facts().isReady;
			},
			get isCounting() {
				return isCounting();
			},
			get ends() {
				return ends();
			},
			limits: this.#limits,
			takeIds: count => this.#takeIds(count),
			hear: content => {
				this.#hear(content);
			},
		};
	}

	#takeIds(count: number): number {
		const first = this.#lastId + 1;
		this.#lastId += count;
		return first;
	}

	#read(chunk: Uint8Array, start: number, story: Story): number {
		if (this.#why) {
			this.#pass('body', start, chunk.length, story);
			return chunk.length;
		}

		if (!this.#traffic) {
			return this.#readGreeting(chunk, start, story);
		}

		const end = this.#traffic.read(chunk, start, story);
		if (this.#traffic.isBroken) {
			this.#becomeOpaque('framing-error');
		}

		return end;
	}

	#readGreeting(chunk: Uint8Array, start: number, story: Story): number {
		// The other direction may have told meanwhile that no more of the greeting will come.
		if (this.#judge(false, story)) {
			return start;
		}

		let at = start;
		do {
			this.#greeting.add(chunk, at, at + 1);
			this.#pass('framing', at, at + 1, story);
			at++;
		} while (!this.#judge(false, story) && at < chunk.length);

		return at;
	}

	/** Ends the greeting if it can be told what it is. */
	#judge(isWhole: boolean, story: Story): boolean {
		const verdict = judgeGreeting(this.#greeting.take(), this.#other.protocol, isWhole);
		if (!verdict) {
			return false;
		}

		const {content} = verdict;
		this.#endPassing(content, story, verdict.problems);
		switch (content.type) {
			case 'greeting': {
				const {version, mechanism, asServer} = content;
				this.#facts = {
					...this.#facts,
					protocol: 'zmtp-3',
					version,
					mechanism,
					asServer,
				};
				this.#traffic = new Traffic(this.#context);
				break;
			}

			case 'old-greeting': {
				const {protocol, socketType} = content;
				this.#facts = {...this.#facts, protocol, ...(socketType && {socketType})};
				this.#becomeOpaque(protocol);
				break;
			}

			case 'not-zmtp': {
				this.#facts = {...this.#facts, protocol: content.type, looksLike: content.looksLike};
				this.#becomeOpaque(content.type);
				break;
			}
		}

		return true;
	}

	#endGreeting(story: Story): void {
		if (this.#judge(true, story)) {
			return;
		}

		const missing = this.#greeting.length < 10 ? {} : {missing: greetingSize - this.#greeting.length};
		this.#endPassing({type: 'cut', family: 'greeting', ...missing}, story);
	}

	#becomeOpaque(why: Exclude<WhyOpaque, 'after-end'>): void {
		this.#traffic = undefined;
		this.#why = why;
		this.#facts = {...this.#facts, opaque: why};
	}

	#pass(part: 'framing' | 'body', start: number, end: number, story: Story): void {
		if (!this.#passing) {
			this.#passing = {id: this.#takeIds(1), at: story.base + start, received: 0};
			story.begin(this.#passing.id, this.#passing.at, this.#why ? 'opaque' : 'greeting');
		}

		this.#passing.received += end - start;
		story.bytes(this.#passing.id, part, start, end);
	}

	#endPassing(content: Content, story: Story, problems: readonly string[] = []): void {
		if (!this.#passing) {
			return;
		}

		story.end(this.#passing, {content, problems});
		this.#passing = undefined;
	}

	/** Notes what a command tells about its sender. READY and INITIATE are the last word of a handshake. */
	#hear(content: Content): void {
		switch (content.type) {
			case 'ready':
			case 'plain-initiate': {
				this.#facts = {...this.#facts, ...factsOf(content.properties), isReady: true};
				break;
			}

			case 'curve-ready':
			case 'curve-initiate': {
				this.#facts = {...this.#facts, isReady: true};
				break;
			}

			case 'error': {
				this.#facts = {...this.#facts, error: content.reason};
				break;
			}

			default:
		}
	}
}

function factsOf(properties: readonly Property[]): Partial<Facts> {
	const socketType = propertyOf(properties, 'Socket-Type');
	const identity = propertyOf(properties, 'Identity');
	return {
		properties,
		...(socketType && {socketType: asciiOf(socketType)}),
		...(identity && {identity}),
	};
}
