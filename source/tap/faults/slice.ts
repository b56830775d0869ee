/** Bytes come in pieces of this size, one write each: a receiver that takes what one read gives for one message is found out. libzmq is not: it waits for the rest. */
import {type BytesFault} from './fault.js';

export const slice: BytesFault = {
	name: 'slice',
	usage: '[request|reply|both] <size>',
	summary: 'cuts the stream into pieces of so many bytes: 7, 1KB',
	strikes: 'bytes',
	takes: 'size',
	shape: pieceBytes => ({pieceBytes}),
};
