/**
One connection as a conversation: who asks, who answers, what is open.

Law:
- Pure: units and times come in, facts go out. Memory is bounded, whatever passes.
- A machine moves only when a message has really been passed on to that side; what the tap itself took away is an exchange that is lost.
- The k-th reply answers the k-th unanswered request (design.md, "What we know, and how"), or the envelope tells: a request id (correlate) or routing ids in front of the delimiter (RFC 28).

The machines are inferred from the wire: a request that has reached a server may still lie in its queue.
*/
import {frameOf, type Frame} from '../core/frames.js';
import {type State} from '../core/machines.js';
import {type Connection, type Side} from '../zmtp/connection.js';
import {type Evidence, type Frame as WireFrame, type Unit, type UnitOf} from '../zmtp/units.js';
import {type LaneCounts, type LaneFact, type Standing, type Waiting, type Way} from './events.js';
import {explain} from './remedies.js';
import {type RoundTrips} from './round-trips.js';

/** Whether a message came through the tap. */
export type Fate = 'passed' | 'taken';

type Open = {readonly number: number; readonly envelope: string; readonly since: number; readonly request: UnitOf<'message'>; readonly evidence: Evidence};

/** What became of a unit, by which rule if a fault took it, and whether anybody will read what is said of it: words are made only then. */
export type Hearing = {readonly fate?: Fate; readonly isTold?: boolean; readonly rule?: number | undefined};

/** A DEALER may ask without end and never be answered: beyond so many the oldest are forgotten (and counted). */
const openLimit = 2000;

const otherSide = {connector: 'listener', listener: 'connector'} as const;

/** Follows one connection. `roundTrips` is shared by all lanes of a tap. */
export class Lane {
	readonly messages: Record<Way, number> = {request: 0, reply: 0};
	/** Encrypted frames: parts of messages, whole ones or heartbeats, which nobody on the way can tell apart. */
	readonly sealed: Record<Way, number> = {request: 0, reply: 0};
	replied = 0;
	lost = 0;
	unsolicited = 0;
	/** Replies whose request was not told one by one: answered, and not timed. */
	untimed = 0;
	#open: Open[] = [];
	#forgotten = 0;
	/** Requests that were only counted and are still to be answered; their replies come before any other. */
	#sampled = 0;
	#machines: Record<'client' | 'server', State> = {client: 'idle', server: 'idle'};
	#awaitingSince = 0;
	#hasShakenHands = false;
	#troubleType: string | undefined;
	readonly #connection: Connection;
	readonly #roundTrips: RoundTrips;

	constructor(connection: Connection, roundTrips: RoundTrips) {
		this.#connection = connection;
		this.#roundTrips = roundTrips;
	}

	/** The side that asks: a REQ, or a DEALER; between equals, and while the types are hidden, the one that connected. */
	get client(): Side {
		const {connector, listener} = this.#types;
		const asks = (type: string | undefined, other: string | undefined): boolean => type === 'REQ' || (type === 'DEALER' && other !== 'REQ' && other !== 'DEALER');
		return asks(listener, connector) || (connector === 'REP' && listener !== undefined) ? 'listener' : 'connector';
	}

	wayFrom(side: Side): Way {
		return side === this.client ? 'request' : 'reply';
	}

	/** What each side's machine must be in, as far as the wire tells. */
	machineOf(side: Side): State {
		return this.#machines[side === this.client ? 'client' : 'server'];
	}

	get openCount(): number {
		return this.#open.length + this.#forgotten + this.#sampled;
	}

	/** Who waits, if anybody does. */
	waiting(link: number): Waiting | undefined {
		const isAwaiting = this.#machines.client === 'awaiting-reply' && this.#connection.facts(this.client).ended === undefined;
		if (!isAwaiting) {
			return undefined;
		}

		return {
			link,
			who: this.nameOf(this.client),
			whom: this.nameOf(otherSide[this.client]),
			since: this.#open[0]?.since ?? this.#awaitingSince,
			count: Math.max(1, this.openCount),
		};
	}

	/** A side in a word: its socket type, or whether it connected or listens. */
	nameOf(side: Side): string {
		return this.#types[side] ?? side;
	}

	/** Which exchange a message belongs to that has only begun, or whose unit is at hand: undefined where that can't be told yet. */
	exchangeOf(way: Way, unit?: Unit): number | undefined {
		if (!this.#isConversation) {
			return undefined;
		}

		if (way === 'request') {
			return this.messages.request + 1;
		}

		const [first] = this.#open;
		if (this.#sampled + this.#forgotten > 0 || !first) {
			return undefined;
		}

		if (unit?.type === 'message') {
			const envelope = envelopeOf(unit);
			return this.#open.find(each => each.envelope === envelope)?.number;
		}

		return this.#open.every(({envelope}) => envelope === '') || this.#open.length === 1 ? first.number : undefined;
	}

