/**
The security of one lab: its keys, what each peer gets of them, and whom its servers let in.

Laws: secret keys live here and in the sockets, and nowhere else; what is told of a peer's security are its setting, its public key and the
allow-list. Who a server is here, and who a client, is as `curveEndOf` says. A server with CURVE opens only when the ZAP handler is there, and lets nobody in if the handler should be gone (`zapEnforceDomain`).
Source: RFC 26/CURVEZMQ; RFC 27/ZAP; zmq_curve(7).
*/
import {type Problem} from '../../commands/record.js';
import {
	anyKey,
	curveArrangement,
	curveEndOf,
	curveOf,
	formatAllowed,
	type Curve,
	type CurveArrangement,
	type CurveName,
} from '../../core/curve.js';
import {type Fact, type Options} from '../../core/events.js';
import {type CurveStart} from '../../core/lab-port.js';
import {isWorker} from '../../core/scenes.js';
import {isKey, type Key} from '../../core/z85.js';
import {type Credentials} from '../socket-settings.js';
import {makePair, readAllowFile, readKeyFile, type KeyPair} from './key-files.js';
import {reopen, type Reopened} from './reopen.js';
import {type Secured} from './secured.js';
import {zapHandler, type Visitor} from './zap.js';

/** How many of the keys that came are remembered, so that `/allow` takes the beginning of one. */
const visitorsKept = 1000;
/** As few characters of a key name it. */
const leastOfKey = 4;

let labCount = 0;

/** Secrets that this process has already: the pair of the lab's clients, and the routing id that is theirs alone. */
export type Secrets = {readonly pair: KeyPair; readonly routingId: string};

export class Security {
	readonly #emit: (fact: Fact) => void;
	readonly #start: CurveStart;
	readonly #secrets: Secrets | undefined;
	readonly #lab = `zmq-playground-${++labCount}`;
	readonly #domains = new Set<string>();
	readonly #clients = new Map<string, KeyPair>();
	readonly #visitors = new Set<Key>();
	#arrangement: CurveArrangement | undefined;
	#ofFile: KeyPair | undefined;
	#ofServers: KeyPair | undefined;
	/** Undefined lets any key in. */
	#allowed: Set<Key> | undefined;
	/** What a person had listed, while an arrangement has an empty list. */
	#allowedBefore: {readonly allowed: Set<Key> | undefined} | undefined;
	#isReady = false;

	/** `arrangement` is that of a fresh lab. */
	constructor(emit: (fact: Fact) => void, {start, secrets}: {readonly start: CurveStart | undefined; readonly secrets: Secrets | undefined}, arrangement: CurveName) {
		this.#emit = emit;
		this.#start = start ?? {};
		this.#secrets = secrets;
		this.#arrangement = curveArrangement(arrangement);
	}

	/** Gives a peer its keys before its first socket opens. Rejects if it can't be secured; then it must not open. A list that was closed for `others` lets a new worker of theirs in. */
	async outfit(peer: Secured, others: readonly Secured[] = []): Promise<void> {
		await this.#getReady();
		if (this.#curveOf(peer) === 'off') {
			return;
		}

		await this.#secure(peer);
		if (this.#allowedBefore && isWorker(peer)) {
			this.#list(new Set([...this.#allowed ?? [], this.#pairOf(peer.name).publicKey]), others);
		}
	}

	/** Another arrangement: new keys on both sides, and so new sockets. */
	async rearrange(arrangement: CurveArrangement, peers: readonly Reopened[]): Promise<Problem | undefined> {
		await this.#getReady();
		const hasServer = peers.some(peer => curveEndOf(peer) === 'server');
		const first = peers.find(peer => curveOf(arrangement, peer) !== 'off');
		if (first && !hasServer && this.#start.serverKey === undefined) {
			const [who, front] = first.role === 'client' ? ['server', 'client'] : ['broker', 'worker'];
			return {reason: `the ${who} is outside this lab, and its public key is not known here`, next: `start zmq-playground ${front} --curve-server-key <key>`};
		}

		this.#arrangement = arrangement;
		this.#closeList(arrangement.isClosed ?? false, peers);
		await reopen(peers, async peer => this.#secure(peer));
		return undefined;
	}

	/** From now on only who is on the list is let in, this one among them. */
	allow(who: string, peers: readonly Secured[]): Problem | undefined {
		if (who === anyKey) {
			this.#list(undefined, peers);
			return undefined;
		}

		const key = this.#keyOf(who, peers);
		if (typeof key === 'string') {
			this.#list(new Set([...this.#allowed ?? [], key]), peers);
			return undefined;
		}

		return key;
	}

	/** Off the list. Without one, everybody else in this lab comes on a new one. */
	deny(who: string, peers: readonly Secured[]): Problem | undefined {
		const key = this.#keyOf(who, peers);
		if (typeof key !== 'string') {
			return key;
		}

		const allowed = this.#allowed ?? peers.filter(peer => curveEndOf(peer) === 'client').map(({name}) => this.#pairOf(name).publicKey);
		this.#list(new Set([...allowed].filter(each => each !== key)), peers);
		return undefined;
	}

	/** When the lab's sockets are closed. */
	end(): void {
		for (const domain of this.#domains) {
			zapHandler.unregister(domain);
		}

		this.#domains.clear();
	}

	/** Reads the files, once. */
	async #getReady(): Promise<void> {
		const {secretFile, allowFile} = this.#start;
		if (this.#isReady) {
			return;
		}

		this.#ofFile = secretFile === undefined ? undefined : await readKeyFile(secretFile);
		this.#allowed = allowFile === undefined ? undefined : new Set(await readAllowFile(allowFile));
		this.#isReady = true;
	}

