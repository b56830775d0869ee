/**
The union of events for readers outside the compiler's reach: recordings from elsewhere, and whoever reads `--json`.

Law: this is `core/events.ts` once more, as values. The compiler holds the two in agreement both ways, at the end of this file.
Loaded only when it is needed: nothing that shows a first frame may import it.
*/
import {z} from 'zod';
import {eventVersion, type Event} from '../core/events.js';
import {type Assignable, type Mutable, type Whole} from './agreement.js';

const peer = z.string().min(1);
const endpoint = z.string().min(1);
const code = z.string().meta({description: 'libzmq\'s own code, such as EFSM'});
const text = z.string();
const duration = z.number().min(0);
const count = z.int().min(0);
const operation = z.enum(['send', 'receive']);

const size = count.meta({description: 'bytes on the wire, whatever was cut here'});
export const frame = z.union([z.strictObject({text, size}), z.strictObject({base64: z.base64(), size})]).meta({
	id: 'frame', description: 'text where the bytes are valid UTF-8, base64 where not; cut to a limit with the true size kept',
});
const frames = z.array(frame);
const role = z.enum(['routing-id', 'request-id', 'delimiter', 'body']);
export const hop = z.array(z.union([z.strictObject({role, text, size}), z.strictObject({role, base64: z.base64(), size})])).meta({id: 'hop', description: 'a message inside a broker: its frames, each with what it is for'});
export const side = z.enum(['frontend', 'backend']);
export const peerRole = z.enum(['client', 'server', 'broker']);
export const socketType = z.enum(['REQ', 'REP', 'DEALER', 'ROUTER+DEALER', 'ROUTER+ROUTER']);

export const option = z.enum(['delay', 'delay-once', 'reply-with', 'service', 'hold', 'timeout', 'every', 'recover', 'id', 'process', 'policy', 'handover', 'immediate', 'heartbeat', 'linger', 'hwm', 'curve', 'public-key', 'allow']);
const options = z.partialRecord(option, text).meta({id: 'options'});

/** What every event has, and its type. */
const head = <Type extends string>(type: Type) => z.strictObject({
	v: z.literal(eventVersion),
	n: z.int().min(1).meta({description: 'counts up from 1'}),
	t: z.number().min(0).meta({description: 'ms since the epoch, with a fraction'}),
	type: z.literal(type),
});
const ofPeer = <Type extends string>(type: Type) => head(type).extend({peer});
const atEndpoint = <Type extends string>(type: Type) => ofPeer(type).extend({endpoint});

const lab = [
	head('lab-started').extend({seed: z.number(), scene: text, versions: z.record(z.string(), text), continues: z.literal(true).exactOptional()}),
	head('command').extend({text, from: z.enum(['keys', 'pipe', 'flag', 'every', 'script'])}),
	head('command-done').extend({command: z.int().min(1).meta({description: 'the number of the command event: it is done or refused, and what it set going may still be pending'})}),
	head('command-failed').extend({text, reason: text, next: text, code: code.exactOptional(), peer: peer.exactOptional()}),
	head('lab-ended').extend({reason: text.exactOptional()}),
	head('recording-started').extend({file: text}),
	head('recording-stopped').extend({file: text, reason: text.exactOptional(), next: text.exactOptional(), code: code.exactOptional()}),
] as const;

const life = [
	ofPeer('peer-added').extend({role: peerRole, socketType, options}),
	ofPeer('peer-removed'),
	ofPeer('peer-opened').extend({socketType: socketType.exactOptional()}),
	ofPeer('peer-closed').extend({how: z.enum(['close', 'crash', 'end', 'retry'])}),
	ofPeer('option-changed').extend({option, value: text}),
	atEndpoint('bound').extend({insteadOf: endpoint.exactOptional(), side: side.exactOptional()}),
	atEndpoint('unbound'),
	atEndpoint('connecting'),
	atEndpoint('disconnecting'),
] as const;

const envelope = z.int().min(1).meta({description: 'so many frames stand before the body because the program has put them there'});

const operations = [
	ofPeer('sent').extend({frames, attempt: z.int().min(2).exactOptional(), envelope: envelope.exactOptional()}),
	ofPeer('received').extend({frames, envelope: envelope.exactOptional()}),
	ofPeer('ready').extend({frames}),
	ofPeer('refused').extend({operation, code, errno: z.int(), frames: frames.exactOptional()}),
	ofPeer('parked').extend({operation, frames: frames.exactOptional()}),
	ofPeer('unparked').extend({operation}),
	ofPeer('timed-out').extend({afterMs: duration, tries: z.int().min(1).exactOptional()}),
	ofPeer('attempt-failed').extend({attempt: z.int().min(1), of: z.int().min(1), afterMs: duration, pauseMs: duration.exactOptional()}),
] as const;

const service = [
	ofPeer('delay-started').extend({ms: duration}),
	ofPeer('delay-ended'),
	ofPeer('held'),
	ofPeer('released'),
] as const;

const connection = [
	atEndpoint('listening'),
	atEndpoint('bind-failed').extend({code}),
	atEndpoint('connect-delayed'),
	atEndpoint('accepted'),
	atEndpoint('accept-failed').extend({code}),
	atEndpoint('connected'),
	atEndpoint('handshake-done'),
	atEndpoint('handshake-failed').extend({kind: z.enum(['other', 'protocol', 'auth']), code}),
	atEndpoint('disconnected'),
	atEndpoint('retrying').extend({count, since: z.number().min(0), code: code.exactOptional()}),
	atEndpoint('stopped-listening'),
] as const;

