import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {concatenate, encodeCommand, encodeFrame, encodeGreeting, encodeMessage, encodeReady} from '../../source/zmtp/encode.js';
import {everyWay} from './helpers/every-way.js';
import {listen, Listener} from './helpers/listener.js';
import {summaries} from './helpers/summary.js';

const opening = concatenate([encodeGreeting(), encodeReady({'Socket-Type': 'REQ'})]);
const ping = encodeCommand('PING', new Uint8Array(2));
const counting = {options: {detail: 'count'}} as const;

const messages = fc.array(fc.array(fc.uint8Array({maxLength: 400}), {minLength: 1, maxLength: 4}), {maxLength: 8});
const chunkings = fc.array(fc.nat({max: 300}), {maxLength: 30});

describe('detail: count', () => {
	test('messages are counted, everything else is told', () => {
		const listener = everyWay(concatenate([opening, encodeMessage(['', 'a']), ping, encodeMessage(['', 'x'.repeat(300)]), encodeMessage([''])]), counting);
		expect(summaries(listener.units)).toEqual(['greeting 3.1 NULL', 'READY Socket-Type "REQ"', 'PING 0 ms ""']);
		expect(listener.counted).toEqual({units: 3, frames: 5, bodyBytes: 301, bytes: 5 + 311 + 2});
	});

	test('PING inside a counted message', () => {
		const listener = everyWay(concatenate([opening, encodeFrame(1, new Uint8Array(1)), ping, encodeFrame(0, new Uint8Array(2))]), counting);
		expect(listener.counted).toMatchObject({units: 1, frames: 2});
		expect(summaries(listener.units).slice(2)).toEqual(['PING 0 ms ""']);
	});

	test('framing errors inside a counted message', () => {
		for (const broken of [[1, 0, 9], [2, 0x80], [2, 0, 0xFF]]) {
			everyWay(concatenate([opening, Uint8Array.from(broken)]), counting);
		}

		const listener = everyWay(concatenate([opening, Uint8Array.of(1, 0, 9, 9)]), counting).end();
		expect(summaries(listener.units).slice(2)).toEqual([`framing error: reserved-flags at ${opening.length + 2} in message`, 'opaque (framing-error) 1 B']);
	});

	test('frames of CURVE are counted one by one', () => {
		const sealed = encodeFrame(0, concatenate([Uint8Array.of(7), new TextEncoder().encode('MESSAGE'), new Uint8Array(25)]));
		const listener = everyWay(concatenate([encodeGreeting({mechanism: 'CURVE'}), sealed, sealed]), counting);
		expect(listener.counted).toMatchObject({units: 2, frames: 2, bodyBytes: 66});
		// MORE would be inside the box; outside it says nothing.
		const odd = everyWay(concatenate([encodeGreeting({mechanism: 'CURVE'}), sealed.with(0, 1), sealed.with(0, 1), sealed]), counting);
		expect(odd.counted).toMatchObject({units: 3, frames: 3});
	});

	test('what is pending is told as ever', () => {
		const listener = new Listener({detail: 'count'}).push(opening).push(concatenate([encodeMessage(['a']), encodeFrame(1, new Uint8Array(3)), Uint8Array.of(2, 0, 0, 0)]));
		expect(listener.decoder.pending()).toEqual({id: 4, at: opening.length + 3, family: 'message', received: 9, frames: 1, held: 0});
		listener.push(Uint8Array.of(0, 0, 0, 1, 0, 1));
		expect(listener.decoder.pending()).toMatchObject({id: 4, received: 15, frames: 1, frame: {size: 256, received: 1}});
	});

	test('frames of one message are counted on from chunk to chunk', () => {
		const listener = new Listener({detail: 'count'}).push(opening);
		for (const frames of [1, 2, 3]) {
			listener.push(encodeFrame(1, new Uint8Array(1)));
			expect(listener.decoder.pending()).toMatchObject({id: 3, frames, received: frames * 3});
		}
	});

	test('what is pending is the same in both details, after every chunk', () => {
		fc.assert(fc.property(messages, chunkings, (each, sizes) => {
			const stream = concatenate([opening, ...each.map(frames => encodeMessage(frames))]);
			const full = new Listener();
			const counted = new Listener({detail: 'count'});
			let at = 0;
			for (const size of sizes) {
				const chunk = stream.subarray(at, at + size);
				const pending = full.push(chunk).decoder.pending();
				expect(counted.push(chunk).decoder.pending()).toEqual(pending && {...pending, held: pending.family === 'message' ? 0 : pending.held});
				at += size;
			}
		}));
	});

	test('counts what the full detail tells, however it is cut', () => {
		fc.assert(fc.property(messages, chunkings, (each, sizes) => {
			const stream = concatenate([opening, ...each.flatMap((frames, index) => index % 3 === 1 ? [ping, encodeMessage(frames)] : [encodeMessage(frames)])]);
			const full = listen(stream, sizes);
			const counted = listen(stream, sizes, {detail: 'count'});
			const told = full.units.flatMap(unit => unit.type === 'message' ? [unit] : []);
			expect(counted.counted).toEqual({
				units: told.length,
				frames: told.reduce((sum, {frameCount}) => sum + frameCount, 0),
				bodyBytes: told.reduce((sum, {bodySize}) => sum + bodySize, 0),
				bytes: told.reduce((sum, {size}) => sum + size, 0),
			});
			// Numbers go on as if everything were told.
			expect(counted.units).toEqual(full.units.filter(({type}) => type !== 'message'));
		}));
	});

	test('may be switched at any moment: every message is either told or counted', () => {
		fc.assert(fc.property(messages, fc.array(fc.tuple(fc.nat({max: 100}), fc.boolean()), {maxLength: 30}), (each, steps) => {
			const stream = concatenate([opening, ...each.map(frames => encodeMessage(frames))]);
			const listener = new Listener();
			let at = 0;
			for (const [size, isCounting] of steps) {
				listener.decoder.setDetail(isCounting ? 'count' : 'full');
				listener.push(stream.subarray(at, at + size));
				at += size;
			}

			listener.push(stream.subarray(at));
			const told = listener.units.filter(({type}) => type === 'message');
			expect(told.length + listener.counted.units).toBe(each.length);
			expect(listener.decoder.pending()).toBeUndefined();
			const full = listen(stream).units;
			const ids = new Set(listener.units.map(({id}) => id));
			expect(listener.units).toEqual(full.filter(({id}) => ids.has(id)));
		}));
	});
});
