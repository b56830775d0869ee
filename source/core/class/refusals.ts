/** Why a laptop is not in the class, in words for whoever sits at it: who erred, and what to do. */
import {type RefusalCode} from './messages.js';

/** What the class says, what the laptop itself finds out, and how a membership ends. */
export type JoinFailure = RefusalCode | 'no-answer' | 'no-class' | 'no-desk' | 'other-key' | 'sent-out' | 'over';

const words: Readonly<Record<JoinFailure, readonly [reason: string, next: string]>> = {
	'wrong-code': ['this is not the code of the class (or not any more)', 'look at the wall again: the teacher may have changed it'],
	'name-taken': ['somebody in the class has this name already', 'choose another one with --name'],
	locked: ['the class is locked: nobody new is let in', 'ask the teacher to unlock it'],
	full: ['the class is full', 'ask the teacher'],
	'bad-request': ['the class did not understand: it may be of another version', 'start it with npx zmq-playground@latest'],
	'no-answer': ['nobody answers there', 'is the address right, is the class running, and are both machines in the same network?'],
	'no-class': ['somebody answers there, but it is no class', 'is the address right, with its port?'],
	'no-desk': ['the class told its key, and then did not answer', 'try again; if it stays so, a firewall may block the two ports beside that of the class'],
	'other-key': ['the key that is offered there is NOT the one that belongs to the code: this is somebody else’s server', 'do not join; tell the teacher'],
	'sent-out': ['the teacher has sent you out of the class', 'ask the teacher; to come back, join again'],
	over: ['the class is over', 'see you next time'],
};

/** In two lines: what happened, and the next step. */
export function explainJoin(failure: JoinFailure): {readonly reason: string; readonly next: string} {
	const [reason, next] = words[failure];
	return {reason, next};
}
