/** `view(snapshot, now)`: what a pane says of its peer at a moment. Here, and only here, time becomes ages, countdowns and bars. */
import {formatElapsed} from './duration.js';
import {type Options} from './events.js';
import {type State} from './machines.js';
import {lockOf, type Lock} from './lock.js';
import {isUnresolved} from './refusals.js';
import {type Link, type PeerSnapshot, type Snapshot} from './snapshot.js';
import {visible} from './text.js';

/** How loudly a word is drawn. */
export type Tone = 'good' | 'busy' | 'bad' | 'quiet';
export type Word = {readonly text: string; readonly tone: Tone};

/** A pane in words. `progress` runs from 0 to 1 while a delay counts down; `isFresh` while the last move is young. */
export type PeerView = {
	readonly peer: PeerSnapshot;
	readonly health: Word;
	readonly state: State | undefined;
	readonly isFresh: boolean;
	readonly status: Word;
	readonly progress?: number;
	readonly settings: readonly string[];
	readonly lock: Lock;
};

/** How long (ms) a state that has just been reached stays lit. */
export const freshMs = 600;

/** What a pane shows of a peer. */
export function viewPeer(snapshot: Snapshot, peer: PeerSnapshot, now: number): PeerView {
	const {waiting} = peer;
	const view = {
		peer,
		health: healthOf(peer),
		state: peer.state,
		isFresh: peer.moved?.from !== undefined && now - peer.moved.t < freshMs,
		status: peer.role === 'client' ? clientStatus(snapshot, peer, now) : serverStatus(snapshot, peer, now),
		lock: lockOf(peer),
		settings: isNobodyListening(snapshot, peer) ? ['mend it: /disconnect, then /bind'] : settingsOf(peer),
	};
	return waiting?.type === 'delay' ? {...view, progress: Math.min(1, Math.max(0, (now - waiting.since) / waiting.ms))} : view;
}

/** In how many ms the view changes though nothing happens; undefined if it does not: then nothing needs to tick. */
export function nextChangeMs(snapshot: Snapshot, now: number): number | undefined {
	let soonest: number | undefined;
	const consider = (ms: number): void => {
		soonest = Math.min(soonest ?? Infinity, Math.max(20, ms));
	};

	for (const {moved, waiting, state, since} of Object.values(snapshot.peers)) {
		if (moved && now - moved.t < freshMs) {
			consider(freshMs - (now - moved.t) + 1);
		}

		if (waiting?.type === 'delay') {
			consider(Math.min(1000, Math.max(100, waiting.ms / 20)));
		} else if (state === 'awaiting-reply') {
			// In its first second an age counts tenths; without them it would look stuck at 0.
			consider(now - since < 1000 ? 100 : 1000 - ((now - since) % 1000) + 1);
		}
	}

	return soonest;
}

/** One word on whether the other side can be reached. */
function healthOf(peer: PeerSnapshot): Word {
	if (peer.state === undefined) {
		return peer.closedHow === 'crash' ? {text: 'crashed', tone: 'bad'} : {text: 'closed', tone: 'quiet'};
	}

	const words = peer.links.map(link => wordOf(link));
	return words.find(({tone}) => tone === 'good') ?? words[0] ?? {text: 'no endpoint', tone: 'bad'};
}

function wordOf(link: Link): Word {
	switch (link.status) {
		case 'listening': {
			const peers = link.connections === 0 ? '' : ` · ${link.connections} ${link.connections === 1 ? 'peer' : 'peers'}`;
			return {text: `listening${peers}`, tone: 'good'};
		}

		case 'connected': {
			return {text: 'connected', tone: 'good'};
		}

		case 'retrying': {
			return {text: `${retryingWord(link)}, retrying`, tone: 'bad'};
		}

		case 'failed': {
			const code = link.code === undefined ? '' : ` (${link.code})`;
			return {text: `${link.direction === 'bind' ? 'not listening' : 'no handshake'}${code}`, tone: 'bad'};
		}

		case 'connecting': {
			// A connected inproc looks the same: libzmq's monitor is silent about it.
			return link.endpoint.startsWith('inproc://') ? {text: 'inproc, tells no events', tone: 'quiet'} : {text: 'connecting', tone: 'busy'};
		}

		case 'closed': {
			return {text: 'closed', tone: 'busy'};
		}
	}
}

function retryingWord({code}: Link): string {
	if (code === undefined) {
		return 'nobody there';
	}

	return isUnresolved(code) ? `no such host (${code})` : `no handshake (${code})`;
}

/** Nobody in this lab listens, though somebody connects: the tutorial's own mistake. */
function isNobodyListening(snapshot: Snapshot, peer: PeerSnapshot): boolean {
	const everyone = Object.values(snapshot.peers);
	return everyone.length > 1
		&& everyone.every(each => each.state !== undefined && each.links.length > 0 && each.links.every(link => link.direction === 'connect' && link.status !== 'connected'))
		&& peer.links.some(link => everyone.some(other => other !== peer && other.links.some(({endpoint}) => endpoint === link.endpoint)));
}

