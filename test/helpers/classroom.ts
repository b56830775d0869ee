/**
A class in the test's own process, on real sockets at free ports of loopback: `const room = await openClass()`, `const ana = await room.join('ana')`,
`expect(await ana.ask('Hello')).toBe('World')`. Everything is closed with the test.
*/
import {Request, type Event, type Socket} from 'zeromq';
import {onTestFinished} from 'vitest';
import {Classroom, type ClassOptions} from '../../source/class/classroom.js';
import {joinClass, type Membership} from '../../source/class/membership.js';
import {readCode} from '../../source/core/class/code.js';
import {type ClassEvent, type ClassFact} from '../../source/core/class/events.js';
import {type JoinFailure} from '../../source/core/class/refusals.js';
import {Waits} from './terminal-waits.js';

const patienceMs = 20_000;

type EventOf<Type extends ClassFact['type']> = Extract<ClassEvent, {readonly type: Type}>;

/** Opens one that answers at once, unless told otherwise. */
export async function openClass(options: Partial<ClassOptions> = {}): Promise<TestClass> {
	const testClass = new TestClass({endpoint: 'tcp://127.0.0.1:*', ...options});
	onTestFinished(async () => testClass.classroom.end());
	if (!(await testClass.classroom.open())) {
		throw new Error(JSON.stringify(testClass.events));
	}

	await testClass.classroom.execute('delay off');
	return testClass;
}

export class TestClass {
	readonly events: ClassEvent[] = [];
	readonly classroom: Classroom;
	readonly #waits = new Waits();

	constructor(options: ClassOptions) {
		this.classroom = new Classroom(options, event => {
			this.events.push(event);
			this.#waits.check();
		});
	}

	get door(): string {
		return this.first('class-opened')?.door ?? '';
	}

	/** The newest code. */
	get code(): string {
		return readCode(this.all('code-changed').at(-1)?.code ?? '') ?? '';
	}

	all<Type extends ClassFact['type']>(type: Type): ReadonlyArray<EventOf<Type>> {
		return this.events.filter((event): event is EventOf<Type> => event.type === type);
	}

	first<Type extends ClassFact['type']>(type: Type): EventOf<Type> | undefined {
		return this.all(type)[0];
	}

	/** Waits for `count` events of a type that satisfy, and gives the last of them. */
	async sees<Type extends ClassFact['type']>(type: Type, satisfies: (event: EventOf<Type>) => boolean = () => true, count = 1): Promise<EventOf<Type>> {
		const outcome = await this.#waits.until(() => this.all(type).filter(event => satisfies(event))[count - 1], patienceMs);
		if (outcome.type !== 'found') {
			throw new Error(`Waited for ${count} × ${type}.\n${this.events.map(event => JSON.stringify(event)).join('\n')}`);
		}

		return outcome.value;
	}

	/** Joins with the right code, unless another one is given. */
	async join(name: string, {code = this.code, isWish = false}: {readonly code?: string; readonly isWish?: boolean} = {}): Promise<TestStudent> {
		const endings: string[] = [];
		const waits = new Waits();
		const membership = await joinClass({door: this.door, code, name, isWish}, how => {
			endings.push(how);
			waits.check();
		});
		if ('failure' in membership) {
			throw Object.assign(new Error(membership.failure), {failure: membership.failure});
		}

		onTestFinished(async () => membership.leave());
		return new TestStudent(membership, {endings, waits});
	}

	/** Why one is not let in. */
	async refusal(name: string, code = this.code): Promise<JoinFailure | undefined> {
		const membership = await joinClass({door: this.door, code, name, isWish: false}, () => undefined);
		if ('failure' in membership) {
			return membership.failure;
		}

		await membership.leave();
		return undefined;
	}
}

/** How the teacher ended a membership, if at all. */
type News = {readonly endings: readonly string[]; readonly waits: Waits};

/** A laptop's REQ in the room. */
export class TestStudent {
	readonly membership: Membership;
	readonly socket: Request;
	readonly #news: News;

	constructor(membership: Membership, news: News) {
		const {serverKey, pair, routingId, room} = membership;
		this.membership = membership;
		this.#news = news;
		this.socket = new Request({linger: 0, curveServerKey: serverKey, curvePublicKey: pair.publicKey, curveSecretKey: pair.secretKey, routingId});
		this.socket.connect(room);
		onTestFinished(() => {
			this.socket.close();
		});
	}

	/** Waits until the teacher ends the membership, and gives how. */
	async ending(): Promise<string | undefined> {
		const {endings, waits} = this.#news;
		const outcome = await waits.until(() => endings[0], patienceMs);
		return outcome.type === 'found' ? outcome.value : undefined;
	}

	/** The same member with a new socket; the one before is closed. */
	renew(): TestStudent {
		this.socket.close();
		return new TestStudent(this.membership, this.#news);
	}

	async ask(text: string): Promise<string> {
		await this.socket.send(text);
		const frames = await this.socket.receive();
		return frames.map(frame => frame.toString()).join('|');
	}
}

/** The first event of a type, after one of another type if that is named. Reads on to the end: an observer that is not read stops all sockets. */
export async function firstEvent(socket: Socket, type: string, after?: string): Promise<Event> {
	const waits = new Waits();
	const found: Event[] = [];
	void (async () => {
		let isDue = after === undefined;
		for await (const event of socket.events) {
			if (isDue && event.type === type) {
				found.push(event);
				waits.check();
			}

			isDue ||= event.type === after;
		}
	})();

	const outcome = await waits.until(() => found[0], patienceMs);
	if (outcome.type !== 'found') {
		throw new Error(`No ${type} of a socket`);
	}

	return outcome.value;
}