	#curveOf(peer: Secured): Curve {
		return this.#arrangement ? curveOf(this.#arrangement, peer) : 'off';
	}

	async #secure(peer: Secured): Promise<void> {
		const curve = this.#curveOf(peer);
		if (curve === 'off') {
			peer.secure({}, {curve});
			return;
		}

		if (curveEndOf(peer) === 'server') {
			peer.secure(await this.#answering(peer.name), {curve, 'public-key': this.#servers.publicKey, ...this.#allowOption});
			return;
		}

		const {publicKey, secretKey} = this.#pairOf(peer.name);
		const curveServerKey = curve === 'wrong-server-key' ? makePair().publicKey : this.#start.serverKey ?? this.#servers.publicKey;
		const own = curve === 'no-client-keys' ? {} : {curvePublicKey: publicKey, curveSecretKey: curve === 'wrong-client-keys' ? makePair().secretKey : secretKey};
		const id = this.#secrets && {routingId: this.#secrets.routingId};
		peer.secure({curveServerKey, ...own, ...id}, {curve, ...(curve !== 'no-client-keys' && {'public-key': publicKey})});
	}

	/** What makes a socket answer with the server key; both of a broker's do, in one ZAP domain. Rejects if the ZAP handler has no place. */
	async #answering(name: string): Promise<Credentials> {
		const zapDomain = `${this.#lab}/${name}`;
		this.#domains.add(zapDomain);
		await zapHandler.register(zapDomain, visitor => this.#judge(name, visitor));
		return {curveServer: true, curveSecretKey: this.#servers.secretKey, zapDomain, zapEnforceDomain: true};
	}

	/** Servers of one lab stand for one another, as a client has one server key for all that it connects to. */
	get #servers(): KeyPair {
		this.#ofServers ??= this.#ofFile ?? makePair();
		return this.#ofServers;
	}

	/** A client's, or a worker's. */
	#pairOf(client: string): KeyPair {
		const known = this.#clients.get(client);
		const pair = known ?? this.#secrets?.pair ?? this.#ofFile ?? makePair();
		this.#clients.set(client, pair);
		return pair;
	}

	#nameOf(key: Key): string | undefined {
		return [...this.#clients].find(([, {publicKey}]) => publicKey === key)?.[0];
	}

	#judge(peer: string, {address, key}: Visitor): boolean {
		const isAllowed = !this.#allowed || this.#allowed.has(key);
		const client = this.#nameOf(key);
		if (this.#visitors.size < visitorsKept) {
			this.#visitors.add(key);
		}

		this.#emit({
			type: 'zap-request', peer, address, key, ...(client !== undefined && {client}), verdict: isAllowed ? 'allowed' : 'denied',
		});
		return isAllowed;
	}

	/** The key that a name, a key or the beginning of one that has been here stands for. */
	#keyOf(who: string, peers: readonly Secured[]): Key | Problem {
		if (isKey(who)) {
			return who;
		}

		if (peers.some(peer => peer.name === who && curveEndOf(peer) === 'client')) {
			return this.#pairOf(who).publicKey;
		}

		const beginning = who.replace(/…$/v, '');
		const visitors = beginning.length < leastOfKey ? [] : [...this.#visitors].filter(key => key.startsWith(beginning));
		return visitors.length === 1 && visitors[0] !== undefined
			? visitors[0]
			: {reason: `“${who}” is no ${peers.some(({role}) => role === 'broker') ? 'client or worker' : 'client'} of this lab${visitors.length > 1 ? ', and several keys begin so' : ', and no key that has been here'}`, next: 'name a client, or write a public key of 40 characters'};
	}

	/** Closed, it has none of the clients. A worker stays on it. */
	#closeList(isClosed: boolean, peers: readonly Secured[]): void {
		if (isClosed && !this.#allowedBefore) {
			this.#allowedBefore = {allowed: this.#allowed};
			this.#allowed = new Set(peers.filter(peer => isWorker(peer)).map(({name}) => this.#pairOf(name).publicKey));
		} else if (!isClosed && this.#allowedBefore) {
			this.#allowed = this.#allowedBefore.allowed;
			this.#allowedBefore = undefined;
		}
	}

	#list(allowed: Set<Key> | undefined, peers: readonly Secured[]): void {
		this.#allowed = allowed;
		for (const peer of peers) {
			if (curveEndOf(peer) === 'server') {
				peer.tellSecurity(this.#allowOption);
			}
		}
	}

	get #allowOption(): Options {
		return {allow: formatAllowed(this.#allowed, key => this.#nameOf(key))};
	}
}
