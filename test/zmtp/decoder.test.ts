import {describe, expect, test} from 'vitest';
import {concatenate, encodeCommand, encodeFrame, encodeGreeting, encodeHeader, encodeMessage, encodeReady} from '../../source/zmtp/encode.js';
import {keptBytes} from '../../source/zmtp/fields.js';
import {everyWay} from './helpers/every-way.js';
import {listen, Listener} from './helpers/listener.js';
import {summaries} from './helpers/summary.js';

const ascii = (text: string) => Uint8Array.from(text, character => character.codePointAt(0)!);
const bytes = (...parts: ReadonlyArray<number | string>) => concatenate(parts.map(part => typeof part === 'string' ? ascii(part) : Uint8Array.of(part)));
const opening = (mechanism = 'NULL') => concatenate([encodeGreeting({mechanism}), ...(mechanism === 'NULL' ? [encodeReady({'Socket-Type': 'REQ'})] : [])]);

/** What is told after the opening. */
const after = (stream: Uint8Array, mechanism = 'NULL', options = {}) => {
	const start = opening(mechanism);
	const listener = everyWay(concatenate([start, stream]), options).end();
	return summaries(listener.units).slice(mechanism === 'NULL' ? 2 : 1);
};

const long = (flags: number, size: number, ...first: readonly number[]) => concatenate([encodeHeader(flags, size), Uint8Array.from(first)]);
const at = opening().length;

const traffic: ReadonlyArray<[what: string, stream: Uint8Array, units: readonly string[]]> = [
	['a request', encodeMessage(['', 'Hello']), ['message delimiter, body "Hello"']],
	['an empty request', encodeMessage(['', '']), ['message delimiter, body ""']],
	['two in one', concatenate([encodeMessage(['', 'a']), encodeMessage(['', 'b'])]), ['message delimiter, body "a"', 'message delimiter, body "b"']],
	['one frame, empty', encodeMessage(['']), ['message body ""']],
	['a long frame of few bytes', long(2, 3, 1, 2, 3), [String.raw`message body "\x01\x02\x03"`]],
	['a long empty frame', long(2, 0), ['message body ""']],
	['100 frames', encodeMessage(Array.from({length: 100}, () => 'x')), [`message ${Array.from({length: 64}, () => 'body "x"').join(', ')} and 36 more`]],
	['PING', encodeCommand('PING', bytes(0, 50, 'context')), ['PING 5000 ms "context"']],
	['PING without a time to live', encodeCommand('PING', bytes(0)), ['PING 0 ms "" [PING has no time to live]']],
	['PING with too long a context', encodeCommand('PING', bytes(0, 0, 'x'.repeat(17))), [`PING 0 ms "${'x'.repeat(17)}" [PING's context has 17 B where 16 are allowed]`]],
	['PONG', encodeCommand('PONG', ascii('context')), ['PONG "context"']],
	['PONG with too long a context', encodeCommand('PONG', ascii('x'.repeat(17))), [`PONG "${'x'.repeat(17)}" [PONG's context has 17 B where 16 are allowed]`]],
	['SUBSCRIBE and CANCEL', concatenate([encodeCommand('SUBSCRIBE', ascii('a')), encodeCommand('CANCEL')]), ['SUBSCRIBE "a"', 'CANCEL ""']],
	['ERROR', encodeCommand('ERROR', bytes(3, '400')), ['ERROR 400']],
	['ERROR that is too short', encodeCommand('ERROR', bytes(9, '400')), ['ERROR 400 [The reason of ERROR has another size than it says]']],
	['an unknown command', encodeCommand('JUMP', ascii('high')), ['command JUMP']],
	['HELLO under NULL is unknown', encodeCommand('HELLO'), ['command HELLO']],
	['a command with an odd name', encodeCommand('\u{1B}[2J'), [String.raw`command \x1b[2J [The name of the command is not of letters]`]],
	['a command named like a method of Object', encodeCommand('constructor'), ['command constructor']],
	['a command without a name', encodeFrame(4, bytes(0, 'x')), ['command  [The command has no name]']],
	['a command without anything', encodeFrame(4, bytes()), ['command  [The command has no name]']],
	['a command whose name runs past its end', encodeFrame(4, bytes(9, 'PING')), ['command  [The name of the command runs past its end]']],
	['a long command', encodeCommand('JUMP', new Uint8Array(5000)), ['command JUMP']],
	['PING inside a message', concatenate([encodeFrame(1, bytes()), encodeCommand('PING', bytes(0, 0)), encodeFrame(0, bytes('x'))]), ['PING 0 ms ""', 'message delimiter, body "x"']],
	['an unfinished header', bytes(2, 0, 0), ['cut message of 3 B']],
	['an unfinished body', bytes(0, 5, 'He'), ['cut message of 4 B, 3 B missing']],
	['an unfinished message', bytes(1, 0), ['cut message of 2 B']],
	['an unfinished command', bytes(4, 9, 4, 'PI'), ['cut command of 5 B, 6 B missing']],
	['an unfinished command in an unfinished message', bytes(1, 0, 4, 9), ['cut command of 2 B, 9 B missing', 'cut message of 2 B']],
];

