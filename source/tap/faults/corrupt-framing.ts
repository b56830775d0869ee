/** The flags of the message become no flags at all: libzmq hangs up at once, and for good. */
import {messageFault, type MessageFault} from './fault.js';

/** All bits that RFC 37 reserves. */
const noFlags = 0xFF;

export const corruptFraming: MessageFault = {
	...messageFault,
	name: 'corrupt-framing',
	summary: 'makes the flags invalid: libzmq hangs up for good',
	arrives: false,
	worksSealed: true,
	strike({bytes, pass}) {
		const copy = Uint8Array.from(bytes);
		copy[0] = noFlags;
		pass(copy);
	},
};
