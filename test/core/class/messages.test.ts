/** What a class reads from the network: field by field, and nothing of what makes no sense. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {encodeMessage, readDoorAnswer, readDoorQuestion, readFromDesk, readFromLaptop, type FromDesk, type FromLaptop} from '../../../source/core/class/messages.js';

const key = 'x'.repeat(40);
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const fromLaptop: readonly FromLaptop[] = [
	{v: 1, type: 'register', name: 'ana', isWish: false, key, proof: 'abc='},
	{type: 'here', id: 'ana.00'},
	{type: 'leave', id: 'ana.00'},
	{type: 'progress', id: 'ana.00', lesson: 'The pizza', step: 2, of: 5, done: false},
];
const fromDesk: readonly FromDesk[] = [
	{type: 'welcome', name: 'ana', nonce: 'abc=', id: 'ana.00', room: 5573},
	{type: 'welcome', name: 'ana', nonce: 'abc=', id: 'ana.00', room: 'ipc:///tmp/class-room', lesson: 'pizza'},
	{type: 'refused', code: 'locked'},
	{type: 'beat'},
	{type: 'sent-out'},
	{type: 'over'},
];

describe('a message', () => {
	test.each(fromLaptop)('from a laptop is read back: $type', message => {
		expect(readFromLaptop(encodeMessage(message))).toEqual(message);
	});

	test.each(fromDesk)('from the desk is read back: $type', message => {
		expect(readFromDesk(encodeMessage(message))).toEqual(message);
	});

	test('at the door is read back', () => {
		expect(readDoorQuestion(encodeMessage({v: 1, type: 'hello'}))).toEqual({v: 1, type: 'hello'});
		expect(readDoorAnswer(encodeMessage({v: 1, type: 'key', serverKey: key, desk: 5572}))).toEqual({v: 1, type: 'key', serverKey: key, desk: 5572});
	});

	test.each<[what: string, value: unknown]>([
		['of another version', {v: 2, type: 'register', name: 'ana', isWish: false, key, proof: ''}],
		['with a name that acts', {v: 1, type: 'register', name: 'a\u{1B}[2J', isWish: false, key, proof: ''}],
		['with no key', {v: 1, type: 'register', name: 'ana', isWish: false, key: 'x', proof: ''}],
		['with a step that is none', {type: 'progress', id: 'a', lesson: 'x', step: -1, of: 5, done: false}],
		['with a lesson without end', {type: 'progress', id: 'a', lesson: 'x'.repeat(100), step: 1, of: 5, done: false}],
		['that is a list', []],
		['that is null', null],
	])('%s is none', (_, value) => {
		expect(readFromLaptop(bytes(value))).toBeUndefined();
	});

	test('a welcome leads to no other machine', () => {
		expect(readFromDesk(bytes({type: 'welcome', name: 'ana', nonce: '', id: '', room: 'tcp://192.0.2.66:5573'}))).toBeUndefined();
		expect(readDoorAnswer(bytes({v: 1, type: 'key', serverKey: key, desk: 99_999}))).toBeUndefined();
	});

	test('any bytes are read without a throw, and garbage is nothing', () => {
		fc.assert(fc.property(fc.uint8Array({maxLength: 200}), garbage => {
			expect([readDoorQuestion, readDoorAnswer, readFromLaptop, readFromDesk].map(read => read(garbage))).toEqual([undefined, undefined, undefined, undefined]);
		}));
	});
});