const bothConnect = 'both connect, nobody listens';

/** After a time-out: the connection that took the request still stands, so that its reply can come by it. */
const mayReplyStillCome = ({lastOutcome, links, since}: PeerSnapshot): boolean =>
	lastOutcome === 'timed-out' && links.some(link => link.status === 'connected' && link.since <= since);

function clientStatus(snapshot: Snapshot, peer: PeerSnapshot, now: number): Word {
	if (peer.state === undefined) {
		return {text: '/open makes a new socket', tone: 'quiet'};
	}

	const isWaiting = peer.state === 'awaiting-reply';
	const waits = isWaiting ? `waits ${age(now - peer.since)} for a reply` : '';
	if (isNobodyListening(snapshot, peer)) {
		return {text: join(bothConnect, waits), tone: 'bad'};
	}

	if (isWaiting) {
		// Its question is closed: given up after the time-out, or lost with a server.
		const isOpen = snapshot.exchanges.open[peer.name] !== undefined;
		return isOpen ? {text: waits, tone: 'busy'} : {text: join(mayReplyStillCome(peer) ? 'a late reply may come: /receive' : 'reply may never come: /restart', waits), tone: 'bad'};
	}

	if (peer.links.some(link => link.status === 'connected' || link.connections > 0)) {
		return {text: 'may send a request', tone: 'good'};
	}

	if (lockOf(peer).state === 'failed') {
		return {text: 'no handshake: nothing gets through', tone: 'bad'};
	}

	// Only a connect makes a queue before anybody is there.
	return peer.links.some(link => link.direction === 'connect')
		? {text: 'may send; queued till a server comes', tone: 'quiet'}
		: {text: peer.links.length === 0 ? 'nowhere to send to: /connect' : 'nobody has connected to it yet', tone: 'quiet'};
}

function serverStatus(snapshot: Snapshot, peer: PeerSnapshot, now: number): Word {
	if (peer.state === undefined) {
		return {text: '/open makes a new socket', tone: 'quiet'};
	}

	if (peer.state !== 'awaiting-reply') {
		return isNobodyListening(snapshot, peer) ? {text: bothConnect, tone: 'bad'} : {text: 'receives the next request', tone: 'good'};
	}

	if (peer.options.service === 'by-hand') {
		return {text: `owes a reply for ${age(now - peer.since)} · type it here`, tone: 'busy'};
	}

	const {waiting} = peer;
	if (waiting?.type === 'delay') {
		return {text: `owes a reply · ${countdown(waiting.ms - (now - waiting.since))} left`, tone: 'busy'};
	}

	return waiting?.type === 'hold'
		? {text: `owes a reply · held ${age(now - waiting.since)} · /release`, tone: 'busy'}
		: {text: `owes a reply for ${age(now - peer.since)}`, tone: 'busy'};
}

/** Settings worth a word: all of a server's, and what is not as usual of a client's. */
function settingsOf({role, options}: PeerSnapshot): readonly string[] {
	if (role === 'client') {
		return [
			...(options.recover === undefined || options.recover === 'none' ? [options.timeout === undefined || options.timeout === 'off' ? 'no time-out' : `time-out ${options.timeout}`] : [`recovers by ${options.recover}`]),
			...(options.every === undefined || options.every === 'off' ? [] : [`asks every ${options.every}`]),
			...socketWords(options),
		];
	}

	if (options.service === 'by-hand') {
		return ['by hand', '/reply-with ends it', ...socketWords(options)];
	}

	const once = options['delay-once'];
	return [
		options.hold === 'on' ? 'HOLD' : `delay ${options.delay ?? 'off'}`,
		...(once === undefined || once === 'off' ? [] : [`next ${once}`]),
		`replies “${visible(options['reply-with'] ?? '')}”`,
		...socketWords(options),
	];
}

/** Options of libzmq that a person has set. */
const socketWords = (options: Options): readonly string[] =>
	(['immediate', 'heartbeat', 'linger', 'hwm'] as const).flatMap(name => options[name] === undefined ? [] : [`${name} ${options[name]}`]);

/** Seconds in whole numbers once it takes longer: an age ticks once a second. */
const age = (ms: number): string => ms < 1000 ? `${(ms / 1000).toFixed(1)} s` : (ms < 60_000 ? `${Math.floor(ms / 1000)} s` : formatElapsed(ms));

/** What is left of a delay: rounded up, so that three seconds begin with a 3. */
const countdown = (ms: number): string => age(ms < 1000 ? Math.max(0, ms) : Math.ceil(ms / 1000) * 1000);

const join = (...parts: readonly string[]): string => parts.filter(part => part !== '').join(' · ');
