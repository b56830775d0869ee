import {describe, expect, test} from 'vitest';
import {type SocketType} from '../../source/core/events.js';
import {
	explainBindFailure,
	explainHandshakeFailure,
	explainRefusal,
	type Explanation,
} from '../../source/core/refusals.js';

/** Every explanation is whole: something happened, for a reason, and there is a way on. */
function expectWhole({what, why, ways}: Explanation) {
	expect(what).not.toBe('');
	expect(why).toMatch(/^[*A-Zl].*\.$/v);
	expect(ways).toMatch(/^[\/A-Z].*\.$/v);
}

describe('explainRefusal', () => {
	test.each<[operation: 'send' | 'receive', code: string, socketType: SocketType, why: RegExp, ways: RegExp]>([
		['send', 'EFSM', 'REQ', /awaits a reply may not send again/v, /[Ww]ait for the reply.*\/restart/v],
		['receive', 'EFSM', 'REQ', /has to send before it may receive/v, /Type a request first/v],
		['send', 'EFSM', 'REP', /owes no reply now/v, /next request/v],
		['receive', 'EFSM', 'REP', /owes a reply may not receive again/v, /Reply first/v],
		['send', 'EAGAIN', 'REQ', /nobody is connected/v, /\/connect or \/bind/v],
		['receive', 'EAGAIN', 'REQ', /Nothing has come/v, /Wait/v],
		['receive', 'EAGAIN', 'REP', /Nothing has come/v, /Wait/v],
		['send', 'EBADF', 'REQ', /closed/v, /\/open/v],
		['receive', 'EBUSY', 'REP', /still under way/v, /again/v],
		['send', 'EHOSTUNREACH', 'REP', /routing id/v, /routing id/v],
		['send', 'ENOTHEARDOF', 'REQ', /no more than this code/v, /\/restart/v],
	])('%s refused with %s to a %s', (operation, code, socketType, why, ways) => {
		const explanation = explainRefusal(operation, code, socketType);
		expectWhole(explanation);
		expect(explanation.what).toBe(operation === 'send' ? 'not sent' : 'not received');
		expect(explanation.why).toMatch(why);
		expect(explanation.ways).toMatch(ways);
	});
});

describe('explainBindFailure', () => {
	test.each<[code: string, why: RegExp, ways: RegExp]>([
		['EADDRINUSE', /listens there already/v, /another port/v],
		['EADDRNOTAVAIL', /no such address/v, /127\.0\.0\.1/v],
		['ENODEV', /no such address/v, /127\.0\.0\.1/v],
		['EACCES', /more rights/v, /above 1023/v],
		['ENOENT', /no such directory/v, /\/tmp/v],
		['ENOTDIR', /no such directory/v, /\/tmp/v],
		['ENOTHEARDOF', /no more than this code/v, /another endpoint/v],
	])('%s', (code, why, ways) => {
		const explanation = explainBindFailure(code, 'tcp://127.0.0.1:80');
		expectWhole(explanation);
		expect(explanation.what).toBe('not listening at tcp://127.0.0.1:80');
		expect(explanation.why).toMatch(why);
		expect(explanation.ways).toMatch(ways);
	});
});

describe('explainHandshakeFailure', () => {
	test.each<[kind: 'other' | 'protocol' | 'auth', code: string, why: RegExp]>([
		['auth', 'ZAP 400', /does not let this one’s key in/v],
		['protocol', 'ERR_ZMTP_MECHANISM_MISMATCH', /different security mechanisms/v],
		['protocol', 'ERR_ZMTP_UNEXPECTED_COMMAND', /does not speak ZMTP/v],
		['other', 'EPIPE', /hung up or kept silent/v],
	])('%s: %s', (kind, code, why) => {
		const explanation = explainHandshakeFailure(kind, code, 'tcp://127.0.0.1:80');
		expectWhole(explanation);
		expect(explanation.what).toBe('no handshake at tcp://127.0.0.1:80');
		expect(explanation.why).toMatch(why);
	});
});
