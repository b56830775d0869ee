/** What a proxy does with the pieces: pass them, or let all pieces of one unit share one fate. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Decoder} from '../../source/zmtp/decoder.js';
import {concatenate, encodeCommand, encodeFrame, encodeGreeting, encodeReady} from '../../source/zmtp/encode.js';
import {type Family} from '../../source/zmtp/units.js';
import {listen} from './helpers/listener.js';
import {summaries} from './helpers/summary.js';

type Fate = 'pass' | 'drop' | 'duplicate';

/** A proxy that decides a unit's fate when it begins, and forwards or holds its bytes. */
function passThrough(chunks: readonly Uint8Array[], decide: (id: number, family: Family) => Fate): Uint8Array {
	const decoder = new Decoder();
	const forwarded: Uint8Array[] = [];
	const fates = new Map<number, Fate>();
	const held = new Map<number, Uint8Array[]>();
	for (const chunk of chunks) {
		for (const piece of decoder.push(chunk)) {
			if (piece.type === 'unit-begin') {
				fates.set(piece.id, decide(piece.id, piece.family));
				held.set(piece.id, []);
			} else if (piece.type === 'bytes') {
				const bytes = chunk.subarray(piece.start, piece.end);
				(fates.get(piece.id) === 'pass' ? forwarded : held.get(piece.id)!).push(bytes);
			} else if (piece.type === 'unit-end' && fates.get(piece.id) === 'duplicate') {
				forwarded.push(...held.get(piece.id)!, ...held.get(piece.id)!);
			}
		}
	}

	return concatenate(forwarded);
}

function cut(stream: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
	const chunks: Uint8Array[] = [];
	let at = 0;
	for (const size of [...sizes, stream.length]) {
		chunks.push(stream.subarray(at, at + size));
		at += size;
	}

	return chunks;
}

const ping = encodeCommand('PING', new Uint8Array(2));
const chunkings = fc.array(fc.nat({max: 200}), {maxLength: 30});

/** Messages of one to four frames, with a PING between some frames. */
const frame = fc.tuple(fc.uint8Array({maxLength: 300}), fc.boolean());
const streams = fc.array(fc.array(frame, {minLength: 1, maxLength: 4}), {maxLength: 8}).map(messages => concatenate([
	encodeGreeting(),
	encodeReady({'Socket-Type': 'REQ'}),
	...messages.flatMap(frames => frames.flatMap(([body, isAfterPing], index) => [
		...(isAfterPing ? [ping] : []),
		encodeFrame(index < frames.length - 1 ? 1 : 0, body),
	])),
]));

describe('a proxy', () => {
	test('that passes everything is identical, whatever passes', () => {
		fc.assert(fc.property(fc.uint8Array({maxLength: 2000}), streams, chunkings, (noise, stream, sizes) => {
			for (const each of [noise, stream, concatenate([stream, noise])]) {
				expect(passThrough(cut(each, sizes), () => 'pass')).toEqual(each);
			}
		}));
	});

	test('that drops and duplicates whole messages leaves a well-formed stream', () => {
		const fates: readonly Fate[] = ['pass', 'drop', 'duplicate'];
		fc.assert(fc.property(streams, chunkings, fc.nat(), (stream, sizes, seed) => {
			const fateOf = (id: number, family: Family) => family === 'message' ? fates[(id * 7 + seed) % 3]! : 'pass';
			const before = listen(stream).units;
			const after = listen(passThrough(cut(stream, sizes), fateOf)).end().units;
			const isMessage = (line: string) => line.startsWith('message');
			const expected = before.flatMap(unit => {
				const line = summaries([unit]);
				const fate = unit.type === 'message' ? fateOf(unit.id, 'message') : 'pass';
				return fate === 'drop' ? [] : (fate === 'duplicate' ? [...line, ...line] : line);
			});
			// A message that was held comes after the heartbeats that came between its frames: the order of each kind is kept.
			expect(summaries(after).filter(line => isMessage(line))).toEqual(expected.filter(line => isMessage(line)));
			expect(summaries(after).filter(line => !isMessage(line))).toEqual(expected.filter(line => !isMessage(line)));
		}));
	});
});
