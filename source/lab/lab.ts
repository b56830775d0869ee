/** The lab: everything that runs. It takes lines of the grammar and gives numbered, timed events; it knows no screen. */
import process from 'node:process';
import * as zmq from 'zeromq';
import {type Event, type Fact, type Origin} from '../core/events.js';
import {frameLimit} from '../core/frames.js';
import {type LabOptions} from '../core/lab-port.js';
import {createRandom} from '../core/random.js';
import {
	actorsAt,
	mostPeers,
	sceneNamed,
	scenes,
	type Actor,
} from '../core/scenes.js';
import {type Snapshot} from '../core/snapshot.js';
import {namesMeant, parseLine, readLine, type Command} from '../commands/grammar.js';
import {Cast} from './cast.js';
import {systemClock} from './clock.js';
import {Recorder} from './recorder.js';
import {changeSecurity, type SecurityAction} from './security/change.js';
import {Security, type Secrets} from './security/security.js';
import {StepGate} from './step-gate.js';
import {Taps, whyNotBetweenOthers} from './taps.js';
import {Teller} from './teller.js';

/** All peers of a full lab three times over, for a lab whose peers are all being restarted. */
const mostSockets = mostPeers * 9;

export class Lab {
	readonly #options: LabOptions;
	readonly #secrets: Secrets | undefined;
	readonly #isBehind: (() => boolean) | undefined;
	#cast: Cast | undefined;
	#taps: Taps | undefined;
	#steps: StepGate | undefined;
	/** What the person wants of the tap; undefined leaves it to each scene. */
	#isTapAsked: boolean | undefined;
	readonly #recorder: Recorder;
	readonly #teller: Teller;
	#actors: readonly Actor[] = [];
	#security: Security | undefined;
	#isGone: Promise<void> = Promise.resolve();
	/** A scene that is being set up, or sockets that get other keys. */
	#staging: Promise<void> | undefined;

	/** `secrets` are not among the options, which go from process to process. `isBehind`: the listener has yet to take a lot of what it was told. */
	constructor(options: LabOptions, listener: (event: Event) => void, secrets?: Secrets, isBehind?: () => boolean) {
		this.#isBehind = isBehind;
		this.#options = options;
		this.#secrets = secrets;
		this.#isTapAsked = options.tap;
		this.#recorder = new Recorder(options.program);
		this.#teller = new Teller(this.#recorder, listener, options.after ?? 0);
		// An undelivered message must never keep the process from ending.
		zmq.context.blocky = false;
		// A socket and its observer count as three, and a closed one counts until it is gone. Heard only before the first socket.
		zmq.context.maxSockets = mostSockets;
	}

	/** Stages the first scene. */
	async start(): Promise<void> {
		const {scene, actors, endpoint} = this.#options;
		const usual = actors ?? actorsOf(scene);
		await this.stage(scene, endpoint === undefined ? usual : actorsAt(usual, endpoint));
	}

	/** Takes one line. Never rejects: what goes wrong is an event. Whoever goes by a script is told when the line is carried out. */
	async execute(line: string, from: Origin): Promise<void> {
		if (this.#teller.isOver) {
			return;
		}

		this.#teller.emit({type: 'command', text: line.slice(0, frameLimit), from});
		const command = this.#teller.n;
		await this.#carryOut(line);
		if (from === 'script') {
			this.#teller.emit({type: 'command-done', command});
		}
	}

	/** Closes everything at once. Nothing is heard of the lab afterwards. Resolves when the last replies are on their way, or nobody has taken them for a while. */
	async end(): Promise<void> {
		if (!this.#teller.isOver) {
			this.#isGone = this.#closeAll();
			this.#teller.end();
		}

		return this.#isGone;
	}

	/** A fresh lab in another arrangement: new sockets, new sums; the numbers of the events go on. */
	async stage(scene: string, actors: readonly Actor[]): Promise<void> {
		await this.#whileOthersWait(this.#setUp(scene, actors));
	}

