/** A message comes twice. A REQ drops the second reply; a REP serves the second request, and nobody takes its reply. */
import {messageFault, type MessageFault} from './fault.js';

export const duplicate: MessageFault = {
	...messageFault,
	name: 'duplicate',
	summary: 'passes the message twice',
	strike({bytes, pass}) {
		pass(bytes);
		pass(bytes);
	},
};
