/**
The desk: registers whoever proves to know the code, hears of progress, and knows who is still there. Over CURVE, with any key: its proof is
what lets a laptop into the room.
*/
import {classLimits} from '../core/class/limits.js';
import {encodeMessage, readFromLaptop, type FromDesk, type Progress, type RefusalCode, type Registration} from '../core/class/messages.js';
import {freeName} from '../core/class/names.js';
import {type Key} from '../core/z85.js';
import {isProof, makeRoutingId} from './fingerprint.js';
import {Gate} from './gate.js';
import {type Invitation} from './invitation.js';
import {type Student} from './student.js';
import {type Students} from './students.js';
import {Tries} from './tries.js';

export type DeskSettings = {
	readonly secretKey: string;
	readonly zapDomain: string;
	readonly students: Students;
	readonly invitation: () => Invitation;
	readonly isLocked: () => boolean;
	readonly room: () => number | string;
	readonly lesson: string | undefined;
	readonly createStudent: (registered: {readonly name: string; readonly key: Key; readonly id: string}) => Student;
	readonly joined: (student: Student) => void;
	readonly turnedAway: (code: RefusalCode, name: string) => void;
	readonly left: (student: Student, how: 'left' | 'gone') => void;
	readonly returned: (student: Student) => void;
	readonly progressed: (student: Student, progress: Progress) => void;
	readonly changed: (connections: number) => void;
};

/** How often (ms) each student's connection is tried. */
const beatMs = 3000;
/** How soon (ms) all are tried after some connection has ended. */
const soonMs = 200;
const beat = encodeMessage({type: 'beat'});

export class Desk {
	readonly gate: Gate;
	readonly #settings: DeskSettings;
	readonly #tries = new Tries(classLimits.wrongTries);
	readonly #beating: NodeJS.Timeout | undefined;
	#soon: NodeJS.Timeout | undefined;

	constructor(settings: DeskSettings) {
		const {secretKey, zapDomain, changed} = settings;
		this.#settings = settings;
		this.gate = new Gate({
			credentials: {curveServer: true, curveSecretKey: secretKey, zapDomain, zapEnforceDomain: true},
			maxMessageSize: classLimits.registrationBytes,
			// The last word, that the class is over, still has to go out.
			linger: 500,
			changed,
			take: (id, frames) => {
				this.#take(id, frames);
			},
			lostOne: () => {
				this.#soon ??= setTimeout(() => {
					this.#soon = undefined;
					void this.#tryAll();
				}, soonMs);
			},
		});
		this.#beating = setInterval(() => {
			void this.#tryAll();
		}, beatMs);
	}

	/** Tells a student something, if it is there. */
	tell({deskId}: Student, message: FromDesk): void {
		if (deskId) {
			void this.gate.send([deskId, encodeMessage(message)]);
		}
	}

	/** Tells everybody that it is over. Resolves when that is on its way. */
	async close(): Promise<void> {
		for (const student of this.#settings.students.all) {
			this.tell(student, {type: 'over'});
		}

		clearInterval(this.#beating);
		clearTimeout(this.#soon);
		this.#tries.stop();
		await this.gate.closeWhenSent();
	}

	#take(deskId: Uint8Array, [bytes, ...others]: readonly Uint8Array[]): void {
		const message = bytes && others.length === 0 ? readFromLaptop(bytes) : undefined;
		if (!message) {
			return;
		}

		if (message.type === 'register') {
			this.#register(deskId, message);
			return;
		}

		const {students, left, progressed} = this.#settings;
		const student = students.withId(message.id);
		if (!student) {
			return;
		}

		if (message.type === 'leave') {
			students.sitAt(student, undefined);
			left(student, 'left');
			return;
		}

		this.#seat(student, deskId);
		if (message.type === 'progress') {
			const {lesson, step, of, done} = message;
			progressed(student, {lesson, step, of, done});
		}
	}

	#seat(student: Student, deskId: Uint8Array): void {
		const {students, returned} = this.#settings;
		students.sitAt(student, deskId);
		if (!student.isHere) {
			returned(student);
		}
	}

	#register(deskId: Uint8Array, registration: Registration): void {
		const {students, invitation, isLocked, turnedAway} = this.#settings;
		const {proofKey, nonce} = invitation();
		const {name} = registration;
		if (!isProof(proofKey, registration)) {
			turnedAway('wrong-code', name);
			this.#tries.take(() => {
				this.#refuse(deskId, 'wrong-code');
			});
			return;
		}

		const holder = students.like(name);
		const isTaken = holder?.isHere && !registration.isWish;
		const isFull = students.count >= classLimits.students ? 'full' as const : undefined;
		const code = isLocked() ? 'locked' : (isTaken ? 'name-taken' : isFull);
		if (code !== undefined || students.hasDeskId(deskId)) {
			turnedAway(code ?? 'bad-request', name);
			this.#refuse(deskId, code ?? 'bad-request');
			return;
		}

		this.#welcome(deskId, registration, {holder, nonce});
	}

	/** Whoever has gone gives the name to whoever comes with it: a laptop that was started again has another key. */
	#welcome(deskId: Uint8Array, {name: wish, isWish, key}: Registration, {holder, nonce}: {readonly holder: Student | undefined; readonly nonce: string}): void {
		const {students, room, lesson, createStudent, joined} = this.#settings;
		if (holder && !holder.isHere) {
			students.remove(holder);
		}

		const name = isWish ? freeName(wish, each => students.like(each) !== undefined) : wish;
		const student = createStudent({name, key, id: makeRoutingId(name)});
		students.add(student);
		students.sitAt(student, deskId);
		joined(student);
		void this.gate.send([deskId, encodeMessage({type: 'welcome', name, nonce, id: student.id, room: room(), ...(lesson !== undefined && {lesson})})]);
	}

	#refuse(deskId: Uint8Array, code: RefusalCode): void {
		void this.gate.send([deskId, encodeMessage({type: 'refused', code})]);
	}

	/** A ROUTER says of a message whether its connection is still there (EHOSTUNREACH). */
	async #tryAll(): Promise<void> {
		const {students, left} = this.#settings;
		await Promise.all(students.all.map(async student => {
			const {deskId} = student;
			if (deskId && await this.gate.send([deskId, beat]) === 'EHOSTUNREACH' && student.deskId === deskId) {
				students.sitAt(student, undefined);
				left(student, 'gone');
			}
		}));
	}
}
