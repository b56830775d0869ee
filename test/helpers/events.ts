/**
Events as a lab would tell them, built from short phrases: `numbered([sends('client-1', 'Hello'), receives('server-1', 'Hello')])`.
*/
import {
	eventVersion,
	type Event,
	type Fact,
	type Options,
	type Role,
} from '../../source/core/events.js';
import {encodeText, frameOf, type Frame} from '../../source/core/frames.js';
import {Journal, type JournalLimits} from '../../source/core/journal.js';
import {Memory} from '../../source/core/memory.js';
import {emptySnapshot, fold, type Snapshot} from '../../source/core/snapshot.js';

/** When every story begins: ms since the epoch. Each event is one ms later than the one before, unless `later` says more. */
export const beginning = 1_700_000_000_000;

type FactOf<Type extends Fact['type']> = Extract<Fact, {readonly type: Type}>;
type Later = {readonly pauseMs: number; readonly fact: Fact};
export type Telling = Fact | Later;

/** The fact, `pauseMs` later than it would have been. */
export const later = (pauseMs: number, fact: Fact): Later => ({pauseMs, fact});

export const frames = (...bodies: readonly string[]): readonly Frame[] => bodies.map(body => frameOf(encodeText(body)));

export const labStarts = (scene = 'pair'): FactOf<'lab-started'> => ({type: 'lab-started', seed: 1, scene, versions: {libzmq: '4.3.5'}});
export const isAdded = (peer: string, role: Role, options: Options = {}): FactOf<'peer-added'> =>
	({type: 'peer-added', peer, role, socketType: role === 'client' ? 'REQ' : 'REP', options});
export const opens = (peer: string): FactOf<'peer-opened'> => ({type: 'peer-opened', peer});
export const closes = (peer: string): FactOf<'peer-closed'> => ({type: 'peer-closed', peer, how: 'close'});
export const crashes = (peer: string): FactOf<'peer-closed'> => ({type: 'peer-closed', peer, how: 'crash'});
export const sets = (peer: string, option: FactOf<'option-changed'>['option'], value: string): FactOf<'option-changed'> =>
	({type: 'option-changed', peer, option, value});

export const sends = (peer: string, ...bodies: readonly string[]): FactOf<'sent'> => ({type: 'sent', peer, frames: frames(...bodies)});
export const receives = (peer: string, ...bodies: readonly string[]): FactOf<'received'> => ({type: 'received', peer, frames: frames(...bodies)});
export const timesOut = (peer: string, afterMs = 1000): FactOf<'timed-out'> => ({type: 'timed-out', peer, afterMs});
export const isRefused = (peer: string, operation: 'send' | 'receive', code: string): FactOf<'refused'> =>
	({type: 'refused', peer, operation, code, errno: 11});

/** Where the stories' server listens. */
export const place = 'tcp://127.0.0.1:5560';

type Happening = 'listening' | 'accepted' | 'connected' | 'handshake-done' | 'disconnected' | 'stopped-listening'
	| 'bound' | 'unbound' | 'connecting' | 'disconnecting' | 'connect-delayed';

/** What happens to a peer's endpoint: from bind and connect, or from libzmq's monitor. */
export const link = (type: Happening, peer: string, endpoint = place): Fact => ({type, peer, endpoint});
export const retries = (peer: string, count: number, since: number, endpoint = place): FactOf<'retrying'> =>
	({type: 'retrying', peer, endpoint, count, since});
export const failsHandshake = (peer: string, code: string, endpoint = place): FactOf<'handshake-failed'> =>
	({type: 'handshake-failed', peer, endpoint, kind: 'other', code});
export const failsToBind = (peer: string, code: string, endpoint = place): FactOf<'bind-failed'> => ({type: 'bind-failed', peer, endpoint, code});

/** What a tap in front of the stories' server tells: that it is there, and that a request has passed it. */
export const taps = (peer: string): FactOf<'tap-opened'> => ({type: 'tap-opened', peer, to: place, via: 'tcp://127.0.0.1:1'});
export const passes = (peer: string, exchange: number): FactOf<'unit'> => ({
	type: 'unit', peer, to: place, link: 1, from: 'connector', way: 'request', unit: exchange + 2, kind: 'message', size: 9, bytes: '', fields: [], exchange,
});

/** `server-1` listens, `client-1` is connected: the lab's first second. */
export const pair: readonly Fact[] = [
	labStarts(),
	isAdded('server-1', 'server'),
	opens('server-1'),
	link('bound', 'server-1'),
	link('listening', 'server-1'),
	isAdded('client-1', 'client'),
	opens('client-1'),
	link('connecting', 'client-1'),
	link('connected', 'client-1'),
	link('accepted', 'server-1'),
	link('handshake-done', 'server-1'),
	link('handshake-done', 'client-1'),
];

