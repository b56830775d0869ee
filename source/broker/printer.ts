/** What a broker prints: its events as JSON, or a line for a person. Whatever came from the wire is made visible here. */
import {bytesOf} from '../core/frames.js';
import {describeBytes, hex} from '../core/text.js';
import {type BrokerEvent, type HopFrame, type Side} from './events.js';

/** The line that an event is worth; none for what a person need not see. */
export type Printer = (event: BrokerEvent) => string | undefined;

/** One event a line. */
export const jsonLine: Printer = event => JSON.stringify(event);

const marks = {
	unicode: {frontend: '▸', backend: '◂', trouble: '⚠', note: '·'},
	ascii: {frontend: '>', backend: '<', trouble: '!', note: '-'},
} as const;

const whoIsAt: Readonly<Record<Side, string>> = {frontend: 'a client', backend: 'a worker'};

/** Lines for a person: each hop with its frames in order. */
export function humanLine({isAscii}: {readonly isAscii: boolean}): Printer {
	const mark = marks[isAscii ? 'ascii' : 'unicode'];
	return event => {
		switch (event.type) {
			case 'broker-started': {
				return undefined;
			}

			case 'peer-joined': {
				return `${mark.note} ${whoIsAt[event.side]} has come (${event.side})`;
			}

			case 'peer-left': {
				return `${mark.note} ${whoIsAt[event.side]} has gone (${event.side})`;
			}

			case 'forwarded': {
				return `${mark[event.from]} ${event.from === 'frontend' ? 'to a worker ' : 'to its client'}  ${describeHop(event.frames)}`;
			}

			case 'waiting': {
				return `${mark.trouble} waits for a worker  ${describeHop(event.frames)}  (nobody at the backend can take it: start a worker)`;
			}

			case 'dropped': {
				return `${mark.trouble} ${event.code}: dropped  ${describeHop(event.frames)}  (its client has gone, or reads no more)`;
			}

			case 'summary': {
				return `${mark.note} passed to workers: ${event.requests}, to clients: ${event.replies}; dropped: ${event.dropped}`;
			}
		}
	};
}

const describeHop = (frames: readonly HopFrame[]): string => frames.map(frame => describeFrame(frame)).join(' | ');

/** An id that libzmq chose is a zero and four bytes; a chosen one is mostly a text. */
function describeFrame(frame: HopFrame): string {
	const bytes = bytesOf(frame);
	switch (frame.role) {
		case 'routing-id': {
			return `id ${bytes[0] === 0 ? hex(bytes, bytes.length) : describeBytes(bytes, frame.size)}`;
		}

		case 'request-id': {
			return `request ${hex(bytes, bytes.length)}`;
		}

		case 'delimiter': {
			return '(delimiter)';
		}

		case 'body': {
			return describeBytes(bytes, frame.size);
		}
	}
}