const invalid: ReadonlyArray<[what: string, stream: Uint8Array, units: readonly string[]]> = [
	['reserved flags', bytes(8, 1, 2), [`framing error: reserved-flags at ${at} in broken`, 'opaque (framing-error) 2 B']],
	['every flag', bytes(0xFF), [`framing error: reserved-flags at ${at} in broken`]],
	['a command with MORE', bytes(5, 0), [`framing error: command-with-more at ${at} in broken`, 'opaque (framing-error) 1 B']],
	['a long command with MORE', bytes(7, 0), [`framing error: command-with-more at ${at} in broken`, 'opaque (framing-error) 1 B']],
	['a size of 2^63', bytes(2, 0x80, 0), [`framing error: size-too-large at ${at + 1} in message`, 'opaque (framing-error) 1 B']],
	['a command of 2^63 bytes', bytes(6, 0x80), [`framing error: size-too-large at ${at + 1} in command`]],
	['reserved flags between the frames of a message', bytes(1, 0, 9, 9), [`framing error: reserved-flags at ${at + 2} in message`, 'opaque (framing-error) 1 B']],
	['a command of 2^63 bytes inside a message', bytes(1, 0, 6, 0xFF, 1), [`framing error: size-too-large at ${at + 3} in command`, 'cut message of 2 B', 'opaque (framing-error) 1 B']],
];

describe('traffic', () => {
	test.each(traffic)('%s', (_, stream, units) => {
		expect(after(stream)).toEqual(units);
	});
});

describe('invalid framing is one unit, and the rest is opaque', () => {
	test.each(invalid)('%s', (_, stream, units) => {
		expect(after(stream)).toEqual(units);
	});
});

const property = (nameSize: number, ...rest: ReadonlyArray<number | string>) => bytes(5, 'READY', nameSize, ...rest);

describe('READY', () => {
	const cases: ReadonlyArray<[what: string, body: Uint8Array, unit: string]> = [
		['an empty value', property(1, 'x', 0, 0, 0, 0), 'READY x ""'],
		['without properties', bytes(5, 'READY'), 'READY '],
		['a property without a name', property(0, 0, 0, 0, 0), 'READY  [A property has no name]'],
		['a name that runs past the end', property(9, 'x'), 'READY  [A property runs past the end of the command]'],
		['a value that runs past the end', property(1, 'x', 0, 0, 0, 2, 'y'), 'READY  [A property runs past the end of the command]'],
		['a value of 2^32 - 1 bytes', property(1, 'x', 0xFF, 0xFF, 0xFF, 0xFF), 'READY  [A property runs past the end of the command]'],
	];

	test.each(cases)('%s', (_, body, unit) => {
		expect(summaries(everyWay(concatenate([encodeGreeting(), encodeFrame(4, body)])).units)[1]).toBe(unit);
	});

	test('names do not depend on case', () => {
		const {facts} = listen(concatenate([encodeGreeting(), encodeReady({'SOCKET-type': 'REQ', identity: 'me'})])).decoder;
		expect(facts).toMatchObject({socketType: 'REQ', identity: ascii('me'), isReady: true, mechanism: 'NULL', version: {major: 3, minor: 1}});
	});

	test('a message before it is a message, and a problem', () => {
		const listener = everyWay(concatenate([encodeGreeting(), encodeMessage(['x'])]));
		expect(summaries(listener.units)[1]).toBe('message body "x" [A message before the end of the handshake]');
	});
});

