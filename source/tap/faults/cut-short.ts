/** The last 3 bytes are missing: the receiver waits for them, takes them from whatever comes next, and never gets back into step. */
import {messageFault, type MessageFault} from './fault.js';

const cutBytes = 3;

export const cutShort: MessageFault = {
	...messageFault,
	name: 'cut-short',
	summary: 'leaves out the last 3 bytes: out of step for good',
	arrives: false,
	worksSealed: true,
	strike({bytes, pass}) {
		pass(bytes.subarray(0, Math.max(0, bytes.length - cutBytes)));
	},
};
