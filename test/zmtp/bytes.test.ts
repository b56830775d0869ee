import {Buffer} from 'node:buffer';
import {expect, test} from 'vitest';
import {asciiOf, copyOf, Head, numberAt} from '../../source/zmtp/bytes.js';

test('a name is printable whatever its bytes', () => {
	expect(asciiOf(Uint8Array.of(0x41, 0x7E, 0x20))).toBe('A~ ');
	expect(asciiOf(Uint8Array.of(0x1B, 0x7F, 0x00, 0xFF))).toBe(String.raw`\x1b\x7f\x00\xff`);
});

test('numbers are in network order, and bytes that are not there are 0', () => {
	expect(numberAt(Uint8Array.of(9, 1, 2), 1, 2)).toBe(0x01_02);
	expect(numberAt(Uint8Array.of(9, 1), 1, 2)).toBe(0x01_00);
});

test('a copy of a Buffer is no view of it', () => {
	const buffer = Buffer.from('abcdef');
	const copy = copyOf(buffer, 1, 3);
	buffer.fill(0);
	expect(copy).toEqual(Uint8Array.of(0x62, 0x63));
	expect(copy.buffer.byteLength).toBe(2);
});

test('a head keeps the first bytes, in whatever parts they come', () => {
	const head = new Head(4);
	head.add(Uint8Array.of(9, 1, 2, 9), 1, 3);
	expect(head.take()).toEqual(Uint8Array.of(1, 2));
	head.add(Uint8Array.of(3, 4, 5), 0, 3);
	expect(head.take()).toEqual(Uint8Array.of(1, 2, 3, 4));
	expect(head.length).toBe(4);
});
