/**
A class: its door, its desk and its room on real sockets, and who has joined. Takes lines of the teacher's grammar, gives numbered, timed
events; it knows no screen.

Law: the secret key of the class stays in here and in the sockets; no event has it, nor a student's routing id.
*/
import {context} from 'zeromq';
import {formatCode} from '../core/class/code.js';
import {usualDoorPort, type ClassEvent, type ClassFact, type ClassPlace} from '../core/class/events.js';
import {classLimits} from '../core/class/limits.js';
import {type RefusalCode} from '../core/class/messages.js';
import {hostOf, type Endpoint} from '../core/endpoint.js';
import {parseClassLine, type ClassAction} from '../commands/classroom.js';
import {type Problem} from '../commands/record.js';
import {systemClock} from '../lab/clock.js';
import {failureOf} from '../lab/failure.js';
import {makePair} from '../lab/security/key-files.js';
import {zapHandler} from '../lab/security/zap.js';
import {ownAddresses} from './addresses.js';
import {Desk} from './desk.js';
import {createDoor} from './door.js';
import {type Gate} from './gate.js';
import {Handshakes} from './handshakes.js';
import {makeInvitation, type Invitation} from './invitation.js';
import {MemoryWatch} from './memory-watch.js';
import {beside, placeOf, withPort} from './places.js';
import {Room} from './room.js';
import {changeOf} from './service.js';
import {type Student} from './student.js';
import {Students} from './students.js';
import {Tally} from './tally.js';

/** Where it listens: an endpoint, or the usual port or any free one. `memoryBytes` is by how much the process may grow, if not by the limit. */
export type ClassOptions = {readonly endpoint?: Endpoint; readonly lesson?: string; readonly memoryBytes?: number};

/** How many characters of a line an event keeps. */
const keptCharacters = 400;
const mostSockets = 4096;
let classCount = 0;

export class Classroom {
	readonly #options: ClassOptions;
	readonly #listener: (event: ClassEvent) => void;
	readonly #pair = makePair();
	readonly #students = new Students();
	readonly #handshakes = new Handshakes(classLimits.handshakes);
	readonly #domain = `zmq-playground-class-${++classCount}`;
	readonly #room: Room;
	readonly #desk: Desk;
	readonly #turnedAway: Tally<RefusalCode>;
	readonly #memory = new MemoryWatch();
	#door: Gate | undefined;
	#invitation: Invitation = {code: '', nonce: '', proofKey: new Uint8Array()};
	#lastName = '';
	#roomPlace: number | string = 0;
	#isLocked = false;
	#isOver = false;
	#n = 0;
	#joined = 0;

