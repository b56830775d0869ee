/**
The frames of one message inside the broker, each with what it is for.

Law: pure. A ROUTER has put the routing id of the client in front of what came (RFC 28), so the first frame is one, whatever follows;
a REQ has put an empty frame before the body, and with `correlate` a request id before that.
*/
import {frameOf} from '../core/frames.js';
import {type HopFrame} from '../core/hop.js';
import {describeEnvelope} from '../zmtp/envelope.js';
import {more} from '../zmtp/frame-header.js';

/** How many bytes of a frame an event keeps. */
const kept = 1024;

/** Tells the envelope from the body. A client without an empty frame (a bare DEALER) has only a routing id and a body. */
export function hopOf(frames: readonly Uint8Array[]): readonly HopFrame[] {
	const {roles} = describeEnvelope(frames.map(({length}, index) => ({flags: index < frames.length - 1 ? more : 0, size: length})));
	return frames.map((frame, index) => ({role: index === 0 ? 'routing-id' : roles[index] ?? 'body', ...frameOf(frame, kept)}));
}