/** A lab with this many clients and one server, all open; nothing said of their links. */
export const crowd = (clients: number): readonly Fact[] => [
	labStarts('crowd'),
	isAdded('server-1', 'server'),
	opens('server-1'),
	...Array.from({length: clients}, (_, index) => `client-${index + 1}`).flatMap(name => [isAdded(name, 'client'), opens(name)]),
];

/** The facts as events: numbered and timed. */
export function numbered(tellings: readonly Telling[], firstNumber = 1): Event[] {
	let t = beginning;
	return tellings.map((telling, index) => {
		const [fact, pauseMs] = 'fact' in telling ? [telling.fact, telling.pauseMs] : [telling, 0];
		t += 1 + pauseMs;
		return {v: eventVersion, n: firstNumber + index, t, ...fact};
	});
}

export const foldAll = (events: readonly Event[], before: Snapshot = emptySnapshot): Snapshot => {
	let snapshot = before;
	for (const event of events) {
		snapshot = fold(snapshot, event);
	}

	return snapshot;
};

/** The snapshot after all this. */
export const snapshotOf = (...tellings: readonly Telling[]): Snapshot => foldAll(numbered(tellings));

export function journalOf(tellings: readonly Telling[], limits?: JournalLimits): Journal {
	const journal = new Journal(new Memory(limits));
	for (const event of numbered(tellings)) {
		journal.append(event);
	}

	return journal;
}

/** The peer of that name, which the test knows to be there. */
export function peerNamed(snapshot: Snapshot, name: string): Snapshot['peers'][string] {
	const peer = snapshot.peers[name];
	if (!peer) {
		throw new Error(`The story has no ${name}`);
	}

	return peer;
}

/** Freezes a value and all that it holds, so that whoever changes it throws. */
export function deepFreeze<Value>(value: Value): Value {
	if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
		Object.freeze(value);
		for (const part of Object.values(value)) {
			deepFreeze(part);
		}
	}

	return value;
}

