/** Every byte comes later, in order: 200 ms each way make a handshake of about 800 ms and a round trip of 400. */
import {type BytesFault} from './fault.js';

export const latency: BytesFault = {
	name: 'latency',
	usage: '[request|reply|both] <time>',
	summary: 'holds every byte back; 10ms..50ms or 200ms±50ms is jitter',
	strikes: 'bytes',
	takes: 'time',
	shape: delayMs => ({delayMs}),
};
