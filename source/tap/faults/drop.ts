/** A whole message is taken out. The stream stays well-formed: the link is fine, and who waits for it waits on. */
import {messageFault, type MessageFault} from './fault.js';

export const drop: MessageFault = {
	...messageFault,
	name: 'drop',
	summary: 'takes a whole message out; the connection stays',
	needs: 'nothing',
	arrives: false,
	strike() {
		// Nothing is passed on.
	},
};
