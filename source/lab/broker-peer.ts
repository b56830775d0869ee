/**
The broker of a lab: two sockets, one for clients and one for workers, and the engine that passes messages on between them. The front
`broker` runs on the same engines.

Invariants: as of every peer. After its sockets are closed nothing that was pending on them is heard of again; what it held is gone with them.
*/
import {Dealer, Router} from 'zeromq';
import {backendOptions, frontendOptions, socketTypeOf, type Engine, type Gate, type Told} from '../broker/engine.js';
import {hopOf} from '../broker/hop.js';
import {ReadyWorkers} from '../broker/ready-workers.js';
import {RoundRobin} from '../broker/round-robin.js';
import {factOf} from '../broker/tell.js';
import {type Endpoint} from '../core/endpoint.js';
import {type Closing, type Fact, type OptionName, type Options, type SocketType} from '../core/events.js';
import {describeId, type Side} from '../core/hop.js';
import {firstPolicy, type Policy} from '../core/policy.js';
import {Endpoints} from './endpoints.js';
import {failureOf} from './failure.js';
import {watch} from './monitor.js';
import {type Surroundings} from './peer.js';
import {ToldSecurity} from './security/told-security.js';
import {usualSettings, type Credentials} from './socket-settings.js';

/** How long (ms) to wait until closed sockets are gone: a little more than their linger. */
const goodbyeMs = 1200;

type BrokerSocket = Router | Dealer;

/** One side: its socket, and where it listens. */
type End = {socket: BrokerSocket | undefined; readonly endpoints: Endpoints};

