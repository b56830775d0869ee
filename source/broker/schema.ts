/** The lines of `zmq-playground broker --json` for readers outside the compiler's reach: `events.ts` once more, as values. Loaded only for `--json-schema`. */
import {z} from 'zod';
import {policyNames} from '../core/policy.js';
import {type Assignable, type Mutable, type Whole} from '../recording/agreement.js';
import {passing, side} from '../recording/schema.js';
import {type BrokerEvent} from './events.js';

const count = z.int().min(0);
const endpoint = z.string().min(1);
const text = z.string();

const head = <Type extends string>(type: Type) => z.strictObject({
	v: z.literal(1),
	n: z.int().min(1).meta({description: 'counts up from 1'}),
	t: z.number().min(0).meta({description: 'ms since the epoch, with a fraction'}),
	type: z.literal(type),
});

const event = z.discriminatedUnion('type', [
	head('broker-started').extend({policy: z.enum(policyNames), frontend: endpoint, backend: endpoint, publicKey: text.exactOptional(), allow: text.exactOptional()}),
	head('peer-joined').extend({side}),
	head('peer-left').extend({side}),
	head('handshake-failed').extend({side, kind: z.enum(['other', 'protocol', 'auth']), code: text}),
	head('zap-request').extend({address: text, key: text, verdict: z.enum(['allowed', 'denied'])}),
	head('forwarded').extend(passing.forwarded),
	head('queued').extend(passing.queued),
	head('dropped').extend(passing.dropped),
	head('request-dropped').extend(passing['request-dropped']),
	head('worker-ready').extend(passing['worker-ready']),
	head('worker-lost').extend(passing['worker-lost']),
	head('hops-sampled').extend({count, ms: z.number().min(0)}),
	head('summary').extend({requests: count, replies: count, dropped: count, requestsDropped: count}),
]);

/** As JSON Schema, draft 7. */
export const brokerSchema = z.toJSONSchema(event.meta({title: 'An event of zmq-playground broker', description: 'One line of zmq-playground broker --json; the last one is the summary.'}), {target: 'draft-7'});

type Read = z.output<typeof event>;

/** If one of these does not compile, this file and `events.ts` say different things. */
export type Agreement = [
	Assignable<Mutable<Read>, Mutable<BrokerEvent>>,
	Assignable<Mutable<BrokerEvent>, Mutable<Read>>,
	Assignable<Whole<Read>, Whole<BrokerEvent>>,
	Assignable<Whole<BrokerEvent>, Whole<Read>>,
];
