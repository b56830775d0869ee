/**
One bit of the body is flipped. Under NULL the message is delivered corrupt: ZMTP has no checksum. Under CURVE the box does not open, and the receiver says `ERR_ZMTP_CRYPTOGRAPHIC`.
*/
import {headerSize} from '../../zmtp/frame-header.js';
import {type Unit} from '../../zmtp/units.js';
import {messageFault, type MessageFault} from './fault.js';

export const corruptBody: MessageFault = {
	...messageFault,
	name: 'corrupt-body',
	summary: 'flips a bit of the body; the stream stays well-formed',
	worksSealed: true,
	strike({bytes, unit, pass}) {
		const at = bodyAt(bytes, unit);
		const copy = Uint8Array.from(bytes);
		copy[at] = (copy[at] ?? 0) ^ 1;
		pass(copy);
	},
};

/** The first byte of the first body frame that is not empty; of a sealed frame the last byte, which is in the box. Beyond the end where there is none, so that nothing is changed. */
function bodyAt(bytes: Uint8Array, unit: Unit | undefined): number {
	if (unit?.type !== 'message') {
		return bytes.length - 1;
	}

	const frame = unit.frames.find(({role, size}) => role === 'body' && size > 0);
	return frame ? frame.offset + headerSize(frame.flags) : bytes.length;
}
