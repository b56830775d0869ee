/** What a broker prints: its events as JSON, or a line for a person. Whatever came from the wire is made visible here. */
import {formatElapsed} from '../core/duration.js';
import {describeHop, lostWith, type Side} from '../core/hop.js';
import {explainHandshakeFailure} from '../core/refusals.js';
import {describeVisit} from '../core/security-rows.js';
import {visible} from '../core/text.js';
import {type BrokerEvent} from './events.js';

/** The line that an event is worth; none for what a person need not see. */
export type Printer = (event: BrokerEvent) => string | undefined;

/** One event a line. */
export const jsonLine: Printer = event => JSON.stringify(event);

const marks = {
	unicode: {frontend: '▸', backend: '◂', trouble: '⚠', note: '·'},
	ascii: {frontend: '>', backend: '<', trouble: '!', note: '-'},
} as const;

/** Within which time (ms) the same failure once more is no news. */
const repeatMs = 1000;

const whoIsAt: Readonly<Record<Side, string>> = {frontend: 'a client', backend: 'a worker'};

/** Lines for a person: each hop with its frames in order. */
export function humanLine({isAscii}: {readonly isAscii: boolean}): Printer {
	const mark = marks[isAscii ? 'ascii' : 'unicode'];
	let isSecured = false;
	/** When each failure was last: a client with wrong keys tries for ever. */
	const failedAt = new Map<string, number>();
	return event => {
		switch (event.type) {
			case 'broker-started': {
				isSecured = event.publicKey !== undefined;
				return undefined;
			}

			case 'zap-request': {
				return `${mark[event.verdict === 'allowed' ? 'note' : 'trouble']} ZAP: ${describeVisit(event)}`;
			}

			case 'handshake-failed': {
				const {side, kind, code, t} = event;
				const failure = `${side} ${code}`;
				const before = failedAt.get(failure) ?? -Infinity;
				failedAt.set(failure, t);
				const {why} = explainHandshakeFailure(kind, visible(code), side, 'bind', isSecured);
				return t - before < repeatMs ? undefined : `${mark.trouble} ${visible(code)}: no handshake with ${whoIsAt[side]} (${side}): ${why}`;
			}

			case 'peer-joined': {
				return `${mark.note} ${whoIsAt[event.side]} has come (${event.side})`;
			}

			case 'peer-left': {
				return `${mark.note} ${whoIsAt[event.side]} has gone (${event.side})`;
			}

			case 'forwarded': {
				const worker = event.worker === undefined ? 'a worker' : `worker ${visible(event.worker)}`;
				const passage = event.from === 'frontend' ? `to ${worker} ` : 'to its client';
				return `${mark[event.from]} ${passage}  ${describeHop(event.frames)}${event.from === 'backend' && event.worker !== undefined ? `  (from ${visible(event.worker)})` : ''}`;
			}

			case 'queued': {
				return `${mark.trouble} waits for a worker  ${describeHop(event.frames)}  (${event.waiting} ${event.waiting === 1 ? 'waits' : 'wait'}: no worker can take it now)`;
			}

			case 'dropped': {
				return event.code === undefined
					? `${mark.trouble} dropped  ${describeHop(event.frames)}  (its worker was given up, and with it this reply)`
					: `${mark.trouble} ${visible(event.code)}: dropped  ${describeHop(event.frames)}  (its client has gone, or reads no more)`;
			}

			case 'worker-ready': {
				return `${mark.note} worker ${visible(event.worker)} is ready`;
			}

			case 'request-dropped': {
				return `${mark.trouble} request dropped  ${describeHop(event.frames)}  (${lostWith(event.workers)})`;
			}

			case 'worker-lost': {
				const why = event.afterMs === undefined ? visible(event.code ?? 'it has begun anew') : `not heard of for ${formatElapsed(event.afterMs)}`;
				return `${mark.trouble} worker ${visible(event.worker)} is given up: ${why}${event.frames ? `  (next to be handed on: ${describeHop(event.frames)})` : ''}`;
			}

			case 'hops-sampled': {
				return `${mark.note} ${event.count} more in ${formatElapsed(event.ms)}`;
			}

			case 'summary': {
				return `${mark.note} passed to workers: ${event.requests}, to clients: ${event.replies}; dropped: ${event.dropped}${event.requestsDropped === 0 ? '' : `; requests dropped: ${event.requestsDropped}`}`;
			}
		}
	};
}
