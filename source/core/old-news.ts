/** Which events of a connection say nothing new: libzmq tries for ever, and a transcript tells an outage once. Each looks back in the journal. */
import {type Event, type EventOf} from './events.js';
import {type Journal} from './journal.js';
import {undecipherable} from './security-refusals.js';

/** Within which time (ms) the same failure of another try, as clients make them for ever, is no news. */
const repeatMs = 1000;

/** Whether a listener told the same failure a moment ago. */
export function isRepeated({peer, n, t, endpoint, code}: EventOf<'handshake-failed'>, journal: Journal): boolean {
	for (const earlier of journal.newestOf(peer, n - 1)) {
		if (t - earlier.t > repeatMs) {
			return false;
		}

		if (earlier.type === 'handshake-failed' && earlier.endpoint === endpoint && earlier.code === code) {
			return true;
		}
	}

	return false;
}

/** Whether it was no handshake that failed but a box of CURVE that did not open: whoever came last had shaken hands. */
export function isSpoiltMessage({peer, n, endpoint, code}: EventOf<'handshake-failed'>, journal: Journal): boolean {
	for (const earlier of code === undecipherable ? journal.newestOf(peer, n - 1) : []) {
		if ('endpoint' in earlier && earlier.endpoint === endpoint && coming.has(earlier.type)) {
			return earlier.type === 'handshake-done';
		}
	}

	return false;
}

const coming: ReadonlySet<Event['type']> = new Set(['connecting', 'listening', 'connected', 'accepted', 'handshake-done', 'disconnected']);

/** Whether a connection ended before a handshake, without an error to say why, and that is news: whoever does not fit comes again and again. */
export function wasHungUpOn(event: EventOf<'disconnected'>, journal: Journal): boolean {
	return isHangUp(event, journal) && !isRepeatedHangUp(event, journal);
}

function isRepeatedHangUp({peer, n, t, endpoint}: EventOf<'disconnected'>, journal: Journal): boolean {
	for (const earlier of journal.newestOf(peer, n - 1)) {
		if (t - earlier.t > repeatMs) {
			return false;
		}

		if (earlier.type === 'disconnected' && earlier.endpoint === endpoint) {
			return isHangUp(earlier, journal);
		}
	}

	return false;
}

/** Whether the other side took the connection and ended it before a handshake (or ours did), without an error to say why. */
function isHangUp(event: EventOf<'disconnected'>, journal: Journal): boolean {
	const {peer, n, endpoint} = event;
	if (hasJustLeft(event, journal)) {
		return false;
	}

	for (const earlier of journal.newestOf(peer, n - 1)) {
		if ('endpoint' in earlier && earlier.endpoint === endpoint && earlier.type !== 'connect-delayed') {
			return earlier.type === 'connected' || earlier.type === 'accepted';
		}
	}

	return false;
}

/** Whether another peer of this lab has closed a moment ago: the monitor does not say who left, and its next socket may be here already. */
function hasJustLeft({peer, n, t}: EventOf<'disconnected'>, journal: Journal): boolean {
	for (const earlier of journal.newestFirst(n - 1)) {
		if (t - earlier.t > repeatMs) {
			return false;
		}

		if (earlier.type === 'peer-closed' && earlier.peer !== peer) {
			return true;
		}
	}

	return false;
}

/** Whether a client's further try came to nothing in the same way: a web server fails it now with this code, now with that. */
export function isAnotherTry({peer, n, endpoint, kind, code}: EventOf<'handshake-failed'>, journal: Journal): boolean {
	for (const earlier of journal.newestOf(peer, n - 1)) {
		if (isNewBeginning(earlier, endpoint)) {
			return false;
		}

		if (earlier.type === 'handshake-failed' && earlier.endpoint === endpoint && earlier.kind === kind && (kind === 'other' || earlier.code === code)) {
			return true;
		}
	}

	return false;
}

/** Whether the same trouble was told before, by an earlier try or by a failed handshake: `since` is when it began. */
export function isToldAlready({peer, n, endpoint, since, code}: EventOf<'retrying'>, journal: Journal): boolean {
	for (const earlier of journal.newestOf(peer, n - 1)) {
		if (earlier.t < since || isNewBeginning(earlier, endpoint)) {
			return false;
		}

		if (earlier.type === 'retrying' && earlier.endpoint === endpoint) {
			return earlier.since === since && earlier.code === code;
		}

		if (earlier.type === 'handshake-failed' && earlier.endpoint === endpoint && code === undefined) {
			return true;
		}
	}

	return false;
}

/** Whether somebody was connected with before the tries began. */
export function hasWorked({peer, n, endpoint}: EventOf<'retrying'>, journal: Journal): boolean {
	for (const earlier of journal.newestOf(peer, n - 1)) {
		if (isNewBeginning(earlier, endpoint)) {
			return earlier.type === 'handshake-done';
		}
	}

	return false;
}

/** Whether an event ends what was told of a connecting endpoint: it works, or it is a new one. */
const isNewBeginning = (event: Event, endpoint: string): boolean =>
	event.type === 'peer-opened' || ((event.type === 'handshake-done' || event.type === 'connecting') && event.endpoint === endpoint);
