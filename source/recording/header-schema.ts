/**
The header of a recording as values: what the schema of events is for events.

Law: a header that was ever written must be read for ever. A field that is added to the snapshot needs a default here.
*/
import {z} from 'zod';
import {type Assignable, type Whole} from './agreement.js';
import {recordingVersion, type Known} from './header.js';
import {hop, option, peerRole, side, socketType} from './schema.js';

const text = z.string();
const number = z.number();
const names = z.array(text);
const state = z.enum(['idle', 'awaiting-reply', 'replied']);
const outcome = z.enum(['pending', 'replied', 'timed-out', 'lost', 'mismatched', 'abandoned']);

const link = z.strictObject({
	endpoint: text,
	direction: z.enum(['bind', 'connect']),
	status: z.enum(['listening', 'connecting', 'connected', 'retrying', 'failed', 'closed']),
	since: number,
	connections: number,
	handshaking: number,
	tries: number,
	code: text.exactOptional(),
	insteadOf: text.exactOptional(),
	deafSince: number.exactOptional(),
});

const waiting = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal('delay'), since: number, ms: number}),
	z.strictObject({type: z.literal('hold'), since: number}),
	z.strictObject({type: z.literal('back-off'), since: number, ms: number}),
]);

const exchange = z.strictObject({
	id: number,
	client: text,
	sent: number,
	sentAt: number,
	body: text,
	outcome,
	server: text.exactOptional(),
	arrived: number.exactOptional(),
	answered: number.exactOptional(),
	closed: number.exactOptional(),
	closedAt: number.exactOptional(),
	evidence: z.enum(['exact', 'inferred', 'unknown']),
	hop: z.strictObject({broker: text, place: z.enum(['queued', 'passed', 'returned']), since: number, holders: names.exactOptional(), gone: text.exactOptional()}).exactOptional(),
	recovery: text.exactOptional(),
});

const route = z.strictObject({up: names, cut: z.array(z.strictObject({endpoint: text, t: number}))});

const broker = z.strictObject({
	sides: z.partialRecord(side, text),
	waiting: number,
	requests: number,
	replies: number,
	dropped: number,
	requestsDropped: number.default(0),
	workers: z.array(z.strictObject({id: text, isReady: z.boolean(), since: number})),
	lost: number,
});

// JSON has no undefined: a state that is not there is a closed socket's.
const closable = state.optional();

const peer = z.strictObject({
	name: text,
	role: peerRole,
	socketType,
	options: z.partialRecord(option, text),
	state: closable,
	since: number,
	moved: z.strictObject({from: closable, n: number, t: number}).exactOptional(),
	closedHow: z.enum(['close', 'crash', 'end', 'retry']).exactOptional(),
	links: z.array(link),
	waiting: waiting.exactOptional(),
	parked: z.strictObject({send: number.exactOptional(), receive: number.exactOptional()}).exactOptional(),
	lastOutcome: outcome.exactOptional(),
	lastExchange: exchange.exactOptional(),
	route: route.exactOptional(),
	broker: broker.exactOptional(),
	sockets: number,
	replies: number,
});

const debt = z.strictObject({request: number, since: number, askers: names, exchange: number.exactOptional(), gone: text.exactOptional()});
const lostOnWire = z.strictObject({what: z.enum(['request', 'reply', 'connection']), rule: number.exactOptional(), to: text.exactOptional()});
const loss = z.strictObject({exchange: number, t: number, server: text.exactOptional(), workers: names.exactOptional(), onWire: lostOnWire.exactOptional()});
const unclear = z.strictObject({isBlurred: z.literal(true).exactOptional(), request: number, answered: number.exactOptional(), askers: names});

const end = z.strictObject({lost: lostOnWire.exactOptional()}).exactOptional();
const wire = z.strictObject({
	early: z.array(z.strictObject({place: text, end})),
	unseen: z.array(number),
	pairs: z.record(text, number),
	replies: z.array(number),
	isUnsure: z.boolean(),
	struck: z.strictObject({exchange: number, way: z.enum(['request', 'reply']), rule: number}).exactOptional(),
});

