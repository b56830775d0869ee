/** A message lets the next one of its direction go first. Where nothing comes behind it, as between REQ and REP, it waits until the fault is lifted. */
import {messageFault, type MessageFault} from './fault.js';

export const reorder: MessageFault = {
	...messageFault,
	name: 'reorder',
	summary: 'swaps the message with the next one',
	strike({bytes, passAfterNext}) {
		passAfterNext(bytes);
	},
};
