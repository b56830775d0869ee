import {describe, expect, test} from 'vitest';
import {concatenate, encodeCommand, encodeFrame, encodeGreeting, encodeHeader, encodeMessage, encodeReady} from '../../source/zmtp/encode.js';
import {fieldsOf, keptBytes} from '../../source/zmtp/fields.js';
import {listen} from './helpers/listener.js';

const ascii = (text: string) => Uint8Array.from(text, character => character.codePointAt(0)!);
const bytes = (...parts: ReadonlyArray<number | string>) => concatenate(parts.map(part => typeof part === 'string' ? ascii(part) : Uint8Array.of(part)));

/** The fields of the last unit: `offset+length name = value`. */
const lastFields = (stream: Uint8Array, options = {}) => {
	const unit = listen(stream, [], options).end().units.at(-1)!;
	return fieldsOf(unit).map(({name, offset, length, value, isHidden}) => `${offset}+${length} ${name}${value === undefined ? '' : ` = ${value}`}${isHidden ? ' (hidden)' : ''}`);
};

const start = concatenate([encodeGreeting(), encodeReady({'Socket-Type': 'REQ'})]);
const cases: ReadonlyArray<[what: string, stream: Uint8Array, fields: readonly string[]]> = [
	['a greeting', encodeGreeting(), ['0+10 signature', '10+2 version = 3.1', '12+20 mechanism = NULL', '32+1 as-server = no', '33+31 filler']],
	['a greeting of 2.0', bytes(0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 1, 3), ['0+10 signature', '10+1 version', '11+1 socket-type = REQ']],
	['a greeting of 1.0', bytes(6, 0, 'i'), ['0+1 length', '1+1 flags', '2+1 identity begins']],
	['a long greeting of 1.0', bytes(0xFF, 0, 0, 0, 0, 0, 0, 0, 9, 0), ['0+10 identity length, flags']],
	['what is not ZMTP', ascii('SSH-'), ['0+4 first bytes = ssh']],
	['READY', concatenate([encodeGreeting(), encodeReady({'Socket-Type': 'REQ', Identity: ''})]), [
		'0+1 flags = command',
		'1+1 size = 38 B',
		'2+1 name length',
		'3+5 name = READY',
		'8+19 Socket-Type = REQ',
		'27+13 Identity = ',
	]],
	['a request', concatenate([start, encodeMessage(['', 'Hello'])]), ['0+2 delimiter', '2+1 flags = last', '3+1 size = 5 B', '4+5 body']],
	['a request with an id, of 300 B', concatenate([start, encodeMessage([bytes(1, 2, 3, 4), '', 'x'.repeat(300)])]), [
		'0+1 flags = more',
		'1+1 size = 4 B',
		'2+4 request-id',
		'6+2 delimiter',
		'8+1 flags = long',
		'9+8 size = 300 B',
		'17+300 body',
	]],
	['PING', concatenate([start, encodeCommand('PING', bytes(0, 50, 'ctx'))]), [
		'0+1 flags = command',
		'1+1 size = 10 B',
		'2+1 name length',
		'3+4 name = PING',
		'7+2 time to live = 5000 ms',
		'9+3 context',
	]],
	['ERROR', concatenate([start, encodeCommand('ERROR', bytes(3, '400'))]), [
		'0+1 flags = command',
		'1+1 size = 10 B',
		'2+1 name length',
		'3+5 name = ERROR',
		'8+1 reason length',
		'9+3 reason = 400',
	]],
	['ERROR as libzmq spells it', concatenate([encodeGreeting({mechanism: 'PLAIN'}), encodeFrame(4, bytes('^RROR', 3, '400'))]), [
		'0+1 flags = command',
		'1+1 size = 9 B',
		'2+5 name = ERROR',
		'7+1 reason length',
		'8+3 reason = 400',
	]],
	['PLAIN HELLO', concatenate([encodeGreeting({mechanism: 'PLAIN'}), encodeCommand('HELLO', bytes(5, 'admin', 6, 'secret'))]), [
		'0+1 flags = command',
		'1+1 size = 19 B',
		'2+1 name length',
		'3+5 name = HELLO',
		'8+1 username length',
		'9+5 username = admin',
		'14+1 password length',
		'15+6 password (hidden)',
	]],
	['CURVE INITIATE', concatenate([encodeGreeting({mechanism: 'CURVE'}), encodeCommand('INITIATE', new Uint8Array(280))]), [
		'0+1 flags = command, long',
		'1+8 size = 289 B',
		'9+1 name length',
		'10+8 name = INITIATE',
		'18+96 cookie',
		'114+8 nonce = 0',
		'122+176 box',
	]],
	['CURVE MESSAGE', concatenate([encodeGreeting({mechanism: 'CURVE'}), encodeFrame(0, bytes(7, 'MESSAGE', 0, 0, 0, 0, 0, 0, 0, 7, 'x'.repeat(20)))]), [
		'0+1 flags = last',
		'1+1 size = 36 B',
		'2+1 name length',
		'3+7 name = MESSAGE',
		'10+8 nonce = 7',
		'18+20 box = 3 B inside, sealed',
	]],
	['a frame of a mechanism that is not known', concatenate([encodeGreeting({mechanism: 'GSSAPI'}), encodeMessage(['x'])]), ['0+1 flags = last', '1+1 size = 1 B', '2+1 sealed by the mechanism']],
	['SUBSCRIBE', concatenate([start, encodeCommand('SUBSCRIBE', ascii('a'))]), ['0+1 flags = command', '1+1 size = 11 B', '2+1 name length', '3+9 name = SUBSCRIBE', '12+1 topic = a']],
	['an unknown command', concatenate([start, encodeCommand('JUMP', ascii('a'))]), ['0+1 flags = command', '1+1 size = 6 B', '2+1 name length', '3+4 name = JUMP', '7+1 data']],
	['a command whose name runs past its end', concatenate([start, encodeFrame(4, bytes(9, 'PI'))]), ['0+1 flags = command', '1+1 size = 3 B', '2+1 name length', '3+2 name = ']],
	['a framing error', concatenate([start, bytes(1, 0, 9)]), ['0+2 bytes before', '2+1 invalid byte = reserved-flags']],
	['an unfinished message', concatenate([start, bytes(1, 0, 0)]), ['0+3 unfinished message']],
];

describe('fieldsOf', () => {
	test.each(cases)('%s', (_, stream, fields) => {
		expect(lastFields(stream)).toEqual(fields);
	});

	test('frames that were not kept', () => {
		expect(lastFields(concatenate([start, encodeMessage(['a', 'b', 'cd'])]), {framesKept: 1})).toEqual(['0+1 flags = more', '1+1 size = 1 B', '2+1 body', '3+7 2 more frames']);
	});
});

describe('keptBytes', () => {
	test('of a message: all but what the limit cut', () => {
		const message = encodeMessage(['', 'abcdef', 'g']);
		const unit = listen(concatenate([start, message]), [], {headLimit: 4}).units.at(-1)!;
		const shown = new Uint8Array(unit.size).fill(0x2E);
		for (const {offset, bytes: kept} of keptBytes(unit)) {
			shown.set(kept, offset);
		}

		expect(shown).toEqual(bytes(1, 0, 1, 6, 'abcd..', 0, 1, 'g'));
	});

	test('long headers come out as they came in', () => {
		const stream = concatenate([start, encodeHeader(2, 1), bytes('x')]);
		expect(concatenate(keptBytes(listen(stream).units.at(-1)!).map(({bytes: kept}) => kept))).toEqual(bytes(2, 0, 0, 0, 0, 0, 0, 0, 1, 'x'));
	});
});
