/** `view(snapshot, now)`: what a pane says of its peer at a moment. Here, and only here, time becomes ages, countdowns and bars. */
import {formatAge, formatCountdown} from './age.js';
import {curveEndOf} from './curve.js';
import {diagnose} from './diagnosis.js';
import {type Options} from './events.js';
import {lockOf, type Lock} from './lock.js';
import {type State} from './machines.js';
import {isNobodyListening, isSilent} from './meeting.js';
import {queueWords} from './queue-words.js';
import {isAwaited, owesReply} from './owing.js';
import {isUnresolved} from './refusals.js';
import {type Link, type PeerSnapshot, type Snapshot, type Waiting} from './snapshot.js';
import {stepWords} from './steps.js';
import {visible} from './text.js';
import {brokerAge, brokerSettings, brokerStatus, isForgotten, sideLines} from './view-broker.js';

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
	/** Where what it waits for is, once that is worth a line; drawn over the state, never instead of it. */
	readonly diagnosis?: Word;
	readonly progress?: number;
	/** Of a crowd's server: whom it owes a reply, and who comes next. */
	readonly queue?: string;
	/** A broker's two sides, a line each, in place of a machine. */
	readonly sides?: readonly string[];
	readonly settings: readonly string[];
	readonly lock: Lock;
};

/** How long (ms) a state that has just been reached stays lit. */
export const freshMs = 600;

/** From when on (ms) a wait gets a line that says why: a server that takes its usual second should not make the pane jump. */
const longWaitMs = 2000;

/** What a pane shows of a peer. `isCalm`: nothing in it is lit for a moment, fills up, or counts tenths. */
export function viewPeer(snapshot: Snapshot, peer: PeerSnapshot, now: number, isCalm = false): PeerView {
	const {waiting} = peer;
	const diagnosis = diagnosisOf(snapshot, peer, now);
	const view = {
		peer,
		health: healthOf(peer),
		state: peer.state,
		isFresh: !isCalm && peer.moved?.from !== undefined && now - peer.moved.t < freshMs,
		status: stepStatus(snapshot, peer) ?? statusOf(snapshot, peer, {now, isCalm}),
		lock: lockOf(peer),
		settings: isNobodyListening(snapshot, peer) ? ['mend it: /disconnect, then /bind'] : settingsOf(peer),
		...(diagnosis && {diagnosis}),
	};
	const queue = queueWords(snapshot, peer);
	return {
		...view,
		...(peer.broker && {sides: sideLines(peer, peer.broker)}),
		...(queue !== undefined && {queue}),
		...(isTimed(waiting) && !isCalm && {progress: Math.min(1, Math.max(0, (now - waiting.since) / waiting.ms))}),
	};
}

/** In how many ms the view changes though nothing happens; undefined if it does not: then nothing needs to tick. */
export function nextChangeMs(snapshot: Snapshot, now: number, isCalm = false): number | undefined {
	let soonest: number | undefined;
	const consider = (ms: number): void => {
		soonest = Math.min(soonest ?? Infinity, Math.max(isCalm ? 1000 : 20, ms));
	};

	// In its first second an age counts tenths; without them it would look stuck at 0.
	const considerAge = (age: number): void => {
		consider(age < 1000 ? 100 : 1000 - (age % 1000) + 1);
	};

	for (const peer of Object.values(snapshot.peers)) {
		const {moved, waiting} = peer;
		if (moved && !isCalm && now - moved.t < freshMs) {
			consider(freshMs - (now - moved.t) + 1);
		}

		if (isTimed(waiting)) {
			consider(Math.min(1000, Math.max(100, waiting.ms / 20)));
		} else if (isAwaited(peer)) {
			considerAge(now - peer.since);
			considerAge(now - (diagnose(snapshot, peer, now)?.since ?? peer.since));
		}
	}

	for (const {awaitingSince} of snapshot.lanes?.open ?? []) {
		if (awaitingSince !== undefined) {
			consider(1000 - ((now - awaitingSince) % 1000) + 1);
		}
	}

	return soonest;
}

const isTimed = (waiting: PeerSnapshot['waiting']): waiting is Extract<Waiting, {readonly ms: number}> => waiting !== undefined && waiting.type !== 'hold';

