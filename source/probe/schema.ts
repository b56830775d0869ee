/** The line of `zmq-playground probe --json` for readers outside the compiler's reach: the report once more, as values. Loaded only for `--json-schema`. */
import {z} from 'zod';
import {type Assignable, type Mutable, type Whole} from '../recording/agreement.js';
import {type Report} from './report.js';

const text = z.string();

const report = z.strictObject({
	v: z.literal(1),
	type: z.literal('probe'),
	endpoint: text.min(1),
	verdict: z.enum(['zmtp', 'old-zmtp', 'not-zmtp', 'silent', 'refused', 'unreachable']),
	code: text.meta({description: 'the system\'s code, such as ECONNREFUSED'}).exactOptional(),
	looksLike: z.enum(['http-request', 'http-response', 'http2', 'tls', 'ssh', 'smtp-or-ftp', 'redis', 'amqp', 'mysql', 'telnet', 'text', 'binary']).exactOptional(),
	version: text.meta({description: 'of ZMTP, as the greeting says it'}).exactOptional(),
	mechanism: text.exactOptional(),
	asServer: z.boolean().exactOptional(),
	socketType: text.exactOptional(),
	properties: z.record(text, text).exactOptional(),
	fits: z.array(text).meta({description: 'the socket types that may talk to what is there'}).exactOptional(),
	says: text,
	next: text.meta({description: 'what to do'}),
});

/** As JSON Schema, draft 7. */
export const probeSchema = z.toJSONSchema(report.meta({title: 'A report of zmq-playground probe', description: 'The line of zmq-playground probe --json.'}), {target: 'draft-7'});

type Read = z.output<typeof report>;

/** If one of these does not compile, this file and `report.ts` say different things. */
export type Agreement = [
	Assignable<Mutable<Read>, Mutable<Report>>,
	Assignable<Mutable<Report>, Mutable<Read>>,
	Assignable<Whole<Read>, Whole<Report>>,
	Assignable<Whole<Report>, Whole<Read>>,
];
