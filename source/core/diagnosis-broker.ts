/**
Why a client waits whose request went to a broker: it is still there, or in the queue of a worker that is busy, or lost with one of them.

Source: the ZeroMQ Guide, chapters 2 to 4; libzmq 4.3.5 `lb.cpp` (a DEALER gives each request to the next worker in turn, busy or not, and one that is
in a worker's queue is gone with it).
*/
import {formatAge, formatClock} from './age.js';
import {type ClientCase} from './diagnosis-case.js';
import {waysIn, waysToFree, waysToReply} from './diagnosis-ways.js';
import {type Finding, type Way} from './finding.js';
import {lockOf} from './lock.js';
import {owesReply} from './owing.js';
import {isWorker} from './scenes.js';
import {type Snapshot} from './snapshot.js';

/** For how long (ms) a request may be on its way to a worker that is free: loopback takes a thousandth of it. */
const onItsWayMs = 1000;

/** The broker holds it: no worker can take it. */
export function waitsInBroker({snapshot, question}: ClientCase): Finding | undefined {
	const {hop} = question;
	return hop?.place === 'queued' && question.arrived === undefined
		? {
			rule: 'waits-in-broker',
			waitsFor: 'a worker',
			where: {text: `in the broker since ${formatClock(hop.since)}`, evidence: 'exact'},
			hope: {answer: 'yes', text: 'the broker hands it on as soon as a worker can take it', evidence: 'exact'},
			ways: waysToAWorker(snapshot),
		}
		: undefined;
}

/** The broker has passed it on, and no worker has received it. */
export function inWorkersQueue({snapshot, peer, question, now, cutAt}: ClientCase): Finding | undefined {
	const {hop} = question;
	if (hop?.place !== 'passed' || question.arrived !== undefined || cutAt !== undefined) {
		return undefined;
	}

	const {holders = [], gone} = hop;
	const busy = holders.filter(name => snapshot.peers[name] && owesReply(snapshot.peers[name]));
	const whom = (busy.length > 0 ? busy : holders).join(' or ');
	if (busy.length === 0 && gone !== undefined && now - hop.since >= onItsWayMs) {
		return {
			rule: 'lost-in-queue',
			waitsFor: gone,
			where: {text: `lost in the queue of ${gone}`, evidence: 'inferred'},
			hope: {answer: 'no', since: hop.since, text: `the broker passed it on, ${gone} has closed since, and every other worker is free and has not received it`, evidence: 'inferred'},
			ways: waysToFree(peer),
		};
	}

	return {
		rule: 'in-queue',
		waitsFor: whom === '' ? 'a worker' : whom,
		where: {text: `passed on: in the queue of ${whom === '' ? 'a worker' : whom}${gone === undefined ? '' : `, or lost with ${gone}`}`, evidence: 'inferred'},
		hope: gone === undefined
			? {answer: 'yes', text: `the DEALER gives requests to its workers in turn, busy or not; it is served after what is served now, for ${formatAge(now - hop.since)} so far`, evidence: 'inferred'}
			: {answer: 'unknown', text: `what was in the queue of ${gone} is gone with its socket; whether this was in it can’t be known yet`, evidence: 'unknown'},
		ways: busy[0] === undefined ? waysToFree(peer) : waysToReply(snapshot, busy[0]),
	};
}

/** What brings a worker that can take it. */
function waysToAWorker(snapshot: Snapshot): readonly Way[] {
	const workers = Object.values(snapshot.peers).filter(peer => isWorker(peer));
	const closed = workers.find(({state}) => state === undefined);
	const held = workers.find(({waiting}) => waiting?.type === 'hold');
	const lockedOut = workers.find(peer => lockOf(peer).state === 'failed');
	return [
		...(held ? [{command: `/@${held.name} release`, effect: 'it replies, and is ready again'}] : []),
		...(lockedOut ? waysIn(snapshot, lockedOut) : []),
		closed ? {command: `/@${closed.name} open`, effect: 'a worker is there again'} : {command: '/worker add', effect: 'one worker more'},
	];
}