	/** A unit has ended; `t` in ms since the epoch. */
	hear(from: Side, unit: Unit, t: number, {fate = 'passed', isTold = true, rule}: Hearing = {}): readonly LaneFact[] {
		const isMessage = unit.type === 'message';
		const way = this.wayFrom(from);
		const news = !isMessage || !this.#hasShakenHands ? this.look() : [];
		if (!isMessage || !this.#isConversation) {
			this.#countOne(unit, way);
			return isTold ? [this.#unitFact(from, unit), ...news] : news;
		}

		// To which request it belongs is told by what is open before it, and the machines by what is open after it.
		const exchange = this.exchangeOf(way, unit);
		const outcome = way === 'request' ? this.#ask(unit, t, fate) : this.#answer(unit, t, fate);
		return isTold
			? [{...this.#unitFact(from, unit), ...(exchange !== undefined && {exchange}), ...this.standing}, ...news, ...(outcome ? [factOf(outcome, rule)] : [])]
			: news;
	}

	/** What the two have agreed on; undefined before their greetings, and where they differ. */
	get mechanism(): string | undefined {
		const {mechanism} = this.#connection.facts('connector');
		return mechanism === this.#connection.facts('listener').mechanism ? mechanism : undefined;
	}

	/** Where both sides are in the pattern, and how many requests are unanswered. */
	get standing(): Standing {
		return {machines: {connector: this.machineOf('connector'), listener: this.machineOf('listener')}, open: this.openCount};
	}

	/** What has passed in all, for whoever could not be told each of it; nothing where there is no conversation to be seen. */
	get counts(): LaneCounts | undefined {
		return this.#isConversation ? {...this.standing, asked: this.messages.request, replied: this.replied, lost: this.lost} : undefined;
	}

	/** So many messages, or sealed frames, passed that were only counted. */
	count(from: Side, messages: number): void {
		const way = this.wayFrom(from);
		const isSealed = this.sealed.request + this.sealed.reply > 0;
		(isSealed ? this.sealed : this.messages)[way] += messages;
		if (!this.#isConversation || messages === 0) {
			return;
		}

		// What was open is answered first; which of it can't be told any more.
		this.#sampled += this.#open.length + this.#forgotten;
		this.#open = [];
		this.#forgotten = 0;
		if (way === 'request') {
			this.#sampled += messages;
		} else {
			const answered = Math.min(this.#sampled, messages);
			this.#sampled -= answered;
			this.replied += answered;
			this.untimed += answered;
			this.unsolicited += messages - answered;
		}

		this.#setMachines();
	}

	/** What the handshake has come to, or what stands in its way, if that is news. */
	look(): readonly LaneFact[] {
		const facts: LaneFact[] = [];
		const connector = this.#connection.facts('connector');
		if (!this.#hasShakenHands && connector.isReady && this.#connection.facts('listener').isReady) {
			this.#hasShakenHands = true;
			const {version, mechanism = ''} = connector;
			const hidden = mechanism === 'NULL' || mechanism === 'PLAIN' ? '?' : 'hidden';
			facts.push({
				type: 'handshake', connector: this.#types.connector ?? hidden, listener: this.#types.listener ?? hidden, mechanism, version: version ? `${version.major}.${version.minor}` : '3',
			});
		}

		const {trouble} = this.#connection;
		if (trouble && trouble.type !== this.#troubleType) {
			this.#troubleType = trouble.type;
			facts.push({type: 'trouble', trouble, ...explain(trouble)});
		}

		return facts;
	}

	/** The connection is over: what is open can't be answered on it any more. */
	end(t: number): readonly LaneFact[] {
		const lost = this.#open;
		this.lost += this.openCount;
		this.#open = [];
		this.#forgotten = 0;
		this.#sampled = 0;
		return [...this.look(), ...lost.map(open => factOf({outcome: 'lost', why: 'disconnected', open, t}))];
	}

	#countOne(unit: Unit, way: Way): void {
		if (unit.type === 'message') {
			this.messages[way]++;
		} else if (unit.type === 'sealed') {
			this.sealed[way]++;
		}
	}

	#unitFact(from: Side, unit: Unit): LaneFact {
		return {
			type: 'unit', from, unit: unit.id, kind: unit.type, size: unit.size,
			...(unit.type === 'message' && {way: this.wayFrom(from), frames: unit.frames.map(frame => framesOf(frame)), frameCount: unit.frameCount}),
			...(unit.problems.length > 0 && {problems: unit.problems}),
		};
	}

	get #types(): Readonly<Record<Side, string | undefined>> {
		return {connector: this.#connection.facts('connector').socketType, listener: this.#connection.facts('listener').socketType};
	}

	get #isConversation(): boolean {
		const {connector, listener} = this.#types;
		return conversing.has(connector ?? '') && conversing.has(listener ?? '');
	}

	#ask(request: UnitOf<'message'>, t: number, fate: Fate): Ended | undefined {
		this.messages.request++;
		const open: Open = {number: this.messages.request, envelope: envelopeOf(request), since: t, request, evidence: this.#evidence(request)};
		if (this.#machines.client !== 'awaiting-reply') {
			this.#awaitingSince = t;
		}

		this.#machines.client = 'awaiting-reply';
		if (fate === 'taken') {
			this.lost++;
			return {outcome: 'lost', why: 'fault', way: 'request', open, t};
		}

		this.#machines.server = 'awaiting-reply';
		this.#open.push(open);
		if (this.#open.length > openLimit) {
			this.#open.shift();
			this.#forgotten++;
		}

		return undefined;
	}

	#answer(reply: UnitOf<'message'>, t: number, fate: Fate): Ended | undefined {
		this.messages.reply++;
		if (this.#sampled + this.#forgotten > 0) {
			this.#countOff();
			this.#setMachines();
			return undefined;
		}

		const envelope = envelopeOf(reply);
		const index = this.#open.findIndex(each => each.envelope === envelope);
		const [open] = index === -1 ? [] : this.#open.splice(index, 1);
		if (!open) {
			this.unsolicited++;
			return {outcome: 'unsolicited', reply, t};
		}

		this.#machines.server = this.#open.length > 0 ? 'awaiting-reply' : 'replied';
		if (fate === 'taken') {
			this.lost++;
			return {outcome: 'lost', why: 'fault', way: 'reply', open, t};
		}

		this.#machines.client = this.#open.length > 0 ? 'awaiting-reply' : 'replied';
		this.replied++;
		this.#roundTrips.add(t - open.since);
		return {outcome: 'replied', open, reply, t};
	}

