/** What real libzmq peers say, as `capture.ts` has recorded it, read by the decoder. */
import {describe, expect, test} from 'vitest';
import {Connection, type Side} from '../../source/zmtp/connection.js';
import {asciiOf} from '../../source/zmtp/bytes.js';
import {keptBytes} from '../../source/zmtp/fields.js';
import {type Piece, type Unit} from '../../source/zmtp/units.js';
import {captureNames, loadCapture, streamOf} from './helpers/captures.js';
import {everyWay} from './helpers/every-way.js';
import {bytesOf} from './helpers/listener.js';
import {summaries} from './helpers/summary.js';

const sides = ['connector', 'listener'] as const;

/** A whole conversation through a connection: units of both sides, and all pieces in their order. */
function decode(name: string) {
	const connection = new Connection();
	const units: Record<Side, Unit[]> = {connector: [], listener: []};
	const pieces: Piece[] = [];
	for (const {from, bytes} of loadCapture(name).chunks) {
		const told = bytes ? connection.push(from, bytes) : connection.end(from);
		pieces.push(...told);
		units[from].push(...told.flatMap(piece => piece.type === 'unit-end' ? [piece.unit] : []));
	}

	return {connection, units, pieces};
}

/** What differs from one recording to the next is left out: random request ids, and when and how often hearts beat. */
function lasting(units: readonly Unit[]): readonly string[] {
	const lines = summaries(units).map(line => line.replace(/request-id ".*?", delimiter/v, 'request-id, delimiter'));
	const isHeartbeat = (line: string) => /^PING|^PONG/v.test(line);
	return [...lines.filter(line => !isHeartbeat(line)), ...[...new Set(lines.filter(line => isHeartbeat(line)))].toSorted()];
}

const request = 'READY Socket-Type "REQ" · Identity ""';
const rep = 'READY Socket-Type "REP"';
const hello = 'message delimiter, body "Hello"';
const world = 'message delimiter, body "World"';
const two = 'message delimiter, body "two", body "", body of 300 B';
const curve = 'greeting 3.1 CURVE';
const plain = 'greeting 3.1 PLAIN';
const plainLogin = [plain, 'HELLO admin, password of 11 B', 'INITIATE Socket-Type "REQ" · Identity ""'];
const nothing = 'greeting 3.1 NULL';

const conversations: ReadonlyArray<{readonly name: string; readonly connector: readonly string[]; readonly listener: readonly string[]}> = [
	{name: 'req-rep', connector: [nothing, request, hello, hello, hello], listener: [nothing, rep, world, world, world]},
	{
		name: 'correlate',
		connector: [nothing, request, 'message request-id, delimiter, body "Hello"', 'message request-id, delimiter, body "Hello"'],
		listener: [nothing, rep, 'message request-id, delimiter, body "World"', 'message request-id, delimiter, body "World"'],
	},
	{name: 'heartbeats', connector: [nothing, request, hello, 'PING 5000 ms ""', 'PONG ""'], listener: [nothing, rep, world, 'PING 5000 ms ""', 'PONG ""']},
	{name: 'routing-id', connector: [nothing, 'READY Socket-Type "REQ" · Identity "client-1"', hello], listener: [nothing, 'READY Socket-Type "ROUTER" · Identity ""', world]},
	{
		name: 'broker-worker',
		connector: [
			nothing,
			'READY Socket-Type "DEALER" · Identity ""',
			'message routing-id "client-1", request-id, delimiter, body "Hello"',
			String.raw`message routing-id "\x00\x01\x02\x03\x04", delimiter, body "Hello"`,
		],
		listener: [
			nothing,
			rep,
			'message routing-id "client-1", request-id, delimiter, body "World"',
			String.raw`message routing-id "\x00\x01\x02\x03\x04", delimiter, body "World"`,
		],
	},
	{
		name: 'router-dealer',
		connector: [nothing, 'READY Socket-Type "DEALER" · Identity "worker-1"', 'message body "one", body "two", body "three"'],
		listener: [nothing, 'READY Socket-Type "ROUTER" · Identity ""', 'message body "four"'],
	},
	{name: 'multi-frame', connector: [nothing, request, 'message delimiter, body "alpha", body "", body of 300 B, body "omega"'], listener: [nothing, rep, world]},
	{
		name: 'long',
		connector: [nothing, request, ...[255, 256, 100_000].map(size => `message delimiter, body of ${size} B`)],
		listener: [nothing, rep, world, world, world],
	},
	{name: 'plain', connector: [...plainLogin, hello], listener: [plain, 'WELCOME', rep, world]},
	{
		name: 'plain-refused',
		connector: plainLogin.slice(0, 2),
		listener: [plain, 'ERROR 400 [ERROR is spelt ^RROR, as libzmq does under PLAIN]'],
	},
	{
		name: 'pub-sub',
		connector: [nothing, 'READY Socket-Type "SUB"', 'SUBSCRIBE "weather"', 'CANCEL "weather"'],
		listener: [nothing, 'READY Socket-Type "PUB"', 'message body "weather", body "rain"'],
	},
	{name: 'python-req', connector: [nothing, request, hello, two], listener: [nothing, rep, world, world]},
	{name: 'python-rep', connector: [nothing, rep, world], listener: [nothing, request, hello]},
	{name: 'python-plain', connector: [...plainLogin, hello, two], listener: [plain, 'WELCOME', rep, world, world]},
	{
		name: 'python-correlate',
		connector: [
			nothing,
			'READY Socket-Type "REQ" · Identity "snake"',
			'message request-id, delimiter, body "Hello"',
			'message request-id, delimiter, body "two", body "", body of 300 B',
			'PING 3000 ms ""',
		],
		listener: [nothing, rep, 'message request-id, delimiter, body "World"', 'message request-id, delimiter, body "World"', 'PONG ""'],
	},
];