	constructor(options: ClassOptions, listener: (event: ClassEvent) => void) {
		this.#options = options;
		this.#listener = listener;
		// An undelivered message must never keep the process from ending.
		context.blocky = false;
		context.maxSockets = mostSockets;
		this.#turnedAway = new Tally((code, count) => {
			this.#emit({type: 'turned-away', code, count, name: this.#lastName});
		});
		this.#room = new Room({
			secretKey: this.#pair.secretKey,
			zapDomain: `${this.#domain}/room`,
			students: this.#students,
			random: Math.random,
			emit: fact => {
				this.#emit(fact);
			},
		});
		this.#desk = this.#createDesk();
	}

	/** Opens the doors. Resolves with true when a laptop can join; with false if it can't listen: then an event says why. */
	async open(): Promise<boolean> {
		const {endpoint, lesson} = this.#options;
		const usual = endpoint ?? `tcp://*:${usualDoorPort}`;
		try {
			await zapHandler.register(`${this.#domain}/room`, ({key}) => this.#students.hasKey(key) && this.#handshakes.isFine(key));
			await zapHandler.register(`${this.#domain}/desk`, () => true);
			this.#invitation = await makeInvitation(this.#pair.publicKey);
			const room = await openAt('room', this.#room.gate, beside(usual, 2, 'room'));
			this.#roomPlace = placeOf(room);
			const desk = await openAt('desk', this.#desk.gate, beside(usual, 1, 'desk'));
			this.#door = createDoor({
				serverKey: this.#pair.publicKey,
				desk: placeOf(desk),
				changed: connections => {
					this.#clearIfCrowded('door', connections);
				},
			});
			const door = await openAt('door', this.#door, endpoint === undefined ? [usual, withPort(usual, '*')] : [usual]);
			const isElsewhere = endpoint === undefined && placeOf(door) !== usualDoorPort;
			this.#emit({type: 'class-opened', hosts: hostsOf(door), door, desk, room, ...(isElsewhere && {insteadOf: usual}), ...(lesson !== undefined && {lesson})});
			this.#tellCode();
			this.#memory.start(this.#options.memoryBytes ?? classLimits.memoryBytes, isAgain => {
				this.#clearMemory(isAgain);
			});
			return true;
		} catch (error) {
			if (!(error instanceof NotListening)) {
				throw error;
			}

			const {place, endpoint: at, code} = error;
			this.#emit({type: 'class-failed', place, endpoint: at, code});
			await this.#close();
			return false;
		}
	}

	/** Takes one line of the grammar, without its slash. Never rejects: what goes wrong is an event. */
	async execute(line: string): Promise<void> {
		const text = line.slice(0, keptCharacters);
		this.#emit({type: 'command', text});
		const parsed = parseClassLine(line, this.#students.all.map(({name}) => name));
		const problem = parsed.ok
			? await this.#perform(parsed.action, parsed.who === undefined ? undefined : this.#students.named(parsed.who))
			: {reason: parsed.reason, next: parsed.next};
		if (problem) {
			this.#emit({type: 'command-failed', text, ...problem});
		}
	}

	/** Ends it: each laptop is told. Resolves when they are. */
	async end(): Promise<void> {
		if (!this.#isOver) {
			this.#emit({type: 'class-closed', students: this.#joined, ...this.#room.counts});
			await this.#close();
		}
	}

	#createDesk(): Desk {
		return new Desk({
			secretKey: this.#pair.secretKey,
			zapDomain: `${this.#domain}/desk`,
			students: this.#students,
			invitation: () => this.#invitation,
			isLocked: () => this.#isLocked,
			room: () => this.#roomPlace,
			lesson: this.#options.lesson,
			createStudent: registered => this.#room.createStudent(registered),
			joined: ({name}) => {
				this.#joined++;
				this.#emit({type: 'joined', student: name});
			},
			turnedAway: (code, name) => {
				this.#lastName = name;
				this.#turnedAway.add(code);
			},
			left: (student, how) => {
				student.isHere = false;
				this.#emit({type: how, student: student.name});
			},
			returned: student => {
				student.isHere = true;
				this.#emit({type: 'returned', student: student.name});
			},
			progressed: ({name}, progress) => {
				this.#emit({type: 'progress', student: name, ...progress});
			},
			changed: connections => {
				this.#clearIfCrowded('desk', connections - this.#students.count);
			},
		});
	}

	async #perform(action: ClassAction, student: Student | undefined): Promise<Problem | undefined> {
		const change = changeOf(action, student?.service ?? this.#room.service);
		if (change) {
			this.#room.change(change, student);
			return undefined;
		}

		switch (action.verb) {
			case 'reply': {
				const answered = (student ? [student] : this.#students.all).filter(each => each.answer(action.frames, 'hand'));
				return answered.length > 0 ? undefined : {reason: student ? `${student.name} has no request that waits` : 'nobody waits for a reply', next: '/hold or /by-hand keeps the next requests for you'};
			}

			case 'crash': {
				this.#emit({type: 'crashed', ...(student && {student: student.name})});
				await (student ? student.lose('crash') : this.#room.crash());
				return undefined;
			}

			case 'lock':
			case 'unlock': {
				this.#isLocked = action.verb === 'lock';
				this.#emit({type: `${action.verb}ed`});
				return undefined;
			}

			case 'rotate': {
				this.#invitation = await makeInvitation(this.#pair.publicKey);
				this.#tellCode();
				return undefined;
			}

			case 'out': {
				await (student && this.#sendOut(student));
				return undefined;
			}

			default: {
				return {reason: `/${action.verb} is for the screen`, next: 'type it there'};
			}
		}
	}

	async #sendOut(student: Student): Promise<void> {
		student.lose('sent-out');
		this.#desk.tell(student, {type: 'sent-out'});
		this.#students.remove(student);
		this.#emit({type: 'sent-out', student: student.name});
		await this.#room.gate.cutOff(student.id);
	}

	#tellCode(): void {
		this.#emit({type: 'code-changed', code: formatCode(this.#invitation.code)});
	}

	/** All connections there are ended, as nobody can tell whose is whose; the honest ones come again by themselves. */
	#clearIfCrowded(place: 'door' | 'desk', strangers: number): void {
		if (strangers > classLimits.strangers && !this.#isOver) {
			this.#emit({type: 'cleared', place, why: 'connections'});
			void (place === 'door' ? this.#door : this.#desk.gate)?.reopen();
		}
	}

	/** Anybody reaches the door and the desk; only where that did not help can it be somebody in the room. */
	#clearMemory(isAgain: boolean): void {
		this.#emit({type: 'cleared', place: 'door', why: 'memory'});
		void this.#door?.reopen();
		void this.#desk.gate.reopen();
		if (isAgain) {
			this.#emit({type: 'cleared', place: 'room', why: 'memory'});
			void this.#room.crash();
		}
	}

	async #close(): Promise<void> {
		this.#isOver = true;
		this.#memory.stop();
		this.#turnedAway.stop();
		this.#door?.close();
		this.#room.close();
		await this.#desk.close();
		zapHandler.unregister(`${this.#domain}/room`);
		zapHandler.unregister(`${this.#domain}/desk`);
	}

	#emit(fact: ClassFact): void {
		if (!this.#isOver) {
			this.#n++;
			this.#listener({v: 1, n: this.#n, t: systemClock(), ...fact});
		}
	}
}

class NotListening extends Error {
	readonly place: ClassPlace;
	readonly endpoint: Endpoint;
	readonly code: string;

	constructor(place: ClassPlace, endpoint: Endpoint, code: string) {
		super(code);
		this.place = place;
		this.endpoint = endpoint;
		this.code = code;
	}
}

async function openAt(place: ClassPlace, gate: Gate, endpoints: readonly Endpoint[]): Promise<Endpoint> {
	try {
		return await gate.open(endpoints);
	} catch (error) {
		throw new NotListening(place, endpoints[0] ?? '', failureOf(error).code);
	}
}

/** Where laptops reach it: the host that was named, or this machine's own addresses. */
function hostsOf(door: Endpoint): readonly string[] {
	const host = hostOf(door);
	return host === undefined || ['0.0.0.0', '*', '[::]', '::'].includes(host) ? ownAddresses() : [host.includes(':') && !host.startsWith('[') ? `[${host}]` : host];
}
