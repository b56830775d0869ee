/**
Everything that could come: random bytes, and real conversations with something wrong in them, in random chunks.

	ZMTP_FUZZ_SECONDS=30 ZMTP_FUZZ_SEED=7 npx vitest run --config .config/vitest.config.js test/zmtp/fuzz
	ZMTP_FUZZ_INPUTS=10000000 …

A failure names the seed of its input; `ZMTP_FUZZ_SEED=that ZMTP_FUZZ_INPUTS=1` repeats it alone.
*/
import process from 'node:process';
import {expect, test} from 'vitest';
import {createRandom, type Random} from '../../source/core/random.js';
import {concatenate, encodeFrame, encodeGreeting, encodeReady} from '../../source/zmtp/encode.js';
import {type Facts} from '../../source/zmtp/units.js';
import {captureNames, loadCapture, streamOf} from './helpers/captures.js';
import {listen, Listener} from './helpers/listener.js';

const inputsAsked = Number(process.env['ZMTP_FUZZ_INPUTS'] ?? 0);
const seconds = Number(process.env['ZMTP_FUZZ_SECONDS'] ?? 5);
const firstSeed = Number(process.env['ZMTP_FUZZ_SEED'] ?? 1);
const longest = 1500;

const recorded = captureNames.flatMap(name => {
	const capture = loadCapture(name);
	return [streamOf(capture, 'connector').subarray(0, longest), streamOf(capture, 'listener').subarray(0, longest)];
});

const below = (random: Random, end: number) => Math.floor(random() * end);
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[below(random, items.length)]!;
const noise = (random: Random, length: number) => Uint8Array.from({length}, () => below(random, 256));

/** Bytes that mean something somewhere in ZMTP. */
const telling = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x5E, 0x7F, 0x80, 0xFF];

const mutations: ReadonlyArray<(stream: Uint8Array, random: Random) => Uint8Array> = [
	(stream, random) => stream.with(below(random, stream.length), below(random, 256)),
	(stream, random) => stream.with(below(random, stream.length), pick(random, telling)),
	(stream, random) => stream.subarray(0, below(random, stream.length) + 1),
	(stream, random) => {
		const at = below(random, stream.length);
		return concatenate([stream.subarray(0, at), stream.subarray(at + 1 + below(random, 9))]);
	},
	(stream, random) => {
		const at = below(random, stream.length);
		return concatenate([stream.subarray(0, at), noise(random, 1 + below(random, 9)), stream.subarray(at)]);
	},
	(stream, random) => concatenate([stream.subarray(0, below(random, stream.length)), pick(random, recorded).subarray(64)]),
	(stream, random) => {
		const at = below(random, stream.length);
		return concatenate([stream.subarray(0, at), stream.subarray(at, at + 40), stream.subarray(at)]);
	},
];

const sources: ReadonlyArray<(random: Random) => Uint8Array> = [
	random => noise(random, below(random, 200)),
	random => concatenate([encodeGreeting({mechanism: pick(random, ['NULL', 'PLAIN', 'CURVE', 'GSSAPI'])}), noise(random, below(random, 200))]),
	// Frames that are sound, of every kind, with bodies of anything.
	random => concatenate([
		encodeGreeting({mechanism: pick(random, ['NULL', 'PLAIN', 'CURVE'])}),
		...(random() < 0.7 ? [encodeReady({'Socket-Type': pick(random, ['REQ', 'REP', 'DEALER', 'PUB'])})] : []),
		...Array.from({length: below(random, 20)}, () => encodeFrame(pick(random, [0, 1, 4, 0, 1, 2, 3, 6]) % 5, noise(random, pick(random, [0, 1, 4, 10, 300])))),
	]),
	(random): Uint8Array => {
		let stream = pick(random, recorded);
		for (let count = below(random, 4); count >= 0 && stream.length > 0; count--) {
			stream = pick(random, mutations)(stream, random);
		}

		return stream;
	},
];

const others: readonly Facts[] = [
	{isReady: false},
	{isReady: true, protocol: 'zmtp-3', mechanism: 'NULL', socketType: 'REP'},
	{isReady: false, protocol: 'zmtp-2.0'},
	{isReady: false, protocol: 'zmtp-1.0'},
];

/** One input; the listener holds the decoder to its law. */
function tryOne(seed: number): void {
	const random = createRandom(seed);
	const stream = pick(random, sources)(random);
	const options = random() < 0.5 ? {} : {headLimit: below(random, 4097), framesKept: below(random, 8)};
	const other = random() < 0.7 ? others[0]! : pick(random, others);
	const largest = pick(random, stream.length < 300 ? [1, 2, 10, 100] : [10, 100, longest]);
	const isSwitching = random() < 0.3;
	const listener = new Listener(options, other);
	for (let at = 0; at < stream.length;) {
		if (isSwitching) {
			listener.decoder.setDetail(random() < 0.5 ? 'count' : 'full');
		}

		const size = below(random, largest) + 1;
		listener.push(stream.subarray(at, at + size));
		at += size;
	}

	listener.end();
	if (!isSwitching && seed % 8 === 0) {
		const whole = listen(stream, [], options, other).end();
		expect(listener.units).toEqual(whole.units);
		expect(listener.ranges).toEqual(whole.ranges);
	}
}

test('nothing that comes breaks the law', () => {
	const start = performance.now();
	const isOver = (done: number) => inputsAsked > 0 ? done >= inputsAsked : performance.now() - start > seconds * 1000;
	let done = 0;
	while (!isOver(done)) {
		const seed = firstSeed + done;
		try {
			tryOne(seed);
		} catch (error) {
			throw new Error(`ZMTP_FUZZ_SEED=${seed} breaks it`, {cause: error});
		}

		done++;
	}

	const rate = Math.round(done / (performance.now() - start) * 1000);
	console.log(`fuzz: ${done} inputs from seed ${firstSeed}, ${rate} a second`);
	expect(done).toBeGreaterThan(0);
}, 24 * 60 * 60 * 1000);