describe('PLAIN', () => {
	const hello = (...parts: ReadonlyArray<number | string>) => encodeCommand('HELLO', bytes(...parts));
	const misread = 'HELLO , password of 0 B [The user name and the password do not fill HELLO as their lengths say]';
	const cases: ReadonlyArray<[what: string, stream: Uint8Array, units: readonly string[]]> = [
		['HELLO', hello(5, 'admin', 6, 'secret'), ['HELLO admin, password of 6 B']],
		['without either', hello(0, 0), ['HELLO , password of 0 B']],
		['longer than it says', hello(5, 'admin', 1, 'secret'), [misread]],
		['shorter than it says', hello(5, 'admin', 60, 'secret'), [misread]],
		['a user name that swallows the password', hello(12, 'admin', 6, 'secret'), [misread]],
		['no data', hello(), [misread]],
		['WELCOME', encodeCommand('WELCOME'), ['WELCOME']],
		['WELCOME with data', encodeCommand('WELCOME', ascii('x')), ['WELCOME [WELCOME carries data]']],
		['a command that is none', encodeCommand('HELLo', bytes(5, 'admin', 6, 'secret')), ['command HELLo']],
		['a message where HELLO belongs', encodeMessage([bytes(5, 'HELLO', 5, 'admin', 12, 'secretsecret')]), ['message body of 25 B [A message before the end of the handshake]']],
		['ERROR as it should be', encodeCommand('ERROR', bytes(3, '400')), ['ERROR 400']],
		['ERROR as libzmq spells it', encodeFrame(4, bytes('^RROR', 3, '400')), ['ERROR 400 [ERROR is spelt ^RROR, as libzmq does under PLAIN]']],
	];

	test.each(cases)('%s', (_, stream, units) => {
		const listener = everyWay(concatenate([opening('PLAIN'), stream]));
		expect(summaries(listener.units).slice(1)).toEqual(units);
		const kept = listener.units.flatMap(unit => keptBytes(unit)).map(({bytes: some}) => String.fromCodePoint(...some));
		expect(kept.join('')).not.toContain('secret');
	});

	test('every byte of a password is covered', () => {
		const {units} = listen(concatenate([opening('PLAIN'), hello(5, 'admin', 6, 'secret')]));
		expect(units.at(-1)).toMatchObject({head: bytes(5, 'HELLO', 5, 'admin', 6, '******')});
	});

	test('messages after INITIATE are kept as ever', () => {
		const initiate = encodeCommand('INITIATE', bytes(11, 'Socket-Type', 0, 0, 0, 3, 'REQ'));
		expect(after(concatenate([initiate, encodeMessage(['', 'Hello'])]), 'PLAIN')).toEqual(['INITIATE Socket-Type "REQ"', 'message delimiter, body "Hello"']);
	});
});

describe('CURVE', () => {
	const cases: ReadonlyArray<[what: string, stream: Uint8Array, units: readonly string[]]> = [
		['HELLO', encodeCommand('HELLO', new Uint8Array(194)), ['CURVE HELLO nonce 0']],
		['HELLO of the wrong size', encodeCommand('HELLO', new Uint8Array(150)), ['CURVE HELLO nonce 0 [CURVE\'s HELLO has 150 B of data where 194 B belong]']],
		['WELCOME', encodeCommand('WELCOME', new Uint8Array(160)), ['CURVE WELCOME']],
		['WELCOME that is too long', encodeCommand('WELCOME', new Uint8Array(161)), ['CURVE WELCOME [CURVE\'s WELCOME has 161 B of data where 160 B belong]']],
		['INITIATE of the wrong size', encodeCommand('INITIATE', new Uint8Array(100)), ['CURVE INITIATE nonce 0, box of 0 B [CURVE\'s INITIATE has 100 B of data where at least 248 B belong]']],
		['READY', encodeCommand('READY', new Uint8Array(24).fill(1, 7, 8)), ['CURVE READY nonce 1, box of 16 B']],
		['MESSAGE', encodeFrame(0, bytes(7, 'MESSAGE', 0, 0, 0, 0, 0, 0, 0, 3, 'x'.repeat(17))), ['sealed nonce 3, box of 17 B']],
		['MESSAGE as a command, as the RFC has it', encodeCommand('MESSAGE', new Uint8Array(25)), ['sealed nonce 0, box of 17 B']],
		['MESSAGE with MORE is a unit of its own', encodeFrame(1, bytes(7, 'MESSAGE', '\0'.repeat(25))), ['sealed nonce 0, box of 17 B']],
		['MESSAGE that is too short', encodeFrame(0, bytes(7, 'MESSAGE', 1)), ['sealed nonce 72057594037927940, box of 0 B [CURVE\'s MESSAGE has 1 B of data where at least 25 B belong]']],
		['something in clear', encodeMessage(['', 'x']), [
			'command  [The command has no name] [Under CURVE every frame should be a MESSAGE]',
			'command  [The name of the command runs past its end] [Under CURVE every frame should be a MESSAGE]',
		]],
		['ERROR', encodeCommand('ERROR', bytes(3, '400')), ['ERROR 400']],
	];

	test.each(cases)('%s', (_, stream, units) => {
		expect(after(stream, 'CURVE')).toEqual(units);
	});

	test('an unknown mechanism is not looked into either', () => {
		expect(after(encodeMessage(['', 'x']), 'GSSAPI')).toEqual(['sealed nonce undefined, box of 0 B', 'sealed nonce undefined, box of 1 B']);
	});
});