/** One word on whether the other side can be reached. */
function healthOf(peer: PeerSnapshot): Word {
	if (peer.state === undefined) {
		return peer.closedHow === 'crash' ? {text: 'crashed', tone: 'bad'} : {text: 'closed', tone: 'quiet'};
	}

	const words = peer.links.map(link => wordOf(peer.broker ? {...link, connections: 0} : link));
	return words.find(({tone}) => tone === 'good') ?? words[0] ?? {text: 'no endpoint', tone: 'bad'};
}

function wordOf(link: Link): Word {
	if (isSilent(link)) {
		return {text: 'no handshake yet', tone: 'busy'};
	}

	switch (link.status) {
		case 'listening': {
			const peers = link.connections === 0 ? '' : ` · ${link.connections} ${link.connections === 1 ? 'peer' : 'peers'}`;
			return {text: `listening${peers}`, tone: 'good'};
		}

		case 'connected': {
			return link.deafSince === undefined ? {text: 'connected', tone: 'good'} : {text: 'connected, but deaf', tone: 'bad'};
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

function statusOf(snapshot: Snapshot, peer: PeerSnapshot, moment: Moment): Word {
	if (peer.broker) {
		const {text, tone} = brokerStatus(snapshot, peer, peer.broker);
		return {text: join(text, brokerAge(snapshot, peer.name, moment.now)), tone};
	}

	return peer.role === 'client' ? clientStatus(snapshot, peer, moment) : serverStatus(snapshot, peer, moment);
}

const bothConnect = 'both connect, nobody listens';

/** When it is, and whether words may count tenths. */
type Moment = {readonly now: number; readonly isCalm: boolean};

/** Step by step, what a peer is about to do says more than why it waits. */
function stepStatus({steps}: Snapshot, {name}: PeerSnapshot): Word | undefined {
	const step = steps?.find(({peer}) => peer === name);
	return step && {text: `is about to ${stepWords(step)}: /step lets it go`, tone: 'busy'};
}

function clientStatus(snapshot: Snapshot, peer: PeerSnapshot, moment: Moment): Word {
	if (peer.state === undefined) {
		return {text: snapshot.ended ? 'stays so: the lab has ended' : '/open makes a new socket', tone: 'quiet'};
	}

	const isWaiting = peer.state === 'awaiting-reply';
	const waits = isWaiting ? `waits ${formatAge(moment.now - peer.since, moment.isCalm)} for a reply` : '';
	if (isNobodyListening(snapshot, peer)) {
		return {text: join(bothConnect, waits), tone: 'bad'};
	}

	if (isWaiting) {
		return waitingStatus(snapshot, peer, moment, waits);
	}

	if (peer.waiting?.type === 'back-off') {
		return {text: `tries again in ${formatCountdown(peer.waiting.ms - (moment.now - peer.waiting.since), moment.isCalm)}`, tone: 'busy'};
	}

	if (peer.links.some(link => link.status === 'connected' || link.connections > 0)) {
		return {text: 'may send a request', tone: 'good'};
	}

	if (lockOf(peer).state === 'failed') {
		return {text: 'no handshake: nothing gets through', tone: 'bad'};
	}

	if (peer.links.some(link => isSilent(link))) {
		return {text: 'somebody is there: a ZeroMQ socket?', tone: 'busy'};
	}

	// Only a connect makes a queue before anybody is there.
	return peer.links.some(link => link.direction === 'connect') ? {text: peer.options.immediate === 'on' ? 'may send; refused till a server comes' : 'may send; queued till a server comes', tone: 'quiet'} : {text: peer.links.length === 0 ? 'nowhere to send to: /connect' : 'nobody has connected to it yet', tone: 'quiet'};
}

function waitingStatus(snapshot: Snapshot, peer: PeerSnapshot, {now, isCalm}: Moment, waits: string): Word {
	const diagnosis = diagnose(snapshot, peer, now);
	if (diagnosis?.isStuck) {
		return {text: `stuck for ${formatAge(now - diagnosis.since, isCalm)}: no reply can come`, tone: 'bad'};
	}

	if (snapshot.exchanges.open[peer.name] !== undefined) {
		return {text: waits, tone: 'busy'};
	}

	// The client has given its question up; the socket has not.
	const word = diagnosis?.hope.answer === 'no' ? 'may send again' : (diagnosis?.hope.answer === 'yes' || peer.route?.cut.length === 0 ? 'a late reply may come: /receive' : 'reply may never come: /restart');
	return {text: join(word, `waits ${formatAge(now - peer.since, isCalm)}`), tone: 'bad'};
}

/** What a pane adds to its status: where the request is, once it is stuck or the wait is no longer a short one. */
function diagnosisOf(snapshot: Snapshot, peer: PeerSnapshot, now: number): Word | undefined {
	const diagnosis = diagnose(snapshot, peer, now);
	if (!diagnosis || (!diagnosis.isStuck && now - diagnosis.since < longWaitMs)) {
		return undefined;
	}

	if (peer.role === 'client') {
		return {text: diagnosis.where.text, tone: diagnosis.isStuck ? 'bad' : 'busy'};
	}

	return diagnosis.hope.answer === 'no' ? {text: 'whoever asked is gone', tone: 'bad'} : undefined;
}

function serverStatus(snapshot: Snapshot, peer: PeerSnapshot, {now, isCalm}: Moment): Word {
	if (peer.state === undefined) {
		return {text: '/open makes a new socket', tone: 'quiet'};
	}

	// Its READY may be on its way.
	if (isForgotten(snapshot, peer) && now - peer.since > longWaitMs) {
		return {text: 'its broker has begun anew: /restart says READY', tone: 'bad'};
	}

	// A worker is a client to CURVE: where its handshake failed, no request can come.
	if (curveEndOf(peer) === 'client' && lockOf(peer).state === 'failed') {
		return {text: 'no handshake: nothing gets through', tone: 'bad'};
	}

	if (!owesReply(peer)) {
		return isNobodyListening(snapshot, peer) ? {text: bothConnect, tone: 'bad'} : {text: peer.socketType === 'REP' ? 'receives the next request' : 'said READY: the next request may come', tone: 'good'};
	}

	if (peer.options.service === 'by-hand') {
		return {text: `owes a reply for ${formatAge(now - peer.since, isCalm)} · type it here`, tone: 'busy'};
	}

	const {waiting} = peer;
	if (waiting?.type === 'delay') {
		return {text: `owes a reply · ${formatCountdown(waiting.ms - (now - waiting.since), isCalm)} left`, tone: 'busy'};
	}

	return waiting?.type === 'hold'
		? {text: `owes a reply · held ${formatAge(now - waiting.since, isCalm)} · /release`, tone: 'busy'}
		: {text: `owes a reply for ${formatAge(now - peer.since, isCalm)}`, tone: 'busy'};
}

/** Settings worth a word: all of a server's, and what is not as usual of a client's. */
function settingsOf(peer: PeerSnapshot): readonly string[] {
	const parked = Object.keys(peer.parked ?? {}).map(operation => `PARKED ${operation}`);
	return [...parked, ...optionWords(peer)];
}

function optionWords({role, options, broker, ...peer}: PeerSnapshot): readonly string[] {
	if (broker) {
		return brokerSettings({role, options, ...peer}, broker);
	}

	if (role === 'client') {
		return [
			...(options.recover === undefined || options.recover === 'none' ? [options.timeout === undefined || options.timeout === 'off' ? 'no time-out' : `time-out ${options.timeout}`] : [`recovers by ${options.recover}`]),
			...(options.id === undefined || options.id === 'off' ? [] : [`id ${visible(options.id)}`]),
			...(options.every === undefined || options.every === 'off' ? [] : [`asks every ${options.every}`]),
			...socketWords(options),
		];
	}

	if (options.service === 'by-hand') {
		return ['by hand', '/reply-with ends it', ...socketWords(options)];
	}

	const once = options['delay-once'];
	return [
		...(options.process === undefined || options.process === 'inside' ? [] : [`process ${options.process}`]),
		options.hold === 'on' ? 'HOLD' : `delay ${options.delay ?? 'off'}`,
		...(once === undefined || once === 'off' ? [] : [`next ${once}`]),
		`replies “${visible(options['reply-with'] ?? '')}”`,
		...socketWords(options),
	];
}

/** Options of libzmq that a person has set. */
const socketWords = (options: Options): readonly string[] =>
	(['immediate', 'heartbeat', 'linger', 'hwm'] as const).flatMap(name => options[name] === undefined ? [] : [`${name} ${options[name]}`]);

const join = (...parts: readonly string[]): string => parts.filter(part => part !== '').join(' · ');
