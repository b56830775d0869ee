/** How long something has lasted, or will, and when it was: in words for a person at a screen that ticks once a second. */
import {formatElapsed} from './duration.js';

/** An age in ms as `0.4 s`, `12 s`, `12 min`: whole seconds once it takes longer. `isCalm`: for whoever wants no word that changes more often than that. */
export function formatAge(ms: number, isCalm = false): string {
	if (ms < 1000) {
		return isCalm ? 'under 1 s' : `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
	}

	return ms < 60_000 ? `${Math.floor(ms / 1000)} s` : formatElapsed(ms);
}

/** What is left of a delay (ms): rounded up, so that three seconds begin with a 3. */
export const formatCountdown = (ms: number, isCalm = false): string => formatAge(ms < 1000 ? ms : Math.ceil(ms / 1000) * 1000, isCalm);

/** The time of day of a moment (ms since the epoch), in this machine's zone: `12:03:04`. */
export const formatClock = (t: number): string => new Date(t).toTimeString().slice(0, 8);
