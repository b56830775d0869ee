/** One case, decoded in every way in which a network may deliver it. */
import {expect} from 'vitest';
import {type DecoderOptions} from '../../../source/zmtp/decoder.js';
import {concatenate} from '../../../source/zmtp/encode.js';
import {type Facts} from '../../../source/zmtp/units.js';
import {listen, type Listener} from './listener.js';

/** What a listener has heard, to be compared. `pending` as it was before the end. */
const heard = (listener: Listener) => {
	const pending = listener.decoder.pending();
	return {pending, facts: listener.decoder.facts, units: listener.end().units, ranges: listener.ranges, counted: listener.counted};
};

/**
Decodes `stream` whole, byte by byte, and in two parts split at every byte, and expects the same each time; and with trailing bytes, where it expects all that had ended to be as it was.

Returns the listener of the whole.
*/
export function everyWay(stream: Uint8Array, {options, other, splits = 300}: {readonly options?: DecoderOptions; readonly other?: Facts; readonly splits?: number} = {}): Listener {
	const whole = heard(listen(stream, [], options, other));
	expect(heard(listen(stream, Array.from({length: stream.length}, () => 1), options, other))).toEqual(whole);
	const step = Math.max(1, Math.ceil(stream.length / splits));
	for (let at = 1; at < stream.length; at += step) {
		expect(heard(listen(stream, [at], options, other))).toEqual(whole);
	}

	const listener = listen(stream, [], options, other);
	for (const trailing of [[0], [0xFF], [4, 1, 0x58], [0x47, 0x45, 0x54, 0x20]]) {
		const longer = listen(concatenate([stream, Uint8Array.from(trailing)]), [], options, other);
		expect(longer.units.slice(0, listener.units.length)).toEqual(listener.units);
	}

	return listener;
}
