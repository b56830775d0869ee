import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {checkEndpoint, isLocal} from '../../source/core/endpoint.js';
import {type Direction} from '../../source/core/events.js';

const longestPath = `/tmp/${'x'.repeat(102)}`;

describe('checkEndpoint takes', () => {
	test.each<[direction: Direction, text: string, endpoint: string]>([
		['bind', 'tcp://127.0.0.1:5560', 'tcp://127.0.0.1:5560'],
		['bind', 'tcp://*:5560', 'tcp://*:5560'],
		['bind', 'tcp://eth0:5560', 'tcp://eth0:5560'],
		['bind', 'tcp://[::1]:5560', 'tcp://[::1]:5560'],
		['bind', 'tcp://127.0.0.1:*', 'tcp://127.0.0.1:*'],
		['bind', 'tcp://127.0.0.1:0', 'tcp://127.0.0.1:*'],
		['bind', 'tcp://127.0.0.1:1', 'tcp://127.0.0.1:1'],
		['bind', 'tcp://127.0.0.1:65535', 'tcp://127.0.0.1:65535'],
		['connect', 'tcp://localhost:5560', 'tcp://localhost:5560'],
		['connect', 'tcp://127.0.0.1:05560', 'tcp://127.0.0.1:5560'],
		['connect', 'tcp://192.168.1.17:5555;192.168.1.1:5560', 'tcp://192.168.1.17:5555;192.168.1.1:5560'],
		['bind', 'ipc:///tmp/pizza', 'ipc:///tmp/pizza'],
		['connect', 'ipc://pizza with blanks', 'ipc://pizza with blanks'],
		['bind', `ipc://${longestPath}`, `ipc://${longestPath}`],
		['connect', 'inproc://pizza', 'inproc://pizza'],
	])('to %s %s', (direction, text, endpoint) => {
		expect(checkEndpoint(text, direction)).toEqual({ok: true, endpoint});
	});
});

describe('checkEndpoint refuses', () => {
	test.each<[direction: Direction, text: string, reason: RegExp, next: RegExp]>([
		['bind', 'tcp://127.0.0.1:99999', /port “99999” is not between 1 and 65535/v, /any free one/v],
		['connect', 'tcp://127.0.0.1:99999', /port “99999”/v, /the other side listens/v],
		['bind', 'tcp://127.0.0.1', /names no port/v, /tcp:\/\/host:port/v],
		['bind', 'tcp://127.0.0.1:', /names no port/v, /tcp:\/\/host:port/v],
		['bind', 'tcp://[::1]', /names no port/v, /tcp:\/\/host:port/v],
		['bind', 'tcp://:5560', /names no host/v, /tcp:\/\/host:port/v],
		['bind', 'tcp://127.0.0.1:http', /port “http”/v, /any free one/v],
		['bind', 'tcp://127.0.0.1:-1', /port “-1”/v, /any free one/v],
		['bind', 'tcp://127.0.0.1:55 60', /port “55 60”/v, /any free one/v],
		['bind', 'tcp://my host:5560', /holds a blank/v, /tcp:\/\/host:port/v],
		['connect', 'tcp://127.0.0.1:*', /port “\*”/v, /the other side listens/v],
		['connect', 'tcp://127.0.0.1:0', /port “0”/v, /the other side listens/v],
		['connect', 'tcp://*:5560', /one can listen there, not connect/v, /name a host/v],
		['bind', `ipc://${longestPath}x`, /path has 108 bytes and a Unix socket takes 107/v, /shorter/v],
		['bind', `ipc:///tmp/${'π'.repeat(60)}`, /path has 125 bytes/v, /shorter/v],
		['bind', 'udp://127.0.0.1:5560', /transport “udp” is not supported/v, /use tcp/v],
		['bind', 'ws://127.0.0.1:5560', /transport “ws”/v, /use tcp/v],
		['bind', '127.0.0.1:5560', /is no endpoint/v, /write tcp/v],
		['bind', 'tcp://', /is no endpoint/v, /write tcp/v],
		['bind', 'TCP://127.0.0.1:5560', /is no endpoint/v, /write tcp/v],
		['bind', '', /is no endpoint/v, /write tcp/v],
	])('to %s %.40s', (direction, text, reason, next) => {
		const checked = checkEndpoint(text, direction);
		expect(checked).toEqual({ok: false, reason: expect.stringMatching(reason) as string, next: expect.stringMatching(next) as string});
	});
});

describe('checkEndpoint', () => {
	const direction = fc.constantFrom<Direction>('bind', 'connect');
	const beginning = fc.constantFrom('', 'tcp://', 'tcp://127.0.0.1:', 'ipc://', 'inproc://');

	test('never throws, and takes again what it gave', () => {
		fc.assert(fc.property(direction, beginning, fc.string(), (way, start, rest) => {
			const checked = checkEndpoint(start + rest, way);
			if (checked.ok) {
				expect(checkEndpoint(checked.endpoint, way)).toEqual(checked);
			} else {
				expect(checked.reason).not.toBe('');
				expect(checked.next).not.toBe('');
			}
		}));
	});
});

describe('isLocal', () => {
	test.each([
		'tcp://127.0.0.1:5560', 'tcp://127.8.8.8:5560', 'tcp://localhost:5560', 'tcp://[::1]:5560', 'tcp://lo:5560', 'ipc:///tmp/pizza', 'inproc://pizza',
	])('%s is for this machine alone', endpoint => {
		expect(isLocal(endpoint)).toBe(true);
	});

	test.each([
		'tcp://0.0.0.0:5560', 'tcp://*:5560', 'tcp://[::]:5560', 'tcp://[fe80::1]:5560', 'tcp://[2001:db8::1]:5560', 'tcp://192.168.1.7:5560', 'tcp://eth0:5560', 'tcp://localhost.example.org:5560',
	])('%s can be reached from elsewhere', endpoint => {
		expect(isLocal(endpoint)).toBe(false);
	});
});
