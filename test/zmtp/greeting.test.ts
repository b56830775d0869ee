import {describe, expect, test} from 'vitest';
import {concatenate, encodeGreeting, encodeMessage} from '../../source/zmtp/encode.js';
import {type Facts} from '../../source/zmtp/units.js';
import {everyWay} from './helpers/every-way.js';
import {Listener} from './helpers/listener.js';
import {summaries} from './helpers/summary.js';

const ascii = (text: string) => Uint8Array.from(text, character => character.codePointAt(0)!);
const bytes = (...parts: ReadonlyArray<number | string>) => concatenate(parts.map(part => typeof part === 'string' ? ascii(part) : Uint8Array.of(part)));
const signature = (length = 1) => bytes(0xFF, 0, 0, 0, 0, 0, 0, 0, length, 0x7F);
const changed = (greeting: Uint8Array, at: number, value: number) => greeting.with(at, value);

const greetings: ReadonlyArray<[what: string, stream: Uint8Array, units: readonly string[]]> = [
	['3.1', encodeGreeting(), ['greeting 3.1 NULL']],
	['3.0', encodeGreeting({minor: 0}), ['greeting 3.0 NULL']],
	['a later one', encodeGreeting({major: 4, minor: 2}), ['greeting 4.2 NULL']],
	['PLAIN, as server', encodeGreeting({mechanism: 'PLAIN', asServer: true}), ['greeting 3.1 PLAIN as server']],
	['a mechanism of 20 letters', encodeGreeting({mechanism: 'X'.repeat(20)}), [`greeting 3.1 ${'X'.repeat(20)}`]],
	['a mechanism that acts on terminals', encodeGreeting({mechanism: '\u{1B}[2J'}), [String.raw`greeting 3.1 \x1b[2J [The mechanism is no name of A-Z, 0-9, - _ . +]`]],
	['a mechanism with something after the zeros', changed(encodeGreeting(), 30, 1), ['greeting 3.1 NULL [The mechanism is not padded with zeros]']],
	['no mechanism', encodeGreeting({mechanism: ''}), ['greeting 3.1  [The mechanism is no name of A-Z, 0-9, - _ . +]']],
	['as-server of 2', changed(encodeGreeting(), 32, 2), ['greeting 3.1 NULL [as-server is neither 0 nor 1]']],
	['a filler that is not zero', changed(encodeGreeting(), 63, 1), ['greeting 3.1 NULL [The filler is not zero]']],
	['any padding', changed(encodeGreeting(), 3, 0xFB), ['greeting 3.1 NULL']],
	['an unfinished one', encodeGreeting().subarray(0, 11), ['cut greeting of 11 B, 53 B missing']],
	['an unfinished signature', encodeGreeting().subarray(0, 4), ['cut greeting of 4 B']],
	['2.0', bytes(...signature(), 1, 3, 0, 0), ['greeting of zmtp-2.0 REQ', 'opaque (zmtp-2.0) 2 B']],
	['2.0, as the RFC of 3.0 also numbers it', bytes(...signature(), 2, 4), ['greeting of zmtp-2.0 REP']],
	['2.0 with an unknown socket type', bytes(...signature(), 1, 99), ['greeting of zmtp-2.0 [No socket type has the number 99]']],
	['revision 0', bytes(...signature(), 0, 1, 0), ['greeting of zmtp-1.0', 'opaque (zmtp-1.0) 2 B']],
	['1.0, anonymous', bytes(1, 0, 6, 0, 'hello'), ['greeting of zmtp-1.0', 'opaque (zmtp-1.0) 7 B']],
	['1.0 with an identity', bytes(6, 0, 'ident', 1, 0), ['greeting of zmtp-1.0', 'opaque (zmtp-1.0) 6 B']],
	['1.0 with a long identity', bytes(0xFF, 0, 0, 0, 0, 0, 0, 1, 0, 0, 'i'.repeat(255)), ['greeting of zmtp-1.0', 'opaque (zmtp-1.0) 255 B']],
];

