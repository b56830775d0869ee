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
import {type LabOptions} from '../core/lab-port.js';
import {createRandom} from '../core/random.js';
import {actorsAt, sceneNamed, scenes, type Actor} from '../core/scenes.js';
import {emptySnapshot, fold, type Snapshot} from '../core/snapshot.js';
import {type Command, parseLine} from '../commands/grammar.js';
import {type Action} from '../commands/record.js';
import {Client} from './client.js';
import {systemClock} from './clock.js';
import {failureOf} from './failure.js';
import {perform} from './perform.js';
import {type Surroundings} from './peer.js';
import {Server} from './server.js';
import {Taps} from './taps.js';

export class Lab {
	readonly #options: LabOptions;
	readonly #listener: (event: Event) => void;
	readonly #peers = new Map<string, Client | Server>();
	#taps: Taps | undefined;
	#snapshot: Snapshot = emptySnapshot;
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

		if (parsed.action.verb === 'scene' || parsed.action.verb === 'reset') {
			const {action} = parsed;
			await (action.verb === 'scene' ? this.stage(action.scene, actorsOf(action.scene)) : this.stage(this.#snapshot.scene, this.#actors));
			return;
		}

		if (parsed.action.verb === 'tap') {
			await this.#switchTap(parsed.action.isOn, line);
			return;
		}

		if (parsed.action.verb === 'fault' || parsed.action.verb === 'fault-lift') {
			this.#harm(parsed.action, line);
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
		const wasTapped = this.#taps?.isOn ?? false;
		void this.#closeAll();
		this.#peers.clear();
		const {seed, after} = this.#options;
		const versions = {libzmq: zmq.version, node: process.versions.node};
		const isSuccessor = after !== undefined && this.#n === after;
		this.#emit({type: 'lab-started', seed, scene, versions, ...(isSuccessor && {continues: true as const})});
		const taps = new Taps({clock: systemClock, seed, emit: fact => {
			this.#emit(fact);
		}});
		this.#taps = taps;
		const isAsked = this.#options.tap ?? sceneNamed(scene)?.isTapped ?? false;
		if (isAsked || wasTapped) {
			taps.switch(true);
		}

		const surroundings: Surroundings = {
			route: taps.route,
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
				await this.#connect(peer, resolved.get(endpoint) ?? endpoint);
				continue;
			}

			const bound = await peer.endpoints.bind(endpoint, fallback);
			if (bound !== undefined) {
				resolved.set(endpoint, bound);
			}
		}
	}

	async #connect(peer: Client | Server, endpoint: Endpoint): Promise<void> {
		try {
			await peer.endpoints.connect(endpoint);
		} catch (error) {
			this.#failWith(error, `connect ${endpoint}`, peer.name);
		}
	}

	/** Whoever connects takes a new socket: one that awaits a reply would be stuck for ever if it only went elsewhere. */
	async #switchTap(isOn: boolean, line: string): Promise<void> {
		const taps = this.#taps;
		if (!taps || taps.isOn === isOn) {
			this.#fail(line, `the tap is ${isOn ? 'on' : 'off'} already`, isOn ? '/wire shows what passes' : '');
			return;
		}

		taps.switch(isOn);
		await Promise.all([...this.#peers.values()].map(async peer => peer.inTurn(async () => {
			if (peer.isOpen && peer.endpoints.of('connect').length > 0) {
				await peer.renew();
			}
		})));
		if (!isOn) {
			await taps.close();
		}
	}

	#harm(action: Extract<Action, {readonly verb: 'fault' | 'fault-lift'}>, line: string): void {
		const taps = this.#taps;
		if (action.verb === 'fault' && !taps?.isOn) {
			this.#fail(line, 'the tap is off, and a fault strikes only what passes through it', '/tap on, then again');
			return;
		}

		if (action.verb === 'fault' && action.text === '') {
			this.#fail(line, 'which fault?', 'write one, as in /fault drop reply 3');
			return;
		}

		const wrong = action.verb === 'fault' ? taps?.add(action.text) : taps?.lift(action.which);
		if (wrong) {
			this.#fail(line, wrong.reason, wrong.next);
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
		const taps = this.#taps;
		taps?.fallSilent();
		await Promise.all([...this.#peers.values()].map(async peer => peer.retire()));
		await taps?.close();
	}

	#emit(fact: Fact): void {
		if (this.#isOver) {
			return;
		}

		const event: Event = {
			v: eventVersion, n: ++this.#n, t: systemClock(), ...fact,
		};
		this.#snapshot = fold(this.#snapshot, event);
		this.#listener(event);
	}
}

const actorsOf = (scene: string): readonly Actor[] => (sceneNamed(scene) ?? scenes[0])?.actors ?? [];
