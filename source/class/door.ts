/**
The door: tells anybody the class's public key, and where the desk is. It remembers nothing, so that it can be opened anew at any time.
*/
import {classLimits} from '../core/class/limits.js';
import {encodeMessage, readDoorQuestion} from '../core/class/messages.js';
import {type Key} from '../core/z85.js';
import {Gate} from './gate.js';

/** `changed` is told how many connections the door has. */
export function createDoor({serverKey, desk, changed}: {readonly serverKey: Key; readonly desk: number | string; readonly changed: (connections: number) => void}): Gate {
	const answer = encodeMessage({v: 1, type: 'key', serverKey, desk});
	const door: Gate = new Gate({
		credentials: {},
		maxMessageSize: classLimits.registrationBytes,
		changed,
		// What comes from a REQ begins with an empty frame, which goes back as it came.
		take(id, [delimiter, question, ...others]) {
			if (delimiter?.length === 0 && question && others.length === 0 && readDoorQuestion(question)) {
				void door.send([id, delimiter, answer]);
			}
		},
	});
	return door;
}