export class BrokerPeer {
	readonly role = 'broker';
	readonly name: string;
	readonly #surroundings: Surroundings;
	readonly #ends: Readonly<Record<Side, End>>;
	#policy: Policy = firstPolicy;
	/** Its clients have chosen ids and are restarted: without it, whether a newcomer gets its own old place is chance. */
	#hasHandover = true;
	/** Of both its sockets. Holds a secret key: for them, and never for an event. */
	#credentials: Credentials = {};
	readonly #security = new ToldSecurity((option, value) => {
		this.#tellOption(option, value);
	});

	#toldType: SocketType;
	#isRetired = false;
	#isGone: Promise<unknown> = Promise.resolve();
	#queue: Promise<void> = Promise.resolve();

	constructor(name: string, surroundings: Surroundings) {
		this.name = name;
		this.#surroundings = surroundings;
		this.#ends = {frontend: this.#newEnd('frontend'), backend: this.#newEnd('backend')};
		this.#toldType = this.socketType;
	}

	get socketType(): SocketType {
		return socketTypeOf(this.#policy);
	}

	get policy(): Policy {
		return this.#policy;
	}

	get isOpen(): boolean {
		return this.#ends.frontend.socket?.closed === false;
	}

	/** Where it listens, the frontend first. */
	get listensAt(): readonly Endpoint[] {
		return [this.#ends.frontend, this.#ends.backend].flatMap(({endpoints}) => endpoints.of('bind'));
	}

	/** Says who it is; once, before its first sockets open. */
	introduce(): void {
		this.#emit({
			type: 'peer-added', peer: this.name, role: this.role, socketType: this.socketType, options: {policy: this.#policy, handover: 'on'},
		});
	}

	/** Runs all that is done to the broker one after the other. A retired one runs nothing more. */
	async inTurn(task: () => Promise<void> | void): Promise<void> {
		const run = this.#queue.then(async () => this.#isRetired ? undefined : task());
		this.#queue = run.catch(() => undefined);
		return run;
	}

	/** Makes two new sockets, and takes them to where the ones before listened. */
	async open(): Promise<void> {
		if (this.#isRetired) {
			return;
		}

		const settings = {...usualSettings, ...this.#credentials};
		const frontend = new Router({...settings, ...frontendOptions, handover: this.#hasHandover});
		const backend = this.#policy === 'round-robin' ? new Dealer(settings) : new Router({...settings, ...backendOptions});
		this.#ends.frontend.socket = frontend;
		this.#ends.backend.socket = backend;
		this.#emit({type: 'peer-opened', peer: this.name, ...(this.#toldType !== this.socketType && {socketType: this.socketType})});
		this.#toldType = this.socketType;
		this.#isGone = Promise.all([this.#watch('frontend', frontend), this.#watch('backend', backend)]);
		for (const {endpoints} of Object.values(this.#ends)) {
			await endpoints.takeUpAgain();
		}

		if (this.isOpen) {
			void this.#run(frontend, backend);
		}
	}

	/** Listens at one side, as a peer does at its endpoint. */
	async listen(side: Side, endpoint: Endpoint, fallback?: Endpoint): Promise<Endpoint | undefined> {
		return this.#ends[side].endpoints.bind(endpoint, fallback);
	}

	/** Closes both sockets. A crash leaves no time for anything that is still queued. */
	close(how: Closing): void {
		if (!this.isOpen) {
			return;
		}

		this.#surroundings.steps.cancel(this.name);
		for (const {socket} of Object.values(this.#ends)) {
			if (!socket || socket.closed) {
				continue;
			}

			if (how === 'crash') {
				socket.linger = 0;
			}

			socket.close();
		}

		this.#emit({type: 'peer-closed', peer: this.name, how});
	}

	/** Closes for good. Resolves when libzmq has let go of the sockets, or after a while. */
	async retire(): Promise<void> {
		this.close('end');
		this.#isRetired = true;
		let timer: NodeJS.Timeout | undefined;
		await Promise.race([this.#isGone, new Promise(resolve => {
			timer = setTimeout(resolve, goodbyeMs);
		})]);
		clearTimeout(timer);
	}

	/** How its next sockets choose a worker. */
	serveBy(policy: Policy): void {
		this.#policy = policy;
		this.#tellOption('policy', policy);
	}

	/** Whether a client that comes with the routing id of another one takes its place. Heard by connections that come later. */
	handOver(isOn: boolean): void {
		this.#hasHandover = isOn;
		this.#tellOption('handover', isOn ? 'on' : 'off');
		const {socket} = this.#ends.frontend;
		if (socket instanceof Router && !socket.closed) {
			socket.handover = isOn;
		}
	}

	/** The next sockets of both sides get these keys. `told` is what may be known of them. */
	secure(credentials: Credentials, told: Options): void {
		this.#credentials = credentials;
		this.tellSecurity(told);
	}

	/** Tells what has changed of its security. */
	tellSecurity(told: Options): void {
		this.#security.tell(told);
	}

	#newEnd(side: Side): End {
		const end: End = {
			socket: undefined,
			endpoints: new Endpoints(this.name, {
				route: this.#surroundings.route,
				emit: fact => {
					this.#emit(fact.type === 'bound' ? {...fact, side} : fact);
				},
			}, () => end.socket),
		};
		return end;
	}

	/** Drains the observer to its end: one that is not read stops all sockets of the process. */
	async #watch(side: Side, socket: BrokerSocket): Promise<void> {
		const end = this.#ends[side];
		await watch(socket, {
			peer: this.name,
			endpoints: end.endpoints.directions,
			nominal: address => end.endpoints.nominal(address),
			bindFailed(code) {
				end.endpoints.noteBindFailure(code);
			},
			clock: this.#surroundings.clock,
			emit: fact => {
				// The monitor's last words arrive when the socket has gone, and would be taken for its successor's.
				if (this.isOpen && end.socket === socket) {
					this.#emit(fact);
				}
			},
		});
	}

	async #run(frontend: Router, backend: BrokerSocket): Promise<void> {
		try {
			await this.#engineOf(frontend, backend).run();
		} catch (error) {
			if (!frontend.closed) {
				const {code, message} = failureOf(error);
				this.#emit({type: 'command-failed', text: 'broker', reason: message, next: '/restart makes new sockets', code, peer: this.name});
			}
		}
	}

	#engineOf(frontend: Router, backend: BrokerSocket): Engine {
		const {clock} = this.#surroundings;
		const gate = this.#gate;
		const hear = (told: Told): undefined => {
			if (!frontend.closed) {
				this.#emit({peer: this.name, ...factOf(told)});
			}
		};

		return backend instanceof Router
			? new ReadyWorkers({frontend, backend, hear, clock, gate}, {hasHeartbeats: this.#policy === 'paranoid-pirate'})
			: new RoundRobin({frontend, backend, hear, clock, gate});
	}

	/** Each hop is a step of its own. */
	get #gate(): Gate {
		const {steps} = this.#surroundings;
		const {name} = this;
		return {
			get isOn() {
				return steps.isOn;
			},
			async pass(move) {
				const {operation, side} = move;
				return steps.pass(name, operation, {side, ...(operation === 'send' && {frames: hopOf(move.frames), ...(move.worker && {worker: describeId(move.worker)})})});
			},
		};
	}

	#tellOption(option: OptionName, value: string): void {
		this.#emit({
			type: 'option-changed', peer: this.name, option, value,
		});
	}

	#emit(fact: Fact): void {
		this.#surroundings.emit(fact);
	}
}
