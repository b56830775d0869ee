/** The peers of one arrangement: how each of them comes, moves and goes. A lab has one cast after the other. */
import {type Endpoint} from '../core/endpoint.js';
import {type LabOptions} from '../core/lab-port.js';
import {connectionsTo, placesOfNewcomer, visitorsOf} from '../core/newcomers.js';
import {type Policy} from '../core/policy.js';
import {isWorker, mostPeers, nameOf, type Actor, type Calling} from '../core/scenes.js';
import {type Snapshot} from '../core/snapshot.js';
import {parseLine, type Command} from '../commands/grammar.js';
import {type Action, type Problem} from '../commands/record.js';
import {BrokerPeer} from './broker-peer.js';
import {callingOf, createPeer} from './casting.js';
import {type Client} from './client.js';
import {failureOf} from './failure.js';
import {obey} from './obey.js';
import {perform} from './perform.js';
import {moveServer, type Move} from './moving.js';
import {type Surroundings} from './peer.js';
import {KeyFileError} from './security/key-files.js';
import {type Security} from './security/security.js';
import {Server} from './server.js';
import {ServerProcess} from './server-process.js';

/** What closes a socket: a call of it that is held is not made any more. */
const closing: ReadonlySet<Action['verb']> = new Set(['close', 'crash', 'restart', 'unpark']);

/** Whoever can be told to do something by name. */
export type Member = Client | Server | ServerProcess | BrokerPeer;

/** What a cast needs of its lab. `fail` tells what came of a line, `failWith` what a socket threw at it. */
export type Stage = {
	readonly options: LabOptions;
	readonly security: Security;
	readonly surroundings: Surroundings;
	readonly snapshot: () => Snapshot;
	readonly fail: (line: string, reason: string, next: string, peer?: string) => void;
	readonly failWith: (error: unknown, line: string, peer: string) => void;
};

export class Cast {
	readonly #stage: Stage;
	readonly #members = new Map<string, Member>();
	/** The highest number that a peer of the calling has had: a name is not given twice. */
	readonly #numbers: Record<Calling, number> = {client: 0, server: 0, worker: 0};
	#isRetired = false;

	constructor(stage: Stage) {
		this.#stage = stage;
	}

	member(name: string): Member | undefined {
		return this.#members.get(name);
	}