describe('what is pending', () => {
	test('the size of a frame is known with its header, and its body is never held', () => {
		const size = 100 * 1024 * 1024;
		const listener = new Listener().push(concatenate([opening(), encodeFrame(1, bytes()), encodeHeader(2, size)]));
		expect(listener.decoder.pending()).toMatchObject({family: 'message', received: 11, frames: 1, frame: {size, received: 0}, held: 4096});
		const chunk = new Uint8Array(1024 * 1024);
		for (let count = 0; count < 100; count++) {
			expect(listener.decoder.pending()).toMatchObject({id: 3, frame: {received: count * chunk.length}});
			listener.push(chunk);
		}

		expect(listener.decoder.pending()).toBeUndefined();
		expect(listener.units.at(-1)).toMatchObject({type: 'message', size: size + 11, bodySize: size, frames: [{role: 'delimiter'}, {size, head: {length: 4096}}]});
	});

	test('thousands of frames in one message are counted, not kept', () => {
		const listener = new Listener().push(opening());
		const frame = encodeFrame(1, new Uint8Array(300));
		for (let count = 0; count < 5000; count++) {
			listener.push(frame);
		}

		expect(listener.decoder.pending()).toMatchObject({frames: 5000, held: 4 * 4096});
		listener.push(encodeMessage(['']));
		expect(listener.units.at(-1)).toMatchObject({frameCount: 5001, bodySize: 1_500_000, frames: {length: 64}});
	});

	test('a command of 2 GB', () => {
		const listener = new Listener().push(concatenate([opening(), encodeHeader(6, 2 ** 31), bytes(9, 'SUBSCRIBE')]));
		listener.push(new Uint8Array(1_000_000));
		expect(listener.decoder.pending()).toMatchObject({family: 'command', frame: {size: 2 ** 31, received: 1_000_010}, held: 4096});
	});

	test('the greeting, and the opaque rest', () => {
		const listener = new Listener().push(encodeGreeting().subarray(0, 20));
		expect(listener.decoder.pending()).toEqual({id: 1, at: 0, family: 'greeting', received: 20, frames: 0, held: 20});
		const stranger = new Listener().push(ascii('GET / HTTP/1.1'));
		expect(stranger.decoder.pending()).toEqual({id: 2, at: 4, family: 'opaque', received: 10, frames: 0, held: 0});
	});
});

describe('limits', () => {
	test('of each frame, and of frames', () => {
		const listener = listen(concatenate([opening(), encodeMessage(['abcdef', 'ghijkl', 'mn'])]), [], {headLimit: 3, framesKept: 2});
		expect(listener.units.at(-1)).toMatchObject({frameCount: 3, bodySize: 14, frames: [{size: 6, head: ascii('abc')}, {size: 6, head: ascii('ghi')}]});
	});

	test('a head of nothing still tells READY', () => {
		const listener = listen(opening(), [], {headLimit: 0});
		expect(listener.decoder.facts.socketType).toBe('REQ');
		expect(listener.units[1]).toMatchObject({type: 'ready', head: {length: 0}});
	});

	test('a kept head does not keep the chunk alive', () => {
		const chunk = concatenate([opening(), encodeMessage(['abc'])]);
		const [message] = listen(chunk).units.slice(-1);
		chunk.fill(0);
		expect(message).toMatchObject({frames: [{head: ascii('abc')}]});
	});
});

test('bytes after the end are opaque', () => {
	const listener = new Listener().push(opening()).end();
	expect(summaries(listener.push(ascii('more')).end().units).slice(2)).toEqual(['opaque (after-end) 4 B']);
	expect(listener.decoder.facts.ended).toBe('traffic');
});
