import {describe, expect, test} from 'vitest';
import {describeEnvelope, type Ends} from '../../source/zmtp/envelope.js';

/** Frames of these sizes; all but the last say MORE. */
const frames = (...sizes: readonly number[]) => sizes.map((size, index) => ({size, flags: index < sizes.length - 1 ? 1 : 0}));

const requestRep: Ends = {from: 'REQ', to: 'REP'};
const requestRouter: Ends = {from: 'REQ', to: 'ROUTER'};
const routerRequest: Ends = {from: 'ROUTER', to: 'REQ'};
const dealerRep: Ends = {from: 'DEALER', to: 'REP'};
const repDealer: Ends = {from: 'REP', to: 'DEALER'};
const dealerRouter: Ends = {from: 'DEALER', to: 'ROUTER'};

const b = 'body';
const d = 'delimiter';
const q = 'request-id';
const r = 'routing-id';

const cases: ReadonlyArray<[what: string, ends: Ends, sizes: readonly number[], roles: readonly string[], evidence: 'exact' | 'inferred']> = [
	['a request', requestRep, [0, 5], [d, b], 'exact'],
	['an empty request', requestRep, [0, 0], [d, b], 'exact'],
	['a request with an empty frame in its body', requestRep, [0, 4, 0, 3], [d, b, b, b], 'exact'],
	['a request with an id', requestRep, [4, 0, 5], [q, d, b], 'exact'],
	['a request with an id to a ROUTER', requestRouter, [4, 0, 5], [q, d, b], 'exact'],
	['a reply with an id from a ROUTER', routerRequest, [4, 0, 5], [q, d, b], 'exact'],
	['a REQ\'s that is no envelope', requestRep, [3, 5], [b, b], 'exact'],
	['a REQ\'s with a strange first frame', requestRep, [7, 0, 5], [r, d, b], 'exact'],
	['a worker\'s request', dealerRep, [5, 0, 5], [r, d, b], 'exact'],
	['a worker\'s reply', repDealer, [5, 0, 5], [r, d, b], 'exact'],
	['through two brokers', dealerRep, [5, 5, 0, 5], [r, r, d, b], 'exact'],
	['a worker\'s request with an id, or from two brokers', dealerRep, [5, 4, 0, 5], [r, q, d, b], 'inferred'],
	['a routing id of four bytes, or a request id', dealerRep, [4, 0, 5], [r, d, b], 'inferred'],
	['a DEALER that plays REQ to a REP', dealerRep, [0, 5], [d, b], 'exact'],
	['a DEALER that forgot the delimiter', dealerRep, [5], [b], 'exact'],
	['between DEALER and ROUTER, as REQ does', dealerRouter, [0, 5], [d, b], 'inferred'],
	['between DEALER and ROUTER, as they like', dealerRouter, [3, 5], [b, b], 'inferred'],
	['nothing known of either', {}, [5, 0, 5], [r, d, b], 'inferred'],
	['one known', {from: 'REQ'}, [0, 5], [d, b], 'exact'],
	['other patterns have no envelope', {from: 'PUB', to: 'SUB'}, [0, 5], [b, b], 'exact'],
	['one empty frame is a body', requestRep, [0], [b], 'exact'],
	['no frames', requestRep, [], [], 'exact'],
];

describe('describeEnvelope', () => {
	test.each(cases)('%s', (_, ends, sizes, roles, evidence) => {
		const envelope = describeEnvelope(frames(...sizes), ends);
		expect(envelope).toMatchObject({roles, evidence});
		expect(envelope.bodyAt).toBe(roles.includes(d) ? roles.indexOf(d) + 1 : 0);
		expect(envelope.delimiter).toBe(roles.includes(d) ? roles.indexOf(d) : undefined);
		expect(envelope.requestId).toBe(roles.includes(q) ? roles.indexOf(q) : undefined);
	});
});