const worker = text.meta({description: 'the routing id of a worker, made visible'});
const waiting = count.meta({description: 'how many requests the broker holds after that'});

/** What passes through a broker: of the one in a lab, and of one that runs apart. */
export const passing = {
	forwarded: {from: side, frames: hop, waiting, worker: worker.exactOptional()},
	queued: {frames: hop, waiting},
	dropped: {frames: hop, code: code.exactOptional()},
	'request-dropped': {frames: hop, workers: z.array(worker)},
	'worker-ready': {worker},
	'worker-lost': {worker, waiting, code: code.exactOptional(), afterMs: duration.exactOptional(), frames: hop.exactOptional()},
} as const;

const broking = [
	ofPeer('forwarded').extend(passing.forwarded),
	ofPeer('queued').extend(passing.queued),
	ofPeer('dropped').extend(passing.dropped),
	ofPeer('request-dropped').extend(passing['request-dropped']),
	ofPeer('worker-ready').extend(passing['worker-ready']),
	ofPeer('worker-lost').extend(passing['worker-lost']),
] as const;

const onTap = <Type extends string>(type: Type) => ofPeer(type).extend({to: endpoint});
const onLink = <Type extends string>(type: Type) => onTap(type).extend({link: z.int().min(1)});
const number = z.int().min(1);
const rule = {rule: number, fault: text};
const way = z.enum(['request', 'reply']);
const ways = z.strictObject({request: count, reply: count});
const machine = z.enum(['idle', 'awaiting-reply', 'replied']);
const machines = z.strictObject({connector: machine, listener: machine}).meta({description: 'where each side must be, as far as the wire tells'});
const unitField = z.strictObject({name: text, offset: count, length: count, value: text.exactOptional(), isHidden: z.literal(true).exactOptional()});

const wire = [
	head('tap-switched').extend({isOn: z.boolean()}),
	onTap('tap-opened').extend({via: endpoint}),
	onTap('tap-closed'),
	onTap('tap-failed').extend({reason: text}),
	onTap('upstream-missing').extend({code}),
	onTap('upstream-back').extend({attempts: count, ms: duration}),
	onLink('link-opened'),
	onLink('link-half-closed').extend({side: z.enum(['connector', 'listener'])}),
	onLink('link-closed').extend({by: z.enum(['connector', 'listener', 'tap']), how: z.enum(['fin', 'rst'])}),
	onLink('unit').extend({
		from: z.enum(['connector', 'listener']), way: way.exactOptional(), unit: number, kind: text, size: count, bytes: z.base64(), fields: z.array(unitField),
		exchange: number.exactOptional(), isTaken: z.literal(true).exactOptional(), rule: number.exactOptional(),
		machines: machines.exactOptional(), open: count.exactOptional(),
	}),
	onLink('link-handshake').extend({connector: text, listener: text, mechanism: text, version: text}),
	onLink('link-trouble').extend({says: text, next: text}),
	onLink('link-counted').extend({machines, open: count, asked: count, replied: count, lost: count}),
	onTap('tap-figures').extend({
		links: count, open: count, refused: count, messages: ways, sealed: ways, bytes: z.strictObject({connector: count, listener: count}),
		exchanges: z.strictObject({replied: count, lost: count, unsolicited: count, open: count, untimed: count}),
		roundTrips: z.strictObject({count, p50: duration, p95: duration, p99: duration, max: duration}).exactOptional(),
	}),
	onLink('exchange-seen').extend({
		exchange: number, outcome: z.enum(['replied', 'lost']), evidence: z.enum(['exact', 'inferred']), ms: duration,
		why: z.enum(['fault', 'disconnected']).exactOptional(), way: way.exactOptional(), rule: number.exactOptional(),
	}),
	onTap('units-sampled').extend({count, ms: duration}),
	head('fault-set').extend(rule),
	head('fault-lifted').extend(rule),
	onTap('fault-struck').extend({...rule, link: number.exactOptional(), way: way.exactOptional(), unit: number.exactOptional(), exchange: number.exactOptional()}),
	onLink('fault-missed').extend({...rule, reason: text}),
] as const;

const security = [
	ofPeer('zap-request').extend({
		address: text,
		key: text.meta({description: 'the client\'s public key, as Z85'}),
		client: peer.exactOptional(),
		verdict: z.enum(['allowed', 'denied']),
	}),
] as const;

const step = <Type extends 'step-held' | 'step-taken' | 'step-dropped'>(type: Type) => ofPeer(type).extend({operation, side: side.exactOptional()});
const steps = [
	head('steps-switched').extend({isOn: z.boolean()}),
	step('step-held').extend({frames: hop.exactOptional(), worker: worker.exactOptional()}),
	step('step-taken'),
	step('step-dropped'),
] as const;

/** Reads one event, and refuses what it does not know: another version, another type, a field too many. */
export const event = z.discriminatedUnion('type', [...lab, ...life, ...operations, ...service, ...connection, ...broking, ...wire, ...security, ...steps]);

/** The same as JSON Schema (draft 7, which every validator reads), as `--json-schema` prints it. */
export const eventSchema = z.toJSONSchema(event.meta({
	title: 'An event of zmq-playground',
	description: 'One line of zmq-playground --json, and of a recording.',
}), {target: 'draft-7'});

type Read = z.output<typeof event>;

/** If one of these does not compile, this file and `core/events.ts` say different things. */
export type Agreement = [
	Assignable<Mutable<Read>, Mutable<Event>>,
	Assignable<Mutable<Event>, Mutable<Read>>,
	Assignable<Whole<Read>, Whole<Event>>,
	Assignable<Whole<Event>, Whole<Read>>,
];
