/**
A message inside a broker: its frames, each with what it is for.

Law: pure. Who tells the roles of the frames apart is `broker/hop.ts`.
Source: RFC 28/REQREP, "The Request-Reply Envelope".
*/
import {bytesOf, type Frame} from './frames.js';
import {describeBytes, hex, visible} from './text.js';

/** Clients connect at a broker's frontend, workers at its backend. */
export type Side = 'frontend' | 'backend';

/** What a frame is for: who is to get the reply, which request it is (with `correlate`), where the envelope ends, and what is said. */
export type FrameRole = 'routing-id' | 'request-id' | 'delimiter' | 'body';

/** One frame of a message, and what it is for. */
export type HopFrame = Frame & {readonly role: FrameRole};

/** A routing id in words: one that libzmq chose is a zero and four bytes, one that somebody chose is mostly a text. */
export const describeId = (bytes: Uint8Array, size = bytes.length): string => bytes[0] === 0 ? hex(bytes, bytes.length) : describeBytes(bytes, size);

/** One frame of a hop in words. */
export function frameWords(frame: HopFrame): string {
	const bytes = bytesOf(frame);
	switch (frame.role) {
		case 'routing-id': {
			return `id ${describeId(bytes, frame.size)}`;
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

/** All frames of a hop in one line. */
export const describeHop = (frames: readonly HopFrame[]): string => frames.map(frame => frameWords(frame)).join(' | ');

/** The routing id of the client in words; the first frame is one. */
export const clientIdOf = ([first]: readonly HopFrame[]): string => first ? describeId(bytesOf(first), first.size) : '';

/** What is said, without the envelope. */
export const bodyOfHop = (frames: readonly HopFrame[]): readonly HopFrame[] => frames.filter(({role}) => role === 'body');

/** What is said, in words: the body without its envelope. */
export const saidOf = (frames: readonly HopFrame[]): string => bodyOfHop(frames).map(frame => describeBytes(bytesOf(frame), frame.size)).join(' ');

/** Why a request is dropped, by the workers (routing ids) that had it: `a worker was lost with it 3 times (worker-1, worker-2, worker-1)`. One may have begun anew each time. */
export const lostWith = (workers: readonly string[]): string => `a worker was lost with it ${workers.length} times (${workers.map(worker => visible(worker)).join(', ')})`;
