/** The connection ends in good order in the message's place: libzmq reconnects, and a strict REQ that waits is stuck for ever. */
import {messageFault, type MessageFault} from './fault.js';

export const fin: MessageFault = {
	...messageFault,
	name: 'fin',
	summary: 'ends the connection (FIN) in place of the message',
	needs: 'nothing',
	arrives: false,
	worksSealed: true,
	strike({leave}) {
		leave('fin');
	},
};