/** One fact of each type, with `text` wherever somebody from outside may have a say. */
export const oneOfEach = (text: string): {readonly [Type in Fact['type']]: FactOf<Type>} => ({
	'lab-started': {type: 'lab-started', seed: 1, scene: text, versions: {}},
	command: {type: 'command', text, from: 'keys'},
	'command-done': {type: 'command-done', command: 1},
	'command-failed': {type: 'command-failed', text, reason: text, next: text, code: text, peer: 'client-1'},
	'lab-ended': {type: 'lab-ended', reason: text},
	'recording-started': {type: 'recording-started', file: text},
	'recording-stopped': {type: 'recording-stopped', file: text, reason: text, next: text, code: text},
	'peer-added': isAdded('client-1', 'client'),
	'attempt-failed': {type: 'attempt-failed', peer: 'client-1', attempt: 1, of: 3, afterMs: 1000},
	'peer-removed': {type: 'peer-removed', peer: 'client-1'},
	ready: {type: 'ready', peer: 'server-1', frames: [{text, size: text.length}]},
	forwarded: {type: 'forwarded', peer: 'server-1', from: 'frontend', frames: [{role: 'routing-id', text, size: text.length}, {role: 'body', text, size: text.length}], waiting: 0, worker: text},
	queued: {type: 'queued', peer: 'server-1', frames: [{role: 'routing-id', text, size: text.length}], waiting: 1},
	'request-dropped': {type: 'request-dropped', peer: 'server-1', frames: [{role: 'routing-id', text, size: text.length}], workers: [text, text, text]},
	dropped: {type: 'dropped', peer: 'server-1', frames: [{role: 'routing-id', text, size: text.length}], code: text},
	'worker-ready': {type: 'worker-ready', peer: 'server-1', worker: text},
	'worker-lost': {type: 'worker-lost', peer: 'server-1', worker: text, waiting: 0, code: text, frames: [{role: 'body', text, size: text.length}]},
	'peer-opened': opens('client-1'),
	'peer-closed': closes('client-1'),
	'option-changed': sets('server-1', 'reply-with', text),
	bound: {type: 'bound', peer: 'server-1', endpoint: text, insteadOf: text},
	unbound: {type: 'unbound', peer: 'server-1', endpoint: text},
	connecting: {type: 'connecting', peer: 'client-1', endpoint: text},
	disconnecting: {type: 'disconnecting', peer: 'client-1', endpoint: text},
	sent: sends('client-1', text),
	received: receives('server-1', text, text),
	refused: {...isRefused('client-1', 'send', text), frames: frames(text)},
	parked: {type: 'parked', peer: 'client-1', operation: 'send', frames: frames(text)},
	unparked: {type: 'unparked', peer: 'client-1', operation: 'send'},
	'timed-out': timesOut('client-1'),
	'delay-started': {type: 'delay-started', peer: 'server-1', ms: 1000},
	'delay-ended': {type: 'delay-ended', peer: 'server-1'},
	held: {type: 'held', peer: 'server-1'},
	released: {type: 'released', peer: 'server-1'},
	listening: {type: 'listening', peer: 'server-1', endpoint: text},
	'bind-failed': failsToBind('server-1', text, text),
	'connect-delayed': {type: 'connect-delayed', peer: 'client-1', endpoint: text},
	accepted: {type: 'accepted', peer: 'server-1', endpoint: text},
	'accept-failed': {type: 'accept-failed', peer: 'server-1', endpoint: text, code: text},
	connected: {type: 'connected', peer: 'client-1', endpoint: text},
	'handshake-done': {type: 'handshake-done', peer: 'client-1', endpoint: text},
	'handshake-failed': failsHandshake('client-1', text, text),
	disconnected: {type: 'disconnected', peer: 'client-1', endpoint: text},
	retrying: retries('client-1', 3, beginning, text),
	'tap-switched': {type: 'tap-switched', isOn: true},
	'tap-opened': {type: 'tap-opened', peer: 'client-1', to: text, via: text},
	'tap-closed': {type: 'tap-closed', peer: 'client-1', to: text},
	'tap-failed': {type: 'tap-failed', peer: 'client-1', to: text, reason: text},
	'upstream-missing': {type: 'upstream-missing', peer: 'client-1', to: text, code: text},
	'upstream-back': {type: 'upstream-back', peer: 'client-1', to: text, attempts: 3, ms: 10},
	'link-opened': {type: 'link-opened', peer: 'client-1', to: text, link: 1},
	'link-half-closed': {type: 'link-half-closed', peer: 'client-1', to: text, link: 1, side: 'connector'},
	'link-closed': {type: 'link-closed', peer: 'client-1', to: text, link: 1, by: 'tap', how: 'rst'},
	unit: {
		type: 'unit', peer: 'client-1', to: text, link: 1, from: 'connector', way: 'request', unit: 3, kind: text, size: 4, bytes: 'AAJoaQ==', exchange: 1,
		fields: [{name: text, offset: 0, length: 2, value: text}, {name: 'body', offset: 2, length: 2}],
	},
	'exchange-seen': {type: 'exchange-seen', peer: 'client-1', to: text, link: 1, exchange: 1, outcome: 'lost', evidence: 'exact', ms: 3, why: 'fault', way: 'reply', rule: 1},
	'link-handshake': {type: 'link-handshake', peer: 'client-1', to: text, link: 1, connector: text, listener: text, mechanism: text, version: text},
	'link-trouble': {type: 'link-trouble', peer: 'client-1', to: text, link: 1, says: text, next: text},
	'link-counted': {type: 'link-counted', peer: 'client-1', to: text, link: 1, machines: {connector: 'idle', listener: 'idle'}, open: 0, asked: 1, replied: 1, lost: 0},
	'tap-figures': {
		type: 'tap-figures', peer: 'client-1', to: text, links: 1, open: 1, refused: 0, messages: {request: 1, reply: 1}, sealed: {request: 0, reply: 0},
		bytes: {connector: 1, listener: 1}, exchanges: {replied: 1, lost: 0, unsolicited: 0, open: 0, untimed: 0},
	},
	'units-sampled': {type: 'units-sampled', peer: 'client-1', to: text, count: 10, ms: 100},
	'fault-set': {type: 'fault-set', rule: 1, fault: text},
	'fault-lifted': {type: 'fault-lifted', rule: 1, fault: text},
	'fault-struck': {type: 'fault-struck', peer: 'client-1', to: text, link: 1, rule: 1, fault: text, way: 'reply', unit: 3, exchange: 1},
	'fault-missed': {type: 'fault-missed', peer: 'client-1', to: text, link: 1, rule: 1, fault: text, reason: text},
	'stopped-listening': {type: 'stopped-listening', peer: 'server-1', endpoint: text},
	'steps-switched': {type: 'steps-switched', isOn: true},
	'step-held': {type: 'step-held', peer: 'client-1', operation: 'send', side: 'backend', frames: [{role: 'body', text, size: text.length}], worker: text},
	'step-taken': {type: 'step-taken', peer: 'client-1', operation: 'send'},
	'step-dropped': {type: 'step-dropped', peer: 'client-1', operation: 'send'},
	'zap-request': {type: 'zap-request', peer: 'server-1', address: text, key: text, client: text, verdict: 'denied'},
});
