/** The lab: everything that runs. It takes lines of the grammar and gives numbered, timed events; it knows no screen. */
import process from 'node:process';
import * as zmq from 'zeromq';
import {parseDelay} from '../core/delay.js';
import {parseDuration} from '../core/duration.js';
import {type Endpoint} from '../core/endpoint.js';
import {
	eventVersion,
	type Event,
	type Fact,
	type Origin,
} from '../core/events.js';
import {frameLimit} from '../core/frames.js';
import {type LabOptions, type RecordingTarget} from '../core/lab-port.js';
import {createRandom} from '../core/random.js';
import {actorsAt, sceneNamed, scenes, type Actor} from '../core/scenes.js';
import {type Snapshot} from '../core/snapshot.js';
import {type Command, parseLine} from '../commands/grammar.js';
import {Client} from './client.js';
import {systemClock} from './clock.js';
import {failureOf} from './failure.js';
import {perform} from './perform.js';
import {type Surroundings} from './peer.js';
import {Recorder} from './recorder.js';
import {Server} from './server.js';

export class Lab {
	readonly #options: LabOptions;
	readonly #listener: (event: Event) => void;
	readonly #peers = new Map<string, Client | Server>();
	readonly #recorder: Recorder;
	#n: number;
	#actors: readonly Actor[] = [];
	#isOver = false;
	#isGone: Promise<void> = Promise.resolve();
	/** A scene that is being set up. */
	#staging: Promise<void> | undefined;

	constructor(options: LabOptions, listener: (event: Event) => void) {
		this.#options = options;
		this.#listener = listener;
		this.#n = options.after ?? 0;
		this.#recorder = new Recorder(options.program);
		// An undelivered message must never keep the process from ending.
		zmq.context.blocky = false;
	}

	/** Stages the first scene. */
	async start(): Promise<void> {
		const {scene, actors, endpoint} = this.#options;
		const usual = actors ?? actorsOf(scene);
		await this.stage(scene, endpoint === undefined ? usual : actorsAt(usual, endpoint));
	}

