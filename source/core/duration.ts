/**
Durations as people write them: a number and a unit. Shared by the commands, the flags and the panes.
*/

const units: Readonly<Record<string, number>> = {
	ms: 1, s: 1000, m: 60_000, h: 3_600_000,
};

/** The longest delay that a Node timer can hold, in ms: 2^31 - 1. */
export const longestMs = 2_147_483_647;

/** Reads `800ms`, `1.5s`, `2m`, `1h`; a bare `0` needs no unit. Gives ms, or undefined if it is no duration. */
export function parseDuration(text: string): number | undefined {
	const word = text.trim().toLowerCase();
	if (word === '0') {
		return 0;
	}

	const match = /^(?<amount>\d+(?:\.\d+)?)(?<unit>ms|[hms])$/.exec(word);
	const ms = Number(match?.groups?.['amount']) * (units[match?.groups?.['unit'] ?? ''] ?? NaN);
	// Rounded to the µs: 1.001s is 1001 ms, and not a hair less.
	return Number.isFinite(ms) && ms <= longestMs ? Number(ms.toFixed(3)) : undefined;
}

/** Writes ms so that `parseDuration` reads it back: `800ms`, `1.5s`, `2m`, `1h`. */
export function formatDuration(ms: number): string {
	if (ms < 1000) {
		return `${round(ms, 3)}ms`;
	}

	if (ms % 3_600_000 === 0) {
		return `${ms / 3_600_000}h`;
	}

	return ms < 60_000 || ms % 60_000 !== 0 ? `${round(ms / 1000, 3)}s` : `${ms / 60_000}m`;
}

/** Writes an age or a round trip for reading, not for parsing: `0.4 ms`, `86 ms`, `1.002 s`, `12 s`, `12 min`. */
export function formatElapsed(ms: number): string {
	// Each border lies where rounding would reach the next form: never `10.0 ms` or `1000 ms`.
	if (ms < 9.95) {
		return `${Math.max(0, ms).toFixed(1)} ms`;
	}

	if (ms < 999.5) {
		return `${Math.round(ms)} ms`;
	}

	if (ms < 9999.5) {
		return `${(ms / 1000).toFixed(3)} s`;
	}

	return ms < 599_500 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}

const round = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
