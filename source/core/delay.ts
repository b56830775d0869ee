/** How long a server takes before it replies. A delay is data, drawn from with seeded randomness, and read from and written to one notation. */
import {formatDuration, longestMs, parseDuration} from './duration.js';
import {type Random} from './random.js';

/** `none` replies at once; `fixed` always takes `ms`; `uniform` anything from `minMs` to `maxMs`; `around` anything within `spreadMs` of `ms`. */
export type Delay =
	| {readonly type: 'none'}
	| {readonly type: 'fixed'; readonly ms: number}
	| {readonly type: 'uniform'; readonly minMs: number; readonly maxMs: number}
	| {readonly type: 'around'; readonly ms: number; readonly spreadMs: number};

/** The delay of a fresh server: the tutorial's one second. */
export const firstDelay: Delay = {type: 'fixed', ms: 1000};

/** Reads `off`, `800ms`, `200ms..2s`, `1s±200ms` (or `1s+-200ms`, or `1s~200ms` as ASCII screens show it). Undefined if it is none of them. */
export function parseDelay(text: string): Delay | undefined {
	const word = text.trim();
	if (word === 'off') {
		return {type: 'none'};
	}

	const range = pairOf(word.split('..'));
	if (range) {
		const [minMs, maxMs] = range;
		return minMs <= maxMs ? {type: 'uniform', minMs, maxMs} : undefined;
	}

	const around = pairOf(word.split(/[~±]|\+-/));
	if (around) {
		const [ms, spreadMs] = around;
		return spreadMs <= ms && ms + spreadMs <= longestMs ? {type: 'around', ms, spreadMs} : undefined;
	}

	const ms = parseDuration(word);
	return ms === undefined ? undefined : fixedDelay(ms);
}

/** A delay of `ms`, where 0 means none. */
export const fixedDelay = (ms: number): Delay => ms === 0 ? {type: 'none'} : {type: 'fixed', ms};

/** Writes a delay as `parseDelay` reads it. */
export function formatDelay(delay: Delay): string {
	switch (delay.type) {
		case 'none': {
			return 'off';
		}

		case 'fixed': {
			return formatDuration(delay.ms);
		}

		case 'uniform': {
			return `${formatDuration(delay.minMs)}..${formatDuration(delay.maxMs)}`;
		}

		case 'around': {
			return `${formatDuration(delay.ms)}±${formatDuration(delay.spreadMs)}`;
		}
	}
}

/** Draws the ms that this one reply takes. Only a delay that varies draws from `random`, so that fixed ones don't shift a seeded run. */
export function drawDelayMs(delay: Delay, random: Random): number {
	switch (delay.type) {
		case 'none': {
			return 0;
		}

		case 'fixed': {
			return delay.ms;
		}

		case 'uniform': {
			return delay.minMs + (random() * (delay.maxMs - delay.minMs));
		}

		case 'around': {
			return delay.ms + (((random() * 2) - 1) * delay.spreadMs);
		}
	}
}

const steps = [0, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000];

/** The next longer (`1`) or shorter (`-1`) delay of a ladder that a key walks: off, 50 ms … 1 min. */
export function stepDelay(delay: Delay, direction: 1 | -1): Delay {
	const now = delay.type === 'none' ? 0 : (delay.type === 'uniform' ? delay.maxMs : delay.ms);
	const next = direction === 1 ? steps.find(ms => ms > now) : steps.findLast(ms => ms < now);
	return fixedDelay(next ?? now);
}

function pairOf(words: readonly string[]): readonly [number, number] | undefined {
	const [first, second] = words.map(word => parseDuration(word));
	return words.length === 2 && first !== undefined && second !== undefined ? [first, second] : undefined;
}
