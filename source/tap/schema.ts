/** The lines of `zmq-playground tap --json` for readers outside the compiler's reach: `events.ts` once more, as values. Loaded only for `--json-schema`. */
import {z} from 'zod';
import {type Assignable, type Mutable, type Whole} from '../recording/agreement.js';
import {frame} from '../recording/schema.js';
import {type TapEvent} from './events.js';

const count = z.int().min(0);
const number = z.int().min(1);
const ms = z.number().min(0);
const endpoint = z.string().min(1);
const text = z.string();
const code = z.string().meta({description: 'the system\'s code, such as ECONNREFUSED'});
const side = z.enum(['connector', 'listener']).meta({description: 'who came to the tap, or who listens behind it'});
const way = z.enum(['request', 'reply']);
const evidence = z.enum(['exact', 'inferred']);
const rule = {rule: number, fault: text};
const frames = z.array(frame);
const ways = z.strictObject({request: count, reply: count});
const state = z.enum(['idle', 'awaiting-reply', 'replied']);
const standing = {machines: z.strictObject({connector: state, listener: state}), open: count};
const waiting = {who: text, whom: text, since: ms, count};
const looksLike = z.enum(['http-request', 'http-response', 'http2', 'tls', 'ssh', 'smtp-or-ftp', 'redis', 'amqp', 'mysql', 'telnet', 'text', 'binary']);
const kind = z.enum([
	'greeting',
	'old-greeting',
	'not-zmtp',
	'ready',
	'error',
	'ping',
	'pong',
	'subscribe',
	'cancel',
	'plain-hello',
	'plain-welcome',
	'plain-initiate',
	'curve-hello',
	'curve-welcome',
	'curve-initiate',
	'curve-ready',
	'sealed',
	'unknown-command',
	'message',
	'framing-error',
	'cut',
	'opaque',
]);

const trouble = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal('not-zmtp'), side, looksLike}),
	z.strictObject({type: z.literal('old-zmtp'), side, protocol: z.enum(['zmtp-1.0', 'zmtp-2.0'])}),
	z.strictObject({type: z.literal('framing-error'), side}),
	z.strictObject({type: z.literal('mechanism-mismatch'), connector: text, listener: text}),
	z.strictObject({type: z.literal('socket-mismatch'), connector: text, listener: text}),
	z.strictObject({type: z.literal('hung-up'), side, during: z.enum(['greeting', 'handshake']), mechanism: text.exactOptional(), socketType: text.exactOptional()}),
	z.strictObject({type: z.literal('refused'), side, reason: text}),
]);

const head = <Type extends string>(type: Type) => z.strictObject({
	v: z.literal(1),
	n: number.meta({description: 'counts up from 1'}),
	t: ms.meta({description: 'ms since the epoch, with a fraction'}),
	type: z.literal(type),
});
const ofLink = <Type extends string>(type: Type) => head(type).extend({link: number.meta({description: 'counts the connections of this tap'})});

const event = z.discriminatedUnion('type', [
	head('tap-started').extend({listen: endpoint, upstream: endpoint, seed: z.number(), faults: z.array(z.strictObject(rule))}),
	head('upstream-missing').extend({upstream: endpoint, code}),
	head('upstream-back').extend({upstream: endpoint, attempts: count, ms}),
	head('faults-changed').extend({faults: z.array(z.strictObject(rule))}),
	head('connection-refused').extend(rule),
	head('accept-failed').extend({code}),
	head('units-sampled').extend({count, ms}),
	ofLink('link-opened'),
	ofLink('handshake').extend({connector: text, listener: text, mechanism: text, version: text}),
	ofLink('trouble').extend({trouble, says: text, next: text}),
	ofLink('unit').extend({
		from: side, unit: number, kind, size: count, way: way.exactOptional(), exchange: number.exactOptional(), frames: frames.exactOptional(), frameCount: count.exactOptional(),
		problems: z.array(text).exactOptional(), machines: standing.machines.exactOptional(), open: count.exactOptional(),
	}),
	ofLink('exchange').extend({
		exchange: number, outcome: z.enum(['replied', 'lost']), evidence, since: ms, ms, request: frames, reply: frames.exactOptional(),
		why: z.enum(['fault', 'disconnected']).exactOptional(), way: way.exactOptional(), rule: number.exactOptional(),
	}),
	ofLink('unsolicited').extend({reply: frames}),
	ofLink('link-counted').extend({...standing, asked: count, replied: count, lost: count}),
	ofLink('waiting').extend(waiting),
	ofLink('half-closed').extend({side}),
	ofLink('link-closed').extend({by: z.enum(['connector', 'listener', 'tap']), how: z.enum(['fin', 'rst']), bytes: z.strictObject({connector: count, listener: count})}),
	ofLink('fault-struck').extend({...rule, way: way.exactOptional(), unit: number.exactOptional(), exchange: number.exactOptional()}),
	ofLink('fault-missed').extend({...rule, reason: text}),
	head('summary').extend({
		links: count, refused: count, open: count, messages: ways, sealed: ways, bytes: z.strictObject({connector: count, listener: count}),
		exchanges: z.strictObject({replied: count, lost: count, unsolicited: count, open: count, untimed: count}),
		roundTrips: z.strictObject({count, p50: ms, p95: ms, p99: ms, max: ms}).exactOptional(),
		waiting: z.array(z.strictObject({link: number, ...waiting})), troubles: count, faults: z.array(z.strictObject({...rule, struck: count})),
	}),
]);

/** A line in place of those that nobody has read in time. */
const leftOut = z.strictObject({type: z.literal('left-out'), lines: count});

/** As JSON Schema, draft 7. */
export const tapSchema = z.toJSONSchema(z.union([event, leftOut]).meta({
	title: 'An event of zmq-playground tap', description: 'One line of zmq-playground tap --json; the last one is the summary.',
}), {target: 'draft-7'});

type Read = z.output<typeof event>;

/** If one of these does not compile, this file and `events.ts` say different things. */
export type Agreement = [
	Assignable<Mutable<Read>, Mutable<TapEvent>>,
	Assignable<Mutable<TapEvent>, Mutable<Read>>,
	Assignable<Whole<Read>, Whole<TapEvent>>,
	Assignable<Whole<TapEvent>, Whole<Read>>,
];