	/** A line that comes meanwhile is meant for what will be. */
	async #whileOthersWait(underWay: Promise<void>): Promise<void> {
		this.#staging = underWay.catch(() => undefined);
		try {
			await underWay;
		} finally {
			this.#staging = undefined;
		}
	}

	/** A line that lets held calls go never waits: what is under way may wait for them. */
	#letsGo(line: string): boolean {
		const read = readLine(line);
		return (this.#steps?.isOn ?? false) && read.ok && (read.action.verb === 'step' || (read.action.verb === 'steps' && !read.action.isOn));
	}

	/** Resolves when the line is carried out or refused. */
	async #carryOut(line: string): Promise<void> {
		while (this.#staging && !this.#letsGo(line)) {
			await this.#staging;
		}

		if (this.#teller.isOver) {
			return;
		}

		const parsed = parseLine(line, this.#snapshot);
		if (!parsed.ok) {
			this.#teller.fail(line, parsed.reason, parsed.next);
			return;
		}

		// Whoever prints the events answers /why.
		if (parsed.record.subject === 'screen' && parsed.action.verb !== 'why') {
			this.#teller.fail(line, `/${parsed.record.name} is for a screen, and there is none here`, '');
			return;
		}

		await this.#act(line, parsed);
	}

	/** What concerns the lab as a whole is done here, the rest by those whom the line names. */
	async #act(line: string, command: Command): Promise<void> {
		const {action, peers} = command;
		const whyNot = this.#options.attach && whyNotBetweenOthers(action);
		if (whyNot) {
			this.#teller.problem(whyNot, line);
			return;
		}

		switch (action.verb) {
			case 'why': {
				break;
			}

			case 'scene': {
				await this.stage(action.scene, actorsOf(action.scene));
				break;
			}

			case 'reset': {
				await this.stage(this.#snapshot.scene, this.#actors);
				break;
			}

			case 'record':
			case 'record-off': {
				this.#teller.emit(this.#recorder.obey(action, line));
				break;
			}

			case 'tap': {
				await this.#switchTap(action.isOn, line);
				break;
			}

			case 'fault':
			case 'fault-lift': {
				this.#teller.problem(this.#taps?.obey(action), line);
				break;
			}

			case 'server-place': {
				await this.#cast?.move(line, action);
				break;
			}

			case 'add': {
				await this.#cast?.add(action.calling, action.count, line);
				break;
			}

			case 'policy': {
				await this.#whileOthersWait(this.#cast?.serveBy(action.policy, line) ?? Promise.resolve());
				break;
			}

			case 'handover': {
				await this.#cast?.handOver(action.isOn, line);
				break;
			}

			case 'remove': {
				const {named} = action;
				await Promise.all((named === undefined ? peers : namesMeant(this.#snapshot, named)).map(async name => this.#cast?.remove(name, line)));
				break;
			}

			case 'steps': {
				this.#steps?.switch(action.isOn);
				break;
			}

			case 'step': {
				this.#teller.problem(this.#steps?.next(action.named, action.named === undefined ? [] : namesMeant(this.#snapshot, action.named)), line);
				break;
			}

			case 'curve':
			case 'allow':
			case 'deny': {
				await this.#whileOthersWait(this.#changeSecurity(action, line));
				break;
			}

			default: {
				await Promise.all(peers.map(async name => this.#cast?.perform(name, line, command)));
			}
		}
	}

	async #setUp(scene: string, actors: readonly Actor[]): Promise<void> {
		if (this.#teller.isOver) {
			return;
		}

		this.#actors = actors;
		const wasStepping = this.#steps?.isOn ?? false;
		const isCleared = this.#closeAll();
		const isFirst = this.#teller.n === 0;
		const {seed, after, curve, record, attach} = this.#options;
		const versions = {libzmq: zmq.version, node: process.versions.node};
		const isSuccessor = after !== undefined && this.#teller.n === after;
		this.#teller.emit({type: 'lab-started', seed, scene, versions, ...(isSuccessor && {continues: true as const})});
		if (isFirst && record) {
			this.#teller.emit(this.#recorder.obey({verb: 'record', ...record}, `record ${record.file}`));
		}

		const emit = (fact: Fact): void => {
			this.#teller.emit(fact);
			this.#taps?.note(fact);
		};

		const taps: Taps = new Taps({clock: systemClock, seed, emit, isBehind: this.#isBehind});
		this.#taps = taps;
		const steps = new StepGate(emit);
		this.#steps = steps;
		if (wasStepping) {
			steps.switch(true);
		}

		if (this.#isTapAsked ?? sceneNamed(scene)?.isTapped ?? false) {
			taps.switch(true);
		}

		if (attach) {
			// It listens where the one before did.
			await isCleared;
			this.#teller.problem(await taps.attach(attach), 'tap');
			return;
		}

		const security = new Security(emit, {start: curve, secrets: this.#secrets}, curve !== undefined || sceneNamed(scene)?.isSecure ? 'on' : 'off');
		this.#security = security;

		const cast = new Cast({
			options: this.#options,
			security,
			surroundings: {
				route: taps.route, steps, clock: systemClock, random: createRandom(seed), emit,
			},
			snapshot: () => this.#snapshot,
			fail: (line, reason, next, peer) => {
				this.#teller.fail(line, reason, next, peer);
			},
			failWith: (error, line, peer) => {
				this.#teller.failWith(error, line, peer);
			},
		});
		this.#cast = cast;
		await cast.enter(actors);
	}

	/** Whoever connects takes a new socket: one that awaits a reply would be stuck for ever if it only went elsewhere. */
	async #switchTap(isOn: boolean, line: string): Promise<void> {
		const taps = this.#taps;
		if (!taps || taps.isOn === isOn) {
			this.#teller.fail(line, `the tap is ${isOn ? 'on' : 'off'} already`, isOn ? '/wire shows what passes' : '');
			return;
		}

		this.#isTapAsked = isOn;
		taps.switch(isOn);
		await this.#cast?.renewConnections();
		if (!isOn) {
			await taps.close();
		}
	}

	async #changeSecurity(action: SecurityAction, line: string): Promise<void> {
		const members = this.#cast?.members ?? [];
		if (action.verb === 'curve') {
			// All take new sockets: a call that is held would hold that up.
			for (const {name} of members) {
				this.#steps?.cancel(name);
			}
		}

		try {
			const problem = await changeSecurity(this.#security, action, members);
			this.#teller.problem(problem, line);
		} catch (error) {
			this.#teller.failWith(error, line);
		}
	}

	get #snapshot(): Snapshot {
		return this.#recorder.snapshot;
	}

	async #closeAll(): Promise<void> {
		const taps = this.#taps;
		const security = this.#security;
		taps?.fallSilent();
		await this.#cast?.retire();
		security?.end();
		await taps?.close();
	}
}

const actorsOf = (scene: string): readonly Actor[] => (sceneNamed(scene) ?? scenes[0])?.actors ?? [];
