/**
The room: a ROUTER over CURVE that only registered keys get into (ZAP). It knows who asks by the routing id that the desk gave out, and
answers each student as the teacher has set it, for all or for one.
*/
import {Buffer} from 'node:buffer';
import {classLimits} from '../core/class/limits.js';
import {type ClassFact, type LossReason} from '../core/class/events.js';
import {frameOf, type Frame} from '../core/frames.js';
import {type Random} from '../core/random.js';
import {type Key} from '../core/z85.js';
import {systemClock} from '../lab/clock.js';
import {Gate} from './gate.js';
import {firstService, settingsOf, type Service} from './service.js';
import {Student, type Waiting} from './student.js';
import {type Students} from './students.js';
import {Tally} from './tally.js';

/** How many bytes of a frame an event keeps, and how many frames: a list of hundreds has to stay small. */
const keptBytes = 400;
const keptFrames = 8;

export type RoomSettings = {readonly secretKey: string; readonly zapDomain: string; readonly students: Students; readonly random: Random; readonly emit: (fact: ClassFact) => void};

export class Room {
	readonly gate: Gate;
	readonly #settings: RoomSettings;
	readonly #dropped: Tally<string>;
	readonly #unknown: Tally<'unknown-sender'>;
	#service: Service = firstService;
	#asked = 0;
	#answered = 0;

	constructor(settings: RoomSettings) {
		const {secretKey, zapDomain, emit} = settings;
		this.#settings = settings;
		this.#dropped = new Tally((student, count) => {
			emit({type: 'dropped', student, count});
		});
		this.#unknown = new Tally((type, count) => {
			emit({type, count});
		});
		this.gate = new Gate({
			credentials: {curveServer: true, curveSecretKey: secretKey, zapDomain, zapEnforceDomain: true},
			maxMessageSize: classLimits.messageBytes,
			handover: true,
			take: (id, frames) => {
				this.#take(id, frames);
			},
		});
	}

	/** What holds for all. */
	get service(): Service {
		return this.#service;
	}

	get counts(): {readonly asked: number; readonly answered: number} {
		return {asked: this.#asked, answered: this.#answered};
	}

	createStudent(registered: {readonly name: string; readonly key: Key; readonly id: string}): Student {
		const {random} = this.#settings;
		return new Student(registered, {
			clock: systemClock,
			random,
			service: () => this.#service,
			answer: (student, waiting, reply, by) => {
				void this.#answer(student, waiting, {reply, by});
			},
			lose: (student, waiting, how) => {
				this.#lose(student, waiting, how);
			},
		});
	}

	/** Other settings, for one or for all; those for all end what anybody had of their own. */
	change(change: Partial<Service>, student: Student | undefined): void {
		for (const {setting, value} of settingsOf(change)) {
			this.#settings.emit({type: 'set', setting, value, ...(student && {student: student.name})});
		}

		if (student) {
			student.change(change);
			return;
		}

		this.#service = {...this.#service, ...change};
		for (const each of this.#settings.students.all) {
			each.forget(Object.keys(change) as Array<keyof Service>);
		}
	}

	/** The socket closes at once with all that waits, and a new one listens in its place: every laptop connects again. */
	async crash(): Promise<void> {
		this.gate.close();
		for (const student of this.#settings.students.all) {
			student.lose('crash');
		}

		await this.gate.reopen();
	}

	close(): void {
		this.#dropped.stop();
		this.#unknown.stop();
		for (const student of this.#settings.students.all) {
			student.stop();
		}

		this.gate.close();
	}

	/** `[empty, body…]` from a REQ, with a request id before the empty frame where it correlates; only a body from a bare DEALER. */
	#take(id: Uint8Array, frames: readonly Uint8Array[]): void {
		const student = this.#settings.students.withId(id);
		if (!student) {
			this.#unknown.add('unknown-sender');
			return;
		}

		const delimiter = frames.findIndex(({length}) => length === 0);
		const body = frames.slice(delimiter + 1);
		const request = student.take(frames.slice(0, delimiter + 1), body);
		if (request === undefined) {
			this.#dropped.add(student.name);
			return;
		}

		this.#asked++;
		this.#settings.emit({type: 'asked', student: student.name, request, frames: keep(body)});
		student.serve();
	}

	async #answer(student: Student, waiting: Waiting, {reply, by}: {readonly reply: readonly Uint8Array[]; readonly by: 'hand' | 'template'}): Promise<void> {
		const code = await this.gate.send([Buffer.from(student.id), ...waiting.envelope, ...reply]);
		if (code !== undefined) {
			this.#lose(student, waiting, 'unreachable');
			return;
		}

		this.#answered++;
		const {request, t} = waiting;
		this.#settings.emit({type: 'answered', student: student.name, request, ms: Number((systemClock() - t).toFixed(3)), by, frames: keep(reply)});
	}

	#lose({name}: Student, {request}: Waiting, how: LossReason): void {
		this.#settings.emit({type: 'lost', student: name, request, how});
	}
}

const keep = (frames: readonly Uint8Array[]): readonly Frame[] => frames.slice(0, keptFrames).map(frame => frameOf(frame, keptBytes));