	/** Takes one line. Never rejects: what goes wrong is an event. */
	async execute(line: string, from: Origin): Promise<void> {
		if (this.#isOver) {
			return;
		}

		this.#emit({type: 'command', text: line.slice(0, frameLimit), from});
		// A line that comes while a scene is set up is meant for that scene.
		while (this.#staging) {
			await this.#staging;
		}

		if (this.#isOver) {
			return;
		}

		const parsed = parseLine(line, this.#snapshot);
		if (!parsed.ok) {
			this.#fail(line, parsed.reason, parsed.next);
			return;
		}

		if (parsed.record.subject === 'screen') {
			this.#fail(line, `/${parsed.record.name} is for a screen, and there is none here`, '');
			return;
		}

		if (parsed.action.verb === 'record') {
			this.#record(parsed.action, line);
			return;
		}

		if (parsed.action.verb === 'record-off') {
			this.#recordNoMore(line);
			return;
		}

		if (parsed.action.verb === 'scene' || parsed.action.verb === 'reset') {
			const {action} = parsed;
			await (action.verb === 'scene' ? this.stage(action.scene, actorsOf(action.scene)) : this.stage(this.#snapshot.scene, this.#actors));
			return;
		}

		await Promise.all(parsed.peers.map(async name => this.#performOn(name, line, parsed)));
	}

	/** Closes everything at once. Nothing is heard of the lab afterwards. Resolves when the last replies are on their way, or nobody has taken them for a while. */
	async end(): Promise<void> {
		if (!this.#isOver) {
			this.#isGone = this.#closeAll();
			this.#emit({type: 'lab-ended'});
			this.#isOver = true;
		}

		return this.#isGone;
	}

	/** A fresh lab in another arrangement: new sockets, new sums; the numbers of the events go on. */
	async stage(scene: string, actors: readonly Actor[]): Promise<void> {
		const underWay = this.#setUp(scene, actors);
		this.#staging = underWay.catch(() => undefined);
		try {
			await underWay;
		} finally {
			this.#staging = undefined;
		}
	}

	async #setUp(scene: string, actors: readonly Actor[]): Promise<void> {
		if (this.#isOver) {
			return;
		}

		this.#actors = actors;
		void this.#closeAll();
		this.#peers.clear();
		const isFirst = this.#n === 0;
		const {seed, after, record} = this.#options;
		const versions = {libzmq: zmq.version, node: process.versions.node};
		const isSuccessor = after !== undefined && this.#n === after;
		this.#emit({type: 'lab-started', seed, scene, versions, ...(isSuccessor && {continues: true as const})});
		if (isFirst && record) {
			this.#record(record, `record ${record.file}`);
		}

		const surroundings: Surroundings = {
			clock: systemClock,
			random: createRandom(seed),
			emit: fact => {
				this.#emit(fact);
			},
		};
		const resolved = new Map<Endpoint, Endpoint>();
		for (const actor of actors) {
			if (this.#isOver) {
				return;
			}

			const peer = this.#createPeer(actor, surroundings);
			this.#peers.set(actor.peer, peer);
			peer.introduce();
			await peer.inTurn(async () => {
				await peer.open();
				await this.#place(peer, actor, resolved);
			});
		}
	}

	/** Takes a peer to its first endpoint. Whoever connects goes to where the other one really listens. */
	async #place(peer: Client | Server, actor: Actor, resolved: Map<Endpoint, Endpoint>): Promise<void> {
		for (const {direction, endpoint, fallback} of actor.places) {
			if (direction === 'connect') {
				this.#connect(peer, resolved.get(endpoint) ?? endpoint);
				continue;
			}

			const bound = await peer.endpoints.bind(endpoint, fallback);
			if (bound !== undefined) {
				resolved.set(endpoint, bound);
			}
		}
	}

	#connect(peer: Client | Server, endpoint: Endpoint): void {
		try {
			peer.endpoints.connect(endpoint);
		} catch (error) {
			this.#failWith(error, `connect ${endpoint}`, peer.name);
		}
	}

	#createPeer({peer, role}: Actor, surroundings: Surroundings): Client | Server {
		const {delay, replyWith, timeout} = this.#options;
		if (role === 'client') {
			const timeoutMs = timeout === undefined ? undefined : parseDuration(timeout);
			return new Client(peer, surroundings, timeoutMs === undefined ? {} : {timeoutMs});
		}

		const itsDelay = delay === undefined ? undefined : parseDelay(delay);
		return new Server(peer, surroundings, {
			...(itsDelay && {delay: itsDelay}),
			...(replyWith !== undefined && {template: replyWith}),
		});
	}

	async #performOn(name: string, line: string, command: Command): Promise<void> {
		const peer = this.#peers.get(name);
		await peer?.inTurn(async () => {
			const snapshot = this.#snapshot.peers[name];
			const why = snapshot && command.record.unavailable?.(snapshot);
			if (why !== undefined) {
				this.#fail(line, why, '', name);
				return;
			}

			try {
				await perform(peer, command.action, problem => {
					this.#fail(line, problem.reason, problem.next, name);
				});
			} catch (error) {
				this.#failWith(error, line, name);
			}
		});
	}

	#record(target: RecordingTarget, line: string): void {
		const {file} = this.#recorder;
		if (file !== undefined) {
			this.#fail(line, `the lab is being recorded to ${file}`, '/record off ends that');
			return;
		}

		const problem = this.#recorder.start(target);
		if (problem) {
			const {code, reason, next} = problem;
			this.#emit({type: 'command-failed', text: line.slice(0, frameLimit), reason: `${target.file}: ${reason}`, next, code});
		} else {
			this.#emit({type: 'recording-started', file: target.file});
		}
	}

	#recordNoMore(line: string): void {
		const {file} = this.#recorder;
		if (file === undefined) {
			this.#fail(line, 'nothing is being recorded', '/record lab.jsonl begins');
		} else {
			this.#emit({type: 'recording-stopped', file});
		}
	}

	get #snapshot(): Snapshot {
		return this.#recorder.snapshot;
	}

	#fail(text: string, reason: string, next: string, peer?: string): void {
		const failed = {
			type: 'command-failed', text: text.slice(0, frameLimit), reason, next,
		} as const;
		this.#emit(peer === undefined ? failed : {...failed, peer});
	}

	#failWith(error: unknown, text: string, peer: string): void {
		const {code, message} = failureOf(error);
		this.#emit({
			type: 'command-failed', text: text.slice(0, frameLimit), reason: message, next: '', code, peer,
		});
	}

	async #closeAll(): Promise<void> {
		await Promise.all([...this.#peers.values()].map(async peer => peer.retire()));
	}

	#emit(fact: Fact): void {
		if (this.#isOver) {
			return;
		}

		const event: Event = {
			v: eventVersion, n: ++this.#n, t: systemClock(), ...fact,
		};
		this.#recorder.remember(event);
		this.#listener(event);
		const next = this.#recorder.write(event);
		if (next) {
			this.#emit(next);
		}
	}
}

const actorsOf = (scene: string): readonly Actor[] => (sceneNamed(scene) ?? scenes[0])?.actors ?? [];
