/**
A real lab in this process, driven by lines and watched through its events: `lab.run('send Hello'); await lab.sees('received', {peer: 'client-1'})`.

A wait looks at what happened since the newest line, so it may begin after the event; nothing is ever waited for by time.
*/
import {isDeepStrictEqual} from 'node:util';
import {onTestFinished} from 'vitest';
import {type Endpoint} from '../../source/core/endpoint.js';
import {type Direction, type Event, type EventOf, type Fact} from '../../source/core/events.js';
import {type Frame} from '../../source/core/frames.js';
import {Journal} from '../../source/core/journal.js';
import {type LabOptions} from '../../source/core/lab-port.js';
import {type State} from '../../source/core/machines.js';
import {emptySnapshot, fold, type Snapshot} from '../../source/core/snapshot.js';
import {startLocalLab} from '../../source/lab/local.js';
import {Waits} from './terminal-waits.js';

const patienceMs = 10_000;
const lastEvents = 30;

/** The lab of most tests: any free port, a server that answers at once. */
const usual: LabOptions = {scene: 'pair', seed: 1, endpoint: 'tcp://127.0.0.1:*', delay: 'off'};

/** What an event has to be: any of its own fields, `text` for the body of a message of one frame. */
type Fields<Type extends Fact['type']> = Partial<Omit<EventOf<Type>, 'v' | 'n' | 't' | 'type'>> & {readonly body?: string};

/** Starts a lab, which ends with the test. Other options stand in for the usual ones; `undefined` takes one away. */
export async function openLab(options: {readonly [Name in keyof LabOptions]?: LabOptions[Name] | undefined} = {}): Promise<TestLab> {
	const wanted = Object.entries({...usual, ...options}).filter(([, value]) => value !== undefined);
	const lab = new TestLab(await startLocalLab(Object.fromEntries(wanted) as LabOptions));
	onTestFinished(async () => lab.end());
	return lab;
}

/** A pair that has shaken hands. */
export async function openPair(options: Parameters<typeof openLab>[0] = {}): Promise<TestLab> {
	const lab = await openLab(options);
	await lab.isConnected();
	return lab;
}

export class TestLab {
	readonly journal = new Journal();
	readonly events: Event[] = [];
	readonly #waits = new Waits();
	readonly #port: Awaited<ReturnType<typeof startLocalLab>>;
	/** The number of the newest event when the newest line was handed over. */
	#mark = 0;

	constructor(port: Awaited<ReturnType<typeof startLocalLab>>) {
		this.#port = port;
		port.subscribe(events => {
			for (const event of events) {
				this.journal.append(event);
				this.events.push(event);
			}

			this.#waits.check();
		});
	}

	get snapshot(): Snapshot {
		return this.journal.snapshot;
	}

	/** Hands over lines, all in the same moment. */
	run(...lines: readonly string[]): void {
		this.#mark = this.snapshot.n;
		for (const line of lines) {
			this.#port.execute(line, 'pipe');
		}
	}

	/** The first event since the newest line that the predicate takes. */
	async until<Wanted extends Event = Event>(predicate: (event: Event) => event is Wanted, label: string): Promise<Wanted>;
	async until(predicate: (event: Event) => boolean, label: string): Promise<Event>;
	async until(predicate: (event: Event) => boolean, label: string): Promise<Event> {
		return this.#found(() => this.since.find(event => predicate(event)), label);
	}

	/** The first event since the newest line of that type and with those fields. */
	async sees<Type extends Fact['type']>(type: Type, fields: Fields<Type> = {}): Promise<EventOf<Type>> {
		const isWanted = (event: Event): event is EventOf<Type> => event.type === type && hasFields(event, fields);
		return this.until(isWanted, `${type} ${JSON.stringify(fields)}`);
	}

	/** Waits until what is known satisfies a condition. */
	async comesTo(condition: (snapshot: Snapshot) => boolean, label: string): Promise<void> {
		await this.#found(() => condition(this.snapshot) || undefined, label);
	}

	/** Waits until a client and a server have shaken hands over one of their endpoints. */
	async isConnected(): Promise<void> {
		await this.comesTo(({peers}) => Object.values(peers).every(({links}) => links.some(link => link.connections > 0)), 'both have shaken hands');
	}

	/** Asks, and waits for the reply. */
	async asks(question: string): Promise<string> {
		this.run(`@client-1 send ${question}`);
		await this.sees('sent', {peer: 'client-1'});
		return bodyOf(await this.sees('received', {peer: 'client-1'}));
	}

	/** The events since the newest line, the ones of a type if one is named. */
	get since(): readonly Event[] {
		return this.events.filter(({n}) => n > this.#mark);
	}

	all<Type extends Fact['type']>(type: Type, fields: Fields<Type> = {}): ReadonlyArray<EventOf<Type>> {
		return this.events.filter((event): event is EventOf<Type> => event.type === type && hasFields(event, fields));
	}

	stateOf(peer: string): State | undefined {
		return this.snapshot.peers[peer]?.state;
	}

	/** The states that a peer went through, each change once, `undefined` for a closed socket. */
	statesOf(peer: string): ReadonlyArray<State | undefined> {
		const passed: Array<State | undefined> = [];
		let snapshot = emptySnapshot;
		for (const event of this.events) {
			snapshot = fold(snapshot, event);
			const state = snapshot.peers[peer]?.state;
			if (passed.length === 0 || passed.at(-1) !== state) {
				passed.push(state);
			}
		}

		return passed;
	}

	/** Where a peer binds or connects, its newest endpoint last. */
	endpointOf(peer: string, direction: Direction): Endpoint {
		const link = this.snapshot.peers[peer]?.links.findLast(candidate => candidate.direction === direction);
		if (!link) {
			throw new Error(`${peer} ${direction}s nowhere`);
		}

		return link.endpoint;
	}

	async end(): Promise<void> {
		await this.#port.end();
	}

	async #found<Value>(look: () => Value | undefined, label: string): Promise<Value> {
		const outcome = await this.#waits.until(look, patienceMs);
		if (outcome.type !== 'found') {
			throw new Error(`It never came to this: ${label}\nThe last events:\n${this.#story()}`);
		}

		return outcome.value;
	}

	#story(): string {
		return this.events.slice(-lastEvents).map(({v, t, ...event}) => JSON.stringify(event)).join('\n');
	}
}

/** The body of a message of one frame, as text. */
export function bodyOf({frames}: {readonly frames?: readonly Frame[]}): string {
	const [frame, ...more] = frames ?? [];
	return frame && 'text' in frame && more.length === 0 ? frame.text : JSON.stringify(frames);
}

function hasFields(event: Event, {body, ...fields}: Readonly<Record<string, unknown>>): boolean {
	const isBody = body === undefined || ('frames' in event && bodyOf(event.frames ? {frames: event.frames} : {}) === body);
	return isBody && Object.entries(fields).every(([name, value]) => isDeepStrictEqual((event as Readonly<Record<string, unknown>>)[name], value));
}
