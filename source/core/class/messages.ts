/**
What a laptop and a class say to each other besides requests: one frame of JSON each.

The **door** (ROUTER, NULL) tells anybody the class’s public key. The **desk** (ROUTER, CURVE, any key) registers who proves the code, and
stays connected for progress and news. The **room** (ROUTER, CURVE, ZAP) is for requests: REQ’s own envelope, and a routing id that the desk
has given to that student alone.

Law: what comes from the other side is read field by field; undefined is everything that makes no sense.
*/
import {isKey, type Key} from '../z85.js';
import {isName} from './names.js';

/** The version of this protocol. */
export const classVersion = 1;

/** Where a student is in a lesson: step `step` of `of`, counted from 1. */
export type Progress = {readonly lesson: string; readonly step: number; readonly of: number; readonly done: boolean};

/** A laptop to the door. */
export type DoorQuestion = {readonly v: typeof classVersion; readonly type: 'hello'};
/** The door to a laptop. `desk` is a port of the host that was asked, or an ipc endpoint. */
export type DoorAnswer = {readonly v: typeof classVersion; readonly type: 'key'; readonly serverKey: Key; readonly desk: number | string};

/** A laptop to the desk. `key` is its own public key, `proof` shows (in base64) that it knows the code; `isWish`: the name may be changed to one that is free. */
export type Registration = {readonly v: typeof classVersion; readonly type: 'register'; readonly name: string; readonly isWish: boolean; readonly key: Key; readonly proof: string};
export type FromLaptop =
	| Registration
	/** A new connection of the student with this id. */
	| {readonly type: 'here'; readonly id: string}
	| ({readonly type: 'progress'; readonly id: string} & Progress)
	| {readonly type: 'leave'; readonly id: string};

/** Why somebody is not let in. */
export type RefusalCode = 'wrong-code' | 'name-taken' | 'locked' | 'full' | 'bad-request';
/** The desk to a laptop. `nonce` (base64) lets it check the key against the code; `id` is the routing id for the room, a secret between the two. */
export type FromDesk =
	| {readonly type: 'welcome'; readonly name: string; readonly nonce: string; readonly id: string; readonly room: number | string; readonly lesson?: string}
	| {readonly type: 'refused'; readonly code: RefusalCode}
	/** It is there: nothing to be done. */
	| {readonly type: 'beat'}
	| {readonly type: 'sent-out' | 'over'};

type Fields = Readonly<Record<string, unknown>>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', {fatal: true});

export const encodeMessage = (message: DoorQuestion | DoorAnswer | FromLaptop | FromDesk): Uint8Array => encoder.encode(JSON.stringify(message));

export function readDoorQuestion(bytes: Uint8Array): DoorQuestion | undefined {
	const fields = fieldsOf(bytes);
	return fields?.['v'] === classVersion && fields['type'] === 'hello' ? {v: classVersion, type: 'hello'} : undefined;
}

export function readDoorAnswer(bytes: Uint8Array): DoorAnswer | undefined {
	const {v, type, serverKey, desk} = fieldsOf(bytes) ?? {};
	return v === classVersion && type === 'key' && isText(serverKey) && isKey(serverKey) && isPlace(desk) ? {v, type, serverKey, desk} : undefined;
}

export function readFromLaptop(bytes: Uint8Array): FromLaptop | undefined {
	const fields = fieldsOf(bytes) ?? {};
	const {id, type} = fields;
	switch (type) {
		case 'register': {
			const {v, name, isWish, key, proof} = fields;
			return v === classVersion && isText(name) && isName(name) && typeof isWish === 'boolean' && isText(key) && isKey(key) && isText(proof)
				? {v, type, name: name.normalize('NFC'), isWish, key, proof}
				: undefined;
		}

		case 'here':
		case 'leave': {
			return isText(id) ? {type, id} : undefined;
		}

		case 'progress': {
			const {lesson, step, of, done} = fields;
			return isText(id) && isText(lesson) && lesson.length <= longestLesson && isCount(step) && isCount(of) && typeof done === 'boolean' ? {type, id, lesson, step, of, done} : undefined;
		}

		default: {
			return undefined;
		}
	}
}

export function readFromDesk(bytes: Uint8Array): FromDesk | undefined {
	const fields = fieldsOf(bytes) ?? {};
	const {type} = fields;
	switch (type) {
		case 'welcome': {
			const {name, nonce, id, room, lesson} = fields;
			return isText(name) && isName(name) && isText(nonce) && isText(id) && isPlace(room) && (lesson === undefined || (isText(lesson) && lesson.length <= longestLesson))
				? {type, name, nonce, id, room, ...(lesson !== undefined && {lesson})}
				: undefined;
		}

		case 'refused': {
			const {code} = fields;
			return isRefusalCode(code) ? {type, code} : undefined;
		}

		case 'beat':
		case 'sent-out':
		case 'over': {
			return {type};
		}

		default: {
			return undefined;
		}
	}
}

const longestLesson = 60;
const refusalCodes: readonly unknown[] = ['wrong-code', 'name-taken', 'locked', 'full', 'bad-request'] satisfies readonly RefusalCode[];
const isRefusalCode = (value: unknown): value is RefusalCode => refusalCodes.includes(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= 1000;
/** A port, or an endpoint of a kind that leads nowhere else than to this machine. */
const isPlace = (value: unknown): value is number | string => isText(value) ? value.startsWith('ipc://') : Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= 65_535;

function fieldsOf(bytes: Uint8Array): Fields | undefined {
	try {
		const value: unknown = JSON.parse(decoder.decode(bytes));
		return typeof value === 'object' && value !== null ? value as Fields : undefined;
	} catch {
		return undefined;
	}
}