	#countOff(): void {
		if (this.#sampled > 0) {
			this.#sampled--;
		} else {
			this.#forgotten--;
		}

		this.replied++;
		this.untimed++;
	}

	#setMachines(): void {
		const machine = this.openCount > 0 ? 'awaiting-reply' : 'replied';
		this.#machines = {client: machine, server: machine};
	}

	/** Between DEALER and ROUTER nothing forces the replies into the order of the requests. */
	#evidence(unit: UnitOf<'message'>): Evidence {
		const {connector = '', listener = ''} = this.#types;
		return [connector, listener].some(type => type === 'REQ' || type === 'REP') ? 'exact' : (envelopeOf(unit) === '' ? 'inferred' : unit.evidence);
	}
}

const conversing = new Set(['REQ', 'REP', 'DEALER', 'ROUTER']);

/** What a message has brought to an end, before it is put into words. */
type Ended =
	| {readonly outcome: 'replied'; readonly open: Open; readonly reply: UnitOf<'message'>; readonly t: number}
	| {readonly outcome: 'lost'; readonly why: 'fault' | 'disconnected'; readonly way?: Way; readonly open: Open; readonly t: number}
	| {readonly outcome: 'unsolicited'; readonly reply: UnitOf<'message'>; readonly t: number};

function factOf(ended: Ended, rule?: number): LaneFact {
	if (ended.outcome === 'unsolicited') {
		return {type: 'unsolicited', reply: bodyOf(ended.reply)};
	}

	const {number, since, request, evidence} = ended.open;
	return {
		type: 'exchange', exchange: number, outcome: ended.outcome, evidence, since, ms: Number((ended.t - since).toFixed(3)), request: bodyOf(request),
		...(ended.outcome === 'replied' ? {reply: bodyOf(ended.reply)} : {why: ended.why, ...(ended.way && {way: ended.way}), ...(ended.why === 'fault' && rule !== undefined && {rule})}),
	};
}

/** What a reply must repeat: the frames in front of the delimiter. */
const envelopeOf = ({frames}: UnitOf<'message'>): string =>
	frames.some(({role}) => role === 'delimiter') ? frames.filter(({role}) => role === 'routing-id' || role === 'request-id').map(({head}) => String.fromCodePoint(...head)).join('|') : '';

const bodyOf = ({frames}: UnitOf<'message'>): readonly Frame[] => frames.filter(({role}) => role === 'body').map(frame => framesOf(frame));

/** A frame as the journal has it. One byte less of a cut one: so a torn character is seen as torn, and not as no text. */
const framesOf = ({head, size}: WireFrame): Frame => ({...frameOf(head, head.length < size ? head.length - 1 : head.length), size});
