/** From the message struck on nothing goes through in either direction, and nobody is told: no event at all without heartbeats. */
import {messageFault, type MessageFault} from './fault.js';

export const blackHole: MessageFault = {
	...messageFault,
	name: 'black-hole',
	summary: 'swallows the message and all after it, both ways',
	needs: 'nothing',
	arrives: false,
	worksSealed: true,
	strike({swallow}) {
		swallow();
	},
};
