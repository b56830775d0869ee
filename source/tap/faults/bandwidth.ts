/** Bytes come no faster than this: a large message takes its time, and a small one behind it waits. */
import {type BytesFault} from './fault.js';

export const bandwidth: BytesFault = {
	name: 'bandwidth',
	usage: '[request|reply|both] <size>/s',
	summary: 'passes no more bytes a second: 64KB/s',
	strikes: 'bytes',
	takes: 'rate',
	shape: bytesPerSecond => ({bytesPerSecond}),
};
