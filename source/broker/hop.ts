/**
The frames of one message inside the broker, each with what it is for.

Law: pure. A ROUTER has put the routing id of the client in front of what came (RFC 28), so the first frame is one, whatever follows;
a REQ has put an empty frame before the body, and with `correlate` a request id before that.
*/
import {Buffer} from 'node:buffer';
import {frameOf, type Frame} from '../core/frames.js';
import {type HopFrame} from '../core/hop.js';
import {describeEnvelope} from '../zmtp/envelope.js';
import {more} from '../zmtp/frame-header.js';

/** How many bytes of a frame an event keeps. */
const kept = 1024;

/** One of libzmq's own begins with a zero and is no text: to find that out anew for each message costs more than to pass it on. */
const idFrame = (id: Uint8Array): Frame => id[0] === 0 ? {base64: Buffer.from(id).toString('base64'), size: id.length} : frameOf(id, kept);

/** Tells the envelope from the body. A client without an empty frame (a bare DEALER) has only a routing id and a body. */
export function hopOf(frames: readonly Uint8Array[]): readonly HopFrame[] {
	const {roles} = describeEnvelope(frames.map(({length}, index) => ({flags: index < frames.length - 1 ? more : 0, size: length})));
	return frames.map((frame, index) => index === 0 ? {role: 'routing-id', ...idFrame(frame)} : {role: roles[index] ?? 'body', ...frameOf(frame, kept)});
}
