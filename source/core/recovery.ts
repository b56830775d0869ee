/**
How a client gets out of trouble when a reply does not come: the ways that the ZeroMQ Guide and libzmq's options offer.

- `none`: a strict REQ that waits for ever.
- `timeout 2s`: it stops waiting, but the machine does not move: the socket still awaits that reply.
- `relaxed`: ZMQ_REQ_RELAXED; it may send again while it awaits. A late reply can then answer the wrong request.
- `relaxed+correlate`: ZMQ_REQ_CORRELATE as well; each request carries an id, and a late reply is discarded.
- `lazy-pirate 3x 2s`: after each time-out the socket is closed and a new one asks again, so many times in all.
- `lazy-pirate 5x 1s back-off 250ms`: the same, with a pause before each further try that doubles every time, so that many clients do not fall upon a server that has just come back.

Source: zmq_setsockopt(3); libzmq's `req.cpp`; the ZeroMQ Guide, chapter 4, "Client-Side Reliability (Lazy Pirate Pattern)".
*/
import {formatDuration, parseDuration} from './duration.js';

/** A way out. Times are in ms; `tries` counts the first one, `backOffMs` is the pause before the second. */
export type Recovery =
	| LazyPirate
	| {readonly kind: 'none' | 'relaxed' | 'relaxed+correlate'}
	| {readonly kind: 'timeout'; readonly timeoutMs: number};
export type LazyPirate = {readonly kind: 'lazy-pirate'; readonly tries: number; readonly timeoutMs: number; readonly backOffMs?: number};

/** The notations, as the help and the completion show them. */
export const recoveryExamples: readonly string[] = ['none', 'timeout 2s', 'relaxed', 'relaxed+correlate', 'lazy-pirate 3x 2s', 'lazy-pirate 5x 1s back-off 250ms'];

/** More tries than anyone waits for. */
const mostTries = 1000;

/** Reads what `formatRecovery` writes; undefined if it is none of that. */
export function parseRecovery(text: string): Recovery | undefined {
	const [kind = '', ...words] = text.trim().split(/\s+/);
	switch (kind) {
		case 'none':
		case 'relaxed':
		case 'relaxed+correlate': {
			return words.length === 0 ? {kind} : undefined;
		}

		case 'timeout': {
			const timeoutMs = parseDuration(words[0] ?? '');
			return words.length === 1 && timeoutMs ? {kind, timeoutMs} : undefined;
		}

		case 'lazy-pirate': {
			const tries = Number(/^(?<tries>\d{1,4})x$/.exec(words[0] ?? '3x')?.groups?.['tries']);
			const timeoutMs = parseDuration(words[1] ?? '2s');
			const backOffMs = words.length > 2 ? parseDuration(words[2] === 'back-off' ? words[3] ?? '' : '') : undefined;
			const isWhole = words.length <= 2 || (words.length === 4 && backOffMs);
			return isWhole && tries >= 1 && tries <= mostTries && timeoutMs ? {kind, tries, timeoutMs, ...(backOffMs !== undefined && {backOffMs})} : undefined;
		}

		default: {
			return undefined;
		}
	}
}

/** Writes it so that `parseRecovery` reads it back. */
export function formatRecovery(recovery: Recovery): string {
	switch (recovery.kind) {
		case 'timeout': {
			return `timeout ${formatDuration(recovery.timeoutMs)}`;
		}

		case 'lazy-pirate': {
			return `lazy-pirate ${recovery.tries}x ${formatDuration(recovery.timeoutMs)}${recovery.backOffMs === undefined ? '' : ` back-off ${formatDuration(recovery.backOffMs)}`}`;
		}

		default: {
			return recovery.kind;
		}
	}
}

/** How often a pause may double. */
export const mostDoublings = 6;

/** How long (ms) a lazy pirate pauses after so many vain tries, before the next one. */
export const pauseAfter = (tries: number, backOffMs = 0): number => backOffMs * (2 ** Math.min(tries - 1, mostDoublings));

/** The socket options that it needs; libzmq can't tell them back. */
export const socketOptionsOf = ({kind}: Recovery): {readonly relaxed: boolean; readonly correlate: boolean} => ({
	relaxed: kind.startsWith('relaxed'), correlate: kind === 'relaxed+correlate',
});

/** Whether a REQ with this setting (as an event tells it) may send while it awaits a reply. */
export const isRelaxed = (setting: string | undefined): boolean => setting?.startsWith('relaxed') ?? false;

/** What a newly chosen way out changes, in a sentence. */
export function explainRecovery(recovery: Recovery): string {
	switch (recovery.kind) {
		case 'none': {
			return 'a strict REQ: it waits for each reply, if need be for ever';
		}

		case 'timeout': {
			return `it stops waiting after ${formatDuration(recovery.timeoutMs)}; but the socket still awaits that reply, and may not send`;
		}

		case 'relaxed': {
			return 'it may send again while it awaits a reply; but a late reply then answers the wrong request';
		}

		case 'relaxed+correlate': {
			return 'it may send again while it awaits a reply; an id in each request lets it discard a late reply';
		}

		case 'lazy-pirate': {
			const pause = recovery.backOffMs === undefined ? '' : `, after a pause of ${formatDuration(recovery.backOffMs)} that doubles each time`;
			return `after ${formatDuration(recovery.timeoutMs)} without a reply it closes its socket and asks again with a new one${pause}; after ${recovery.tries} tries it gives up`;
		}
	}
}
