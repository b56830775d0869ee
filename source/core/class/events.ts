/**
What happens in a class: the one union that its process sends, the teacher's roster is folded from, and `--json` prints.

Law: plain data. `n` counts from 1, `t` is ms since the epoch. Texts from laptops stand in it as they came (within the limits), so whoever
shows them has to make them visible first. No key and no routing id is ever in here.
*/
import {type Endpoint} from '../endpoint.js';
import {type Frame} from '../frames.js';
import {type Progress, type RefusalCode} from './messages.js';

/** What the teacher can set for all or for one; written as the command that sets it reads it. */
export type ClassSetting = 'delay' | 'hold' | 'reply-with' | 'service';

/** How a student's request was lost: the server forgot it as a crash would, or its sender can't be reached any more. */
export type LossReason = 'crash' | 'unreachable' | 'sent-out';

/** The doors of a class. */
export type ClassPlace = 'door' | 'desk' | 'room';

export type ClassFact =
	/** Where it listens; `hosts` are this machine's own addresses, the likeliest first. `insteadOf` is the door that was taken. */
	| ({readonly type: 'class-opened'; readonly hosts: readonly string[]; readonly insteadOf?: Endpoint; readonly lesson?: string} & Readonly<Record<ClassPlace, Endpoint>>)
	/** The code from now on, as it is written on the wall. */
	| {readonly type: 'code-changed'; readonly code: string}
	| {readonly type: 'locked' | 'unlocked'}
	| {readonly type: 'joined'; readonly student: string}
	/** `left` says good-bye; `gone` does not; `returned` has a connection again. */
	| {readonly type: 'left' | 'gone' | 'returned' | 'sent-out'; readonly student: string}
	/** So many were turned away for this reason since it was last told; `name` is what the last one called itself. */
	| {readonly type: 'turned-away'; readonly code: RefusalCode; readonly count: number; readonly name?: string}
	/** `request` counts a student's requests from 1. */
	| {readonly type: 'asked'; readonly student: string; readonly request: number; readonly frames: readonly Frame[]}
	| {readonly type: 'answered'; readonly student: string; readonly request: number; readonly ms: number; readonly by: 'hand' | 'template'; readonly frames: readonly Frame[]}
	| {readonly type: 'lost'; readonly student: string; readonly request: number; readonly how: LossReason}
	/** So many requests of one were dropped since it was last told: more than the limit waited already. */
	| {readonly type: 'dropped'; readonly student: string; readonly count: number}
	/** Messages in the room with a routing id that the desk gave to nobody. */
	| {readonly type: 'unknown-sender'; readonly count: number}
	/** All connections of strangers there were ended, as they were too many or filled the memory. */
	| {readonly type: 'cleared'; readonly place: ClassPlace; readonly why: 'connections' | 'memory'}
	/** For one student, or for all. */
	| {readonly type: 'set'; readonly setting: ClassSetting; readonly value: string; readonly student?: string}
	| {readonly type: 'crashed'; readonly student?: string}
	| ({readonly type: 'progress'; readonly student: string} & Progress)
	| {readonly type: 'command'; readonly text: string}
	| {readonly type: 'command-failed'; readonly text: string; readonly reason: string; readonly next: string}
	| {readonly type: 'class-failed'; readonly place: ClassPlace; readonly endpoint: Endpoint; readonly code: string}
	/** Told by the screen's process of the class's own, which can say nothing any more. */
	| {readonly type: 'class-died'; readonly how: string}
	| {readonly type: 'class-closed'; readonly students: number; readonly asked: number; readonly answered: number};

export type ClassEvent = ClassFact & {readonly v: 1; readonly n: number; readonly t: number};

/** What is typed on a laptop to join: `npx zmq-playground join 192.0.2.7 K7QM-3TDX`. The usual port is left out. */
export function joinLine(host: string, door: Endpoint, code: string): string {
	const port = door.slice(door.lastIndexOf(':') + 1);
	const where = door.startsWith('ipc://') ? door : (port === String(usualDoorPort) ? host : `${host}:${port}`);
	return `npx zmq-playground join ${where} ${code}`;
}

/** Where a class listens unless it is told otherwise or the port is taken. */
export const usualDoorPort = 5571;
