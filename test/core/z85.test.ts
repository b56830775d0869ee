/** Z85: RFC 32's own example, and what is none. */
import {describe, expect, test} from 'vitest';
import {
	decodeZ85,
	encodeZ85,
	isKey,
	shortKey,
} from '../../source/core/z85.js';
import {createRandom} from '../../source/core/random.js';

const bytes = Uint8Array.of(0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B);

test('RFC 32: the eight bytes of the test case are HelloWorld', () => {
	expect(encodeZ85(bytes)).toBe('HelloWorld');
	expect(decodeZ85('HelloWorld')).toEqual(bytes);
});

test('any 32 bytes are a key of 40 characters, and come back', () => {
	const random = createRandom(7);
	for (let times = 0; times < 500; times++) {
		const key = Uint8Array.from({length: 32}, () => random() * 256);
		const text = encodeZ85(key);
		expect(isKey(text)).toBe(true);
		expect(decodeZ85(text)).toEqual(key);
	}
});

describe('is no Z85', () => {
	test.each(['Hell', 'Hello World', '"""""', '#####', '€€€€€'])('%s', text => {
		expect(decodeZ85(text)).toBeUndefined();
	});
});

test('is no key: another length', () => {
	expect(['', 'HelloWorld', '0'.repeat(41), '0'.repeat(39)].filter(text => isKey(text))).toEqual([]);
	expect(shortKey('0123456789')).toBe('01234567…');
});
