import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {encodeText} from '../../source/core/frames.js';
import {quotePayload, readPayload} from '../../source/commands/payload.js';

/** The frames that were read, each as text. */
function textsOf(rest: string): readonly string[] {
	const payload = readPayload(rest);
	return payload.ok ? payload.frames.map(frame => new TextDecoder('utf-8').decode(frame)) : [];
}

/** The frames that were read, each as its bytes. */
function bytesOf(rest: string): ReadonlyArray<readonly number[]> {
	const payload = readPayload(rest);
	return payload.ok ? payload.frames.map(frame => [...frame]) : [];
}

const hexOf = (frame: Uint8Array): string => [...frame].map(byte => byte.toString(16).padStart(2, '0')).join('');

describe('readPayload', () => {
	test.each<[what: string, rest: string, frames: readonly string[]]>([
		['text', 'Hello', ['Hello']],
		['text with blanks and quotes, as it stands', '  say "hi"  ', ['  say "hi"  ']],
		['several lines', 'one\ntwo', ['one\ntwo']],
		['nothing', '', ['']],
		['a dash', '-1', ['-1']],
		['text that begins with --', '-- --frames a b', ['--frames a b']],
		['two dashes alone', '-- --', ['--']],
		['nothing after --', '--', ['']],
		['frames', '--frames a b ""', ['a', 'b', '']],
		['frames with blanks', '--frames "a b" c', ['a b', 'c']],
		['one empty frame', '--frames ""', ['']],
		['an option that stands later', 'Hello --hex 00', ['Hello --hex 00']],
	])('reads %s', (_, rest, frames) => {
		expect(textsOf(rest)).toEqual(frames);
	});

	test.each<[rest: string, frames: ReadonlyArray<readonly number[]>]>([
		['--hex 00ff', [[0x00, 0xFF]]],
		['--hex 00FF10', [[0x00, 0xFF, 0x10]]],
		['--hex 00 ff', [[0x00], [0xFF]]],
		['--hex  00  ff ', [[0x00], [0xFF]]],
		['--hex 00\nff', [[0x00], [0xFF]]],
	])('reads %j', (rest, frames) => {
		expect(bytesOf(rest)).toEqual(frames);
	});

	test.each<[rest: string, reason: RegExp]>([
		['--frames', /at least one frame/v],
		['--frames "a', /quote is left open/v],
		['--hex', /come in pairs/v],
		['--hex 0', /come in pairs/v],
		['--hex 00f', /come in pairs/v],
		['--hex 0g', /come in pairs/v],
		['--hex 0x00', /come in pairs/v],
		['--frame a', /“--frame” is not known/v],
		['--HEX 00', /“--HEX” is not known/v],
		['---', /“---” is not known/v],
		['--constructor x', /“--constructor” is not known/v],
	])('says what is wrong with %j, and what to do', (rest, reason) => {
		expect(readPayload(rest)).toEqual({ok: false, reason: expect.stringMatching(reason) as string, next: expect.stringMatching(/\S/v) as string});
	});

	test('reads any bytes in hexadecimal', () => {
		fc.assert(fc.property(fc.array(fc.uint8Array({minLength: 1}), {minLength: 1}), frames => {
			const words = frames.map(frame => hexOf(frame));
			expect(bytesOf(`--hex ${words.join(' ')}`)).toEqual(frames.map(frame => [...frame]));
		}));
	});
});

describe('quotePayload', () => {
	test.each<[body: string, quoted: string]>([
		['Hello', 'Hello'],
		['-1', '-1'],
		['--hex 00', '-- --hex 00'],
		['--', '-- --'],
		['', ''],
	])('writes %j as %j', (body, quoted) => {
		expect(quotePayload(body)).toBe(quoted);
	});

	test('is read back as it was: one frame, every byte', () => {
		const anyBody = fc.tuple(fc.constantFrom('', '-', '--', '-- ', '--hex ', '--frames '), fc.string({unit: 'binary'})).map(parts => parts.join(''));
		fc.assert(fc.property(anyBody, body => {
			expect(bytesOf(quotePayload(body))).toEqual([[...encodeText(body)]]);
		}));
	});
});