describe('what real peers say', () => {
	test.each(conversations)('$name', ({name, connector, listener}) => {
		const {units} = decode(name);
		expect(lasting(units.connector)).toEqual(connector);
		expect(lasting(units.listener)).toEqual(listener);
	});

	test.each(captureNames)('%s, in every way in which it may arrive', name => {
		const {connection} = decode(name);
		const capture = loadCapture(name);
		for (const from of sides) {
			const stream = streamOf(capture, from);
			const other = connection.facts(from === 'connector' ? 'listener' : 'connector');
			everyWay(stream, {other, splits: stream.length > 10_000 ? 3 : 400});
		}
	});

	test.each(captureNames)('%s: the bytes that are kept are those of the stream', name => {
		const capture = loadCapture(name);
		for (const from of sides) {
			const stream = streamOf(capture, from);
			const listener = everyWay(stream, {splits: 1});
			for (const unit of listener.units) {
				const own = bytesOf(listener, unit.id, stream);
				for (const {offset, bytes} of unit.type === 'plain-hello' ? [] : keptBytes(unit)) {
					expect(own.subarray(offset, offset + bytes.length)).toEqual(bytes);
				}
			}
		}
	});
});

describe('CURVE', () => {
	test.each(['curve', 'python-curve'])('%s shows sizes and nonces and nothing else', name => {
		const {connection, units} = decode(name);
		expect(summaries(units.connector).slice(0, 3)).toEqual([curve, 'CURVE HELLO nonce 1', 'CURVE INITIATE nonce 2, box of 176 B']);
		expect(summaries(units.listener).slice(0, 3)).toEqual([curve, 'CURVE WELCOME', 'CURVE READY nonce 1, box of 35 B']);
		for (const [from, first] of [['connector', 3], ['listener', 2]] as const) {
			const sealed = units[from].slice(3);
			expect(sealed.map(unit => unit.type === 'sealed' && unit.nonce)).toEqual(sealed.map((_, index) => index + first));
			expect(connection.facts(from)).toMatchObject({mechanism: 'CURVE', isReady: true});
			expect(connection.facts(from).socketType).toBeUndefined();
		}
	});

	test('a PONG is as long as a Hello: nothing is claimed', () => {
		const {units} = decode('curve');
		const [delimiter, body] = units.connector.slice(3);
		expect([delimiter, body]).toMatchObject([{type: 'sealed', boxSize: 17}, {type: 'sealed', boxSize: 22}]);
		expect(units.connector.filter(unit => unit.type === 'sealed' && unit.boxSize === 22).length).toBeGreaterThan(1);
	});
});

test('libzmq sends PING between the frames of a message', () => {
	const {units, pieces} = decode('ping-inside-message');
	const message = units.connector.find(unit => unit.type === 'message');
	expect(message).toMatchObject({frameCount: 120, bodySize: 2_400_000});
	const begun = pieces.findIndex(piece => piece.type === 'unit-begin' && piece.family === 'message');
	const ended = pieces.findIndex(piece => piece.type === 'unit-end' && piece.unit === message);
	const inside = pieces.slice(begun, ended).filter(piece => piece.type === 'unit-end' && piece.unit.type === 'ping');
	expect(inside.length).toBeGreaterThan(0);
});

test('a password is kept nowhere', () => {
	for (const name of ['plain', 'plain-refused', 'python-plain']) {
		const {units, connection} = decode(name);
		const everything = JSON.stringify([units, connection.facts('connector')], (_, value: unknown) => value instanceof Uint8Array ? asciiOf(value) : value);
		expect(everything).toContain('admin');
		expect(everything).not.toContain('sesame');
	}
});

// Libzmq hangs up as soon as it has seen enough, and whether its own last word was out by then is a race.
const hungUp = {type: 'hung-up', side: 'listener', during: 'greeting'};

test.each([
	['null-to-curve', [{...hungUp, mechanism: 'NULL'}, {type: 'mechanism-mismatch', connector: 'NULL', listener: 'CURVE'}]],
	['plain-to-null', [{...hungUp, mechanism: 'PLAIN'}, {type: 'mechanism-mismatch', connector: 'PLAIN', listener: 'NULL'}]],
	['req-to-pub', [
		{type: 'hung-up', side: 'connector', during: 'handshake', mechanism: 'NULL', socketType: 'PUB'},
		{type: 'socket-mismatch', connector: 'REQ', listener: 'PUB'},
	]],
	['plain-refused', [{type: 'refused', side: 'listener', reason: '400'}]],
	['req-rep', [undefined]],
	['curve', [undefined]],
])('%s: what keeps the two apart', (name, troubles) => {
	expect(troubles).toContainEqual(decode(name).connection.trouble);
});
