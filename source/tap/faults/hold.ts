/** A message is kept for a while; what comes meanwhile goes before it. */
import {messageFault, type MessageFault} from './fault.js';

export const hold: MessageFault = {
	...messageFault,
	name: 'hold',
	usage: `${messageFault.usage} <time>`,
	summary: 'keeps the message for a time; later ones overtake it',
	takes: 'time',
	strike({bytes, ms, passLater}) {
		passLater(ms, bytes);
	},
};
