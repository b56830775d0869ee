import {describe, expect, test} from 'vitest';
import {Connection} from '../../source/zmtp/connection.js';
import {concatenate, encodeGreeting, encodeMessage, encodeReady} from '../../source/zmtp/encode.js';
import {canTalk, partnersOf} from '../../source/zmtp/socket-types.js';

const ascii = (text: string) => Uint8Array.from(text, character => character.codePointAt(0)!);
const peer = (socketType: string, mechanism?: string) => concatenate([encodeGreeting(mechanism ? {mechanism} : {}), encodeReady({'Socket-Type': socketType})]);

const between = (connector: Uint8Array, listener: Uint8Array) => {
	const connection = new Connection();
	connection.push('connector', connector);
	connection.push('listener', listener);
	return connection;
};

describe('trouble', () => {
	test.each([
		['none', peer('REQ'), peer('REP'), undefined],
		['nothing said yet', peer('REQ'), new Uint8Array(0), undefined],
		['two REQs', peer('REQ'), peer('REQ'), {type: 'socket-mismatch', connector: 'REQ', listener: 'REQ'}],
		['a socket type nobody knows', peer('REQ'), peer('TEAPOT'), undefined],
		['mechanisms', encodeGreeting(), encodeGreeting({mechanism: 'CURVE'}), {type: 'mechanism-mismatch', connector: 'NULL', listener: 'CURVE'}],
		['a web server', peer('REQ'), ascii('HTTP/1.1 400 Bad Request'), {type: 'not-zmtp', side: 'listener', looksLike: 'http-response'}],
		['a peer of 1.0', Uint8Array.of(1, 0, 5), new Uint8Array(0), {type: 'old-zmtp', side: 'connector', protocol: 'zmtp-1.0'}],
		['a broken stream', concatenate([peer('REQ'), Uint8Array.of(255)]), peer('REP'), {type: 'framing-error', side: 'connector'}],
	])('%s', (_, connector, listener, trouble) => {
		expect(between(connector, listener).trouble).toEqual(trouble);
	});

	test('hanging up before the last word of the handshake', () => {
		const connection = between(encodeGreeting(), peer('PUB'));
		connection.end('connector');
		expect(connection.trouble).toEqual({type: 'hung-up', side: 'connector', during: 'handshake', mechanism: 'NULL', socketType: 'PUB'});
	});

	test('hanging up on somebody who has said nothing is no trouble of theirs', () => {
		const connection = new Connection();
		connection.push('connector', encodeGreeting());
		connection.end('connector');
		expect(connection.trouble).toBeUndefined();
	});
});

test('who talks to whom tells what the frames are', () => {
	const connection = between(peer('DEALER'), peer('ROUTER'));
	const roles = (stream: Uint8Array) => connection.push('connector', stream).flatMap(piece => piece.type === 'unit-end' && piece.unit.type === 'message' ? [piece.unit.evidence] : []);
	expect(roles(encodeMessage(['', 'x']))).toEqual(['inferred']);
	const sure = between(peer('DEALER'), peer('REP'));
	expect(sure.push('connector', encodeMessage(['', 'x'])).at(-1)).toMatchObject({unit: {evidence: 'exact'}});
});

test('an older peer makes the other fall back', () => {
	const connection = new Connection();
	const signature = Uint8Array.of(0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F);
	connection.push('connector', concatenate([signature, Uint8Array.of(3)]));
	connection.push('listener', concatenate([signature, Uint8Array.of(1, 4)]));
	connection.push('connector', Uint8Array.of(3, 0, 0));
	expect(connection.facts('connector')).toMatchObject({protocol: 'zmtp-2.0', socketType: 'REQ', opaque: 'zmtp-2.0'});
	expect(connection.pending('connector')).toMatchObject({family: 'opaque', received: 2});
});

test('the detail is of both directions', () => {
	const connection = between(peer('REQ'), peer('REP'));
	connection.setDetail('count');
	for (const side of ['connector', 'listener'] as const) {
		expect(connection.push(side, encodeMessage(['', 'x']))).toEqual([{type: 'run', start: 0, end: 5, units: 1, frames: 2, bodyBytes: 1}]);
	}
});

describe('socket types', () => {
	test('fit both ways', () => {
		for (const one of ['REQ', 'REP', 'DEALER', 'ROUTER', 'PUB', 'XPUB', 'SUB', 'XSUB', 'PUSH', 'PULL', 'PAIR', 'CLIENT', 'SERVER', 'RADIO', 'DISH', 'SCATTER', 'GATHER', 'PEER', 'CHANNEL']) {
			expect(partnersOf(one).length).toBeGreaterThan(0);
			for (const other of partnersOf(one)) {
				expect(canTalk(other, one)).toBe(true);
			}
		}
	});

	test('unknown ones are unknown', () => {
		expect(canTalk('REQ', 'constructor')).toBeUndefined();
		expect(partnersOf('toString')).toEqual([]);
	});
});