const strangers: ReadonlyArray<[what: string, stream: Uint8Array, looksLike: string]> = [
	['HTTP request', ascii('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), 'http-request'],
	['HTTP response', ascii('HTTP/1.1 400 Bad Request\r\n\r\n'), 'http-response'],
	['HTTP/2 preface', ascii('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 'http2'],
	['HTTP/2 settings', bytes(0, 0, 0x12, 4, 0, 0, 0, 0, 0), 'http2'],
	['TLS hello', bytes(0x16, 3, 1, 2, 0, 1), 'tls'],
	['TLS alert', bytes(0x15, 3, 3, 0, 2, 2, 70), 'tls'],
	['SSH', ascii('SSH-2.0-OpenSSH_9.2\r\n'), 'ssh'],
	['SMTP', ascii('220 mail.example.org ESMTP\r\n'), 'smtp-or-ftp'],
	['Redis', ascii('-ERR unknown command\r\n'), 'redis'],
	['AMQP', bytes('AMQP', 0, 0, 9, 1), 'amqp'],
	['MySQL', bytes(0x4A, 0, 0, 0, 0x0A, '8.0.36'), 'mysql'],
	['telnet', bytes(0xFF, 0xFD, 0x18, 0xFF, 0xFD, 0x20, 0xFF, 0xFD, 0x23, 0xFF), 'telnet'],
	['text', ascii('Hello, World!\n'), 'text'],
	['a short text', ascii('hi\n'), 'text'],
	['bytes', bytes(0xDE, 0xAD, 0xBE, 0xEF, 0, 1, 2, 3, 4), 'binary'],
	['zeros', new Uint8Array(20), 'binary'],
	['FF and no signature', new Uint8Array(20).fill(0xFF), 'binary'],
	['FF and a 1.0 length that no identity has', bytes(0xFF, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0), 'binary'],
];

describe('greetings', () => {
	test.each(greetings)('%s', (_, stream, units) => {
		expect(summaries(everyWay(stream).end().units)).toEqual(units);
	});
});

describe('no ZMTP', () => {
	test.each(strangers)('%s', (_, stream, likeness) => {
		const [first, ...rest] = summaries(everyWay(stream).end().units);
		expect(first).toBe(`not ZMTP: ${likeness}`);
		expect(rest.every(unit => unit.startsWith('opaque (not-zmtp)'))).toBe(true);
	});

	test('is told at the first byte at which it is certain, though the stream goes on', () => {
		expect(summaries(new Listener().push(ascii('SSH-')).units)).toEqual(['not ZMTP: ssh']);
		expect(new Listener().push(ascii('SSH')).units).toEqual([]);
	});

	test('nothing at all is nothing', () => {
		expect(new Listener().push(new Uint8Array(0)).end().units).toEqual([]);
	});
});

describe('a 3.x peer falls back for an older one', () => {
	const two: Facts = {isReady: false, protocol: 'zmtp-2.0'};
	const one: Facts = {isReady: false, protocol: 'zmtp-1.0'};

	test('2.0', () => {
		const stream = bytes(...signature(), 3, 3, 0, 0, 1, 0);
		expect(summaries(everyWay(stream, {other: two}).end().units)).toEqual(['fallback to zmtp-2.0 REQ', 'opaque (zmtp-2.0) 4 B']);
	});

	test('1.0: the signature is the header of an identity', () => {
		const stream = bytes(...signature(5), 'name', 1, 0);
		expect(summaries(everyWay(stream, {other: one}).end().units)).toEqual(['fallback to zmtp-1.0', 'opaque (zmtp-1.0) 6 B']);
	});

	test('told late, the greeting ends with what it has', () => {
		const listener = new Listener().push(bytes(...signature(), 3, 3, 0, 0));
		listener.decoder.learn(two);
		expect(summaries(listener.push(encodeMessage(['x'])).end().units)).toEqual(['fallback to zmtp-2.0 REQ', 'opaque (zmtp-2.0) 3 B']);
	});
});
