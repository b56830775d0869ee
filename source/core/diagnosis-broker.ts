/**
Why a client waits whose request went to a broker: it is still there, or in the queue of a worker that is busy, or lost with one of them.

Source: the ZeroMQ Guide, chapters 2 to 4; libzmq 4.3.5 `lb.cpp` (a DEALER gives each request to the next worker in turn, busy or not, and one that is
in a worker's queue is gone with it), `router.cpp` (`identify_peer`: without handover a connection whose routing id is known already is never read from).
*/
import {formatAge, formatClock} from './age.js';
import {onItsWayMs, type ClientCase} from './diagnosis-case.js';
import {isAboutTo, waysIn, waysToFree, waysToReply} from './diagnosis-ways.js';
import {type Evidence} from './exchange.js';
import {type Finding, type Way} from './finding.js';
import {brokerOf} from './meeting.js';
import {clientIdOf, lostWith} from './hop.js';
import {clientOf} from './hops.js';
import {chosenId} from './overdue.js';
import {lockOf} from './lock.js';
import {owesReply} from './owing.js';
import {isWorker} from './scenes.js';
import {type Snapshot} from './snapshot.js';
import {visible} from './text.js';

/** The broker tells whose each message is: for sure where the client has chosen its routing id, else as far as that has been found out. */
const evidenceOf = ({peer, question}: ClientCase): Evidence => chosenId(peer.options) === undefined ? question.evidence : 'exact';

/** Too many workers were lost with it. */
export function droppedByBroker(itsCase: ClientCase): Finding | undefined {
	const {snapshot, peer, question} = itsCase;
	const loss = snapshot.exchanges.losses[peer.name];
	if (loss?.exchange !== question.id || loss.server === undefined || !loss.workers) {
		return undefined;
	}

	const evidence = evidenceOf(itsCase);
	return {
		rule: 'dropped-by-broker',
		waitsFor: 'nobody',
		where: {text: `dropped by ${loss.server} at ${formatClock(loss.t)}`, evidence},
		hope: {answer: 'no', since: loss.t, text: `${lostWith(loss.workers)}, so ${loss.server} gives it to nobody else, and tells its client nothing; a REQ never sends a request again`, evidence},
		ways: waysToFree(peer),
	};
}

/** Step by step: the broker has it, or its reply, in its hands, or has yet to receive it. */
export function inHandsOfBroker(itsCase: ClientCase): Finding | undefined {
	const {snapshot, peer, question} = itsCase;
	const {steps = [], exchanges, peers} = snapshot;
	const broker = brokerOf(snapshot, peer)?.name;
	const own = steps.find(step => step.operation === 'send' && step.frames && step.peer === broker && clientOf(exchanges, clientIdOf(step.frames), peers) === peer.name);
	const goesOn = {rule: 'held-step', hope: {answer: 'yes', text: 'it goes step by step', evidence: 'exact'}} as const;
	if (broker === undefined || steps.length === 0) {
		return undefined;
	}

	if (own) {
		const to = own.side === 'frontend' ? 'its reply is in the broker, which is about to give it back' : `in the broker, which is about to give it to ${own.worker === undefined ? 'the next worker' : visible(own.worker)}`;
		return {...goesOn, waitsFor: broker, where: {text: to, evidence: evidenceOf(itsCase)}, ways: [{command: `/step ${broker}`, effect: 'lets it be given'}]};
	}

	if (question.hop?.place === 'returned' && isAboutTo(snapshot, peer.name, 'receive')) {
		return {...goesOn, waitsFor: 'itself', where: {text: 'its reply is on its way, or in its socket', evidence: 'inferred'}, ways: [{command: `/step ${peer.name}`, effect: 'lets it receive'}]};
	}

	const isReplied = question.hop?.place === 'passed' && question.answered !== undefined;
	const side = isReplied ? 'backend' : (question.hop === undefined && question.arrived === undefined ? 'frontend' : undefined);
	return steps.some(step => step.peer === broker && step.operation === 'receive' && step.side === side)
		? {...goesOn, waitsFor: broker, where: {text: `${isReplied ? 'its reply is ' : ''}on its way, or in the queue of ${broker}`, evidence: 'inferred'}, ways: [{command: `/step ${broker}`, effect: 'lets it receive'}]}
		: undefined;
}

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

/**
The broker has not taken it, though the connection stands: it tells all that it takes, so that much is certain. Why, libzmq tells nobody.
Whose id it still has: most often that of this client's socket before, which it has not let go of yet when the next one comes.
*/
export function ignoredByRouter({snapshot, peer, question, now, cutAt}: ClientCase): Finding | undefined {
	const broker = brokerOf(snapshot, peer);
	const id = chosenId(peer.options);
	// With handover whoever comes is read from; why it is not taken then is not known.
	if (broker?.state === undefined || broker.options.handover === 'on' || id === undefined || question.hop !== undefined || question.arrived !== undefined || cutAt !== undefined || now - peer.since < onItsWayMs) {
		return undefined;
	}

	const whose = peer.sockets > 1 ? 'its old socket’s' : 'somebody else’s';
	return {
		rule: 'ignored-by-router',
		waitsFor: broker.name,
		where: {text: 'ignored: its id is taken', evidence: 'inferred'},
		hope: {
			answer: 'no',
			since: peer.since,
			text: `${broker.name} has not received it for ${formatAge(now - peer.since)}, though the connection stands: a ROUTER ignores whoever comes with a routing id that it still has (${visible(id)}, ${whose})`,
			evidence: 'inferred',
		},
		ways: waysPastTheOtherOne(false, peer.name),
	};
}

/** What gives a client its place at a ROUTER that has its id already. */
export const waysPastTheOtherOne = (hasHandover: boolean, client: string): readonly Way[] => [
	...(hasHandover ? [] : [{command: '/handover on', effect: 'first: who comes next with an id gets it'}]),
	{command: `/@${client} restart`, effect: `${hasHandover ? '' : 'then: '}a new socket`},
	{command: `/@${client} id off`, effect: 'or an id of libzmq’s own'},
];

/** Nothing is known of it but that it was sent. */
export function towardsBroker(itsCase: ClientCase): Finding | undefined {
	const {snapshot, peer, question} = itsCase;
	const broker = brokerOf(snapshot, peer);
	if (!broker || question.hop) {
		return undefined;
	}

	return chosenId(peer.options) === undefined
		? {
			rule: 'at-broker',
			waitsFor: broker.name,
			where: {text: `on its way to ${broker.name}, or behind it`, evidence: 'unknown'},
			hope: {answer: 'unknown', text: 'the broker tells routing ids of libzmq’s own: of several that ask the same nobody can say whose is whose', evidence: 'unknown'},
			ways: waysToFree(peer),
		}
		: {
			rule: 'towards-broker',
			waitsFor: broker.name,
			where: {text: `on its way to ${broker.name}`, evidence: 'inferred'},
			hope: {answer: 'yes', text: 'the broker takes it, and hands it on', evidence: 'inferred'},
			ways: waysToFree(peer),
		};
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
