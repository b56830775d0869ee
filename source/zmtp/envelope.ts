/**
The envelope of a request-reply conversation (RFC 28, "Message Format").

```
REQ           [delimiter] body…
correlate     [request-id] [delimiter] body…
broker-REP    [routing-id]… [request-id]? [delimiter] body…
ROUTER-DEALER whatever the two agreed on; most often the same
```

The delimiter is the first empty frame that is not the last. A ROUTER takes off the routing id before it sends, so on the link between REQ and ROUTER there is none.

Law: a pure function of the frames and of who talks to whom. Where only the shape speaks, the evidence is `inferred`: a routing id may have four bytes too.
*/
import {more} from './frame-header.js';
import {type Evidence, type Frame, type Role} from './units.js';

/** The socket types at the two ends of the connection, where READY has told them. */
export type Ends = {readonly from?: string | undefined; readonly to?: string | undefined};

/** What each frame is for. `bodyAt` is the index of the first body frame; it may be the number of frames. */
export type Envelope = {
	readonly roles: readonly Role[];
	readonly bodyAt: number;
	/** Indexes of these frames, where there are any. */
	readonly delimiter?: number;
	readonly requestId?: number;
	readonly evidence: Evidence;
};

/** As much of a frame as the envelope is told by. */
export type EnvelopeFrame = Pick<Frame, 'flags' | 'size'>;

/** With `correlate` a REQ of libzmq puts a number of so many bytes in front. */
const requestIdSize = 4;

const conversing = new Set(['REQ', 'REP', 'DEALER', 'ROUTER']);

/** Tells routing ids, request id, delimiter and body of a message's frames apart. */
export function describeEnvelope(frames: readonly EnvelopeFrame[], ends: Ends = {}): Envelope {
	const types = [ends.from, ends.to].filter(type => type !== undefined);
	if (types.some(type => !conversing.has(type))) {
		return bare(frames, 'exact');
	}

	const delimiter = frames.findIndex(({flags, size}) => size === 0 && (flags & more) !== 0);
	const hasRequest = types.includes('REQ');
	if (delimiter === -1) {
		return bare(frames, hasRequest || types.includes('REP') ? 'exact' : 'inferred');
	}

	const requestId = requestIdBefore(delimiter, frames, hasRequest);
	const isAmbiguous = frames[delimiter - 1]?.size === requestIdSize;
	return {
		roles: frames.map((_, index) => roleAt(index, delimiter, requestId)),
		bodyAt: delimiter + 1,
		delimiter,
		...(requestId !== undefined && {requestId}),
		evidence: hasRequest || (types.includes('REP') && !isAmbiguous) ? 'exact' : 'inferred',
	};
}

/** Beside a REQ the frame before the delimiter can be nothing else; elsewhere a request id comes after the routing id that a ROUTER added. */
function requestIdBefore(delimiter: number, frames: readonly EnvelopeFrame[], hasRequest: boolean): number | undefined {
	const index = delimiter - 1;
	return frames[index]?.size === requestIdSize && (hasRequest ? index === 0 : index > 0) ? index : undefined;
}

function roleAt(index: number, delimiter: number, requestId: number | undefined): Role {
	if (index > delimiter) {
		return 'body';
	}

	if (index === delimiter) {
		return 'delimiter';
	}

	return index === requestId ? 'request-id' : 'routing-id';
}

const bare = (frames: readonly EnvelopeFrame[], evidence: Evidence): Envelope => ({
	roles: frames.map(() => 'body'),
	bodyAt: 0,
	evidence,
});
