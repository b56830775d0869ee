/** The limits that keep a rude one from disturbing a class. They are set on the real sockets where libzmq has an option for them. */
import {formatDuration} from '../duration.js';
import {formatSize} from '../text.js';

export const classLimits = {
	/** How many students a class has at most. */
	students: 400,
	/** The biggest message (bytes, with CURVE's own 33): libzmq ends the connection that sends a bigger one (ZMQ_MAXMSGSIZE). */
	messageBytes: 64 * 1024,
	/** The same at the door and at the desk, where only little is said. */
	registrationBytes: 2048,
	/** How long (ms) a connection may take to shake hands (ZMQ_HANDSHAKE_IVL). */
	handshakeMs: 3000,
	/** How many messages of one connection libzmq takes from the network before they are read here (ZMQ_RCVHWM). */
	received: 16,
	/** How many connections may wait to be accepted (ZMQ_BACKLOG): a class comes at once. */
	backlog: 1000,
	/** How many connections the door and the desk have at most, the students’ own not counted: beyond it all are ended, and the honest ones come again. */
	strangers: 512,
	/** How many requests of one student wait for a reply; what comes beyond is dropped. */
	waiting: 8,
	/** How many requests of one student are taken up in a second. */
	perSecond: 100,
	/** How many handshakes one key may make in ten seconds. */
	handshakes: 20,
	/** How many wrong tries are told what was wrong in a second; the right code is always answered at once. */
	wrongTries: 2,
	/** By how much (bytes) this process may grow before strangers are cut off: a message of frames without end is in no other limit of libzmq's. */
	memoryBytes: 256 * 1024 * 1024,
} as const;

/** The limits in a line. */
export function describeLimits(): string {
	const {students, messageBytes, handshakeMs, waiting, perSecond, strangers} = classLimits;
	return `at most ${students} students, ${formatSize(messageBytes)} a message, ${waiting} waiting and ${perSecond} a second each, ${strangers} strangers, ${formatDuration(handshakeMs)} to shake hands`;
}
