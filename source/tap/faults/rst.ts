/** The connection is reset in the message's place: to libzmq the same as its end. */
import {messageFault, type MessageFault} from './fault.js';

export const rst: MessageFault = {
	...messageFault,
	name: 'rst',
	summary: 'resets the connection (RST) in place of the message',
	needs: 'nothing',
	arrives: false,
	worksSealed: true,
	strike({leave}) {
		leave('rst');
	},
};