const strike = z.strictObject({n: number, peer: text, link: number.exactOptional(), way: z.enum(['request', 'reply']).exactOptional(), exchange: number.exactOptional()});
const tap = z.strictObject({
	isOn: z.boolean(),
	taps: z.array(z.strictObject({peer: text, to: text, via: text, open: z.array(number)})),
	faults: z.array(z.strictObject({rule: number, fault: text, struck: number, last: strike.exactOptional(), missed: text.exactOptional()})),
});

const machine = z.enum(['idle', 'awaiting-reply', 'replied']);
const wireSide = z.enum(['connector', 'listener']);
const ways = z.strictObject({request: number, reply: number});
const lane = z.strictObject({
	link: number,
	since: number,
	ends: z.strictObject({connector: text, listener: text}).exactOptional(),
	mechanism: text.exactOptional(),
	trouble: z.strictObject({says: text, next: text}).exactOptional(),
	machines: z.strictObject({connector: machine, listener: machine}),
	asker: wireSide,
	open: number,
	awaitingSince: number.exactOptional(),
	asked: number,
	replied: number,
	lost: number,
	sealed: number,
	last: number.exactOptional(),
	lastMs: number.exactOptional(),
	closed: z.strictObject({t: number, by: z.enum(['connector', 'listener', 'tap']), how: z.enum(['fin', 'rst'])}).exactOptional(),
});
const lanes = z.strictObject({
	open: z.array(lane),
	past: z.array(lane),
	figures: z.strictObject({
		links: number, open: number, refused: number, messages: ways, sealed: ways, bytes: z.strictObject({connector: number, listener: number}),
		exchanges: z.strictObject({replied: number, lost: number, unsolicited: number, open: number, untimed: number}),
		roundTrips: z.strictObject({count: number, p50: number, p95: number, p99: number, max: number}).exactOptional(),
	}).exactOptional(),
	missing: z.strictObject({code: text, since: number}).exactOptional(),
});

const snapshot = z.strictObject({
	n: z.int().min(1),
	t: number,
	beganAt: number,
	scene: text,
	seed: number,
	versions: z.record(text, text),
	peers: z.record(text, peer),
	exchanges: z.strictObject({
		open: z.record(text, exchange),
		debts: z.record(text, debt),
		strays: z.record(text, number),
		overdue: z.record(text, number).exactOptional(),
		misdirected: z.record(text, number).exactOptional(),
		wire: z.record(text, wire),
		unclear: z.record(text, unclear),
		losses: z.record(text, loss),
		ids: z.record(text, text).exactOptional(),
		tally: z.strictObject({
			asked: number, pending: number, replied: number, 'timed-out': number, lost: number, mismatched: number, abandoned: number, late: number,
		}),
		settled: exchange.exactOptional(),
		settledToo: z.array(exchange).exactOptional(),
	}),
	tap,
	lanes: lanes.exactOptional(),
	steps: z.array(z.strictObject({peer: text, operation: z.enum(['send', 'receive']), side: side.exactOptional(), frames: hop.exactOptional(), worker: text.exactOptional()})).exactOptional(),
	ended: z.strictObject({reason: text.exactOptional()}).exactOptional(),
	recording: text.exactOptional(),
});

/** Reads the first line of a recording. */
export const headerSchema = z.strictObject({
	type: z.literal('recording'),
	version: z.literal(recordingVersion),
	at: number,
	versions: z.record(text, text),
	seed: number,
	scene: text,
	before: snapshot.exactOptional(),
});

/** If one of these does not compile, this file and `core/snapshot.ts` say different things. */
export type Agreement = [
	Assignable<Whole<z.output<typeof snapshot>>, Whole<Known>>,
	Assignable<Whole<Known>, Whole<z.output<typeof snapshot>>>,
];
