/** New connections are reset as soon as they come, as if nobody listened: libzmq tries again by itself. */
import {type ConnectionFault} from './fault.js';

export const refuse: ConnectionFault = {
	name: 'refuse',
	usage: '[<n>|every <n>|p <0..1>] [once|x<n>]',
	summary: 'turns new connections away',
	strikes: 'connection',
	takes: 'nothing',
};