	get members(): readonly Member[] {
		return [...this.#members.values()];
	}

	/** Lets the actors of a scene come, one after the other: who connects needs to know where the other one listens. */
	async enter(actors: readonly Actor[]): Promise<void> {
		const resolved = new Map<Endpoint, Endpoint>();
		for (const actor of actors) {
			if (this.#isRetired) {
				return;
			}

			await this.#settle(this.#introduce(actor), actor, resolved);
		}
	}

	/** Has one member do what a line says. Resolves when it is done, refused, or held: a call that is held has yet to be made, and whoever goes by a script has to be able to let it go. */
	async perform(name: string, line: string, command: Command): Promise<void> {
		const {snapshot, surroundings: {steps}, fail, failWith} = this.#stage;
		const peer = this.#members.get(name);
		if (closing.has(command.action.verb)) {
			steps.cancel(name);
		}

		const done = peer?.inTurn(async () => {
			const known = snapshot().peers[name];
			const why = known && command.record.unavailable?.(known);
			if (why !== undefined) {
				fail(line, why, '', name);
				return;
			}

			const tell = ({reason, next}: Problem): void => {
				fail(line, reason, next, name);
			};

			try {
				await obey(peer, {line, action: command.action, tell});
			} catch (error) {
				failWith(error, line, name);
			}
		});
		await (steps.isOn ? Promise.race([done, steps.holds(name)]) : done);
	}

	/** More peers of a calling, all or none: what is said to them in the same moment waits until they are open. */
	async add(calling: Calling, count: number, line: string): Promise<void> {
		const {snapshot, fail, failWith} = this.#stage;
		const role = calling === 'client' ? 'client' : 'server';
		if (calling === 'worker' && !this.#broker) {
			fail(line, 'there is no broker here, and a worker needs one', '/scene broker makes one');
			return;
		}

		if (calling === 'server' && this.#broker) {
			fail(line, 'a server of a broker is a worker', `/worker add${count === 1 ? '' : ` ${count}`}`);
			return;
		}

		const room = mostPeers - this.#members.size;
		if (count > room) {
			fail(line, `a lab has room for ${mostPeers} peers, and there are ${this.#members.size}`, room > 0 ? `${room} more fit` : '/remove makes room');
			return;
		}

		const places = placesOfNewcomer(snapshot(), calling);
		const newcomers = Array.from({length: count}, () => {
			const actor = {peer: nameOf(calling, this.#numbers[calling] + 1), role, places} as const;
			return {actor, peer: this.#introduce(actor)};
		});
		await Promise.all(newcomers.map(async ({actor, peer}) => {
			try {
				await this.#settle(peer, actor, new Map());
				if (!(peer instanceof BrokerPeer)) {
					await Promise.all(peer.endpoints.of('bind').map(async endpoint => this.#invite(role, endpoint)));
				}
			} catch (error) {
				failWith(error, line, peer.name);
			}
		}));
	}

	/** Closes a peer for good. Who is connected to it leaves it, else libzmq would look for it for ever. */
	async remove(name: string, line: string): Promise<void> {
		const {snapshot, surroundings, fail} = this.#stage;
		const peer = this.#members.get(name);
		if (!peer) {
			fail(line, `there is no ${name}`, `there are: ${[...this.#members.keys()].join(' ')}`);
			return;
		}

		let isGone = false;
		await peer.inTurn(() => {
			if (peer instanceof ServerProcess) {
				void peer.retire('close');
			} else {
				peer.close('close');
				void peer.retire();
			}

			isGone = this.#members.delete(name);
		});
		if (!isGone) {
			return;
		}

		const leaving = connectionsTo(snapshot(), name);
		surroundings.emit({type: 'peer-removed', peer: name});
		await Promise.all(leaving.map(async ({peer: visitorName, endpoint}) => {
			const visitor = this.#members.get(visitorName);
			await visitor?.inTurn(() => {
				if (isInside(visitor) && visitor.isOpen && visitor.endpoints.of('connect').includes(endpoint)) {
					visitor.endpoints.disconnect(endpoint);
				}
			});
		}));
	}

	/** Closes a server here and opens it there: the same settings, the same endpoints, a new socket. */
	async move(line: string, wish: Move): Promise<void> {
		await moveServer({
			stage: this.#stage,
			member: name => this.#members.get(name),
			has: member => !this.#isRetired && this.#members.get(member.name) === member,
			replace: member => {
				this.#members.set(member.name, member);
			},
			prepare: async (peer, settings) => this.#prepare(peer, settings),
		}, line, wish);
	}

	/** Another policy: the broker and its workers take sockets of the types that fit it. What was under way between them is given up. */
	async serveBy(policy: Policy, line: string): Promise<void> {
		const broker = this.#broker;
		if (!broker) {
			this.#stage.fail(line, 'there is no broker here', '/scene broker makes one');
			return;
		}

		const workers = [...this.#members.values()].filter((member): member is Server => member instanceof Server && isWorker(member));
		const wereOpen = new Set([broker, ...workers].filter(({isOpen}) => isOpen));
		// A call that is held would hold up its peer, and no line that lets it go is read meanwhile.
		for (const {name} of [broker, ...workers]) {
			this.#stage.surroundings.steps.cancel(name);
		}

		await Promise.all(workers.map(async worker => worker.inTurn(() => {
			worker.close('close');
			worker.serveBy(policy);
		})));
		await broker.inTurn(async () => {
			broker.close('close');
			broker.serveBy(policy);
			await (wereOpen.has(broker) ? broker.open() : undefined);
		});
		await Promise.all(workers.map(async worker => worker.inTurn(async () => {
			await (wereOpen.has(worker) ? worker.open() : undefined);
		})));
	}

	/** Whether the broker lets a client take the place of another one with its routing id. */
	async handOver(isOn: boolean, line: string): Promise<void> {
		const broker = this.#broker;
		if (broker) {
			await broker.inTurn(() => {
				broker.handOver(isOn);
			});
		} else {
			this.#stage.fail(line, 'there is no broker here', '/scene broker makes one');
		}
	}

	/** Gives whoever connects a new socket. A process that connects does so by itself: no tap lies in between. */
	async renewConnections(): Promise<void> {
		await Promise.all([...this.#members.values()].map(async peer => peer.inTurn(async () => {
			if (isInside(peer) && peer.isOpen && peer.endpoints.of('connect').length > 0) {
				await peer.renew();
			}
		})));
	}

	/** Closes everybody's socket. Resolves when the last replies are on their way, or nobody has taken them for a while. */
	async retire(): Promise<void> {
		this.#isRetired = true;
		await Promise.all([...this.#members.values()].map(async peer => peer.retire()));
	}

	/** From now on the peer is there, though its socket has yet to open. */
	#introduce(actor: Actor): Client | Server | BrokerPeer {
		const peer = createPeer(actor, this.#stage, this.#broker?.policy);
		this.#members.set(actor.peer, peer);
		const calling = callingOf(actor);
		if (calling) {
			this.#numbers[calling]++;
		}

		peer.introduce();
		return peer;
	}

	async #settle(peer: Client | Server | BrokerPeer, actor: Actor, resolved: Map<Endpoint, Endpoint>): Promise<void> {
		await peer.inTurn(async () => {
			if (actor.settings && !(peer instanceof BrokerPeer)) {
				await this.#prepare(peer, actor.settings);
			}

			// The lab may have ended meanwhile.
			if (!(await this.#outfit(peer)) || this.#isRetired) {
				return;
			}

			await peer.open();
			await (peer instanceof BrokerPeer ? this.#placeBroker(peer, actor, resolved) : this.#place(peer, actor, resolved));
		});
	}

	/** A broker listens at two places: the frontend first. */
	async #placeBroker(broker: BrokerPeer, {places}: Actor, resolved: Map<Endpoint, Endpoint>): Promise<void> {
		for (const [index, {endpoint, fallback}] of places.entries()) {
			const side = index === 0 ? 'frontend' : 'backend';
			const bound = await (this.#stage.options.freePorts && fallback ? broker.listen(side, fallback) : broker.listen(side, endpoint, fallback));
			if (bound !== undefined) {
				resolved.set(endpoint, bound);
			}
		}
	}

	/** Whether the peer has its keys. Without them it must not open: it would talk to everybody in the clear. */
	async #outfit(peer: Client | Server | BrokerPeer): Promise<boolean> {
		try {
			await this.#stage.security.outfit(peer, this.#broker ? [this.#broker] : []);
			return true;
		} catch (error) {
			this.#stage.fail('--curve', failureOf(error).message, error instanceof KeyFileError ? error.next : '', peer.name);
			return false;
		}
	}

	/** Settings before a first socket opens: it begins with them. */
	async #prepare(peer: Client | Server, settings: readonly string[]): Promise<void> {
		for (const line of settings) {
			const parsed = parseLine(`@${peer.name} ${line}`, this.#stage.snapshot());
			if (parsed.ok) {
				await perform(peer, parsed.action, () => undefined);
			}
		}
	}

	/** Takes a peer to its first endpoint. Whoever connects goes to where the other one really listens. */
	async #place(peer: Client | Server, actor: Actor, resolved: Map<Endpoint, Endpoint>): Promise<void> {
		for (const {direction, endpoint, fallback} of actor.places) {
			if (direction === 'connect') {
				await this.#connect(peer, resolved.get(endpoint) ?? endpoint);
				continue;
			}

			const bound = await (this.#stage.options.freePorts && fallback ? peer.endpoints.bind(fallback) : peer.endpoints.bind(endpoint, fallback));
			if (bound !== undefined) {
				resolved.set(endpoint, bound);
			}
		}

		if (peer instanceof Server) {
			peer.startWork();
		}
	}

	/** The other side connects to a newcomer that listens. */
	async #invite(role: 'client' | 'server', endpoint: Endpoint): Promise<void> {
		await Promise.all(visitorsOf(this.#stage.snapshot(), role).map(async name => {
			const visitor = this.#members.get(name);
			await visitor?.inTurn(async () => {
				if (isInside(visitor) && visitor.isOpen) {
					await this.#connect(visitor, endpoint);
				}
			});
		}));
	}

	async #connect(peer: Client | Server, endpoint: Endpoint): Promise<void> {
		try {
			await peer.endpoints.connect(endpoint);
		} catch (error) {
			this.#stage.failWith(error, `connect ${endpoint}`, peer.name);
		}
	}

	get #broker(): BrokerPeer | undefined {
		for (const member of this.#members.values()) {
			if (member instanceof BrokerPeer) {
				return member;
			}
		}

		return undefined;
	}
}

/** Whether it is a peer with one socket in this process. */
const isInside = (member: Member): member is Client | Server => !(member instanceof ServerProcess) && !(member instanceof BrokerPeer);
